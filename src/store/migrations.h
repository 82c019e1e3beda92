// The schema, as the steps that lead to it. A step that was released is never edited: the next one changes what it
// made.
#pragma once

#include <span>
#include <string_view>

namespace probity::store {

// Statements of one step; common SQL only. Limits on columns are the last line behind the domain's own checks.
using Migration = std::span<const std::string_view>;

// Step i leads from version i to version i + 1.
std::span<const Migration> migrations();

}  // namespace probity::store
