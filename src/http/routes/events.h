// The route by which open pages hear what happens: server-sent events.
#pragma once

#include "events/live.h"
#include "http/routes/guard.h"

namespace probity::http::routes {

// Borrows the feed. A caller hears only the topics they may read: activity (projects), job (jobs), outbox (outbox).
void add_event_routes(Router& router, Guard& guard, events::LiveFeed& feed);

}  // namespace probity::http::routes
