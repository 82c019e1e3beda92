#include "names/person_comparison.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <string>
#include <utility>

#include "names/han.h"
#include "names/latin.h"
#include "names/romanisation.h"

namespace probity::names {
namespace {

using Text = std::u32string;
using View = std::u32string_view;
using Words = std::vector<std::string>;

// The log-odds below were set by judgement on the first half of tests/vectors/screening/hk_tw_fullnames.tsv's kind of
// names. A character's sound is worth about as much as one of 400 syllables, less what typists and regions do to it.
constexpr double kStart = -3, kLikely = 2.2, kPossible = -2.2;
constexpr double kSurnameSame = 2.4, kSurnameNear = 0.3, kSurnameDiffers = -4;
constexpr double kSyllableSame = 2.2, kSyllableNear = 0.4, kSyllableDiffers = -2.6, kSyllableMissing = -1.6;
constexpr double kOtherName = -0.15, kOtherLanguage = -0.3, kGivenDiffers = -4;

struct PersonName {
  Text han;     // as written, without dots and blanks
  Words latin;  // lower case, hyphens split
};

PersonName parse_person_name(std::string_view text) {
  PersonName name;
  int brackets = 0;
  std::string latin;
  for (const char32_t c : characters(text)) {
    const char32_t plain =
        tidy_characters(to_utf8(Text(1, c))).empty() ? U' ' : tidy_characters(to_utf8(Text(1, c)))[0];
    brackets += plain == U'(' ? 1 : plain == U')' && brackets > 0 ? -1 : 0;
    if (brackets > 0) continue;
    if (is_han(c)) {
      name.han += c;
    } else {
      latin += plain == U'\'' || plain == U'\u2019' ? "" : to_utf8(Text(1, plain));
    }
  }
  std::string word;
  for (const char c : plain_latin(latin) + " ") {
    if (c >= 'a' && c <= 'z') {
      word += c;
    } else if (!word.empty()) {
      name.latin.push_back(std::move(word));
      word.clear();
    }
  }
  return name;
}

std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t k = 1; k <= b.size(); ++k) {
      const std::size_t change = diagonal + (a[i - 1] == b[k - 1] ? 0 : 1);
      diagonal = std::exchange(row[k], std::min({change, row[k] + 1, row[k - 1] + 1}));
    }
  }
  return row.back();
}

std::string joined(const Words& words, std::size_t from, std::size_t to) {
  std::string out;
  for (std::size_t i = from; i < to; ++i) out += words[i];
  return out;
}

// --- Han against Latin ---

// How letters fit a row of characters: what it is worth, and whether one system spells them all.
struct Fit {
  double log_odds = -std::numeric_limits<double>::infinity();
  bool exact = true;
  unsigned systems = 7;  // a bit for each Romanisation that fits so far
};

struct Worth {
  double same, near, differs, missing;
};

Fit fit_character(const std::vector<Spelling>& spellings, std::string_view letters, const Worth& worth) {
  Fit fit{worth.differs, false, 0};
  if (letters.empty()) return {worth.missing, false, 0};
  for (const auto& spelling : spellings)
    if (spelling.letters == letters) fit.systems |= 1U << static_cast<unsigned>(spelling.system);
  if (fit.systems != 0) return {worth.same, true, fit.systems};
  for (const auto& spelling : spellings)
    if (spelling.letters.size() >= 3 && letters.size() >= 2 && distance(spelling.letters, letters) == 1)
      fit.log_odds = worth.near;
  return fit;
}

// The best way to share out the letters among the characters, in order; each takes up to seven letters.
Fit fit_letters(const std::vector<std::vector<Spelling>>& characters, std::string_view letters, const Worth& worth) {
  constexpr std::size_t kLongest = 7;
  std::vector<Fit> row(letters.size() + 1);
  row[0].log_odds = 0;
  for (const auto& spellings : characters) {
    std::vector<Fit> next(letters.size() + 1);
    for (std::size_t at = 0; at <= letters.size(); ++at) {
      if (!std::isfinite(row[at].log_odds)) continue;
      for (std::size_t n = 0; n <= kLongest && at + n <= letters.size(); ++n) {
        const auto one = fit_character(spellings, letters.substr(at, n), worth);
        const Fit sum{row[at].log_odds + one.log_odds, row[at].exact && one.exact, row[at].systems & one.systems};
        if (sum.log_odds > next[at + n].log_odds) next[at + n] = sum;
      }
    }
    row = std::move(next);
  }
  return row.back();
}

std::string_view finding_of(const Fit& fit, bool differs) {
  if (differs) return "differs";
  if (!fit.exact) return "nearly the same sound";
  if ((fit.systems & 1U) != 0) return "spelt by pinyin";
  if ((fit.systems & 2U) != 0) return "spelt by Wade-Giles";
  if ((fit.systems & 4U) != 0) return "spelt in Cantonese";
  return "spelt in several ways";
}

struct Parts {
  PersonEvidence surname, given, other;
  double sum() const { return surname.log_odds + given.log_odds + other.log_odds; }
};

PersonEvidence given_in_latin(const std::vector<std::vector<Spelling>>& given, const Words& rest, std::size_t& used) {
  used = 0;
  if (rest.empty() || given.empty()) return {PersonFeature::given_name, "not given", 0};
  const Worth worth{kSyllableSame, kSyllableNear, kSyllableDiffers, kSyllableMissing};
  const bool foreign = std::ranges::any_of(
      rest, [](const auto& word) { return is_western_given_name(word) || !made_of_syllables(word); });
  PersonEvidence best{PersonFeature::given_name, foreign ? "in another language" : "differs",
                      foreign ? kOtherLanguage : kGivenDiffers};
  for (std::size_t from = 0; from < rest.size(); ++from)
    for (std::size_t to = from + 1; to <= rest.size(); ++to) {
      const auto letters = joined(rest, from, to);
      if (letters.size() > 7 * given.size()) continue;
      auto fit = fit_letters(given, letters, worth);
      std::string_view finding = finding_of(fit, fit.log_odds <= kSyllableDiffers);
      if (letters.size() == given.size() && to - from == letters.size()) {  // C F, of Chi Fung
        bool all = true;
        for (std::size_t i = 0; i < given.size(); ++i)
          all = all && std::ranges::any_of(given[i], [&](const auto& s) { return s.letters[0] == letters[i]; });
        if (all && fit.log_odds < 0.5) fit = {0.5, false, 0}, finding = "initials fit";
      }
      if (fit.log_odds > best.log_odds) {
        best = {PersonFeature::given_name, finding, fit.log_odds};
        used = to - from;
      }
    }
  return best;
}

bool is_compound_surname(View two) {
  static constexpr std::u32string_view kCompound =
      U"欧阳 司马 诸葛 上官 司徒 尉迟 万俟 单于 澹台 皇甫 长孙 慕容 令狐 宇文 公孙 东方 夏侯 轩辕 端木 百里 东郭 南宫 "
      U"呼延 钟离 闻人 "
      U"鲜于 闾丘 司空 公羊 赫连 张廖 ";
  const auto at = kCompound.find(fold(to_utf8(two)));
  return at != View::npos && at % 3 == 0;
}

// One way to read the names: the first `length` characters are the surname, written as the words [from, to).
Parts read_one_way(View han, std::size_t length, const Words& latin, std::size_t from, std::size_t to) {
  std::vector<std::vector<Spelling>> surname, given;
  for (std::size_t i = 0; i < han.size(); ++i)
    (i < length ? surname : given).push_back(i < length ? surname_spellings_of(han[i]) : spellings_of(han[i]));
  if (length == 2)
    for (std::size_t i = 0; i < 2; ++i) surname[i] = spellings_of(han[i]);
  const Worth worth{kSurnameSame / static_cast<double>(length), kSurnameNear / static_cast<double>(length),
                    kSurnameDiffers / static_cast<double>(length), kSurnameDiffers / static_cast<double>(length)};
  const auto letters = joined(latin, from, to);
  auto fit = fit_letters(surname, letters, worth);
  if (length == 2 && !is_compound_surname(han.substr(0, 2))) {  // 林鄭: Carrie Lam
    const auto first = fit_letters({surname_spellings_of(han[0])}, letters,
                                   {kSurnameSame - 0.4, kSurnameNear - 0.4, kSurnameDiffers, kSurnameDiffers});
    if (first.log_odds > fit.log_odds) fit = first;
  }
  Parts parts;
  parts.surname = {PersonFeature::surname, finding_of(fit, fit.log_odds < 0), std::max(fit.log_odds, kSurnameDiffers)};
  // The given name stands before or after, in one run; what is left are other names: Ted Hui Chi-fung.
  std::size_t used = 0, used_before = 0;
  const Words after(latin.begin() + static_cast<std::ptrdiff_t>(to), latin.end());
  const Words before(latin.begin(), latin.begin() + static_cast<std::ptrdiff_t>(from));
  parts.given = given_in_latin(given, after, used);
  if (!before.empty())
    if (const auto other = given_in_latin(given, before, used_before);
        after.empty() || other.log_odds > parts.given.log_odds) {
      parts.given = other;
      used = used_before;
    }
  const auto others = static_cast<double>(after.size() + before.size() - used);
  const bool counted = others > 0 && used > 0;
  parts.other = {PersonFeature::other_names, counted ? "one has more" : "none", counted ? kOtherName * others : 0};
  return parts;
}

Parts compare_han_latin(View han, const Words& latin) {
  Parts best{{PersonFeature::surname, "differs", kSurnameDiffers},
             {PersonFeature::given_name, "differs", kGivenDiffers},
             {PersonFeature::other_names, "none", 0}};
  const bool compound = han.size() >= 3 && is_compound_surname(han.substr(0, 2));
  for (std::size_t length = 1; length <= 2 && length <= han.size(); ++length) {
    if (length == 2 && !compound && han.size() < 4) break;
    for (std::size_t from = 0; from < latin.size(); ++from)
      for (std::size_t to = from + 1; to <= std::min(from + length, latin.size()); ++to)
        if (auto parts = read_one_way(han, length, latin, from, to); parts.sum() > best.sum()) best = parts;
  }
  return best;
}

// --- Han against Han ---

double character_worth(char32_t a, char32_t b, bool surname, std::string_view& finding) {
  if (a == b) return surname ? 2.4 : 3;
  if (simplified(a) == simplified(b)) {
    if (finding == "same") finding = "other forms of the same characters";
    return surname ? 2.2 : 2.8;
  }
  const bool sound = share_a_reading(a, b);
  if (finding != "differs") finding = sound ? "same sound, other characters" : "differs";
  return sound ? (surname ? -2.6 : -1) : (surname ? kSurnameDiffers : -3.5);
}

Parts compare_han(View a, View b) {
  Parts parts{{PersonFeature::surname, "same", 0},
              {PersonFeature::given_name, "same", 0},
              {PersonFeature::other_names, "none", 0}};
  const auto compound = [](View name) { return name.size() >= 3 && is_compound_surname(name.substr(0, 2)); };
  const std::size_t surname = compound(a) && compound(b) ? 2 : 1;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    auto& part = i < surname ? parts.surname : parts.given;
    part.log_odds += character_worth(a[i], b[i], i < surname, part.finding);
  }
  if (a.size() != b.size()) parts.given = {PersonFeature::given_name, "differs", kGivenDiffers};
  if (std::min(a.size(), b.size()) <= surname) parts.given.finding = "not given";
  return parts;
}

// --- Latin against Latin ---

double word_worth(const std::string& a, const std::string& b, std::string_view& finding) {
  if (a == b) return 2.6;
  const bool long_enough = std::min(a.size(), b.size()) >= 5;
  if (a.size() == 1 || b.size() == 1) {
    if (finding == "same") finding = "initials fit";
    return a[0] == b[0] ? 0.4 : -2;
  }
  if (may_spell_the_same(a, b)) {
    if (finding == "same") finding = "other spelling of one sound";
    return 1.2;
  }
  const auto edits = distance(a, b);
  if ((edits == 1 && long_enough) || (edits == 2 && std::min(a.size(), b.size()) >= 8)) {
    finding = "a letter differs";
    return 1;
  }
  finding = "differs";
  return -3;
}

// The words of given names: each finds its best partner; both joined may also be one word.
PersonEvidence compare_given_words(const Words& a, const Words& b, double& others) {
  PersonEvidence out{PersonFeature::given_name, "same", 0};
  others = 0;
  if (a.empty() || b.empty()) return {PersonFeature::given_name, "not given", 0};
  const auto left = joined(a, 0, a.size()), right = joined(b, 0, b.size());
  if (left == right) return {PersonFeature::given_name, "same", 2.6 + 0.35 * static_cast<double>(left.size())};
  const Words& fewer = a.size() <= b.size() ? a : b;
  const Words& more = a.size() <= b.size() ? b : a;
  std::vector<bool> taken(more.size(), false);
  std::size_t matched = 0;
  for (const auto& word : fewer) {
    double best = -std::numeric_limits<double>::infinity();
    std::size_t partner = 0;
    std::string_view found;
    for (std::size_t i = 0; i < more.size(); ++i) {
      if (taken[i]) continue;
      std::string_view finding = "same";
      if (const double worth = word_worth(word, more[i], finding); worth > best)
        best = worth, partner = i, found = finding;
    }
    taken[partner] = true;
    matched += best > 0 ? 1 : 0;
    out.log_odds += best;
    if (out.finding == "same" || found == "differs") out.finding = found;
  }
  others = kOtherName * static_cast<double>(more.size() - fewer.size());
  if (matched > 0 && out.log_odds > 0 && out.finding == "differs") out.finding = "partly the same";
  out.log_odds = std::max(out.log_odds, kGivenDiffers - 2);
  return out;
}

Parts compare_latin(const Words& a, const Words& b) {
  std::optional<Parts> best;
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t k = 0; k < b.size(); ++k) {
      Parts parts;
      parts.surname = {PersonFeature::surname, "same", 0};
      parts.surname.log_odds = word_worth(a[i], b[k], parts.surname.finding);
      if (parts.surname.log_odds > 0) parts.surname.log_odds *= kSurnameSame / 2.6;
      if (a[i].size() == 1 || b[k].size() == 1) parts.surname = {PersonFeature::surname, "differs", kSurnameDiffers};
      Words rest_a = a, rest_b = b;
      rest_a.erase(rest_a.begin() + static_cast<std::ptrdiff_t>(i));
      rest_b.erase(rest_b.begin() + static_cast<std::ptrdiff_t>(k));
      double others = 0;
      parts.given = compare_given_words(rest_a, rest_b, others);
      parts.other = {PersonFeature::other_names, others < 0 ? "one has more" : "none", others};
      if (!best || parts.sum() > best->sum()) best = parts;
    }
  return best.value_or(Parts{{PersonFeature::surname, "not given", 0},
                             {PersonFeature::given_name, "not given", 0},
                             {PersonFeature::other_names, "none", 0}});
}

}  // namespace

std::string_view person_feature_name(PersonFeature feature) {
  switch (feature) {
    case PersonFeature::surname:
      return "surname";
    case PersonFeature::given_name:
      return "given_name";
    case PersonFeature::other_names:
      return "other_names";
  }
  return "";
}

PersonComparison compare_person_names(std::string_view a, std::string_view b) {
  const auto left = parse_person_name(a), right = parse_person_name(b);
  Parts parts;
  if (!left.han.empty() && !right.han.empty()) {
    parts = compare_han(left.han, right.han);
  } else if (left.han.empty() && right.han.empty()) {
    parts = compare_latin(left.latin, right.latin);
  } else {
    parts = left.han.empty() ? compare_han_latin(right.han, left.latin) : compare_han_latin(left.han, right.latin);
  }
  PersonComparison out;
  out.evidence = {parts.surname, parts.given, parts.other};
  out.log_odds = kStart + parts.sum();
  out.score = 1 / (1 + std::exp(-std::min(out.log_odds, 12.0)));
  out.likeness = out.log_odds >= kLikely     ? Likeness::likely
                 : out.log_odds >= kPossible ? Likeness::possible
                                             : Likeness::different;
  const bool bare = parts.given.finding == "not given" || parts.given.finding == "in another language" ||
                    parts.given.finding == "initials fit";
  if (bare) out.likeness = std::min(out.likeness, Likeness::possible);
  return out;
}

}  // namespace probity::names
