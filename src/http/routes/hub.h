// The hub over HTTP, for members' nodes (signed calls, alliance/member_call.h) and for listed persons (link and code).
#pragma once

#include "alliance/hub.h"
#include "alliance/member_call.h"
#include "http/router.h"

namespace probity::http::routes {

// Under /alliance/v1. Borrows hub and gate.
void add_hub_routes(Router& router, alliance::Hub& hub, alliance::CallGate& gate);

}  // namespace probity::http::routes
