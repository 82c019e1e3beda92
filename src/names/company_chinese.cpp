// A Chinese company name has no blanks: where the region ends and the trade begins is the likeliest of all ways to read
// it. Each way has a cost in log-probabilities: of places, of trade words (the known ones, and any word of ordinary
// text at its frequency, which is how an unlisted trade is still seen as one), and of a brand: how long brands are, and
// whether its characters are ones that brands like. The few constants were chosen by random search on the first half of
// tests/vectors/screening/company_brand.txt while a quarter or half of the trade words and small places were hidden, so
// that they do not lean on the lists being complete for those names.
#include <algorithm>
#include <limits>
#include <unordered_set>
#include <vector>

#include "names/company_scripts.h"
#include "names/company_words.h"
#include "names/han.h"
#include "names/lexicon.h"

namespace probity::names {
namespace {

using Text = std::u32string;
using View = std::u32string_view;

constexpr double kNever = -std::numeric_limits<double>::infinity();
constexpr double kLargePlace = 1.9, kSmallPlace = -3.6, kSmallPlaceWithEnding = -2, kCounty = -12,
                 kCountyWithEnding = -5, kUnknownPlace = -7, kSecondPlace = -2.5, kPlaceAtTheEnd = -2.4;
constexpr double kTradeWord = -3.3, kOrdinaryWord = -19.4, kCompoundTrade = -9.2, kSingleCharacter = -14.9;
constexpr double kNoBrand = -3.8, kBrandLetter = -5.3, kOtherLetter = -7.7, kTradeInBrand = -2;
constexpr double kBrandOf[] = {0, -25, -0.1, -1.7, -2.3, -6, -9};  // by length

bool holds(std::string_view list, char32_t c) {
  static const auto sets = [] {
    std::unordered_set<char32_t> letters, compounds;
    for (const char32_t one : characters(kBrandLetters)) letters.insert(one);
    for (const char32_t one : characters(kCompounds)) compounds.insert(one);
    return std::pair(letters, compounds);
  }();
  return (list.data() == kBrandLetters.data() ? sets.first : sets.second).contains(c);
}

bool is_no_place(View end) {
  static const auto words = [] {
    std::unordered_set<Text> out;
    Text word;
    for (const char32_t c : characters(kNoPlace) + U" ") {
      if (c != U' ') {
        word += c;
      } else if (!word.empty()) {
        out.insert(std::move(word));
        word.clear();
      }
    }
    return out;
  }();
  return words.contains(Text(end));
}

struct Place {
  std::size_t length = 0;  // with its endings
  std::size_t name = 0;    // without
  double cost = 0;
  bool known = false;
};

double bare_cost(PlaceKind kind) {
  return kind == PlaceKind::large ? kLargePlace : kind == PlaceKind::small ? kSmallPlace : kCounty;
}
double cost_with_ending(PlaceKind kind) {
  return kind == PlaceKind::large ? kLargePlace : kind == PlaceKind::small ? kSmallPlaceWithEnding : kCountyWithEnding;
}

// Where the endings that start at `from` may end: 保税区, 市, 市高新区.
void add_endings(View text, std::size_t from, std::size_t start, Place place, PlaceKind kind, std::vector<Place>& out) {
  std::size_t longest = 0;
  Lexicon::of_companies().words_at(text, from, [&](std::size_t n, const WordFacts& facts) {
    if (facts.place_ending) longest = n;
  });
  if (longest == 0) return;
  place.length = from + longest - start;
  place.cost = cost_with_ending(kind);
  out.push_back(place);
  add_endings(text, from + longest, start, place, kind, out);
}

// Every place that starts at `from`: known ones with and without endings, and any two or three characters (one before
// 县) that end like a county, a district or a town.
std::vector<Place> places_at(View text, std::size_t from) {
  std::vector<Place> out;
  Lexicon::of_companies().words_at(text, from, [&](std::size_t n, const WordFacts& facts) {
    if (facts.place == PlaceKind::none) return;
    const Place place{n, n, bare_cost(facts.place), true};
    out.push_back(place);
    add_endings(text, from + n, from, place, facts.place, out);
  });
  constexpr View kEndings = U"区市旗镇乡";
  for (std::size_t n = 1; n <= 3 && from + n < text.size() && is_han(text[from + n - 1]); ++n) {
    const char32_t ending = text[from + n];
    if (text[from] == U'市' || text[from] == U'县' || text[from] == U'区') break;
    const bool county = ending == U'县' || (n >= 2 && kEndings.find(ending) != View::npos);
    if (county && !is_no_place(text.substr(from + n - 1, 2))) out.push_back({n + 1, n, kUnknownPlace, false});
    if (n >= 2 && text.substr(from + n, 2) == U"街道") out.push_back({n + 2, n, kUnknownPlace, false});
  }
  return out;
}

// A known trade word in a brand is most likely not in the brand.
double trade_in_brand(View brand) {
  double cost = 0;
  for (std::size_t i = 0; i + 2 <= brand.size(); ++i)
    Lexicon::of_companies().words_at(brand, i, [&](std::size_t, const WordFacts& facts) {
      if (facts.trade) cost = kTradeInBrand;
    });
  return cost;
}

double brand_cost(View brand) {
  if (brand.empty()) return kNoBrand;
  double cost =
      brand.size() < std::size(kBrandOf) ? kBrandOf[brand.size()] : -12 - 3 * (static_cast<double>(brand.size()) - 6);
  for (const char32_t c : brand) cost += !is_han(c) || holds(kBrandLetters, c) ? kBrandLetter : kOtherLetter;
  return cost + trade_in_brand(brand);
}

template <typename Visit>
void trades_at(View text, std::size_t from, Visit&& visit) {
  visit(1, kSingleCharacter, false);
  Lexicon::of_companies().words_at(text, from, [&](std::size_t n, const WordFacts& facts) {
    if (facts.trade) {
      visit(n, kTradeWord, true);
    } else if (n >= 2 && facts.frequency > 0) {
      visit(n, kOrdinaryWord + facts.frequency / 2.0, false);
    }
  });
  if (from + 1 < text.size() && text[from + 1] == U'业' && holds(kCompounds, text[from]))
    visit(2, kCompoundTrade, true);
}

// Costs of reading text[i..] as a trade: words, and after or between them maybe one known place: 环球|国际航运|青岛.
struct Step {
  double cost = kNever;
  std::size_t length = 0;
  std::size_t place = 0;  // the place's length without endings, 0 for a word
  bool listed = false;    // a known trade word
};
struct Tail {
  std::vector<Step> with_place, without;  // by i: the first step of the best way, and the cost of all of it
};
Tail read_backward(View text) {
  const auto size = text.size();
  Tail tail{std::vector<Step>(size + 1), std::vector<Step>(size + 1)};
  tail.without[size].cost = 0;
  for (std::size_t i = size; i-- > 0;) {
    for (const auto& place : places_at(text, i)) {
      const double cost = place.cost + kPlaceAtTheEnd + tail.without[i + place.length].cost;
      if (place.known && cost > tail.with_place[i].cost) tail.with_place[i] = {cost, place.length, place.name, false};
    }
    trades_at(text, i, [&](std::size_t n, double cost, bool listed) {
      if (cost + tail.without[i + n].cost > tail.without[i].cost)
        tail.without[i] = {cost + tail.without[i + n].cost, n, 0, listed};
      if (cost + tail.with_place[i + n].cost > tail.with_place[i].cost)
        tail.with_place[i] = {cost + tail.with_place[i + n].cost, n, 0, listed};
    });
  }
  return tail;
}

// Costs of reading text[..i) as places only, and the names of those places.
struct Head {
  std::vector<double> cost;
  std::vector<Text> region;
};
Head read_forward(View text) {
  Head head{std::vector<double>(text.size() + 1, kNever), std::vector<Text>(text.size() + 1)};
  head.cost[0] = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (head.cost[i] == kNever) continue;
    for (const auto& place : places_at(text, i)) {
      const double cost = head.cost[i] + place.cost + (i > 0 ? kSecondPlace : 0);
      if (cost <= head.cost[i + place.length]) continue;
      head.cost[i + place.length] = cost;
      head.region[i + place.length] = head.region[i] + Text(text.substr(i, place.name));
    }
  }
  return head;
}

struct Reading {
  Text region, brand, trade;
};

// The words of text[from..], the best way. Without a brand, what no list of trades knows is what tells the name from
// others: 水泥|河沙.
void read_trade(View text, std::size_t from, const Tail& tail, Reading& reading) {
  const bool brandless = reading.brand.empty();
  bool places = tail.with_place[from].cost > tail.without[from].cost;
  for (std::size_t i = from; i < text.size();) {
    const auto& step = places ? tail.with_place[i] : tail.without[i];
    if (step.place > 0) {
      reading.region += text.substr(i, step.place);
      places = false;
    } else if (brandless && !step.listed && step.length >= 2 && reading.brand.empty()) {
      reading.brand = text.substr(i, step.length);
    } else {
      reading.trade += text.substr(i, step.length);
    }
    i += step.length;
  }
}

Reading likeliest(View text) {
  const auto head = read_forward(text);
  const auto tail = read_backward(text);
  double best = kNever;
  std::size_t from = 0, to = text.size();
  for (std::size_t i = 0; i <= text.size(); ++i)
    for (std::size_t k = i; k <= text.size() && head.cost[i] != kNever; ++k) {
      if (text.size() > 0 && i == text.size()) continue;  // a name is never all region
      const double cost =
          head.cost[i] + brand_cost(text.substr(i, k - i)) + std::max(tail.with_place[k].cost, tail.without[k].cost);
      if (cost > best) best = cost, from = i, to = k;
    }
  Reading reading{head.region[from], Text(text.substr(from, to - from)), {}};
  read_trade(text, to, tail, reading);
  return reading;
}

// Takes what stands in brackets out of the text; a place in there is a region, a form of partnership a legal form.
void take_brackets(Text& text, Text& region, Text& legal_form) {
  for (std::size_t open; (open = text.find(U'(')) != Text::npos;) {
    const auto close = text.find(U')', open);
    if (close == Text::npos) break;
    const Text inside = text.substr(open, close - open + 1);
    const View inner = View(inside).substr(1, inside.size() - 2);
    if (Lexicon::of_companies().facts_of(inside).legal_form) {
      legal_form += inside;
    } else if (const auto head = read_forward(inner); !inner.empty() && head.cost.back() != kNever) {
      region += head.region.back();
    }
    text.erase(open, close - open + 1);
  }
}

void take_legal_form(Text& text, Text& legal_form) {
  constexpr std::size_t kLongest = 9;
  for (bool found = true; found;) {
    found = false;
    for (std::size_t n = std::min(kLongest, text.size()); n > 0 && !found; --n) {
      if (n == text.size() || !Lexicon::of_companies().facts_of(View(text).substr(text.size() - n)).legal_form)
        continue;
      legal_form.insert(0, text.substr(text.size() - n));
      text.erase(text.size() - n);
      found = true;
    }
  }
}

}  // namespace

CompanyName parse_chinese_name(std::string_view text) {
  constexpr std::size_t kLongest = 120;  // names are shorter; what is not a name shall not cost its square
  CompanyName name;
  name.chinese = true;
  Text written = tidy_characters(text);
  name.written = to_utf8(written);
  for (char32_t& c : written) c = simplified(c);
  Text region, legal_form;
  take_brackets(written, region, legal_form);
  take_legal_form(written, legal_form);
  Reading reading{{}, written, {}};
  if (written.size() <= kLongest) reading = likeliest(written);
  name.branch = legal_form.find(U'分') != Text::npos;
  name.region = to_utf8(reading.region + region);
  name.brand = to_utf8(reading.brand);
  name.trade = to_utf8(reading.trade);
  name.legal_form = to_utf8(legal_form);
  return name;
}

}  // namespace probity::names
