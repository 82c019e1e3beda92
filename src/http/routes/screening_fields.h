// What requests about people share: an identifier that is used once, and how long to wait when a quota is used up.
#pragma once

#include "http/routes/json_fields.h"
#include "screening/person_screening.h"

namespace probity::http::routes {

// "kind", "identifier", "country".
screening::TypedIdentifier person_identifier_of(JsonFields& fields);
// The problem, with Retry-After when the hint names the time from which it goes on.
Response screening_problem(const Error& error, const Request& request, Clock& clock);

}  // namespace probity::http::routes
