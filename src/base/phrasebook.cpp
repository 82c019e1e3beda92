#include "base/phrasebook.h"

#include <algorithm>

namespace probity {
namespace {

constexpr std::string_view kGap = "{}";
// A sentence about a sentence about a sentence; more is nobody's.
constexpr int kMostDepth = 3;

std::vector<std::string_view> split_at_gaps(std::string_view text) {
  std::vector<std::string_view> parts;
  for (std::size_t gap = text.find(kGap); gap != std::string_view::npos; gap = text.find(kGap)) {
    parts.push_back(text.substr(0, gap));
    text.remove_prefix(gap + kGap.size());
  }
  parts.push_back(text);
  return parts;
}

// Puts the gaps in their places: "{}" is the next one, "{0}" the first.
std::string filled(std::string_view translation, const std::vector<std::string>& gaps) {
  std::string text;
  std::size_t next = 0;
  for (std::size_t i = 0; i < translation.size(); ++i) {
    if (translation[i] == '{' && translation.substr(i, 2) == kGap && next < gaps.size()) {
      text += gaps[next++];
      ++i;
    } else if (translation[i] == '{' && i + 2 < translation.size() && translation[i + 2] == '}' &&
               translation[i + 1] >= '0' && static_cast<std::size_t>(translation[i + 1] - '0') < gaps.size()) {
      text += gaps[static_cast<std::size_t>(translation[i + 1] - '0')];
      i += 2;
    } else {
      text += translation[i];
    }
  }
  return text;
}

}  // namespace

Phrasebook::Phrasebook(std::string_view table) {
  std::string_view rest = table, english;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    if (line.empty() || line.starts_with('#')) {
      english = {};
    } else if (english.empty()) {
      english = line;
    } else {
      add(english, line);
      english = {};
    }
  }
  std::ranges::stable_sort(templates_, std::ranges::greater{}, &Template::literal_size);
}

Phrasebook::Template Phrasebook::template_of(std::string_view english, std::string_view translation) {
  Template made{split_at_gaps(english), translation};
  for (const std::string_view literal : made.literals) {
    made.literal_size += literal.size();
    made.has_words |= std::ranges::any_of(literal, [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; });
  }
  return made;
}

// What stands in the gaps, each as short as it can be (the last one, when `from_end`); nothing when the sentence is
// another.
std::optional<Phrasebook::Gaps> Phrasebook::gaps_of(const Template& made, std::string_view sentence, bool from_end) {
  const std::string_view first = made.literals.front();
  const std::string_view last = made.literals.back();
  if (sentence.size() < made.literal_size || !sentence.starts_with(first) || !sentence.ends_with(last))
    return std::nullopt;
  sentence.remove_prefix(first.size());
  sentence.remove_suffix(last.size());
  Gaps gaps;
  for (std::size_t i = 1; i + 1 < made.literals.size(); ++i) {
    const std::size_t next = from_end ? sentence.rfind(made.literals[i]) : sentence.find(made.literals[i]);
    if (next == std::string_view::npos) return std::nullopt;
    gaps.push_back(sentence.substr(0, next));
    sentence.remove_prefix(next + made.literals[i].size());
  }
  gaps.push_back(sentence);
  return gaps;
}

std::optional<std::string> Phrasebook::translated(std::string_view sentence, int depth) const {
  if (const auto exact = exact_.find(sentence); exact != exact_.end()) return std::string(exact->second);
  if (depth == kMostDepth) return std::nullopt;
  // Some hundred templates, of which all but a few are ruled out by their first or last letters: microseconds.
  for (const Template& made : templates_)
    if (const auto gaps = gaps_of(made, sentence)) {
      Filled best = with_gaps(made, *gaps, depth);
      // "no reply: timed out: 5 s": what joins two sentences may stand in one of them too.
      if (!made.has_words && best.untranslated > 0)
        if (Filled other = with_gaps(made, *gaps_of(made, sentence, true), depth);
            other.untranslated < best.untranslated)
          best = std::move(other);
      if (made.has_words || best.untranslated < gaps->size()) return best.text;
    }
  return std::nullopt;
}

void Phrasebook::add(std::string_view english, std::string_view translation) {
  if (english.find(kGap) == std::string_view::npos)
    exact_.emplace(english, translation);
  else
    templates_.push_back(template_of(english, translation));
}

Phrasebook::Filled Phrasebook::with_gaps(const Template& made, const Gaps& gaps, int depth) const {
  Filled result;
  std::vector<std::string> words;
  for (const std::string_view gap : gaps) {
    auto text = translated(gap, depth + 1);
    if (!text) ++result.untranslated;
    words.push_back(text ? std::move(*text) : std::string(gap));
  }
  result.text = filled(made.translation, words);
  return result;
}

}  // namespace probity
