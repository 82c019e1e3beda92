// The sections of the report page, each as HTML. Internal to report_html().
#pragma once

#include "leaks/html.h"
#include "leaks/investigate.h"
#include "leaks/words.h"

namespace probity::leaks {

std::string verdict_section(const Report& report, const Say& say);
// Errors: internal when a picture cannot be encoded.
Result<std::string> picture_sections(const Investigation& investigation, const Say& say);
std::string plot_section(const Report& report, const Say& say);
std::string arithmetic_section(const Report& report, const Say& say);
std::string damage_section(const Report& report, const Say& say);
std::string limits_section(const Report& report, const Say& say);
std::string makings_section(const Report& report, const Say& say);
std::string check_section(const Report& report, const Say& say);

}  // namespace probity::leaks
