#include "harness/photos.h"

#include <array>

namespace probity::bench {
namespace {

// 28 photographs of 1 to 20 megapixels from Debian's lomiri-wallpapers-16.04, lomiri-wallpapers-20.04 and
// mate-backgrounds. Left out of those packages: drawings and renderings (Fossa, Infinite-Sea, Painting-Colors,
// mate/abstract, mate/desktop). Sorted by file name; even places are for tuning, odd ones held out.
constexpr const char* kRoot = "/usr/share/backgrounds";
constexpr std::array<const char*, 28> kPhotos = {
    "Bridge_by_Sander_Klootwijk.jpg",
    "Dragonfly_by_Bolly.jpg",
    "Kleiber_by_Lukas_Baubkus.jpg",
    "Picture_0B_by_freespace.jpg",
    "Picture_1A_by_freespace.jpg",
    "Wine_by_Jakkub_Mede.jpg",
    "aitzgorri_by_Aitzol_Berasategi.jpg",
    "analogpattern_by_Peter_Nerlich.jpg",
    "free_by_Peter_Nerlich.jpg",
    "friends_by_Aitzol_Berasategi.jpg",
    "greentock_by_Peter_Nerlich.jpg",
    "life_by_Aitzol_Berasategi.jpg",
    "mate/nature/Aqua.jpg",
    "mate/nature/Blinds.jpg",
    "mate/nature/Dune.jpg",
    "mate/nature/FreshFlower.jpg",
    "mate/nature/Garden.jpg",
    "mate/nature/GreenMeadow.jpg",
    "mate/nature/LadyBird.jpg",
    "mate/nature/RainDrops.jpg",
    "mate/nature/Storm.jpg",
    "mate/nature/TwoWings.jpg",
    "mate/nature/Wood.jpg",
    "mate/nature/YellowFlower.jpg",
    "picosdeeuropa_by_Aitzol_Berasategi.jpg",
    "seeding_by_Clements_Engelhardt.jpg",
    "sunset_by_Aitzol_Berasategi.jpg",
    "umang_by_Abhishek_Mudgal.jpg",
};

}  // namespace

Result<std::vector<Photo>> photo_set(Half half, std::size_t limit) {
  std::vector<Photo> photos;
  for (std::size_t i = 0; i < kPhotos.size(); ++i) {
    const Half place = i % 2 == 0 ? Half::tune : Half::held;
    if (half != Half::both && half != place) continue;
    const std::filesystem::path path = std::filesystem::path(kRoot) / kPhotos[i];
    if (!std::filesystem::exists(path))
      return fail(ErrorCode::not_found, "the photograph " + path.string() + " is missing",
                  "apt-get install lomiri-wallpapers-16.04 lomiri-wallpapers-20.04 mate-backgrounds");
    photos.push_back({path.stem().string(), path, place});
    if (limit != 0 && photos.size() == limit) break;
  }
  return photos;
}

Result<Half> parse_half(const std::string& word) {
  for (const Half half : {Half::tune, Half::held, Half::both})
    if (word == half_name(half)) return half;
  return fail(ErrorCode::invalid_argument, "'" + word + "' is no half of the photos", "one of tune, held, both");
}

const char* half_name(Half half) {
  switch (half) {
    case Half::tune:
      return "tune";
    case Half::held:
      return "held";
    case Half::both:
      return "both";
  }
  return "both";
}

}  // namespace probity::bench
