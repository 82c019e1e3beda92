// Questions and hits as text, whole and without loss, for the store.
#pragma once

#include <string>
#include <string_view>

#include "screening/hit.h"
#include "screening/query.h"

namespace probity::screening {

std::string query_record(const PersonQuery& query);
std::string hit_record(const Hit& hit);
// Errors: corrupt.
Result<PersonQuery> parse_query_record(std::string_view text);
Result<Hit> parse_hit_record(std::string_view text);

}  // namespace probity::screening
