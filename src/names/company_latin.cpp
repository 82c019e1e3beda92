// A Latin company name has blanks: legal forms stand at either end, places at either end, trades before the form.
#include <algorithm>
#include <array>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "names/company_scripts.h"
#include "names/company_words.h"
#include "names/han.h"
#include "names/latin.h"

namespace probity::names {
namespace {

using Words = std::vector<std::string>;

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (end > 0) out.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

using WordSet = std::unordered_set<std::string_view>;
WordSet set_of(std::string_view list) {
  const auto words = words_of(list);
  return {words.begin(), words.end()};
}
const WordSet& forms() {
  static const auto words = set_of(kLatinForms);
  return words;
}
const WordSet& leading_forms() {
  static const auto words = set_of(kLatinLeadingForms);
  return words;
}
const WordSet& trades() {
  static const auto words = set_of(kLatinTrades);
  return words;
}

// Forms of several words become one: "open joint stock company" is "ojsc".
struct Phrase {
  std::string_view words, short_form;
};
constexpr std::array kPhrases{
    Phrase{"open joint stock company", "ojsc"},
    Phrase{"public joint stock company", "pjsc"},
    Phrase{"closed joint stock company", "cjsc"},
    Phrase{"joint stock company", "jsc"},
    Phrase{"joint stock co", "jsc"},
    Phrase{"limited liability company", "llc"},
    Phrase{"limited liability co", "llc"},
    Phrase{"with limited liability", "llc"},
    Phrase{"limited liability partnership", "llp"},
    Phrase{"public limited company", "plc"},
    Phrase{"sp z oo", "spzoo"},
    Phrase{"gesellschaft mit beschrankter haftung", "gmbh"},
    Phrase{"societatea cu raspundere limitata", "srl"},
    Phrase{"obshchestvo s ogranichennoy otvetstvennostyu", "ooo"},
    Phrase{"obshchestvo s ogranichennoi otvetstvennostyu", "ooo"},
    Phrase{"obshchestvo s ogranichennoj otvetstvennostyu", "ooo"},
    Phrase{"publichnoe aktsionernoe obshchestvo", "pao"},
    Phrase{"otkrytoe aktsionernoe obshchestvo", "oao"},
    Phrase{"zakrytoe aktsionernoe obshchestvo", "zao"},
    Phrase{"aktsionernoe obshchestvo", "ao"},
    Phrase{"societe anonyme", "sa"},
    Phrase{"sociedad anonima", "sa"},
    Phrase{"perseroan terbatas", "pt"},
    Phrase{"sendirian berhad", "sdn bhd"},
    Phrase{"s a", "sa"},
};

bool is_word_letter(char c) {
  return (static_cast<unsigned char>(c) & 0x80U) != 0 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '&';
}

std::string_view normal_word(std::string_view word) {
  static const std::unordered_map<std::string_view, std::string_view> same{{"intl", "international"},
                                                                           {"first", "1st"},
                                                                           {"second", "2nd"},
                                                                           {"third", "3rd"},
                                                                           {"two", "2"},
                                                                           {"three", "3"},
                                                                           {"four", "4"},
                                                                           {"five", "5"},
                                                                           {"six", "6"},
                                                                           {"seven", "7"},
                                                                           {"eight", "8"},
                                                                           {"nine", "9"},
                                                                           {"ten", "10"},
                                                                           {"&", "and"},
                                                                           {"aktiengesellschaft", "ag"},
                                                                           {"mfg", "manufacturing"},
                                                                           {"tech", "technology"},
                                                                           {"technologies", "technology"},
                                                                           {"bros", "brothers"}};
  const auto found = same.find(word);
  return found == same.end() ? word : found->second;
}

// Lower-case words; dots, apostrophes and hyphens join (S.A., e-commerce), everything else separates. "SiemensAG" is
// two.
Words latin_words(std::string_view text) {
  Words out;
  std::string word;
  const auto finish = [&] {
    if (word.size() > 3 && word.ends_with("\x01s")) word.resize(word.size() - 2);  // Bank's
    std::erase(word, '\x01');
    if (!word.empty()) out.emplace_back(normal_word(word));
    word.clear();
  };
  for (std::size_t i = 0; i + 1 < text.size(); ++i)
    if (text[i] >= 'a' && text[i] <= 'z' && text[i + 1] >= 'A' && text[i + 1] <= 'Z') {
      const auto end = std::min(text.find_first_of(" ,.", i), text.size());
      if (forms().contains(plain_latin(text.substr(i + 1, end - i - 1)))) {
        auto before = latin_words(text.substr(0, i + 1));
        std::ranges::move(latin_words(text.substr(i + 1)), std::back_inserter(before));
        return before;
      }
    }
  const auto plain = plain_latin(text);
  for (std::size_t i = 0; i < plain.size(); ++i) {
    const char c = plain[i];
    const bool curly = plain.compare(i, 3, "\u2019") == 0;
    const bool quote = plain.compare(i, 2, "\xC2\xAB") == 0 || plain.compare(i, 2, "\xC2\xBB") == 0 ||
                       (plain.compare(i, 2, "\xE2\x80") == 0 && !curly);
    if (c == '\'' || curly) {
      word += '\x01';
      i += curly ? 2 : 0;
    } else if (quote) {
      finish();
      i += c == '\xC2' ? 1 : 2;
    } else if (is_word_letter(c)) {
      word += c;
    } else if (c != '.' && c != '-') {
      finish();
    }
  }
  finish();
  return out;
}

std::string join(const Words& words, std::size_t from, std::size_t to) {
  std::string out;
  for (std::size_t i = from; i < to; ++i) out += (out.empty() ? "" : " ") + words[i];
  return out;
}

void shorten_phrases(Words& words) {
  static const auto phrases = [] {
    std::unordered_map<std::string_view, std::vector<std::pair<std::vector<std::string_view>, std::string_view>>> out;
    for (const auto& phrase : kPhrases) {
      auto parts = words_of(phrase.words);
      const auto first = parts[0];
      out[first].emplace_back(std::move(parts), phrase.short_form);
    }
    return out;
  }();
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    const auto starting = phrases.find(words[i]);
    if (starting == phrases.end()) continue;
    for (const auto& [parts, short_form] : starting->second) {
      if (i + parts.size() > words.size()) continue;
      if (!std::ranges::equal(parts, std::span(words).subspan(i, parts.size()))) continue;
      words[i] = short_form;
      words.erase(words.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                  words.begin() + static_cast<std::ptrdiff_t>(i + parts.size()));
      break;
    }
  }
}

// Latin spellings of the known places: their pinyin by every reading, and the names that other languages gave them.
const std::unordered_map<std::string, std::string>& latin_places() {
  static const auto table = [] {
    std::unordered_map<std::string, std::string> out;
    for (const auto& place : words_of(kPlaces)) {
      Words spellings{""};
      for (const char32_t c : characters(place)) {
        Words longer;
        for (const auto& start : spellings)
          for (const auto& reading : pinyin_readings(c)) longer.push_back(start + reading);
        spellings = std::move(longer);
      }
      for (const auto& spelling : spellings)
        if (spelling.size() >= 5) out.emplace(spelling, place);  // shorter ones are words of other languages
    }
    for (const auto& row : words_of(kLatinPlaces)) {
      const auto equals = row.find('=');
      out.insert_or_assign(std::string(row.substr(0, equals)), row.substr(equals + 1));
    }
    return out;
  }();
  return table;
}

// How many words at `from` name a place; "hong kong" is two.
std::size_t place_at(const Words& words, std::size_t from, std::size_t to) {
  for (std::size_t n = 2; n > 0; --n) {
    if (from + n > to) continue;
    if (!place_of_latin(n == 2 ? words[from] + words[from + 1] : words[from]).empty()) return n;
  }
  return 0;
}

}  // namespace

std::string_view place_of_latin(std::string_view letters) {
  const auto found = latin_places().find(std::string(letters));
  return found == latin_places().end() ? std::string_view() : std::string_view(found->second);
}

CompanyName parse_latin_name(std::string_view text) {
  CompanyName name;
  auto words = latin_words(text);
  name.written = join(words, 0, words.size());
  shorten_phrases(words);
  std::size_t from = 0, to = words.size();
  if (to > 1 && words[0] == "the") ++from;
  const auto add_region = [&](std::size_t first, std::size_t count) {
    name.region += (name.region.empty() ? "" : " ") + join(words, first, first + count);
  };
  while (to > from + 1 && forms().contains(words[to - 1])) --to;
  name.legal_form = join(words, to, words.size());
  name.branch = words.size() > to && words.back() == "branch";
  while (from + 1 < to && leading_forms().contains(words[from])) {
    name.legal_form += (name.legal_form.empty() ? "" : " ") + words[from];
    ++from;
  }
  while (const auto n = place_at(words, from, to)) {
    if (from + n >= to) break;
    add_region(from, n);
    from += n;
  }
  if (to >= from + 3 && place_at(words, to - 2, to) == 2) {
    add_region(to - 2, 2);
    to -= 2;
  } else if (to >= from + 2 && place_at(words, to - 1, to) == 1) {
    add_region(to - 1, 1);
    to -= 1;
  }
  std::size_t trade = to;  // what starts with a trade is a brand: General Electric
  while (trade > from + 1 && (trades().contains(words[trade - 1]) || forms().contains(words[trade - 1]))) --trade;
  name.brand = join(words, from, trade);
  name.trade = join(words, trade, to);
  return name;
}

}  // namespace probity::names
