// What stands before the handlers of staff: who calls, whether they may, and the CSRF token of changes.
#pragma once

#include <functional>

#include "accounts/caller.h"
#include "http/router.h"

namespace probity::http::routes {

using StaffHandler = std::function<Response(const Request&, const accounts::Caller&)>;

struct GuardOptions {
  bool step_up = false;  // asks for a recent proof of presence: 403 with code step_up_required otherwise
};

// Thread-safe. Answers 401 without a valid session or key, 403 without the permission or with a wrong CSRF token.
class Guard {
 public:
  virtual ~Guard() = default;
  virtual Handler staff(accounts::Permission permission, StaffHandler handler, GuardOptions options = {}) = 0;
};

}  // namespace probity::http::routes
