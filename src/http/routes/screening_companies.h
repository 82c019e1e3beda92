// Companies over HTTP: questions, the list as this node holds it, files of partners, and watches.
#pragma once

#include "http/routes/guard.h"
#include "screening/company_screening.h"

namespace probity::screening {
class BatchScreening;
class WatchService;
}  // namespace probity::screening

namespace probity::http::routes {

// Under /api/v1/screening. Borrows guard and services.
void add_company_routes(Router& router, Guard& guard, screening::CompanyScreening& companies);
void add_batch_routes(Router& router, Guard& guard, screening::BatchScreening& batches);
void add_watch_routes(Router& router, Guard& guard, screening::WatchService& watches,
                      screening::BatchScreening& batches);

}  // namespace probity::http::routes
