// probity case …: change what the case says of itself, take a party out, link evidence, declare a conflict of interest,
// and keep what becomes of a consequence.
#include "cli/case_common.h"
#include "cli/find.h"
#include "cli/values.h"

namespace probity::cli {
namespace {

using accounts::Permission;
using ChangedCase = Result<cases::CaseView>;

struct CaseEditOptions {
  CommonOptions common;
  std::string which;
  std::optional<std::string> title, summary, kind, severity, owner, reviewer, second_reviewer;
  std::optional<std::string> loss, loss_note, taken_down, self_reported, first_offence, mitigation_note;
  CasePerson person;
};
struct CasePartyOptions {
  CommonOptions common;
  std::string which, party;
  CasePerson person;
};
struct CaseLinkOptions {
  CommonOptions common;
  std::string which, item, what;
  CasePerson person;
};
struct CaseConflictOptions {
  CommonOptions common;
  std::string which, relation, text;
  std::optional<std::string> account, party;
  CasePerson person;
};
struct ConsequenceEditOptions {
  CommonOptions common;
  std::string which, kind;
  std::optional<std::string> party, state, text, reason, where, from, until, by, day;
  CasePerson person;
};

struct TaskEditOptions {
  CommonOptions common;
  std::string which, task;
  std::optional<std::string> title, detail, assignee, due, state;
  CasePerson person;
};

// "none" takes whoever it is away.
Result<std::optional<Id>> account_or_none(app::Records& records, const std::string& text) {
  if (text == "none") return std::optional<Id>();
  return find_account(records, text).map([](const accounts::Account& account) { return std::optional(account.id); });
}

Result<void> change_people(app::Records& records, const CaseEditOptions& options, cases::CaseChange& change) {
  if (options.owner) {
    TRY_ASSIGN(const auto owner, find_account(records, *options.owner));
    change.owner = owner.id;
  }
  if (options.reviewer) {
    TRY_ASSIGN(change.reviewer.emplace(), account_or_none(records, *options.reviewer));
  }
  if (options.second_reviewer) {
    TRY_ASSIGN(change.second_reviewer.emplace(), account_or_none(records, *options.second_reviewer));
  }
  return {};
}

// "120000 EUR"
Result<cases::Money> parse_loss(const std::string& text) {
  const std::size_t space = text.rfind(' ');
  if (space == std::string::npos)
    return fail(ErrorCode::invalid_argument, "--loss: " + text + " names no currency", "write it like \"120000 EUR\"");
  return cases::parse_money(text.substr(0, space), text.substr(space + 1));
}

Result<void> change_loss(const cases::Case& of, const CaseEditOptions& options, cases::CaseChange& change) {
  if (!options.loss && !options.loss_note) return {};
  std::optional<cases::Loss> loss = of.loss;
  if (options.loss == "none") {
    loss.reset();
  } else if (options.loss) {
    if (!loss) loss.emplace();
    TRY_ASSIGN(loss->amount, parse_loss(*options.loss));
  }
  if (options.loss_note) {
    if (!loss) return fail(ErrorCode::invalid_argument, "--loss-note: no loss is recorded", "give it with --loss");
    loss->text = *options.loss_note;
  }
  change.loss = loss;
  return {};
}

Result<void> change_mitigation(const cases::Case& of, const CaseEditOptions& options, cases::CaseChange& change) {
  if (!options.taken_down && !options.self_reported && !options.first_offence && !options.mitigation_note) return {};
  cases::Mitigation mitigation = of.mitigation;
  if (options.taken_down) {
    TRY_ASSIGN(mitigation.taken_down_ms, parse_time_or_none("--taken-down", *options.taken_down));
  }
  if (options.self_reported) {
    TRY_ASSIGN(mitigation.self_reported_ms, parse_time_or_none("--self-reported", *options.self_reported));
    mitigation.self_reported = mitigation.self_reported_ms.has_value();
  }
  if (options.first_offence) {
    const std::string& text = *options.first_offence;
    if (text != "yes" && text != "no" && text != "unknown")
      return fail(ErrorCode::invalid_argument, "--first-offence: yes, no or unknown");
    mitigation.first_offence = text == "unknown" ? std::nullopt : std::optional(text == "yes");
  }
  if (options.mitigation_note) mitigation.note = *options.mitigation_note;
  change.mitigation = mitigation;
  return {};
}

bool changes_nothing(const cases::CaseChange& change) {
  return !change.title && !change.summary && !change.kind && !change.severity && !change.owner && !change.reviewer &&
         !change.second_reviewer && !change.mitigation && !change.loss;
}

Result<void> run_case_edit(Terminal& terminal, const CaseEditOptions& options) {
  return change_case(terminal, options, Permission::write_cases,
                     [&](app::Records& records, const cases::Case& of, const cases::Hand& hand) -> ChangedCase {
                       cases::CaseChange change;
                       change.title = options.title;
                       change.summary = options.summary;
                       if (options.kind) {
                         TRY_ASSIGN(change.kind, case_choice<cases::Kind>("--kind", *options.kind, kKindChoices));
                       }
                       if (options.severity) {
                         TRY_ASSIGN(change.severity,
                                    case_choice<cases::Severity>("--severity", *options.severity, kSeverityChoices));
                       }
                       TRY(change_people(records, options, change));
                       TRY(change_loss(of, options, change));
                       TRY(change_mitigation(of, options, change));
                       if (changes_nothing(change))
                         return fail(ErrorCode::invalid_argument, "nothing is to be changed",
                                     "say what: `probity case edit --help` lists it");
                       // Loss and mitigation are written whole: what somebody else changed meanwhile must not be lost.
                       change.revision = of.revision;
                       return records.cases.cases.update(of.id, change, hand);
                     });
}

Result<void> run_party_remove(Terminal& terminal, const CasePartyOptions& options) {
  return change_case(terminal, options, Permission::write_cases,
                     [&](app::Records& records, const cases::Case& of, const cases::Hand& hand) -> ChangedCase {
                       TRY_ASSIGN(const Id party, find_case_party(of, options.party));
                       return records.cases.cases.remove_party(of.id, party, hand);
                     });
}

Result<void> run_link(Terminal& terminal, const CaseLinkOptions& options) {
  return change_case(terminal, options, Permission::write_cases,
                     [&](app::Records& records, const cases::Case& of, const cases::Hand& hand) -> ChangedCase {
                       std::vector<Id> matters{of.id};
                       if (of.leak) matters.push_back(*of.leak);
                       TRY_ASSIGN(const auto item, find_evidence(records, matters, options.item));
                       return records.cases.cases.link_evidence(of.id, item.id, options.what, hand);
                     });
}

Result<void> run_conflict(Terminal& terminal, const CaseConflictOptions& options) {
  return change_case(terminal, options, Permission::write_cases,
                     [&](app::Records& records, const cases::Case& of, const cases::Hand& hand) -> ChangedCase {
                       cases::NewConflict conflict;
                       TRY_ASSIGN(conflict.relation,
                                  case_choice<cases::Relation>("the relation", options.relation,
                                                               "colleague, relative, business, same_person or other"));
                       conflict.text = options.text;
                       if (options.account) {
                         TRY_ASSIGN(const auto account, find_account(records, *options.account));
                         conflict.account = account.id;
                       }
                       if (options.party) {
                         TRY_ASSIGN(conflict.case_party, find_case_party(of, *options.party));
                       }
                       return records.cases.cases.declare_conflict(of.id, conflict, hand);
                     });
}

Result<cases::ConsequenceChange> consequence_change(const ConsequenceEditOptions& options) {
  cases::ConsequenceChange change;
  bool is_empty = true;
  for (const auto* one : {&options.state, &options.text, &options.reason, &options.where, &options.from, &options.until,
                          &options.by, &options.day})
    is_empty = is_empty && !*one;
  if (is_empty)
    return fail(ErrorCode::invalid_argument, "nothing is to be changed",
                "say what: `probity case consequence --help` lists it");
  if (options.state) {
    TRY_ASSIGN(change.state, case_choice<cases::ConsequenceState>("--state", *options.state, "active, done or waived"));
  }
  change.text = options.text;
  change.reason = options.reason;
  change.published_at = options.where;
  change.by_whom = options.by;
  if (options.from) {
    TRY_ASSIGN(change.published_from_ms.emplace(), parse_time_or_none("--from", *options.from));
  }
  if (options.until) {
    TRY_ASSIGN(change.published_until_ms.emplace(), parse_time_or_none("--until", *options.until));
  }
  if (options.day) {
    TRY_ASSIGN(const TimeMs done_ms, parse_time("--day", *options.day));
    change.done_ms = std::optional(done_ms);
  }
  return change;
}

Result<void> run_consequence(Terminal& terminal, const ConsequenceEditOptions& options) {
  return change_case(terminal, options, Permission::write_cases,
                     [&](app::Records& records, const cases::Case& of, const cases::Hand& hand) -> ChangedCase {
                       TRY_ASSIGN(const Id consequence, find_consequence(of, options.kind, options.party));
                       TRY_ASSIGN(const auto change, consequence_change(options));
                       return records.cases.cases.update_consequence(of.id, consequence, change, hand);
                     });
}

Result<cases::TaskChange> task_change(app::Records& records, const TaskEditOptions& options) {
  if (!options.title && !options.detail && !options.assignee && !options.due && !options.state)
    return fail(ErrorCode::invalid_argument, "nothing is to be changed",
                "say what: `probity case task-edit --help` lists it");
  cases::TaskChange change;
  change.title = options.title;
  change.detail = options.detail;
  if (options.assignee) {
    TRY_ASSIGN(change.assignee.emplace(), account_or_none(records, *options.assignee));
  }
  if (options.due) {
    TRY_ASSIGN(change.due_ms.emplace(), parse_time_or_none("--due", *options.due));
  }
  if (options.state) {
    TRY_ASSIGN(change.state, case_choice<cases::TaskState>("--state", *options.state, "open, done or dropped"));
  }
  return change;
}

Result<void> run_task_edit(Terminal& terminal, const TaskEditOptions& options) {
  return change_case(terminal, options, Permission::write_cases,
                     [&](app::Records& records, const cases::Case& of, const cases::Hand& hand) -> ChangedCase {
                       TRY_ASSIGN(const Id task, find_task(of, options.task));
                       TRY_ASSIGN(const auto change, task_change(records, options));
                       return records.cases.cases.update_task(of.id, task, change, hand);
                     });
}

void add_task_edit(Grammar& grammar, CLI::App* group) {
  const auto edit =
      grammar.command(group, "task-edit", "Change a task, give it to somebody, or drop it", run_task_edit);
  add_case_name(edit);
  edit->add_option("task", edit.options.task, "Its title, or the start of its id")->required();
  edit->add_option("--title", edit.options.title, "What is to be done");
  edit->add_option("--detail", edit.options.detail, "In more words");
  edit->add_option("--assignee", edit.options.assignee, "The account that does it, or none");
  edit->add_option("--due", edit.options.due, "Until when, or none");
  edit->add_option("--state", edit.options.state, "open, done or dropped");
}

void add_case_edit(Grammar& grammar, CLI::App* group) {
  const auto edit = grammar.command(group, "edit", "Change what the case says of itself", run_case_edit);
  add_case_name(edit);
  edit->add_option("--title", edit.options.title, "What it is about");
  edit->add_option("--summary", edit.options.summary, "In a few sentences");
  edit->add_option("--kind", edit.options.kind, "early_publication, private_posting, supplier_leak …");
  edit->add_option("--severity", edit.options.severity, kSeverityChoices);
  edit->add_option("--owner", edit.options.owner, "The account that leads it");
  edit->add_option("--reviewer", edit.options.reviewer, "The account that is the second person, or none");
  edit->add_option("--second-reviewer", edit.options.second_reviewer,
                   "The one beside it when there is a conflict of interest, or none");
  edit->add_option("--loss", edit.options.loss, "What it cost, such as \"120000 EUR\", or none");
  edit->add_option("--loss-note", edit.options.loss_note, "What the loss rests on");
  edit->add_option("--taken-down", edit.options.taken_down, "When it was taken down, or none");
  edit->add_option("--self-reported", edit.options.self_reported, "When they said so themselves, or none");
  edit->add_option("--first-offence", edit.options.first_offence, "yes, no or unknown");
  edit->add_option("--mitigation-note", edit.options.mitigation_note, "What else speaks for them");
}

void add_consequence(Grammar& grammar, CLI::App* group) {
  const auto one =
      grammar.command(group, "consequence", "Change a consequence, or what is known of it", run_consequence);
  add_case_name(one);
  one->add_option("kind", one.options.kind, "apology, training, warning, employer_measure, …")->required();
  one->add_option("--party", one.options.party, "Whose, when several are accused");
  one->add_option("--state", one.options.state, "active, done or waived");
  one->add_option("--text", one.options.text, "The apology's words, the measure, the training");
  one->add_option("--reason", one.options.reason, "Why, when it is waived");
  one->add_option("--where", one.options.where, "Of an apology: where it stands");
  one->add_option("--from", one.options.from, "Of an apology: since when, or none");
  one->add_option("--until", one.options.until, "Of an apology: until when, or none");
  one->add_option("--by", one.options.by, "Of a measure: who took it");
  one->add_option("--day", one.options.day, "When it was done; now otherwise");
}

}  // namespace

void add_case_edit_commands(Grammar& grammar) {
  CLI::App* group = grammar.group("case", "Cases and their evidence");
  add_case_edit(grammar, group);
  const auto remove =
      grammar.command(group, "party-remove", "Take a party out that nothing refers to", run_party_remove);
  add_case_name(remove);
  remove->add_option("party", remove.options.party, "Its name in the case, or the start of its id there")->required();
  const auto link = grammar.command(group, "link", "Link evidence of the leak to the case", run_link);
  add_case_name(link);
  link->add_option("item", link.options.item, "Its id, its file's name, or the start of its hash")->required();
  link->add_option("--what", link.options.what, "Why it matters here");
  const auto conflict = grammar.command(group, "conflict", "Declare that an account is close to a party", run_conflict);
  add_case_name(conflict);
  conflict->add_option("relation", conflict.options.relation, "colleague, relative, business, same_person or other")
      ->required();
  conflict->add_option("--account", conflict.options.account, "Whose conflict; one's own otherwise");
  conflict->add_option("--party", conflict.options.party, "The party they are close to");
  conflict->add_option("--text", conflict.options.text, "In words");
  add_consequence(grammar, group);
  add_task_edit(grammar, group);
}

}  // namespace probity::cli
