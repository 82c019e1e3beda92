// Copies on their way: what staff see and decide of them, and how recipients list and open their own.
#pragma once

#include "copies/deliveries.h"
#include "http/routes/guard.h"
#include "http/routes/recipient_guard.h"
#include "projects/service.h"

namespace probity::http::routes {

// The arguments must outlive the router.
void add_delivery_routes(Router& router, Guard& guard, copies::Deliveries& deliveries,
                         projects::ProjectService& projects, Clock& clock);
void add_recipient_copy_routes(Router& router, RecipientGuard& guard, copies::Deliveries& deliveries, Clock& clock);

}  // namespace probity::http::routes
