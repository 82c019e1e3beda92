#include "names/company.h"

#include <algorithm>

#include "names/company_scripts.h"
#include "names/han.h"

namespace probity::names {

CompanyName parse_company_name(std::string_view text) {
  return std::ranges::any_of(characters(text), is_han) ? parse_chinese_name(text) : parse_latin_name(text);
}

}  // namespace probity::names
