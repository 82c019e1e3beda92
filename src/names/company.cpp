#include "names/company.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "names/company_words.h"
#include "names/han.h"

namespace probity::names {
namespace {

using Text = std::u32string;
using View = std::u32string_view;

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (end > 0) out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

// A list of words with the longest that a text starts or ends with.
class WordList {
 public:
  explicit WordList(std::string_view list) {
    for (const auto& word : words_of(list)) {
      const auto text = characters(word);
      longest_ = std::max(longest_, text.size());
      words_.insert(text);
    }
  }
  bool holds(View word) const { return words_.contains(Text(word)); }
  std::size_t at_start(View text) const {
    for (std::size_t n = std::min(longest_, text.size()); n > 0; --n)
      if (holds(text.substr(0, n))) return n;
    return 0;
  }
  std::size_t at_end(View text) const {
    for (std::size_t n = std::min(longest_, text.size()); n > 0; --n)
      if (holds(text.substr(text.size() - n))) return n;
    return 0;
  }
  std::size_t longest() const { return longest_; }

 private:
  std::unordered_set<Text> words_;
  std::size_t longest_ = 0;
};

const WordList& places() {
  static const WordList list(kPlaces);
  return list;
}
const WordList& small_places() {
  static const WordList list(kSmallPlaces);
  return list;
}
const WordList& place_endings() {
  static const WordList list(kPlaceEndings);
  return list;
}
const WordList& trade_words() {
  static const WordList list(kTradeWords);
  return list;
}
const WordList& legal_forms() {
  static const WordList list(kLegalForms);
  return list;
}
const WordList& no_place() {
  static const WordList list(kNoPlace);
  return list;
}

// --- Chinese script ---

struct Place {
  std::size_t length = 0;  // with its ending; 0 when there is none
  Text name;               // without
};

// A known place with or without its ending; or any two or three characters (one before 县) that end like a county, a
// district or a town.
Place place_at_start(View text) {
  if (const auto known = std::max(places().at_start(text), small_places().at_start(text)); known > 0) {
    std::size_t length = known;
    while (const auto more = place_endings().at_start(text.substr(length))) length += more;
    return {length, Text(text.substr(0, known))};
  }
  for (std::size_t n = 1; n <= 3 && n < text.size(); ++n) {
    const char32_t ending = text[n];
    const bool county =
        ending == U'县' ||
        (n >= 2 && (ending == U'区' || ending == U'市' || ending == U'旗' || ending == U'镇' || ending == U'乡'));
    if (!county || no_place().holds(text.substr(n - 1, 2))) continue;
    if (std::ranges::any_of(text.substr(0, n), [](char32_t c) { return !is_han(c); })) continue;
    return {n + 1, Text(text.substr(0, n))};
  }
  return {};
}

constexpr std::size_t kLongBrand = 4;  // nearly all brands have two to four characters

// The start of the trade: the earliest place from which trade words reach to the end, leaving a brand of no or at least
// two characters.
std::size_t trade_start(View text) {
  std::vector<bool> reaches(text.size() + 1, false);
  reaches[text.size()] = true;
  std::size_t best = text.size();
  for (std::size_t i = text.size(); i-- > 0;) {
    for (std::size_t n = 2; n <= trade_words().longest() && i + n <= text.size() && !reaches[i]; ++n)
      reaches[i] = reaches[i + n] && trade_words().holds(text.substr(i, n));
    if (reaches[i] && i != 1) best = i;
  }
  if (best <= kLongBrand) return best;
  // Too long for a brand: the trade has a word that no list knows, after or among words that they do.
  for (std::size_t i = 2; i < best; ++i)
    if (trade_words().at_start(text.substr(i, best - i)) >= 2) return i;
  return best;
}

// Takes what stands in brackets out of the text; a place in there is a region, a form of partnership a legal form.
void take_brackets(Text& text, Text& region, Text& legal_form) {
  for (std::size_t open; (open = text.find(U'(')) != Text::npos;) {
    const auto close = text.find(U')', open);
    if (close == Text::npos) break;
    const Text inside = text.substr(open, close - open + 1);
    const View inner = View(inside).substr(1, inside.size() - 2);
    if (legal_forms().holds(inside)) {
      legal_form += inside;
    } else if (const auto place = place_at_start(inner); place.length > 0 && place.length == inner.size()) {
      region += place.name;
    }
    text.erase(open, close - open + 1);
  }
}

void take_legal_form(Text& text, Text& legal_form) {
  while (const auto n = legal_forms().at_end(text)) {
    if (n == text.size()) break;
    legal_form.insert(0, text.substr(text.size() - n));
    text.erase(text.size() - n);
  }
}

// A place right before the legal form: 环球国际航运青岛有限公司. Only after a trade, or it would be a brand.
void take_trailing_region(Text& text, Text& region) {
  for (std::size_t n = 4; n >= 2; --n) {
    if (text.size() < n + 4) continue;
    const View end = View(text).substr(text.size() - n);
    if (const auto place = place_at_start(end);
        place.length == n && places().at_start(end) + small_places().at_start(end) > 0) {
      region += place.name;
      text.erase(text.size() - n);
      return;
    }
  }
}

void take_leading_regions(Text& text, Text& region) {
  for (int i = 0; i < 4; ++i) {
    const auto place = place_at_start(text);
    if (place.length == 0 || place.length >= text.size()) return;
    const View rest = View(text).substr(place.length);
    // A brand has two characters or more: 栖霞山 is no 山 in 栖霞, which is only sure of a large place.
    if (trade_start(rest) == 1 || (rest.size() == 1 && !trade_words().holds(rest))) return;
    if (small_places().holds(place.name) && place.length == place.name.size() && rest.size() > 2 &&
        trade_start(rest) != 0 && trade_start(rest.substr(1)) == 0)
      return;
    if (place.name == U"中华" && rest.size() < 4) return;
    region += place.name;
    text.erase(0, place.length);
  }
}

CompanyName parse_chinese(std::string_view text) {
  CompanyName name;
  name.chinese = true;
  name.written = to_utf8(tidy_characters(text));
  Text rest = fold(text), region, legal_form;
  take_brackets(rest, region, legal_form);
  take_legal_form(rest, legal_form);
  name.branch = legal_form.find(U'分') != Text::npos;
  Text leading;
  take_leading_regions(rest, leading);
  region.insert(0, leading);
  take_trailing_region(rest, region);
  take_legal_form(rest, legal_form);  // 泽信控股|邯郸|分公司
  const auto trade = trade_start(rest);
  name.region = to_utf8(region);
  name.brand = to_utf8(View(rest).substr(0, trade));
  name.trade = to_utf8(View(rest).substr(trade));
  name.legal_form = to_utf8(legal_form);
  return name;
}

// --- Latin script ---

// Lower-case words; dots, apostrophes and hyphens join (S.A., e-commerce), everything else separates.
std::vector<std::string> latin_words(std::string_view text) {
  std::vector<std::string> out(1);
  for (const char32_t c : characters(text)) {
    const auto letter = tidy_characters(to_utf8(Text(1, c)));
    if (letter == U"." || letter == U"'" || letter == U"-" || letter == U"\u2019") continue;
    const bool word = !letter.empty() && (letter[0] >= 0x80 || (letter[0] >= 'a' && letter[0] <= 'z') ||
                                          (letter[0] >= '0' && letter[0] <= '9') || letter[0] == '&');
    if (word) {
      out.back() += to_utf8(letter);
    } else if (!out.back().empty()) {
      out.emplace_back();
    }
  }
  if (out.back().empty()) out.pop_back();
  return out;
}

bool in_list(const std::vector<std::string>& list, std::string_view word) {
  return std::ranges::find(list, word) != list.end();
}

std::string join(const std::vector<std::string>& words, std::size_t from, std::size_t to) {
  std::string out;
  for (std::size_t i = from; i < to; ++i) out += (out.empty() ? "" : " ") + words[i];
  return out;
}

// Latin spellings of the known places: their pinyin by every reading, and the names that other languages gave them.
const std::unordered_map<std::string, std::string>& latin_places() {
  static const auto table = [] {
    std::unordered_map<std::string, std::string> out;
    for (const auto& place : words_of(kPlaces)) {
      std::vector<std::string> spellings{""};
      for (const char32_t c : characters(place)) {
        std::vector<std::string> longer;
        for (const auto& start : spellings)
          for (const auto& reading : pinyin_readings(c)) longer.push_back(start + reading);
        spellings = std::move(longer);
      }
      for (const auto& spelling : spellings)
        if (spelling.size() >= 5) out.emplace(spelling, place);  // shorter ones are words of other languages
    }
    for (const auto& row : words_of(kLatinPlaces)) out[row.substr(0, row.find('='))] = row.substr(row.find('=') + 1);
    return out;
  }();
  return table;
}

// How many words at `from` name a place; "hong kong" is two.
std::size_t latin_place_at(const std::vector<std::string>& words, std::size_t from, std::size_t to) {
  for (std::size_t n = 2; n > 0; --n) {
    std::string joined;
    for (std::size_t i = from; i < from + n && i < to; ++i) joined += words[i];
    if (from + n <= to && latin_places().contains(joined)) return n;
  }
  return 0;
}

CompanyName parse_latin(std::string_view text) {
  static const auto forms = words_of(kLatinForms);
  static const auto trades = words_of(kLatinTrades);
  CompanyName name;
  const auto words = latin_words(text);
  name.written = join(words, 0, words.size());
  std::size_t from = 0, to = words.size();
  const auto add_region = [&](std::size_t first, std::size_t count) {
    name.region += (name.region.empty() ? "" : " ") + join(words, first, first + count);
  };
  while (to > 1 && in_list(forms, words[to - 1])) --to;
  name.legal_form = join(words, to, words.size());
  name.branch = words.size() > to && words.back() == "branch";
  while (const auto n = latin_place_at(words, from, to)) {
    if (from + n >= to) break;
    add_region(from, n);
    from += n;
  }
  if (to >= from + 3 && latin_place_at(words, to - 2, to) == 2) {
    add_region(to - 2, 2);
    to -= 2;
  } else if (to >= from + 2 && latin_place_at(words, to - 1, to) == 1) {
    add_region(to - 1, 1);
    to -= 1;
  }
  std::size_t trade = to;  // what starts with a trade is a brand: General Electric
  while (trade > from + 1 && (in_list(trades, words[trade - 1]) || in_list(forms, words[trade - 1]))) --trade;
  name.brand = join(words, from, trade);
  name.trade = join(words, trade, to);
  return name;
}

}  // namespace

CompanyName parse_company_name(std::string_view text) {
  const auto all = characters(text);
  return std::ranges::any_of(all, is_han) ? parse_chinese(text) : parse_latin(text);
}

}  // namespace probity::names
