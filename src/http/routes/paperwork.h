// Sealed papers at the hub: what filers, the ombudsman and listed persons send, and the ombudsman's view of the list.
#pragma once

#include "alliance/member_call.h"
#include "alliance/paperwork.h"
#include "http/router.h"

namespace probity::http::routes {

// Under /alliance/v1. Borrows paperwork and gate.
void add_paperwork_routes(Router& router, alliance::Paperwork& paperwork, alliance::CallGate& gate);

}  // namespace probity::http::routes
