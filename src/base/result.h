// Errors as values: Result<T>, the error catalogue's codes, and TRY for early return.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace probity {

// One row each in error_catalogue(); the wire name, HTTP status and exit code live there and nowhere else.
enum class ErrorCode {
  invalid_argument,        // the caller's words or values are wrong
  not_found,               // a named thing does not exist
  already_exists,          // a name or id is taken
  not_a_picture,           // bytes that no decoder accepts
  corrupt,                 // our own format, damaged or truncated
  unsupported,             // understood, but not handled
  too_large,               // over a stated limit of pixels, bytes or memory
  conflict,                // somebody else holds it or changed it meanwhile
  storage,                 // the disk, the database or a file said no
  wrong_workspace,         // made under other keys than the ones at hand
  cancelled,               // the user stopped it; what was acknowledged is kept
  unauthenticated,         // nobody is signed in, or the credentials are wrong
  second_factor_required,  // the password fits; a one-time code is asked for
  forbidden,               // signed in, and not allowed to
  step_up_required,        // allowed, after proving presence again
  not_in_force,            // no byte before the commitment is signed, nor after it was taken back
  gone,                    // was there; expired, used or taken back
  too_many_requests,       // slow down
  unavailable,             // for a moment: overloaded or stopping
  internal,                // our own mistake
};

struct Error {
  ErrorCode code;
  std::string message;  // what was wrong, one sentence without secrets
  std::string hint;     // what to do about it; may be empty
};

template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(ErrorCode code, std::string message, std::string hint = {}) {
  return tl::unexpected<Error>(Error{code, std::move(message), std::move(hint)});
}

struct CatalogueEntry {
  ErrorCode code;
  const char* name;  // stable name on the wire
  int http_status;
  int exit_code;
  const char* title_en;
  const char* title_zh;
};

// The row of a code; every code has one.
const CatalogueEntry& catalogue_entry(ErrorCode code);

}  // namespace probity

#define PROBITY_CONCAT_INNER(a, b) a##b
#define PROBITY_CONCAT(a, b) PROBITY_CONCAT_INNER(a, b)

// TRY(expression): returns the error to the caller, else goes on. For Result<void> or a result whose value is not
// needed. Names are numbered by __COUNTER__, so that an expression may hold a lambda with TRYs of its own.
#define TRY(expression) TRY_INNER(PROBITY_CONCAT(try_result_, __COUNTER__), expression)
#define TRY_INNER(name, expression)                                              \
  do {                                                                           \
    auto&& name = (expression);                                                  \
    if (!name) return tl::unexpected<::probity::Error>(std::move(name).error()); \
  } while (false)

// TRY_ASSIGN(auto value, expression): the same, and binds the value.
#define TRY_ASSIGN(declaration, expression) \
  TRY_ASSIGN_INNER(PROBITY_CONCAT(try_value_, __COUNTER__), declaration, expression)
#define TRY_ASSIGN_INNER(name, declaration, expression)                        \
  auto name = (expression);                                                    \
  if (!name) return tl::unexpected<::probity::Error>(std::move(name).error()); \
  declaration = std::move(*name)
