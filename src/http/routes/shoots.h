// Shoots, frames, releases and own footage for staff; and what attendees do from the phone, in the recipient's session.
#pragma once

#include "http/routes/guard.h"
#include "http/routes/recipient_guard.h"
#include "jobs/service.h"
#include "shoots/own_footage.h"
#include "shoots/releases.h"

namespace probity::http::routes {

// Borrowed; must outlive the router, and so must the guards.
struct ShootRoutes {
  shoots::ShootService& shoots;
  shoots::FrameService& frames;
  shoots::ReleaseService& releases;
  shoots::FootageService& footage;
  jobs::JobService& jobs;
};

void add_shoot_routes(Router& router, Guard& guard, const ShootRoutes& services);
void add_release_routes(Router& router, Guard& guard, shoots::ReleaseService& releases);
void add_recipient_shoot_routes(Router& router, RecipientGuard& guard, shoots::FrameService& frames);

}  // namespace probity::http::routes
