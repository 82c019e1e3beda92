// Proving who one is: password, second factor, and doing so again before a dangerous act.
#pragma once

#include <optional>
#include <string>

#include "accounts/sessions.h"

namespace probity::accounts {

struct Credentials {
  std::string email;
  std::string password;
  std::string code;  // one-time password or recovery code; may be empty
};

// Takes one-time codes and recovery codes, each once. Joins the transaction; writes the account when a code was used.
// Errors: corrupt (a seed that cannot be opened), storage.
enum class CodeOutcome { right, recovery, wrong };
Result<CodeOutcome> take_code(const Ports& ports, Account& account, const std::string& code);

// Thread-safe. The answer is one and the same, after the same time, for an unknown address, a wrong password and an
// account that may not sign in.
class SignIn {
 public:
  SignIn(const Ports& ports, Sessions& sessions) : ports_(ports), sessions_(sessions) {}
  // Errors: unauthenticated; second_factor_required when the password fits and a code is needed; too_many_requests.
  Result<Opened> sign_in(const Credentials& credentials, const Visitor& visitor);
  // The session goes on under a new reference. Errors: the same; forbidden for an API key.
  Result<Opened> step_up(const Caller& caller, const std::string& password, const std::string& code);
  // After too_many_requests.
  int retry_after_s(const std::string& email, const std::string& address);

 private:
  Result<Account> checked(const std::string& email, const Credentials& credentials, const Visitor& visitor,
                          const char* kind);
  const Ports& ports_;
  Sessions& sessions_;
};

}  // namespace probity::accounts
