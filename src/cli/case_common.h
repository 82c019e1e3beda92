// What the commands of cases share: finding the case that is meant, acting as a person, and telling what became of it.
#pragma once

#include "cases/json.h"
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

// The accused that is meant: by name, or the only one.
Result<Id> find_accused(const cases::Case& of, const std::optional<std::string>& name);
// Their agreed amount; the same about who is meant.
Result<Id> find_amount(const cases::Case& of, const std::optional<std::string>& name);

// What happens after a decision: stages in court, and what was done about its consequences.
class Grammar;
void add_case_stage_commands(Grammar& grammar);

}  // namespace probity::cli
