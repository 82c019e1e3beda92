#include "copies/upload.h"

#include <array>

namespace probity::copies {
namespace {

constexpr std::array<std::string_view, 3> kUploadStateNames{"receiving", "complete", "cancelled"};

}  // namespace

std::string_view upload_state_name(UploadState state) { return kUploadStateNames[static_cast<std::size_t>(state)]; }

std::optional<UploadState> parse_upload_state(std::string_view name) {
  for (std::size_t i = 0; i < kUploadStateNames.size(); ++i)
    if (kUploadStateNames[i] == name) return static_cast<UploadState>(i);
  return std::nullopt;
}

}  // namespace probity::copies
