// What JSON text from outside has to be before its fields are read.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "base/result.h"

namespace probity::http::routes {

std::size_t code_points(std::string_view utf8);

// C0 and C1 control characters and DEL: none of them belongs into a name or a text, and PostgreSQL refuses NUL. With
// `lines`, line breaks and tabs pass.
bool has_control_character(std::string_view utf8, bool lines);

// An object in UTF-8 whose meaning does not depend on the reader: a member named twice and nesting beyond 16 levels are
// refused. Errors: invalid_argument.
Result<nlohmann::json> parse_strict(const std::string& body);

}  // namespace probity::http::routes
