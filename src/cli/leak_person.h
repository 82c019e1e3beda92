// What commands about leaks share: finding the leak that is meant, and acting as a person with an account.
#pragma once

#include <optional>
#include <string>

#include "accounts/caller.h"
#include "cli/session.h"

namespace probity::cli {

// By number, id, the start of an id, or title. Errors: not_found; invalid_argument when several fit.
Result<leaks::LeakRow> find_leak(app::Records& records, const std::string& text);

// Evidence of these matters (leaks or cases), by its file's name, the start of its id, or the start of its hash.
// Errors: not_found; invalid_argument when several fit.
Result<evidence::Item> find_evidence(app::Records& records, const std::vector<Id>& matters, const std::string& text);

// Without an address it is the command line itself, which may do much and is nobody. With one: the account of that
// address, after its password (from $PROBITY_PASSWORD, else asked for without showing it) and its one-time code.
// Errors: those of signing in; forbidden when the account may not do this.
Result<events::Actor> act_as(app::Records& records, const std::optional<std::string>& email,
                             const std::optional<std::string>& code, accounts::Permission permission);

}  // namespace probity::cli
