// Routes of screening people: questions, receipts, hits, audits of consent.
#pragma once

#include <functional>
#include <string>

#include "http/routes/guard.h"
#include "screening/hit_service.h"
#include "screening/person_screening.h"

namespace probity::http::routes {

struct ScreeningRoutes {
  screening::PersonScreening& people;
  screening::HitService& hits;
  Clock& clock;
};
// Borrows the services.
void add_screening_routes(Router& router, Guard& guard, const ScreeningRoutes& services);
void add_hit_routes(Router& router, Guard& guard, const ScreeningRoutes& services);

// Whether the node belongs to an alliance: on every node. `membership`: the answer's JSON text.
void add_membership_route(Router& router, Guard& guard, std::function<std::string()> membership);

}  // namespace probity::http::routes
