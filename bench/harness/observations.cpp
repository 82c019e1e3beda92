#include "harness/observations.h"

#include <algorithm>
#include <cstring>

#include "attacks/picture_file.h"
#include "base/encoding.h"
#include "base/hash.h"

namespace probity::bench {
namespace {

std::filesystem::path folder(const BenchOptions& options) { return options.out / "observations"; }

}  // namespace

Result<void> save_observation(const BenchOptions& options, const std::string& photo, std::string_view chain,
                              std::span<const float> soft) {
  std::error_code error;
  std::filesystem::create_directories(folder(options), error);
  const std::string name = photo + "@" + to_hex(sha256(as_bytes(chain))).substr(0, 8) + ".f32";
  return write_file(folder(options) / name,
                    {reinterpret_cast<const std::uint8_t*>(soft.data()), soft.size() * sizeof(float)});
}

Result<std::vector<SavedObservation>> saved_observations(const BenchOptions& options) {
  std::vector<std::filesystem::path> paths;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder(options), error))
    if (entry.path().extension() == ".f32") paths.push_back(entry.path());
  if (paths.empty())
    return fail(ErrorCode::not_found, "there are no observations to calibrate on", "run `probity-bench attacks` first");
  std::sort(paths.begin(), paths.end());
  std::vector<SavedObservation> out;
  for (const auto& path : paths) {
    TRY_ASSIGN(const Bytes bytes, read_file(path));
    SavedObservation saved{path.stem().string(), std::vector<float>(bytes.size() / sizeof(float))};
    saved.photo = saved.photo.substr(0, saved.photo.find('@'));
    std::memcpy(saved.soft.data(), bytes.data(), saved.soft.size() * sizeof(float));
    out.push_back(std::move(saved));
  }
  return out;
}

}  // namespace probity::bench
