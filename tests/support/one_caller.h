// For tests: a guard that lets one caller in, with the permissions they have at the moment.
#pragma once

#include "http/routes/guard.h"

namespace probity::test {

class OneCaller final : public http::routes::Guard {
 public:
  http::Handler staff(accounts::Permission permission, http::routes::StaffHandler handler,
                      http::routes::GuardOptions) override {
    return [this, permission, handler = std::move(handler)](const http::Request& request) {
      if (!caller.may(permission)) return http::problem({ErrorCode::forbidden, "not allowed", ""}, request.id);
      return handler(request, caller);
    };
  }
  accounts::Caller caller;
};

}  // namespace probity::test
