// The photographs that everything is measured on, and their fixed division into a half to tune on and a half held out.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace probity::bench {

enum class Half { tune, held, both };

struct Photo {
  std::string name;  // file name without extension
  std::filesystem::path path;
  Half half = Half::tune;  // tune or held
};

// The first `limit` photos of a half (0: all of them), in sorted order.
// Errors: not_found with the packages to install when a photo is missing.
Result<std::vector<Photo>> photo_set(Half half, std::size_t limit);

// Errors: invalid_argument for a word other than tune, held, both.
Result<Half> parse_half(const std::string& word);
const char* half_name(Half half);

}  // namespace probity::bench
