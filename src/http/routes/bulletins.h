// Bulletins, joint cases and training events for a node's staff: drafts here, everything else passed on to the hub.
#pragma once

#include <functional>
#include <string>

#include "bulletins/desk.h"
#include "http/routes/guard.h"

namespace probity::http::routes {

struct BulletinRoutes {
  bulletins::Desk* desk = nullptr;  // none in a node that is in no alliance: its answers say so
  Clock* clock = nullptr;
};

// Borrows the desk.
void add_bulletin_routes(Router& router, Guard& guard, const BulletinRoutes& services);
void add_bulletin_group_routes(Router& router, Guard& guard, const BulletinRoutes& services);
void add_training_routes(Router& router, Guard& guard, const BulletinRoutes& services);

// For all of them: an answer of the hub as our own; the desk, or not_found.
Response passed_on(int status, const std::string& answer, const char* media_type = "application/json");
Result<bulletins::Desk*> desk_of(const BulletinRoutes& services);

}  // namespace probity::http::routes
