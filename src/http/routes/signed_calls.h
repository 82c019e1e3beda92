// Handlers of calls that members sign: what every /alliance/v1 route of the hub stands behind.
#pragma once

#include <functional>

#include "alliance/member_call.h"
#include "http/router.h"

namespace probity::http::routes {

using MemberHandler = std::function<Response(const Request&, const alliance::Party&)>;

// Only what a member has signed, within its quota, gets to the handler; nothing of an answer is cached. Borrows the
// gate.
Handler signed_only(alliance::CallGate& gate, MemberHandler handler);

}  // namespace probity::http::routes
