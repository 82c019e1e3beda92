// Companies that a sentence names: by their legal form, or by a softer word (公司, 集团, "Group") behind a name of
// their own. A word for companies of a kind ("快递公司", "the company") names none.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace probity::bulletins {

// One company in the spellings that it may have meant: what stands before a Chinese name runs into it.
struct CompanyMention {
  std::vector<std::string> spellings;  // the longest first; at least one
};
std::vector<CompanyMention> companies_in(std::string_view sentence);

}  // namespace probity::bulletins
