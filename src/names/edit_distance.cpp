#include "names/edit_distance.h"

#include <algorithm>

namespace probity::names {
namespace {
constexpr std::size_t kBits = 64;
std::size_t letter(char c) { return static_cast<unsigned char>(c); }
}  // namespace

WordPattern::WordPattern(std::string_view word) : size_(std::min(word.size(), kBits)) {
  for (std::size_t i = 0; i < size_; ++i) places_[letter(word[i])] |= std::uint64_t{1} << i;
}

std::size_t WordPattern::distance_to(std::string_view other, std::size_t most) const {
  other = other.substr(0, kBits);
  const std::size_t longer = std::max(size_, other.size()), shorter = std::min(size_, other.size());
  if (longer - shorter > most) return most + 1;
  if (size_ == 0) return other.size();
  const std::uint64_t last = std::uint64_t{1} << (size_ - 1);
  std::uint64_t rises = ~std::uint64_t{0}, falls = 0;  // vertical differences +1 and -1 of the last column
  std::uint64_t diagonal = 0, before = 0;              // where a diagonal step was free; the letter before
  std::size_t distance = size_;
  for (const char c : other) {
    const std::uint64_t here = places_[letter(c)];
    const std::uint64_t swap = ((~diagonal & here) << 1) & before;
    diagonal = (((here & rises) + rises) ^ rises) | here | falls | swap;
    std::uint64_t right_rises = falls | ~(diagonal | rises);
    const std::uint64_t right_falls = diagonal & rises;
    distance += (right_rises & last) != 0 ? 1 : 0;
    distance -= (right_falls & last) != 0 ? 1 : 0;
    right_rises = right_rises << 1 | 1;
    rises = right_falls << 1 | ~(diagonal | right_rises);
    falls = right_rises & diagonal;
    before = here;
  }
  return std::min(distance, most + 1);
}

}  // namespace probity::names
