// The hub's list of companies over HTTP, for members' nodes (signed calls).
#pragma once

#include "alliance/enterprise_publisher.h"
#include "alliance/member_call.h"
#include "http/router.h"

namespace probity::http::routes {

// GET /alliance/v1/enterprises: the whole list; GET /alliance/v1/enterprises/since/{version}: what has changed, 204
// when nothing has, 410 when the whole list is to be fetched. Borrows publisher and gate.
void add_hub_enterprise_routes(Router& router, alliance::EnterprisePublisher& publisher, alliance::CallGate& gate);

}  // namespace probity::http::routes
