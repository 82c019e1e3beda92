// Routes of people and organisations, their trainings, and files of them.
#pragma once

#include "http/routes/guard.h"
#include "parties/service.h"

namespace probity::http::routes {

// Borrows the service.
void add_party_routes(Router& router, Guard& guard, parties::PartyService& parties);

}  // namespace probity::http::routes
