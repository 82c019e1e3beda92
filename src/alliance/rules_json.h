// The alliance's rules as anybody may read them: the catalogue with its years, what is never a ground, the tests, and
// the clocks of notice, appeal and expiry. Made from the constants that the rules run on.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace probity::alliance {

nlohmann::json rules_to_json();

}  // namespace probity::alliance
