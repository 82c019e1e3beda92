// Every word that a Chinese company name may be made of, with what it may be there; looked up by all starts at once.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace probity::names {

enum class PlaceKind : std::uint8_t { none, large, small, county };

struct WordFacts {
  PlaceKind place = PlaceKind::none;
  bool place_ending = false;   // 市, 保税区
  bool trade = false;          // 电子商务
  bool legal_form = false;     // 有限公司
  std::uint8_t frequency = 0;  // in ordinary text: twice the natural logarithm of a count; 0 when not a common word
};

// A trie in one flat hash table. Built once from the word lists, then only read.
class Lexicon {
 public:
  static const Lexicon& of_companies();

  // Calls visit(length, facts) for each word that starts at text[from], shorter words first.
  template <typename Visit>
  void words_at(std::u32string_view text, std::size_t from, Visit&& visit) const {
    std::uint32_t node = 0;
    for (std::size_t i = from; i < text.size(); ++i) {
      node = step(node, text[i]);
      if (node == 0) return;
      if (const auto facts = facts_of_[node]; facts != 0) visit(i + 1 - from, facts_[facts]);
    }
  }
  // What the whole text is; nothing when it is no word.
  WordFacts facts_of(std::u32string_view word) const;

 private:
  struct Edge {
    std::uint64_t key = 0;  // node and character
    std::uint32_t to = 0;
  };
  Lexicon();
  std::uint32_t step(std::uint32_t node, char32_t c) const;
  WordFacts& add(std::u32string_view word);
  void add_list(std::string_view words, void (*mark)(WordFacts&));
  std::uint32_t grow(std::uint32_t node, char32_t c);

  std::vector<Edge> edges_;              // open addressing, a power of two
  std::vector<std::uint32_t> facts_of_;  // by node; where in facts_, 0 for no word
  std::vector<WordFacts> facts_;
};

}  // namespace probity::names
