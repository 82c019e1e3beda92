// Routes of the accused's own page; the session is that of those who answer (cases_guard.h).
#pragma once

#include "cases/accused.h"
#include "http/routes/cases_guard.h"

namespace probity::http::routes {

// Borrows what it is given.
void add_accused_routes(Router& router, AnswerGuard& guard, cases::AccusedService& service);

}  // namespace probity::http::routes
