// Why a seal, a timestamp, a package or a proof does not hold, in Chinese: the checks say it in English.
#pragma once

#include <string>
#include <string_view>

namespace probity::evidence {

// What comes from a closed set is translated, with names and numbers kept; what comes from elsewhere (a library, a
// file) is told as it is.
std::string reason_zh(std::string_view reason);

}  // namespace probity::evidence
