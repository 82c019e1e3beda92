// Routes of projects and their timelines.
#pragma once

#include "base/clock.h"
#include "events/event.h"
#include "http/routes/guard.h"
#include "projects/service.h"

namespace probity::http::routes {

struct ProjectRoutes {
  projects::ProjectService& projects;
  events::EventLog& events;
  Clock& clock;
};

// Borrows what it is given.
void add_project_routes(Router& router, Guard& guard, const ProjectRoutes& services);

}  // namespace probity::http::routes
