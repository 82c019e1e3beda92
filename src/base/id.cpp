#include "base/id.h"

namespace probity {
namespace {
constexpr std::string_view kAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t kTextSize = 26;
}  // namespace

Id Id::random(Random& random) {
  Id id;
  random.fill(id.bytes);
  return id;
}

std::string Id::text() const {
  // 128 bits, most significant first, after two leading zero bits: 26 groups of five.
  std::string text;
  for (std::size_t group = 0; group < kTextSize; ++group) {
    unsigned value = 0;
    for (std::size_t bit = group * 5; bit < group * 5 + 5; ++bit) {
      const unsigned set = bit < 2 ? 0U : (bytes[(bit - 2) / 8] >> (7 - (bit - 2) % 8)) & 1U;
      value = value << 1 | set;
    }
    text.push_back(kAlphabet[value]);
  }
  return text;
}

Result<Id> Id::parse(std::string_view text) {
  const auto refuse = [] {
    return fail(ErrorCode::invalid_argument, "this is not an id: 26 letters and digits are expected");
  };
  if (text.size() != kTextSize) return refuse();
  Id id;
  for (std::size_t group = 0; group < kTextSize; ++group) {
    const char lower = static_cast<char>(text[group] >= 'A' && text[group] <= 'Z' ? text[group] + 32 : text[group]);
    const std::size_t value = kAlphabet.find(lower);
    if (value == std::string_view::npos || (group == 0 && value > 7)) return refuse();
    for (std::size_t i = 0; i < 5; ++i) {
      const std::size_t bit = group * 5 + i;
      if (bit >= 2 && (value >> (4 - i) & 1U) != 0)
        id.bytes[(bit - 2) / 8] = static_cast<std::uint8_t>(id.bytes[(bit - 2) / 8] | 1U << (7 - (bit - 2) % 8));
    }
  }
  return id;
}

}  // namespace probity
