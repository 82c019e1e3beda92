// A member's filings over HTTP.
#pragma once

#include "filings/service.h"
#include "http/routes/guard.h"

namespace probity::http::routes {

// Under /api/v1. Borrows guard and service.
void add_filing_routes(Router& router, Guard& guard, filings::FilingService& service);

}  // namespace probity::http::routes
