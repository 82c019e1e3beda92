// Companies over HTTP: questions, the list as this node holds it, files of partners, and watches.
#pragma once

#include "http/routes/guard.h"
#include "screening/company_screening.h"

namespace probity::http::routes {

// Under /api/v1/screening. Borrows guard and services.
void add_company_routes(Router& router, Guard& guard, screening::CompanyScreening& companies);

}  // namespace probity::http::routes
