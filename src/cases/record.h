// A case as the text it is kept as: JSON with sorted keys, every field of the record.
#pragma once

#include <optional>
#include <string>

#include "cases/case.h"

namespace probity::cases {

std::string case_to_record(const Case& of);
// Nothing when the text is no record of ours. Fields it does not have keep their usual values.
std::optional<Case> case_from_record(const std::string& text);

}  // namespace probity::cases
