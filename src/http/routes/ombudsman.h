// The ombudsman's desk over HTTP, and the page that a person opens with link and code.
#pragma once

#include "filings/ombudsman.h"
#include "filings/person_answers.h"
#include "http/routes/guard.h"

namespace probity::http::routes {

struct OmbudsmanParts {
  filings::OmbudsmanDesk& desk;
  filings::PersonAnswers& answers;
  Clock& clock;
  std::string public_url;  // where the person's page is
};

// Under /api/v1/ombudsman, and /api/v1/public/recorded. Borrows guard and parts.
void add_ombudsman_routes(Router& router, Guard& guard, const OmbudsmanParts& parts);

}  // namespace probity::http::routes
