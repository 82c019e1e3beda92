// The parts of a company name made ready for comparing with many others, part by part. The comparison of two names is
// the sum of what their parts say, so that an index compares each distinct part once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "names/company.h"
#include "names/company_findings.h"
#include "names/edit_distance.h"

namespace probity::names {

struct Brand {
  bool chinese = false;
  std::u32string folded, written;  // Chinese
  std::vector<std::string> words;  // Latin
  std::string joined;              // Latin: the words without blanks
  double weight = 0;               // Latin: the sum of weight_of_word()
  std::uint8_t size = 0;           // how much an agreement tells: length, less one for a common word
  bool empty() const { return folded.empty() && joined.empty(); }
};
struct Region {
  bool chinese = false;
  std::string text;
};
struct Trade {
  bool chinese = false;
  std::string text;
  std::u32string letters;  // of a Chinese one
};
struct LegalForm {
  bool chinese = false, branch = false;
  std::string text;
  unsigned kinds = 0;  // bits: the same bits are the same form in other words
};
struct CompanyParts {
  Brand brand;
  Region region;
  Trade trade;
  LegalForm legal_form;
};
CompanyParts prepare(const CompanyName& name);

// All symmetric. `same_trade`: that the trades are equal and not empty.
Found compare_brands(const Brand& a, const Brand& b, bool same_trade);
Found compare_regions(const Region& a, const Region& b);
Found compare_trades(const Trade& a, const Trade& b);
Found compare_legal_forms(const LegalForm& a, const LegalForm& b);

// Whether brands that differ and their trades are one name but for one character: a typing error in a trade's word
// makes it part of the brand. The first two characters of the brands are the same, and there are five or more.
bool same_but_for_one_character(const Brand& a, const Trade& a_trade, const Brand& b, const Trade& b_trade);
std::array<Found, 4> as_one_name(std::array<Found, 4> found);  // what was found, when it is so
bool start_the_same(const Brand& a, const Brand& b);           // the first two characters, of Chinese brands

// Adds up, and says what the sum means. most_for() is the most that the rules let a name say, whatever its sum.
CompanyComparison weigh(const std::array<Found, 4>& found);
Likeness most_for(const std::array<Found, 4>& found);
Likeness likeness_of(const std::array<Found, 4>& found, double log_odds);

// How many letters may differ in two words, the shorter of which has so many.
std::size_t letters_that_may_differ(std::size_t shorter);
// A longer word tells more, one without meaning of its own (trading, of) little. Brands of several words are alike from
// a share of kMostWords of the weights of both.
constexpr double kCommonWord = 0.3, kWeightOfLetter = 0.15, kMostWords = 0.6;
double weight_of_word(std::string_view word);
// How alike words are to one: 1 when the same, less for each letter that differs, 0 when they are other words. Words
// with digits and common words are only like themselves.
class WordMatcher {
 public:
  explicit WordMatcher(std::string_view word);  // keeps the view
  double likeness_to(std::string_view other) const;
  bool only_itself() const { return exact_; }

 private:
  std::string_view word_;
  WordPattern pattern_;
  bool exact_;
};
// Whether a Chinese word can be read as the letters, in pinyin.
bool reads_as(std::u32string_view han, std::string_view letters);

}  // namespace probity::names
