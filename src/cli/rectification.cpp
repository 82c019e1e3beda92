// probity rectification …: what suppliers were asked to put right: list and show it, write for them what they answered
// by mail, hand a stage in, accept it or send it back, say whether it worked, and mail a fresh link.
#include <nlohmann/json.hpp>

#include "cases/words.h"
#include "cli/case_common.h"
#include "cli/find.h"
#include "cli/listing.h"
#include "cli/values.h"
#include "http/routes/cases_fields.h"
#include "store/file.h"

namespace probity::cli {
namespace {

using accounts::Permission;
using Rectified = Result<cases::RectificationView>;

struct RectificationListOptions : ListOptions {
  std::optional<std::string> supplier;
  bool overdue = false;
};
struct RectificationOptions {
  CommonOptions common;
  std::string which;
  CasePerson person;
};
struct RectificationWriteOptions {
  CommonOptions common;
  std::string which, file;
  CasePerson person;
};
struct RectificationReasonOptions {
  CommonOptions common;
  std::string which, reason;
  std::optional<std::string> due;
  CasePerson person;
};
struct RectificationVerifyOptions {
  CommonOptions common;
  std::string which, method, result, text, early_reason;
  CasePerson person;
};

commitments::Locale locale_of(const Terminal& terminal) {
  return terminal.words().language() == Language::zh ? commitments::Locale::zh : commitments::Locale::en;
}

std::optional<TimeMs> due_of(const cases::Rectification& of) {
  if (of.closed_ms || of.is_submitted()) return std::nullopt;
  return of.run().due_ms;
}

void describe_rectification(Terminal& terminal, const cases::Rectification& of) {
  const auto locale = locale_of(terminal);
  terminal.line(terminal.words()("{}  {:12} {}  {} for {}  due {}", "{}  {:12} {}  {}（就 {}）  期限 {}", of.number,
                                 cases::word_of(cases::name_of(cases::state_of(of)), locale), of.case_number,
                                 of.supplier_name, of.leaf_name, time_or_dash(due_of(of))));
}

// By number, id, or the start of an id.
Rectified find_rectification(app::Records& records, const std::string& text) {
  cases::RectificationService& service = records.cases.rectifications;
  if (const auto id = Id::parse(text)) return service.find(*id);
  TRY_ASSIGN(auto found, find_all<cases::Rectification>(
                             text,
                             [&](const std::string& search, std::uint32_t offset, std::uint32_t limit) {
                               cases::RectificationFilter filter;
                               filter.page.search = search;
                               filter.page.offset = offset;
                               filter.page.limit = limit;
                               return service.list(filter);
                             },
                             [](const cases::Rectification& one) {
                               return Called{one.id.text(), {one.number}};
                             }));
  TRY_ASSIGN(const auto one, the_one("rectification", text, std::move(found)));
  return service.find(one.id);
}

void tell_stages(Terminal& terminal, const cases::RectificationView& view) {
  const Words& say = terminal.words();
  const auto locale = locale_of(terminal);
  const cases::Rectification& of = view.of;
  terminal.line(say("  problem: {}", "  问题：{}", of.problem));
  terminal.line(say("  contact: {} <{}>", "  联系人：{} <{}>", of.contact_name, of.contact_email));
  if (!of.team.empty()) terminal.line(say("  team: {}", "  小组：{}", of.team));
  for (const auto& one : of.containment)
    terminal.line(say("  containment: {} ({}), done {}", "  遏制：{}（{}），完成于 {}", one.text, one.owner,
                      time_or_dash(one.done_ms)));
  for (const auto& one : of.occurrence) terminal.line(say("  it happened because: {}", "  发生原因：{}", one.text));
  for (const auto& one : of.escape) terminal.line(say("  nobody noticed because: {}", "  流出原因：{}", one.text));
  for (const auto& one : of.actions)
    terminal.line(say("  action: {} ({}), due {}, done {}", "  措施：{}（{}），期限 {}，完成于 {}", one.text, one.owner,
                      to_rfc3339(one.due_ms), time_or_dash(one.done_ms)));
  for (const auto& one : of.flow_down)
    terminal.line(
        say("  sub-supplier {}: {}, {}", "  下级供应商 {}：{}，{}", one.name,
            one.commitment_signed ? say("signed again", "已重签") : say("not signed again", "未重签"),
            one.copies_recalled ? say("copies recalled", "副本已收回") : say("copies not recalled", "副本未收回")));
  for (const auto& one : of.decisions)
    terminal.line(say("  {} {} by {}: {}", "  {}{}，{}：{}", cases::word_of(cases::name_of(one.stage), locale),
                      one.accepted ? say("accepted", "已通过") : say("sent back", "已退回"), one.by, one.reason));
  if (of.closed_ms || of.is_submitted()) return;
  for (const cases::Lack& one : cases::lacks(of))
    terminal.line(say("  lacks {}", "  尚缺：{}", locale == commitments::Locale::zh ? one.zh : one.en));
}

Result<void> show_rectification(Terminal& terminal, const Session& session, const Rectified& view) {
  if (!view) return tl::unexpected<Error>(view.error());
  describe_rectification(terminal, view->of);
  terminal.document(cases::rectification_to_json(*view, session.workspace->clock().now_ms()));
  return {};
}

// Finds it, acts as the person, does `verb(service, id, hand)`, and shows what became of it.
template <class Options, class Verb>
Result<void> change_rectification(Terminal& terminal, const Options& options, Verb verb) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto found, find_rectification(*session.records, options.which));
  TRY_ASSIGN(const cases::Hand hand, hand_of(*session.records, options.person, Permission::write_cases));
  return show_rectification(terminal, session, verb(session.records->cases.rectifications, found.of.id, hand));
}

Result<void> run_rectifications(Terminal& terminal, const RectificationListOptions& options) {
  cases::RectificationFilter filter;
  TRY_ASSIGN(filter.state, parse_state_option<cases::RectificationState>(
                               options.state, cases::parse<cases::RectificationState>,
                               "issued, containment, cause, plan, implementing, verifying, closed, rejected and "
                               "escalated are"));
  filter.page.search = options.search;
  filter.page.limit = options.limit;
  filter.page.offset = options.offset;
  TRY_ASSIGN(const Session session, open_session(options.common));
  const TimeMs now_ms = session.workspace->clock().now_ms();
  if (options.overdue) filter.due_before_ms = now_ms;
  if (options.supplier) {
    TRY_ASSIGN(const auto supplier, find_party(*session.records, *options.supplier));
    filter.party = supplier.party.id;
  }
  TRY_ASSIGN(const auto listed, session.records->cases.rectifications.list(filter));
  nlohmann::json items = nlohmann::json::array();
  for (const auto& one : listed.items) {
    items.push_back(cases::rectification_row_to_json(one, now_ms));
    describe_rectification(terminal, one);
  }
  finish_list(terminal, options, "rectifications", items, listed.total,
              terminal.words()("No rectifications: `probity case rectify` asks a supplier for one.",
                               "尚无整改单：用 `probity case rectify` 要求供应商整改。"));
  return {};
}

Result<void> run_rectification(Terminal& terminal, const RectificationOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto view, find_rectification(*session.records, options.which));
  TRY(show_rectification(terminal, session, view));
  tell_stages(terminal, view);
  return {};
}

// The file says it as the API does, so that what `show --json` prints can be changed and written back.
Result<cases::RectificationAnswer> read_answer(const std::string& path) {
  constexpr std::size_t kMostBytes = 1 << 20;
  TRY_ASSIGN(const Bytes bytes, store::read_file(path, kMostBytes));
  http::Request body;
  body.headers.emplace_back("content-type", "application/json");
  body.body = std::string(as_text(bytes));
  TRY_ASSIGN(http::routes::JsonFields fields, http::routes::JsonFields::parse(body));
  auto answer = http::routes::rectification_answer(fields);
  TRY(fields.done());
  return answer;
}

Result<void> run_write(Terminal& terminal, const RectificationWriteOptions& options) {
  TRY_ASSIGN(const auto answer, read_answer(options.file));
  return change_rectification(terminal, options,
                              [&](cases::RectificationService& service, const Id& id, const cases::Hand& hand) {
                                return service.write(id, answer, hand.actor);
                              });
}

Result<void> run_submit(Terminal& terminal, const RectificationOptions& options) {
  return change_rectification(terminal, options,
                              [](cases::RectificationService& service, const Id& id, const cases::Hand& hand) {
                                return service.submit(id, hand.actor);
                              });
}

Result<void> run_accept(Terminal& terminal, const RectificationReasonOptions& options) {
  return change_rectification(terminal, options,
                              [&](cases::RectificationService& service, const Id& id, const cases::Hand& hand) {
                                return service.accept(id, options.reason, hand);
                              });
}

Result<void> run_reject(Terminal& terminal, const RectificationReasonOptions& options) {
  std::optional<TimeMs> due_ms;
  if (options.due) {
    TRY_ASSIGN(due_ms, parse_time("--due", *options.due));
  }
  return change_rectification(terminal, options,
                              [&](cases::RectificationService& service, const Id& id, const cases::Hand& hand) {
                                return service.reject(id, options.reason, due_ms, hand);
                              });
}

Result<void> run_verify(Terminal& terminal, const RectificationVerifyOptions& options) {
  if (options.result != "effective" && options.result != "not_effective")
    return fail(ErrorCode::invalid_argument, "--result: there is no " + options.result,
                "effective or not_effective is expected");
  cases::Effect effect;
  effect.method = options.method;
  effect.effective = options.result == "effective";
  effect.text = options.text;
  return change_rectification(terminal, options,
                              [&](cases::RectificationService& service, const Id& id, const cases::Hand& hand) {
                                return service.verify(id, effect, options.early_reason, hand);
                              });
}

Result<void> run_rectification_link(Terminal& terminal, const RectificationOptions& options) {
  return change_rectification(terminal, options,
                              [](cases::RectificationService& service, const Id& id, const cases::Hand& hand) {
                                return service.send_link(id, hand);
                              });
}

template <class Options>
void add_rectification_name(const Command<Options>& command) {
  command->add_option("rectification", command.options.which, "Number such as R-2026-0001, or id")->required();
  add_case_person(command);
}

void add_rectification_reading(Grammar& grammar, CLI::App* group) {
  const auto list = grammar.command(group, "list", "List rectifications, the newest first", run_rectifications);
  list->add_option("--state", list.options.state, "issued, containment, cause, plan, implementing, verifying, …");
  list->add_option("--supplier", list.options.supplier, "Of this supplier only");
  list->add_flag("--overdue", list.options.overdue, "Only what is overdue");
  const Command<ListOptions> paged{list.setting, list.options};
  add_search(paged);
  add_paging(paged);
  add_rectification_name(
      grammar.command(group, "show", "Show one, with its stages and what is lacking", run_rectification));
}

}  // namespace

void add_rectification_commands(Grammar& grammar) {
  CLI::App* group = grammar.group("rectification", "What suppliers were asked to put right");
  add_rectification_reading(grammar, group);
  const auto write = grammar.command(group, "write", "Write what the supplier answered, for them", run_write);
  add_rectification_name(write);
  write->add_option("file", write.options.file, "JSON: team, containment, occurrence, escape, actions, flow_down")
      ->required();
  write->footer("Example: {\"team\": \"Ines Moravec\"}; `probity rectification show --json` shows the rest.");
  add_rectification_name(grammar.command(group, "submit", "Hand the stage in, for them", run_submit));
  const auto accept = grammar.command(group, "accept", "Accept the stage; the next one begins", run_accept);
  add_rectification_name(accept);
  accept->add_option("--reason", accept.options.reason, "Why")->required();
  const auto reject = grammar.command(group, "reject", "Send the stage back", run_reject);
  add_rectification_name(reject);
  reject->add_option("--reason", reject.options.reason, "Why; the supplier reads it")->required();
  reject->add_option("--due", reject.options.due, "Until when they answer again");
  const auto verify = grammar.command(group, "verify", "Record whether it was effective", run_verify);
  add_rectification_name(verify);
  verify->add_option("--method", verify.options.method, "How it was looked at: audit, sample, …")->required();
  verify->add_option("--result", verify.options.result, "effective or not_effective")->required();
  verify->add_option("--text", verify.options.text, "What was found")->required();
  verify->add_option("--early-reason", verify.options.early_reason, "Why within 30 days of its implementation");
  add_rectification_name(
      grammar.command(group, "link", "Mail the contact a fresh link; older ones end", run_rectification_link));
}

}  // namespace probity::cli
