// Every address of a node, and what stands before the handlers.
#pragma once

#include "app/records.h"
#include "events/live.h"
#include "http/metrics.h"
#include "http/router.h"
#include "log/status.h"

namespace probity::app {

// The arguments must outlive the router.
void add_node_routes(http::Router& router, Records& records, events::LiveFeed& feed, http::Metrics& metrics,
                     http::Handler pages, std::function<log::LogStatus()> log_status);

}  // namespace probity::app
