// Reading terms and template texts from requests.
#pragma once

#include "commitments/template.h"
#include "http/routes/json_fields.h"

namespace probity::http::routes {

// Missing and ill-formed members become complaints of `fields`.
commitments::Terms terms_of(JsonFields& fields);
commitments::TemplateText template_text_of(JsonFields& fields);
commitments::Locale locale_of(JsonFields& fields, const char* name);
// The object `name`, read by one of the above; a complaint when it is missing.
commitments::Terms required_terms(JsonFields& fields);
commitments::TemplateText required_text(JsonFields& fields);

}  // namespace probity::http::routes
