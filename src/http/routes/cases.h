// Routes of cases and rectifications, for staff and for the suppliers that answer.
#pragma once

#include <functional>

#include "base/clock.h"
#include "cases/archive.h"
#include "cases/rectifications.h"
#include "cases/service.h"
#include "copies/uploads.h"
#include "evidence/service.h"
#include "http/routes/cases_guard.h"
#include "http/routes/guard.h"

namespace probity::http::routes {

struct CaseRoutes {
  cases::CaseService& cases;
  cases::RectificationService& rectifications;
  cases::ArchiveService& archive;
  commitments::HouseBook& house;
  Clock& clock;
  copies::Uploads& uploads;
  evidence::EvidenceService& evidence;
};

// Borrow what they are given.
void add_case_routes(Router& router, Guard& guard, const CaseRoutes& services);
void add_own_rectification_routes(Router& router, AnswerGuard& guard, const CaseRoutes& services);

}  // namespace probity::http::routes
