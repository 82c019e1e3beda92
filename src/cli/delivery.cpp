// probity delivery: who may open which copy, and who has.
#include <nlohmann/json.hpp>

#include "cli/find.h"
#include "cli/listing.h"
#include "cli/values.h"
#include "copies/delivery_json.h"

namespace probity::cli {
namespace {

struct CopyOptions {
  CommonOptions common;
  std::string copy;
};
struct CopyReasonOptions {
  CommonOptions common;
  std::string copy, reason;
};
struct CopyUntilOptions {
  CommonOptions common;
  std::string copy, until;
};

void describe(Terminal& terminal, const copies::DeliveryRow& row, TimeMs now_ms) {
  terminal.line(terminal.words()(
      "{}  {:9} {}  {}, {}  {} views, {} downloads", "{}  {:9} {}  {}，{}  查看 {} 次，下载 {} 次",
      row.delivery.copy.text(), copies::delivery_state_name(copies::state_of(row, now_ms)), row.asset_title,
      row.party_name, text_or_dash(row.organisation_name), row.delivery.views, row.delivery.downloads));
}

Result<void> run_list(Terminal& terminal, const ListOptions& options) {
  copies::DeliveryFilter filter;
  TRY_ASSIGN(filter.state, parse_state_option<copies::DeliveryState>(options.state, copies::parse_delivery_state,
                                                                     "waiting, available, revoked and ended are"));
  filter.page.search = options.search;
  filter.page.limit = options.limit;
  filter.page.offset = options.offset;
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(filter.project, find_project_filter(*session.records, options.project));
  TRY_ASSIGN(const auto listed, session.records->deliveries.list(filter));
  const TimeMs now_ms = session.workspace->clock().now_ms();
  nlohmann::json items = nlohmann::json::array();
  for (const auto& row : listed.items) {
    items.push_back(copies::delivery_to_json(row, now_ms));
    describe(terminal, row, now_ms);
  }
  finish_list(terminal, options, "deliveries", items, listed.total,
              terminal.words()("No deliveries: copies are issued to people once their commitment is in force.",
                               "尚无交付：承诺书生效后才会发放副本。"));
  return {};
}

// Finds the delivery, does something to it, and shows what became of it.
template <class Verb>
Result<void> change(Terminal& terminal, const CommonOptions& common, const std::string& copy, Verb verb) {
  TRY_ASSIGN(const Session session, open_session(common));
  TRY_ASSIGN(const auto found, find_delivery(*session.records, copy));
  TRY_ASSIGN(const copies::DeliveryRow row, verb(*session.records, found.delivery.copy));
  const TimeMs now_ms = session.workspace->clock().now_ms();
  terminal.document(copies::delivery_to_json(row, now_ms));
  describe(terminal, row, now_ms);
  return {};
}

Result<void> run_revoke(Terminal& terminal, const CopyReasonOptions& options) {
  return change(terminal, options.common, options.copy, [&](app::Records& records, const Id& copy) {
    return records.deliveries.revoke(copy, options.reason, command_line_actor());
  });
}

Result<void> run_restore(Terminal& terminal, const CopyOptions& options) {
  return change(terminal, options.common, options.copy, [](app::Records& records, const Id& copy) {
    return records.deliveries.restore(copy, command_line_actor());
  });
}

Result<void> run_extend(Terminal& terminal, const CopyUntilOptions& options) {
  TRY_ASSIGN(const auto until_ms, parse_time_or_none("--until", options.until));
  return change(terminal, options.common, options.copy,
                [&](app::Records& records, const Id& copy) -> Result<copies::DeliveryRow> {
                  if (until_ms && *until_ms <= records.workspace.clock().now_ms())
                    return fail(ErrorCode::invalid_argument, "--until: a time still to come is expected",
                                "`probity delivery revoke` ends a copy now");
                  return records.deliveries.extend(copy, until_ms, command_line_actor());
                });
}

}  // namespace

void add_delivery_commands(Grammar& grammar) {
  constexpr const char* kWhich = "The copy's id, or the start of it";
  CLI::App* deliveries = grammar.group("delivery", "Copies on their way: who may open them, who has");
  const auto list = grammar.command(deliveries, "list", "List deliveries, the newest first", run_list);
  list->add_option("--project", list.options.project, "Of this project only");
  list->add_option("--state", list.options.state, "Only waiting, available, revoked or ended ones");
  add_search(list);
  add_paging(list);
  const auto revoke = grammar.command(deliveries, "revoke", "Close a copy: not a byte more of it", run_revoke);
  revoke->add_option("copy", revoke.options.copy, kWhich)->required();
  revoke->add_option("--reason", revoke.options.reason, "Why")->required();
  const auto restore = grammar.command(deliveries, "restore", "Open a revoked copy again", run_restore);
  restore->add_option("copy", restore.options.copy, kWhich)->required();
  const auto extend = grammar.command(deliveries, "extend", "Set until when a copy opens", run_extend);
  extend->add_option("copy", extend.options.copy, kWhich)->required();
  extend->add_option("--until", extend.options.until, "A time such as 2027-03-01T18:00:00+01:00, or \"none\"")
      ->required();
}

}  // namespace probity::cli
