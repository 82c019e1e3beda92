// What must hold before a statement is approved and published. Pure.
#pragma once

#include "statements/ports.h"

namespace probity::statements {

struct Hindrance {
  std::string code;  // of the API: "time_not_passed", "undecided", "names_a_person" …
  std::string message, message_zh;
  std::optional<TimeMs> until_ms;
};

// Whether this account's approval of the content with that hash counts. Errors: conflict (not submitted, approved by
// them already, changed meanwhile); forbidden (no account of a person).
Result<void> check_approval(const Statement& statement, const events::Actor& actor, const Hash& seen);

// The accused parties' replies as the statement carries them: names masked, silence said.
std::vector<Reply> replies_of(const CaseFacts& facts, const std::vector<NamedParty>& shown);

// What stands in the words' own way: a language that is begun and not finished, none at all, places left to fill in,
// and what tells who somebody is.
std::vector<Hindrance> hindrances_of_text(const Content& content, const CaseFacts& facts);

// All that stands in the way of publishing. Empty for what is public.
std::vector<Hindrance> hindrances(const Statement& statement, const CaseFacts& facts, const Gate& gate);

// The first one as an error. Errors: conflict.
Result<void> refuse(const std::vector<Hindrance>& hindrances);

}  // namespace probity::statements
