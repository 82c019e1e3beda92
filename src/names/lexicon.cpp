#include "names/lexicon.h"

#include <algorithm>
#include <charconv>

#include "base/check.h"
#include "names/company_words.h"
#include "names/han.h"

namespace probity::names {
namespace {

constexpr std::size_t kEdges = std::size_t{1} << 18;  // three times what the lists need

std::uint64_t key_of(std::uint32_t node, char32_t c) { return (std::uint64_t{node} << 24 | c) + 1; }
std::size_t slot_of(std::uint64_t key) { return (key * 0x9E3779B97F4A7C15U) >> 46; }
static_assert(kEdges == std::size_t{1} << (64 - 46));

std::string_view take(std::string_view& rest, char until) {
  const auto end = std::min(rest.find(until), rest.size());
  const auto part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

}  // namespace

std::uint32_t Lexicon::step(std::uint32_t node, char32_t c) const {
  const auto key = key_of(node, c);
  for (auto at = slot_of(key);; at = (at + 1) % kEdges) {
    if (edges_[at].key == key) return edges_[at].to;
    if (edges_[at].key == 0) return 0;
  }
}

std::uint32_t Lexicon::grow(std::uint32_t node, char32_t c) {
  if (const auto known = step(node, c); known != 0) return known;
  PROBITY_CHECK(facts_of_.size() < kEdges / 2);
  auto at = slot_of(key_of(node, c));
  while (edges_[at].key != 0) at = (at + 1) % kEdges;
  edges_[at] = {key_of(node, c), static_cast<std::uint32_t>(facts_of_.size())};
  facts_of_.push_back(0);
  return edges_[at].to;
}

WordFacts& Lexicon::add(std::u32string_view word) {
  std::uint32_t node = 0;
  for (const char32_t c : word) node = grow(node, c);
  if (facts_of_[node] == 0) {
    facts_of_[node] = static_cast<std::uint32_t>(facts_.size());
    facts_.emplace_back();
  }
  return facts_[facts_of_[node]];
}

void Lexicon::add_list(std::string_view words, void (*mark)(WordFacts&)) {
  while (!words.empty())
    if (const auto word = take(words, ' '); !word.empty()) mark(add(characters(word)));
}

Lexicon::Lexicon() : edges_(kEdges), facts_of_(1), facts_(1) {
  add_list(kCounties, [](WordFacts& facts) { facts.place = PlaceKind::county; });
  add_list(kSmallPlaces, [](WordFacts& facts) { facts.place = PlaceKind::small; });
  add_list(kPlaces, [](WordFacts& facts) { facts.place = PlaceKind::large; });
  add_list(kPlaceEndings, [](WordFacts& facts) { facts.place_ending = true; });
  add_list(kTradeWords, [](WordFacts& facts) { facts.trade = true; });
  add_list(kLegalForms, [](WordFacts& facts) { facts.legal_form = true; });
  for (auto rest = kCommonWords; !rest.empty();) {
    auto line = take(rest, '\n');
    const auto number = take(line, ' ');
    std::uint8_t frequency = 0;
    std::from_chars(number.data(), number.data() + number.size(), frequency);
    while (!line.empty()) add(characters(take(line, ' '))).frequency = frequency;
  }
}

const Lexicon& Lexicon::of_companies() {
  static const Lexicon lexicon;
  return lexicon;
}

WordFacts Lexicon::facts_of(std::u32string_view word) const {
  std::uint32_t node = 0;
  for (const char32_t c : word)
    if (node = step(node, c); node == 0) return {};
  return facts_[facts_of_[node]];
}

}  // namespace probity::names
