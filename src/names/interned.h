// Each distinct value once, by number: a table of hashes over a growing store. Values never move and are never taken
// out.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

namespace probity::names {

// Lets tables of strings be asked with a piece of text that is no string of its own.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

template <typename Value>
class Interned {
 public:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  // The number of the value that `same` knows, or of a new one that `make` makes; whether it is new.
  template <typename Same, typename Make>
  std::pair<std::uint32_t, bool> intern(std::uint64_t hash, Same&& same, Make&& make) {
    if (const auto known = find(hash, same); known != kNone) return {known, false};
    if ((values_.size() + 1) * 4 >= slots_.size() * 3) grow();
    const auto number = static_cast<std::uint32_t>(values_.size());
    values_.push_back(make());
    hashes_.push_back(static_cast<std::uint32_t>(hash));
    place(number);
    return {number, true};
  }
  template <typename Same>
  std::uint32_t find(std::uint64_t hash, Same&& same) const {
    if (slots_.empty()) return kNone;
    const auto mask = slots_.size() - 1;
    for (auto at = static_cast<std::uint32_t>(hash) & mask; slots_[at] != kNone; at = (at + 1) & mask)
      if (hashes_[slots_[at]] == static_cast<std::uint32_t>(hash) && same(values_[slots_[at]])) return slots_[at];
    return kNone;
  }
  Value& operator[](std::uint32_t number) { return values_[number]; }
  const Value& operator[](std::uint32_t number) const { return values_[number]; }
  std::size_t size() const { return values_.size(); }
  std::size_t memory_bytes() const {
    return values_.size() * sizeof(Value) + hashes_.capacity() * 4 + slots_.capacity() * 4;
  }

 private:
  void place(std::uint32_t number) {
    const auto mask = slots_.size() - 1;
    auto at = hashes_[number] & mask;
    while (slots_[at] != kNone) at = (at + 1) & mask;
    slots_[at] = number;
  }
  void grow() {
    slots_.assign(slots_.empty() ? 64 : slots_.size() * 2, kNone);
    for (std::uint32_t number = 0; number < values_.size(); ++number) place(number);
  }

  std::deque<Value> values_;
  std::vector<std::uint32_t> hashes_, slots_;
};

}  // namespace probity::names
