// What can be asked of the benches on the command line.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "harness/photos.h"

namespace probity::bench {

struct BenchOptions {
  Half half = Half::both;
  std::size_t photos = 0;  // 0: all of the half
  std::string only;        // a photo's name, or part of one; empty: all
  std::string attacks;     // rows of the suite: chains, groups or parts of titles, separated by semicolons; empty: all
  std::size_t copies = 10000;  // registered per photo
  unsigned threads = 2;
  std::uint64_t seed = 1;
  std::filesystem::path csv;  // written too when not empty
  std::filesystem::path cache = "build/bench-cache";
  std::filesystem::path out = "build/bench-out";
  std::filesystem::path plot = "docs/img/calibration.svg";
  double strength = 1.0;             // of the mark, for tuning
  int crop_px = 0;                   // invisibility: only a square of that side in the middle, 0 the whole picture
  bool mark_only = false;            // invisibility: without the delivered JPEG
  std::size_t scores = 100'000'000;  // calibration: innocent scores at least
};

// The photos that the options ask for.
inline Result<std::vector<Photo>> chosen_photos(const BenchOptions& options) {
  TRY_ASSIGN(std::vector<Photo> photos, photo_set(options.half, options.only.empty() ? options.photos : 0));
  if (!options.only.empty())
    std::erase_if(photos, [&](const Photo& photo) { return photo.name.find(options.only) == std::string::npos; });
  if (photos.empty()) return fail(ErrorCode::not_found, "no photo is called " + options.only);
  return photos;
}

}  // namespace probity::bench
