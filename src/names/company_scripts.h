// Taking a company's name apart, for each script: what parse_company_name() chooses between.
#pragma once

#include <string_view>

#include "names/company.h"

namespace probity::names {

CompanyName parse_chinese_name(std::string_view text);
CompanyName parse_latin_name(std::string_view text);

// The Chinese name of a place written in Latin letters without blanks ("hongkong", "shaoxing"); empty when unknown.
std::string_view place_of_latin(std::string_view letters);

}  // namespace probity::names
