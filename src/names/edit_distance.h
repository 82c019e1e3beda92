// How many letters must be changed, dropped, put in or swapped with their neighbour to make one word of another, all
// columns of the table in the bits of one machine word.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace probity::names {

// One word made ready to be compared with many (Myers 1999, with swaps by Hyyro 2003: optimal string alignment). Words
// of more than 64 bytes are cut there: names' words are shorter. Two bytes of one letter count as two.
class WordPattern {
 public:
  explicit WordPattern(std::string_view word);
  // No more than `most` + 1: what is further away is only said to be so.
  std::size_t distance_to(std::string_view other, std::size_t most) const;
  std::size_t size() const { return size_; }

 private:
  std::array<std::uint64_t, 256> places_{};  // by letter: where it stands in the word
  std::size_t size_ = 0;
};

}  // namespace probity::names
