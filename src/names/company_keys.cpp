#include "names/company_keys.h"

#include <algorithm>
#include <string>

#include "names/han.h"
#include "names/romanisation.h"

namespace probity::names {
namespace {

using View = std::u32string_view;

// FNV-1a with a final mix: keys need to be spread, not to be safe.
class Hash {
 public:
  explicit Hash(char kind) { add(static_cast<std::uint64_t>(kind)); }
  Hash& add(std::uint64_t value) {
    state_ = (state_ ^ value) * 0x100000001B3U;
    return *this;
  }
  Hash& add(std::string_view text) {
    for (const char c : text) add(static_cast<unsigned char>(c));
    return *this;
  }
  Hash& add(View text) {
    for (const char32_t c : text) add(std::uint64_t{c});
    return *this;
  }
  std::uint64_t value() const {
    auto x = state_;
    x = (x ^ (x >> 33)) * 0xFF51AFD7ED558CCDU;
    x = (x ^ (x >> 33)) * 0xC4CEB9FE1A85EC53U;
    return x ^ (x >> 33);
  }

 private:
  std::uint64_t state_ = 0xCBF29CE484222325U;
};

void add_left_out(View brand, std::vector<std::uint64_t>& keys) {
  keys.push_back(Hash('D').add(brand).value());
  for (std::size_t i = 0; i < brand.size(); ++i)
    keys.push_back(Hash('D').add(brand.substr(0, i)).add(brand.substr(i + 1)).value());
}

// Every way to read the first three characters. A character without readings stands for itself.
void add_readings(View brand, std::vector<std::uint64_t>& keys) {
  std::vector<std::string> joined{""};
  for (const char32_t c : brand.substr(0, 3)) {
    std::vector<std::string> longer;
    const auto add = [&](std::string_view reading) {
      for (const auto& start : joined) longer.push_back(start + std::string(reading));
    };
    for (const auto syllable : pinyin_syllables(c)) {
      const std::string reading(syllable_letters(syllable));
      add(reading);
      if (const auto v = reading.find('v'); v != std::string::npos) {
        add(std::string(reading).replace(v, 1, "u"));
        add(std::string(reading).replace(v, 1, "yu"));
      }
    }
    if (longer.empty()) add(to_utf8(View(&c, 1)));
    joined = std::move(longer);
  }
  for (const auto& letters : joined) keys.push_back(Hash('P').add(letters).value());
}

void add_cantonese(View brand, std::vector<std::uint64_t>& keys) {
  if (brand.size() < 2) return;
  for (const auto& first : cantonese_readings(brand[0]))
    for (const auto& second : cantonese_readings(brand[1]))
      keys.push_back(Hash('C').add(first).add('-').add(second).value());
}

// Where pinyin syllables may end, one after the other: ends[n] after n of them.
void add_pinyin(std::string_view letters, std::vector<std::uint64_t>& keys) {
  constexpr std::size_t kLongest = 6;
  std::vector<std::size_t> ends{0};
  for (int n = 1; n <= 3; ++n) {
    std::vector<std::size_t> next;
    for (const auto from : ends)
      for (std::size_t length = 1; length <= kLongest && from + length <= letters.size(); ++length)
        if (is_pinyin(letters.substr(from, length)) && std::ranges::find(next, from + length) == next.end())
          next.push_back(from + length);
    for (const auto end : next)
      if (n == 3 || end == letters.size()) keys.push_back(Hash('P').add(letters.substr(0, end)).value());
    ends = std::move(next);
  }
}

}  // namespace

std::vector<std::uint64_t> brand_keys(const Brand& brand) {
  std::vector<std::uint64_t> keys;
  if (brand.empty()) return keys;
  if (brand.chinese) {
    keys.push_back(Hash('F').add(View(brand.folded)).value());
    if (brand.folded.size() >= 2) keys.push_back(Hash('Q').add(View(brand.folded).substr(0, 2)).value());
    if (brand.folded.size() >= 3) add_left_out(brand.folded, keys);
    add_readings(brand.folded, keys);
    add_cantonese(brand.folded, keys);
  } else {
    add_pinyin(brand.joined, keys);
    if (brand.words.size() >= 2)
      for (const auto& first : jyutping_of(brand.words[0]))
        for (const auto& second : jyutping_of(brand.words[1]))
          keys.push_back(Hash('C').add(first).add('-').add(second).value());
  }
  std::ranges::sort(keys);
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

std::vector<std::uint64_t> trade_keys(const Brand& brand, std::string_view trade) {
  if (trade.empty()) return {};
  if (brand.empty()) return {Hash(brand.chinese ? 'N' : 'n').add(trade).value()};
  if (!brand.chinese || brand.folded.size() != 2) return {};
  return {Hash('1').add(trade).add(std::uint64_t{brand.folded[0]}).value(),
          Hash('2').add(trade).add(std::uint64_t{brand.folded[1]}).value()};
}

std::vector<std::uint64_t> word_keys(std::string_view word) {
  constexpr std::size_t kFirst = 7;
  std::vector<std::uint64_t> keys;
  if (word.size() < 4) return {Hash('W').add(word).value()};
  const auto start = word.substr(0, kFirst);
  const auto without = [&](std::size_t a, std::size_t b) {
    Hash hash('W');
    for (std::size_t i = 0; i < start.size(); ++i)
      if (i != a && i != b) hash.add(static_cast<unsigned char>(start[i]));
    keys.push_back(hash.value());
  };
  without(kFirst, kFirst);
  for (std::size_t i = 0; i < start.size(); ++i) {
    without(i, kFirst);
    for (std::size_t k = i + 1; word.size() >= 8 && k < start.size(); ++k) without(i, k);
  }
  std::ranges::sort(keys);
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

}  // namespace probity::names
