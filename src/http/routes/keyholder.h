// A key-holder over HTTP: POST /evaluate (bytes, see oprf/messages.h) and GET /public.
#pragma once

#include <functional>
#include <string>

#include "alliance/keyholder.h"
#include "http/metrics.h"
#include "http/router.h"

namespace probity::http::routes {

// Borrows the key-holder. `name`: as in its card. `roll_status`: JSON of the roll that it follows; empty for none.
void add_keyholder_routes(Router& router, alliance::KeyHolder& holder, std::string name,
                          std::function<std::string()> roll_status = {});
// probity_keyholder_evaluations_total, …_requests_total, …_refused_total, …_members.
void add_keyholder_metrics(Metrics& metrics, const alliance::KeyHolder& holder);

}  // namespace probity::http::routes
