// What the commands of cases share: finding the case that is meant, acting as a person, and telling what became of it.
#pragma once

#include "cases/json.h"
#include "cli/grammar.h"
#include "cli/leak_person.h"

namespace probity::cli {

// "--as" and "--code": who does it. Decisions take people with an account.
struct CasePerson {
  std::optional<std::string> email, code;
};

// By number, id, the start of an id, or title. Errors: not_found; invalid_argument when several fit.
Result<cases::CaseView> find_case(app::Records& records, const std::string& text);

// Errors: as of act_as().
Result<cases::Hand> hand_of(app::Records& records, const CasePerson& person, accounts::Permission permission);

void describe_case(Terminal& terminal, const cases::Case& of);
// The case as it is now, and its document under --json.
Result<void> show_case(Terminal& terminal, const Session& session, const Result<cases::CaseView>& view);

// Finds the case, acts as the person, does `verb(records, case, hand)`, and shows what became of it.
template <class Options, class Verb>
Result<void> change_case(Terminal& terminal, const Options& options, accounts::Permission permission, Verb verb) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto found, find_case(*session.records, options.which));
  TRY_ASSIGN(const cases::Hand hand, hand_of(*session.records, options.person, permission));
  return show_case(terminal, session, verb(*session.records, found.of, hand));
}

// A value that words name. `choices` tells what there is.
template <class Enum>
Result<Enum> case_choice(const char* option, const std::string& text, const char* choices) {
  const auto value = cases::parse<Enum>(text);
  if (!value)
    return fail(ErrorCode::invalid_argument, std::string(option) + ": there is no " + text,
                std::string(choices) + " is expected");
  return *value;
}

inline constexpr const char* kKindChoices =
    "early_publication, private_posting, mis_sent_file, supplier_leak, employee_for_money, fabrication, own_footage, "
    "tear_down or unknown";
inline constexpr const char* kSeverityChoices = "low, medium, high or critical";

// Any party of the case: by name, or by the start of the id of its place in the case. Errors: not_found;
// invalid_argument when several fit.
Result<Id> find_case_party(const cases::Case& of, const std::string& text);
// By title, or by the start of its id. Errors: not_found; invalid_argument when several fit.
Result<Id> find_task(const cases::Case& of, const std::string& text);
// The accused that is meant: by name, or the only one.
Result<Id> find_accused(const cases::Case& of, const std::optional<std::string>& name);
// Their agreed amount; the same about who is meant.
Result<Id> find_amount(const cases::Case& of, const std::optional<std::string>& name);
// What follows for an accused, by its kind; the same about who is meant.
Result<Id> find_consequence(const cases::Case& of, const std::string& kind, const std::optional<std::string>& name);

// "--as" and "--code".
template <class Options>
void add_case_person(const Command<Options>& command) {
  command->add_option("--as", command.options.person.email, "The account that does it, by its mail address");
  command->add_option("--code", command.options.person.code, "Its one-time code, when it has a second factor");
}
// Which case, and who does it.
template <class Options>
void add_case_name(const Command<Options>& command) {
  command->add_option("case", command.options.which, "Number such as K-2026-0001, id or title")->required();
  add_case_person(command);
}

// What happens after a decision: stages in court, and what was done about its consequences.
void add_case_stage_commands(Grammar& grammar);
// What the case says of itself, its parties and evidence.
void add_case_edit_commands(Grammar& grammar);
// Its timeline, its graph, and what is read of it.
void add_case_history_commands(Grammar& grammar);
void add_case_graph_commands(Grammar& grammar);
// Evidence of leaks and cases as it came.
void add_evidence_download_commands(Grammar& grammar);

}  // namespace probity::cli
