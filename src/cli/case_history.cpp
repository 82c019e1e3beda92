// probity case …: the timeline, the ledger, the custody of the case's own evidence, its summary, and what is due in all
// cases.
#include <nlohmann/json.hpp>

#include "cases/words.h"
#include "cli/case_common.h"
#include "cli/values.h"
#include "evidence/json.h"
#include "evidence/words.h"
#include "store/file.h"

namespace probity::cli {
namespace {

using accounts::Permission;

struct CaseReadOptions {
  CommonOptions common;
  std::string which;
  CasePerson person;
};
struct MomentOptions {
  CommonOptions common;
  std::string which, what, source;
  std::optional<std::string> happened, discovered;
  CasePerson person;
};
struct MomentRemoveOptions {
  CommonOptions common;
  std::string which, moment;
  CasePerson person;
};
struct SummaryOptions {
  CommonOptions common;
  std::string which, out;
  CasePerson person;
  bool force = false;
};
struct DashboardOptions {
  CommonOptions common;
};

bool speaks_chinese(const Terminal& terminal) { return terminal.words().language() == Language::zh; }

// The part of the case's document of this name, by itself.
nlohmann::json part_of(const Session& session, const cases::CaseView& view, const char* name) {
  return cases::case_to_json(view, session.workspace->clock().now_ms())[name];
}

Result<void> run_timeline(Terminal& terminal, const CaseReadOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto view, find_case(*session.records, options.which));
  for (const cases::Moment& one : view.of.timeline) {
    const std::string& what = speaks_chinese(terminal) && !one.what_zh.empty() ? one.what_zh : one.what;
    terminal.line(terminal.words()("{}  happened {}, found out {}  {} ({})", "{}  发生于 {}，发现于 {}  {}（{}）",
                                   one.id.text(), time_or_dash(one.happened_ms), to_rfc3339(one.discovered_ms), what,
                                   text_or_dash(one.by)));
  }
  if (view.of.timeline.empty()) terminal.line(terminal.words()("Nothing happened yet.", "时间线为空。"));
  terminal.document({{"case", view.of.number}, {"timeline", part_of(session, view, "timeline")}});
  return {};
}

Result<void> run_moment(Terminal& terminal, const MomentOptions& options) {
  cases::Moment moment;
  moment.what = options.what;
  moment.source = options.source;
  if (options.happened) {
    TRY_ASSIGN(moment.happened_ms, parse_time("--happened", *options.happened));
  }
  if (options.discovered) {
    TRY_ASSIGN(moment.discovered_ms, parse_time("--found-out", *options.discovered));
  }
  return change_case(terminal, options, Permission::write_cases,
                     [&](app::Records& records, const cases::Case& of, const cases::Hand& hand) {
                       return records.cases.cases.add_moment(of.id, moment, hand);
                     });
}

// By the start of its id, or by its words.
Result<Id> find_moment(const cases::Case& of, const std::string& text) {
  std::vector<Id> found;
  for (const cases::Moment& one : of.timeline)
    if (one.what == text || (text.size() >= 8 && one.id.text().starts_with(text))) found.push_back(one.id);
  if (found.size() == 1) return found.front();
  if (found.empty())
    return fail(ErrorCode::not_found, "there is no such moment", "`probity case timeline` lists them with their ids");
  return fail(ErrorCode::invalid_argument, "several moments are called this", "name it by its id");
}

Result<void> run_moment_remove(Terminal& terminal, const MomentRemoveOptions& options) {
  return change_case(
      terminal, options, Permission::write_cases,
      [&](app::Records& records, const cases::Case& of, const cases::Hand& hand) -> Result<cases::CaseView> {
        TRY_ASSIGN(const Id moment, find_moment(of, options.moment));
        return records.cases.cases.remove_moment(of.id, moment, hand);
      });
}

Result<void> run_ledger(Terminal& terminal, const CaseReadOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto view, find_case(*session.records, options.which));
  const auto locale = speaks_chinese(terminal) ? commitments::Locale::zh : commitments::Locale::en;
  for (const cases::Payment& one : view.ledger)
    terminal.line(terminal.words()("{:4}  {}  {} {}  {}  {}", "{:4}  {}  {} {}  {}  {}", one.sequence,
                                   to_rfc3339(one.paid_ms), cases::word_of(cases::name_of(one.kind), locale),
                                   cases::money_text(one.amount, locale), text_or_dash(one.payer), one.reference));
  for (const cases::Consequence& one : view.of.consequences) {
    if (!one.amount) continue;
    const auto balance = cases::balance_of(one, view.ledger);
    terminal.line(terminal.words()("agreed {}, due {}, paid {}, outstanding {}", "约定 {}，应付 {}，已付 {}，未付 {}",
                                   cases::money_text(one.amount->agreed, locale),
                                   cases::money_text(balance.due, locale), cases::money_text(balance.paid, locale),
                                   cases::money_text(balance.outstanding, locale)));
  }
  terminal.document(cases::ledger_to_json(view, session.workspace->clock().now_ms()));
  return {};
}

Result<void> run_custody(Terminal& terminal, const CaseReadOptions& options) {
  constexpr std::size_t kMostSteps = 100'000;
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto view, find_case(*session.records, options.which));
  TRY_ASSIGN(const auto steps, session.records->evidence.steps(view.of.id, 0, kMostSteps));
  nlohmann::json items = nlohmann::json::array();
  for (const auto& step : steps.items) {
    items.push_back(evidence::to_json(step));
    const auto words = evidence::action_in_words(step.deed.action);
    terminal.line(fmt::format("{:4}  {}  {}  {}  {}", step.sequence, to_rfc3339(step.time_ms), step.deed.actor.name,
                              speaks_chinese(terminal) ? words.zh : words.en, step.deed.why));
  }
  terminal.document({{"case", view.of.number}, {"steps", items}});
  return {};
}

Result<void> run_summary(Terminal& terminal, const SummaryOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto view, find_case(*session.records, options.which));
  const auto locale = speaks_chinese(terminal) ? commitments::Locale::zh : commitments::Locale::en;
  TRY_ASSIGN(const Bytes pdf, session.records->cases.archive.summary(view.of.id, locale));
  const std::string path = options.out.empty() ? view.of.number + ".pdf" : options.out;
  TRY(store::write_file(path, pdf, {.existing = options.force ? store::Existing::replace : store::Existing::keep}));
  terminal.document({{"case", view.of.number}, {"file", path}, {"size_bytes", pdf.size()}});
  terminal.line(terminal.words()("{}: {}", "{}：{}", path, bytes_in_words(pdf.size())));
  return {};
}

Result<void> run_dashboard(Terminal& terminal, const DashboardOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto found, session.records->cases.cases.dashboard());
  const TimeMs now_ms = session.workspace->clock().now_ms();
  terminal.line(terminal.words()("{} open, {} overdue, {} waiting for a second person",
                                 "未结 {}，逾期 {}，待第二人同意 {}", found.open, found.overdue,
                                 found.waiting_for_second));
  for (const cases::Deadline& one : found.deadlines)
    terminal.line(fmt::format("{}  {}  {} {}{}", to_rfc3339(one.due_ms), one.number, one.what, one.detail,
                              one.due_ms <= now_ms ? terminal.words()("  OVERDUE", "  逾期") : std::string()));
  terminal.document(cases::dashboard_to_json(found, now_ms));
  return {};
}

void add_timeline(Grammar& grammar, CLI::App* group) {
  add_case_name(grammar.command(group, "timeline", "What happened when, and when it was found out", run_timeline));
  const auto moment = grammar.command(group, "moment", "Add to the timeline", run_moment);
  add_case_name(moment);
  moment->add_option("what", moment.options.what, "What happened")->required();
  moment->add_option("--happened", moment.options.happened, "When, such as 2027-03-01T18:00:00+01:00, if it is known");
  moment->add_option("--found-out", moment.options.discovered, "When it was found out; now otherwise");
  moment->add_option("--source", moment.options.source, "What that rests on");
  const auto remove =
      grammar.command(group, "moment-remove", "Take out of the timeline what was added by hand", run_moment_remove);
  add_case_name(remove);
  remove->add_option("moment", remove.options.moment, "Its words, or the start of its id")->required();
}

}  // namespace

void add_case_history_commands(Grammar& grammar) {
  CLI::App* group = grammar.group("case", "Cases and their evidence");
  add_timeline(grammar, group);
  add_case_name(grammar.command(group, "ledger", "What was agreed, is due and was paid", run_ledger));
  add_case_name(grammar.command(group, "custody", "Who did what with the case's own evidence", run_custody));
  const auto summary =
      grammar.command(group, "summary", "Write a summary as a PDF, in the language asked for", run_summary);
  add_case_name(summary);
  summary->add_option("--out", summary.options.out, "The file to write; its number with .pdf otherwise");
  summary->add_flag("--force", summary.options.force, "Write over the file if it exists");
  grammar.command(group, "dashboard", "How many cases are open, and what is due when", run_dashboard);
}

}  // namespace probity::cli
