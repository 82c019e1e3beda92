// Sentences in another language by their English, with whatever varies put in its place.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace probity {

// Reads a table: an English line, its translation, an empty line; `{}` is what varies, and the translation may say
// `{0}`,
// `{1}` where the order is another; lines that begin with # are comments. What stands in a gap is looked up too.
class Phrasebook {
 public:
  // `table` is borrowed.
  explicit Phrasebook(std::string_view table);

  // Nothing when nobody has translated it.
  std::optional<std::string> translated(std::string_view sentence) const { return translated(sentence, 0); }

 private:
  struct Template {
    std::vector<std::string_view> literals;  // of the English, around its gaps
    std::string_view translation;
    std::size_t literal_size = 0;
    // "{}: {}" says nothing of its own: it counts only when what it joins has a translation.
    bool has_words = false;
  };
  struct Filled {
    std::string text;
    std::size_t untranslated = 0;  // gaps
  };
  using Gaps = std::vector<std::string_view>;

  static Template template_of(std::string_view english, std::string_view translation);
  static std::optional<Gaps> gaps_of(const Template& made, std::string_view sentence, bool from_end = false);
  void add(std::string_view english, std::string_view translation);
  std::optional<std::string> translated(std::string_view sentence, int depth) const;
  Filled with_gaps(const Template& made, const Gaps& gaps, int depth) const;

  std::unordered_map<std::string_view, std::string_view> exact_;
  std::vector<Template> templates_;  // the most literal first
};

}  // namespace probity
