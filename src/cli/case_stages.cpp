// probity case …: after the decision: mediation, arbitration and court, and what was done about each consequence.
#include "cli/case_common.h"
#include "cli/values.h"

namespace probity::cli {
namespace {

using accounts::Permission;

struct StageOptions {
  CommonOptions common;
  std::string which, kind, body, reference;
  CasePerson person;
};
struct StageEndOptions {
  CommonOptions common;
  std::string which, body, outcome, reasons;
  std::optional<std::string> party, off, day;
  CasePerson person;
};
struct ConsequenceOptions {
  CommonOptions common;
  std::string which, kind, reason, where;
  std::optional<std::string> party, day;
  CasePerson person;
};

using Changed = Result<cases::CaseView>;

Result<void> run_stage(Terminal& terminal, const StageOptions& options) {
  cases::Stage stage;
  const auto kind = cases::parse<cases::StageKind>(options.kind);
  if (!kind) return fail(ErrorCode::invalid_argument, "the kind is mediation, arbitration or court");
  stage.kind = *kind;
  stage.body = options.body;
  stage.reference = options.reference;
  return change_case(terminal, options, Permission::write_cases,
                     [&](app::Records& records, const cases::Case& of, const cases::Hand& hand) {
                       return records.cases.cases.add_stage(of.id, stage, hand);
                     });
}

// The pending stage that is meant: the only one, or the one before this body.
Result<Id> find_stage(const cases::Case& of, const std::string& body) {
  std::vector<Id> found;
  for (const cases::Stage& one : of.stages)
    if (one.state == cases::StageState::pending && (body.empty() || one.body == body)) found.push_back(one.id);
  if (found.size() == 1) return found.front();
  return fail(ErrorCode::invalid_argument, found.empty() ? "no such stage is pending" : "several stages are pending",
              "name the one that is meant with --body");
}

Result<cases::StageVerdict> verdict_of(const cases::Case& of, const StageEndOptions& options) {
  cases::StageVerdict verdict;
  const auto outcome = cases::parse<cases::Outcome>(options.outcome);
  if (!outcome)
    return fail(ErrorCode::invalid_argument, "--outcome: upheld, reduced, overturned, settled, withdrawn or void");
  verdict.outcome = *outcome;
  verdict.text = options.reasons;
  if (options.day) {
    TRY_ASSIGN(verdict.ended_ms, parse_time("--day", *options.day));
  }
  if (options.off) {
    TRY_ASSIGN(const Id amount, find_amount(of, options.party));
    TRY_ASSIGN(const auto money, cases::parse_money(*options.off, of.consequence(amount)->amount->agreed.currency));
    verdict.reductions.push_back({amount, money.minor});
  }
  return verdict;
}

Result<void> run_stage_end(Terminal& terminal, const StageEndOptions& options) {
  return change_case(terminal, options, Permission::review_cases,
                     [&](app::Records& records, const cases::Case& of, const cases::Hand& hand) -> Changed {
                       TRY_ASSIGN(const Id stage, find_stage(of, options.body));
                       TRY_ASSIGN(auto verdict, verdict_of(of, options));
                       return records.cases.cases.end_stage(of.id, stage, std::move(verdict), hand);
                     });
}

Result<void> settle_consequence(Terminal& terminal, const ConsequenceOptions& options, cases::ConsequenceState state) {
  return change_case(terminal, options, Permission::write_cases,
                     [&](app::Records& records, const cases::Case& of, const cases::Hand& hand) -> Changed {
                       TRY_ASSIGN(const Id consequence, find_consequence(of, options.kind, options.party));
                       cases::ConsequenceChange change;
                       change.state = state;
                       if (!options.reason.empty()) change.reason = options.reason;
                       if (!options.where.empty()) change.published_at = options.where;
                       if (options.day) {
                         TRY_ASSIGN(const TimeMs done_ms, parse_time("--day", *options.day));
                         change.done_ms = std::optional(done_ms);
                       }
                       return records.cases.cases.update_consequence(of.id, consequence, change, hand);
                     });
}

Result<void> run_done(Terminal& terminal, const ConsequenceOptions& options) {
  return settle_consequence(terminal, options, cases::ConsequenceState::done);
}

Result<void> run_waive(Terminal& terminal, const ConsequenceOptions& options) {
  return settle_consequence(terminal, options, cases::ConsequenceState::waived);
}

template <class Options, class Run>
Command<Options> add_follow_up(Grammar& grammar, const char* name, const char* what, Run run) {
  const auto command = grammar.command<Options>(grammar.group("case", "Cases and their evidence"), name, what, run);
  add_case_name(command);
  return command;
}

Command<ConsequenceOptions> add_settling(Grammar& grammar, const char* name, const char* what,
                                         Result<void> (*run)(Terminal&, const ConsequenceOptions&)) {
  const auto command = add_follow_up<ConsequenceOptions>(grammar, name, what, run);
  command->add_option("kind", command.options.kind, "apology, training, warning, employer_measure, agreed_amount, …")
      ->required();
  command->add_option("--party", command.options.party, "Whose, when several are accused");
  return command;
}

}  // namespace

void add_case_stage_commands(Grammar& grammar) {
  const auto stage = add_follow_up<StageOptions>(grammar, "stage",
                                                 "Record that it went to mediation, arbitration or a court", run_stage);
  stage->add_option("kind", stage.options.kind, "mediation, arbitration or court")->required();
  stage->add_option("body", stage.options.body, "Before whom")->required();
  stage->add_option("--reference", stage.options.reference, "Its file number there");
  const auto end =
      add_follow_up<StageEndOptions>(grammar, "stage-end", "Record how that stage ended, as a reviewer", run_stage_end);
  end->add_option("--outcome", end.options.outcome, "upheld, reduced, overturned, settled, withdrawn or void")
      ->required();
  end->add_option("--reasons", end.options.reasons, "What was held")->required();
  end->add_option("--body", end.options.body, "Before whom, when several stages are pending");
  end->add_option("--off", end.options.off, "Of reduced: so much is taken off the agreed amount");
  end->add_option("--party", end.options.party, "Whose amount, when several are accused");
  end->add_option("--day", end.options.day, "When it ended; now otherwise");
  const auto done = add_settling(grammar, "done", "Record that a consequence was done", run_done);
  done->add_option("--day", done.options.day, "When; now otherwise");
  done->add_option("--where", done.options.where, "Of an apology: where it stands");
  const auto waive = add_settling(grammar, "waive", "Waive a consequence, with the reason", run_waive);
  waive->add_option("--reason", waive.options.reason, "Why")->required();
}

}  // namespace probity::cli
