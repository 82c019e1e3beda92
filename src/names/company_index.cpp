// How it finds. What two names have to do with each other is the sum over their parts (company_parts.h), so the index
// keeps each distinct brand, region, trade and legal form once, and a query compares each of them once at most.
//
// Brands decide: without a finding other than "differs" or "only one has it" two names are different whatever else they
// share. So the candidates are the names of all brands that share a key with the asked one (company_keys.h says why no
// such brand is missed), and no list is cut short. Common brands cost little, as a brand is compared once and then each
// of its names is four additions. Common words of Latin brands are kept from exploding by weight: two brands of several
// words are alike from a share of both weights, so the commonest words of a query need not be looked up as long as
// they could not reach that share by themselves (find_latin()).
#include "names/company_index.h"

#include <algorithm>
#include <bit>
#include <deque>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>

#include "base/check.h"
#include "names/company_keys.h"
#include "names/company_parts.h"
#include "names/han.h"
#include "names/interned.h"
#include "names/key_table.h"

namespace probity::names {
namespace {

constexpr std::uint32_t kNone = 0xFFFFFFFF;

struct BrandEntry {
  Brand brand;
  std::uint32_t first = kNone;  // of its names, chained
};
struct WordEntry {
  std::string word;
  bool joined = false;  // it is a brand of several words without blanks
  double weight = 0;
  std::vector<std::uint32_t> brands;
};
struct Name {
  std::string written;
  std::uint32_t company = 0, brand = 0, region = 0, trade = 0, legal_form = 0;
  std::uint32_t next = kNone, previous = kNone;  // of the same brand; next also chains what is free
};
struct Company {
  std::string id;
  std::vector<std::uint32_t> names;
};

// What a query notes about each part, so that it is compared once; and what it adds up for each brand. Numbers of old
// queries are told by their stamp, so nothing is cleared.
struct Noted {
  std::uint64_t stamp = 0;
  Found found;
  double log_odds = 0;
};
struct Weight {
  std::uint64_t stamp = 0;
  double sum = 0;
};
struct Notes {
  std::uint64_t stamp = 0;
  std::vector<Noted> regions, trades, legal_forms;
  std::vector<Weight> brands;
  std::vector<std::uint64_t> words;  // stamps
  std::uint64_t word_stamp = 0;
  std::vector<std::uint32_t> touched;
};
Notes& fresh_notes() {
  thread_local Notes notes;
  ++notes.stamp;
  notes.touched.clear();
  return notes;
}

struct Hit {
  double log_odds = 0;
  std::uint32_t name = 0;
  std::array<Found, 4> found;
};

// What of a word is looked at first: words that are alike have nearly the same letters.
struct WordMark {
  std::uint32_t letters = 0;  // a bit for each letter, whatever its place
  std::uint32_t size = 0;
};
WordMark mark_of(std::string_view word) {
  WordMark mark{0, static_cast<std::uint32_t>(word.size())};
  for (const char c : word) mark.letters |= 1U << (static_cast<unsigned char>(c) & 31U);
  return mark;
}
bool may_be_alike(const WordMark& a, const WordMark& b) {
  const auto [shorter, longer] = std::minmax(a.size, b.size);
  const auto most = letters_that_may_differ(shorter);
  return longer - shorter <= most && static_cast<std::size_t>(std::popcount(a.letters ^ b.letters)) <= 2 * most;
}

std::uint64_t hash_text(std::string_view text) { return std::hash<std::string_view>()(text); }
std::uint64_t hash_of(std::string_view word, bool joined) { return hash_text(word) + (joined ? 1 : 0); }

std::string initials_of(const Brand& brand) {
  std::string out;
  for (const auto& word : brand.words) out += word[0];
  return out;
}

}  // namespace

struct CompanyIndex::Parts {
  mutable std::shared_mutex mutex;
  Interned<BrandEntry> brands;
  Interned<Region> regions;
  Interned<Trade> trades;
  Interned<LegalForm> legal_forms;
  Interned<WordEntry> words;
  std::vector<WordMark> word_marks;  // by word
  KeyTable keys_of_brands, keys_of_trades, keys_of_words;
  std::deque<Name> names;
  std::uint32_t free_name = kNone;
  std::deque<Company> companies;
  std::vector<std::uint32_t> free_companies;
  std::unordered_map<std::string_view, std::uint32_t, TextHash, std::equal_to<>> by_id;
  std::size_t text_bytes = 0;

  std::uint32_t brand_of(const Brand& brand);
  void file_words(const Brand& brand, std::uint32_t number);
  std::uint32_t word_of(std::string_view word, bool joined) const;
  void add_name(std::uint32_t company, const std::string& written, const CompanyParts& parts);
  void remove_name(std::uint32_t number);
  void remove_company(std::uint32_t number);

  void find_by_keys(const Brand& asked, bool chinese_only, Notes& notes) const;
  void find_latin(const Brand& asked, Notes& notes) const;
  std::vector<std::uint32_t> words_like(std::string_view word, Notes& notes) const;
  void judge(const CompanyParts& asked, std::uint32_t name, const Found (&brand)[2], Likeness least, Notes& notes,
             std::vector<Hit>& hits) const;
  std::vector<Hit> hits_of(const CompanyParts& asked, Likeness least) const;
  std::vector<CompanyMatch> best_of(std::vector<Hit> hits, std::size_t limit) const;
};

// --- Changes ---

std::uint32_t CompanyIndex::Parts::brand_of(const Brand& brand) {
  std::string key = to_utf8(brand.folded) + to_utf8(brand.written);
  for (const auto& word : brand.words) key += word + ' ';
  const auto [number, fresh] = brands.intern(
      hash_text(key),
      [&](const BrandEntry& entry) {
        return entry.brand.chinese == brand.chinese && entry.brand.folded == brand.folded &&
               entry.brand.written == brand.written && entry.brand.words == brand.words;
      },
      [&] {
        return BrandEntry{brand, kNone};
      });
  if (fresh) {
    for (const auto key_of_brand : brand_keys(brand)) keys_of_brands.add(key_of_brand, number);
    if (!brand.chinese) file_words(brand, number);
  }
  return number;
}

void CompanyIndex::Parts::file_words(const Brand& brand, std::uint32_t number) {
  const auto file = [&](const std::string& word, bool joined) {
    const auto at = word_of(word, joined);
    const auto [entry, fresh] = at != kNone ? std::pair(at, false)
                                            : words.intern(
                                                  hash_of(word, joined), [](const WordEntry&) { return false; },
                                                  [&] {
                                                    return WordEntry{word, joined, weight_of_word(word), {}};
                                                  });
    if (fresh) word_marks.push_back(mark_of(word));
    auto& brands_of_word = words[entry].brands;
    if (brands_of_word.empty() || brands_of_word.back() != number) brands_of_word.push_back(number);
    if (fresh && word[0] != '#')
      for (const auto key : word_keys(word)) keys_of_words.add(key, entry);
  };
  for (const auto& word : brand.words) file(word, false);
  if (brand.words.size() > 1) file(brand.joined, true);
  if (brand.words.size() >= 3) file('#' + initials_of(brand), false);
}

std::uint32_t CompanyIndex::Parts::word_of(std::string_view word, bool joined) const {
  return words.find(hash_of(word, joined),
                    [&](const WordEntry& entry) { return entry.joined == joined && entry.word == word; });
}

void CompanyIndex::Parts::add_name(std::uint32_t company, const std::string& written, const CompanyParts& parts) {
  std::uint32_t number = free_name;
  if (number == kNone) {
    number = static_cast<std::uint32_t>(names.size());
    names.emplace_back();
  } else {
    free_name = names[number].next;
  }
  Name& name = names[number];
  name = {written, company, brand_of(parts.brand), 0, 0, 0, kNone, kNone};
  const auto intern_text = [](auto& table, const auto& part, char more) {
    const auto same = [&](const auto& entry) { return entry.text == part.text && entry.chinese == part.chinese; };
    return table.intern(hash_text(part.text + (part.chinese ? 'c' : 'l') + more), same, [&] { return part; }).first;
  };
  name.region = intern_text(regions, parts.region, 'r');
  name.trade = intern_text(trades, parts.trade, 't');
  name.legal_form = intern_text(legal_forms, parts.legal_form, parts.legal_form.branch ? 'b' : 'f');
  auto& first = brands[name.brand].first;
  name.next = first;
  if (first != kNone) names[first].previous = number;
  first = number;
  for (const auto key : trade_keys(parts.brand, parts.trade.text)) keys_of_trades.add(key, number);
  companies[company].names.push_back(number);
  text_bytes += written.capacity() > 15 ? written.capacity() + 17 : 0;
}

void CompanyIndex::Parts::remove_name(std::uint32_t number) {
  Name& name = names[number];
  auto& entry = brands[name.brand];
  for (const auto key : trade_keys(entry.brand, trades[name.trade].text)) keys_of_trades.remove(key, number);
  (name.previous == kNone ? entry.first : names[name.previous].next) = name.next;
  if (name.next != kNone) names[name.next].previous = name.previous;
  text_bytes -= name.written.capacity() > 15 ? name.written.capacity() + 17 : 0;
  name = {};
  name.next = free_name;
  free_name = number;
}

void CompanyIndex::Parts::remove_company(std::uint32_t number) {
  auto& company = companies[number];
  for (const auto name : company.names) remove_name(name);
  by_id.erase(company.id);
  company = {};
  free_companies.push_back(number);
}

// --- Candidates: notes.touched gets the brands, each once ---

void CompanyIndex::Parts::find_by_keys(const Brand& asked, bool chinese_only, Notes& notes) const {
  for (const auto key : brand_keys(asked))
    for (const auto brand : keys_of_brands.find(key)) {
      if (chinese_only && !brands[brand].brand.chinese) continue;
      auto& weight = notes.brands[brand];
      if (weight.stamp == notes.stamp) continue;
      weight.stamp = notes.stamp;
      notes.touched.push_back(brand);
    }
}

std::vector<std::uint32_t> CompanyIndex::Parts::words_like(std::string_view word, Notes& notes) const {
  std::vector<std::uint32_t> out;
  const WordMatcher matcher(word);
  if (matcher.only_itself()) {
    for (const bool joined : {false, true})
      if (const auto number = word_of(word, joined); number != kNone) out.push_back(number);
    return out;
  }
  const auto mark = mark_of(word);
  ++notes.word_stamp;
  for (const auto key : word_keys(word))
    for (const auto number : keys_of_words.find(key)) {
      if (notes.words[number] == notes.word_stamp) continue;
      notes.words[number] = notes.word_stamp;
      if (may_be_alike(mark, word_marks[number]) && matcher.likeness_to(words[number].word) > 0) out.push_back(number);
    }
  return out;
}

// Brands of which enough may be alike. Of the words, weighing W together, those that are filed most often are left out
// while what they weigh stays under 0.43 W - 0.09 a word: a brand that shares only these cannot reach the share
// kMostWords of both weights (with s the weight of the shared words on one side and at most s + 0.3 a word on the
// other, alike is 2 s + 0.3 a word, and the other brand weighs at least its shared words).
void CompanyIndex::Parts::find_latin(const Brand& asked, Notes& notes) const {
  struct Word {
    std::vector<std::uint32_t> like;
    double weight = 0;
    std::size_t filed = 0;
  };
  constexpr double kSurely = 1000;
  const bool one_word = asked.words.size() == 1;
  const auto touch = [&](std::uint32_t brand, double weight) {
    auto& note = notes.brands[brand];
    if (note.stamp != notes.stamp) {
      note = {notes.stamp, 0};
      notes.touched.push_back(brand);
    }
    note.sum += weight;
  };
  std::vector<Word> list;
  for (const auto& word : asked.words) {
    Word one{words_like(word, notes), weight_of_word(word), 0};
    for (const auto number : one.like) one.filed += words[number].brands.size();
    list.push_back(std::move(one));
  }
  std::ranges::sort(list, std::ranges::greater{}, &Word::filed);
  double spare = 0.43 * asked.weight - 0.09 * static_cast<double>(list.size());
  double left_out = 0;
  for (auto& word : list) {
    if (word.weight >= spare || word.filed < 64) break;
    spare -= word.weight;
    left_out += 2 * word.weight + 0.3;
    word.like.clear();
  }
  for (const auto& word : list)
    for (const auto number : word.like) {
      const auto& entry = words[number];
      if (entry.joined && !one_word) continue;
      const double weight = entry.joined ? kSurely : word.weight + entry.weight;
      for (const auto brand : entry.brands) touch(brand, weight);
    }
  if (!one_word)
    for (const auto number : words_like(asked.joined, notes))
      for (const auto brand : words[number].brands)
        if (words[number].joined || brands[brand].brand.words.size() == 1) touch(brand, kSurely);
  for (const auto& initials : {'#' + asked.joined, initials_of(asked)})
    if (const auto number = word_of(initials, false); number != kNone && (initials[0] == '#') == one_word)
      for (const auto brand : words[number].brands) touch(brand, kSurely);
  std::erase_if(notes.touched, [&](std::uint32_t brand) {
    return notes.brands[brand].sum + left_out + 1e-9 < kMostWords * (asked.weight + brands[brand].brand.weight);
  });
  find_by_keys(asked, true, notes);
}

// --- Judging ---

void CompanyIndex::Parts::judge(const CompanyParts& asked, std::uint32_t number, const Found (&brand)[2],
                                Likeness least, Notes& notes, std::vector<Hit>& hits) const {
  const Name& name = names[number];
  const auto noted = [&](std::vector<Noted>& list, std::uint32_t part, auto&& compare_parts) -> const Noted& {
    auto& note = list[part];
    if (note.stamp != notes.stamp) {
      note = {notes.stamp, compare_parts(), 0};
      note.log_odds = log_odds_of(note.found);
    }
    return note;
  };
  const auto& region =
      noted(notes.regions, name.region, [&] { return compare_regions(asked.region, regions[name.region]); });
  const auto& trade = noted(notes.trades, name.trade, [&] { return compare_trades(asked.trade, trades[name.trade]); });
  const auto& form = noted(notes.legal_forms, name.legal_form,
                           [&] { return compare_legal_forms(asked.legal_form, legal_forms[name.legal_form]); });
  Hit hit{
      0, number, {brand[trade.found.finding == Finding::trade_same ? 1 : 0], region.found, trade.found, form.found}};
  if (hit.found[0].finding == Finding::brand_differs) {
    if (!same_but_for_one_character(asked.brand, asked.trade, brands[name.brand].brand, trades[name.trade])) return;
    hit.found = as_one_name(hit.found);
  }
  hit.log_odds =
      log_odds_at_the_start() + log_odds_of(hit.found[0]) + region.log_odds + log_odds_of(hit.found[2]) + form.log_odds;
  if (likeness_of(hit.found, hit.log_odds) >= least) hits.push_back(hit);
}

std::vector<Hit> CompanyIndex::Parts::hits_of(const CompanyParts& asked, Likeness least) const {
  Notes& notes = fresh_notes();
  const auto make_room = [](auto& list, std::size_t size) {
    if (list.size() < size) list.resize(size + size / 2);
  };
  make_room(notes.brands, brands.size());
  make_room(notes.words, words.size());
  make_room(notes.regions, regions.size());
  make_room(notes.trades, trades.size());
  make_room(notes.legal_forms, legal_forms.size());
  if (!asked.brand.empty())
    asked.brand.chinese ? find_by_keys(asked.brand, false, notes) : find_latin(asked.brand, notes);
  std::vector<Hit> hits;
  for (const auto number : notes.touched) {
    const auto& entry = brands[number];
    if (entry.first == kNone) continue;
    const auto found_alone = compare_brands(asked.brand, entry.brand, false);
    const Found found[2] = {found_alone, found_alone};  // only look-alikes of two characters need the trade: below
    if (found_alone.finding == Finding::brand_differs && !start_the_same(asked.brand, entry.brand)) continue;
    for (auto name = entry.first; name != kNone; name = names[name].next) judge(asked, name, found, least, notes, hits);
  }
  std::vector<std::uint32_t> by_trade;
  for (const auto key : trade_keys(asked.brand, asked.trade.text))
    for (const auto name : keys_of_trades.find(key)) by_trade.push_back(name);
  std::ranges::sort(by_trade);
  by_trade.erase(std::unique(by_trade.begin(), by_trade.end()), by_trade.end());
  for (const auto name : by_trade) {
    const auto& brand = brands[names[name].brand].brand;
    const Found found[2] = {compare_brands(asked.brand, brand, false), compare_brands(asked.brand, brand, true)};
    if (found[0].finding == Finding::brand_differs && !start_the_same(asked.brand, brand))
      judge(asked, name, found, least, notes, hits);
  }
  return hits;
}

std::vector<CompanyMatch> CompanyIndex::Parts::best_of(std::vector<Hit> hits, std::size_t limit) const {
  const auto better = [&](const Hit& a, const Hit& b) {
    if (a.log_odds != b.log_odds) return a.log_odds > b.log_odds;
    const auto &left = companies[names[a.name].company].id, &right = companies[names[b.name].company].id;
    return left != right ? left < right : a.name < b.name;
  };
  std::vector<CompanyMatch> out;
  std::vector<std::uint32_t> seen;
  for (std::size_t sorted = 0, at = 0; out.size() < limit && at < hits.size(); ++at) {
    if (at == sorted) {  // a few more than asked for: companies with several names count once
      sorted = std::min(hits.size(), sorted + 2 * limit + 8);
      std::partial_sort(hits.begin() + static_cast<std::ptrdiff_t>(at),
                        hits.begin() + static_cast<std::ptrdiff_t>(sorted), hits.end(), better);
    }
    const Name& name = names[hits[at].name];
    if (std::ranges::find(seen, name.company) != seen.end()) continue;
    seen.push_back(name.company);
    out.push_back({companies[name.company].id, name.written, weigh(hits[at].found)});
  }
  return out;
}

// --- The interface ---

CompanyIndex::CompanyIndex() : parts_(std::make_unique<Parts>()) {}
CompanyIndex::~CompanyIndex() = default;
CompanyIndex::CompanyIndex(CompanyIndex&&) noexcept = default;
CompanyIndex& CompanyIndex::operator=(CompanyIndex&&) noexcept = default;

void CompanyIndex::add(std::string_view id, const std::vector<std::string>& names) {
  std::vector<CompanyParts> prepared;
  for (const auto& name : names) prepared.push_back(prepare(parse_company_name(name)));
  const std::unique_lock lock(parts_->mutex);
  Parts& parts = *parts_;
  if (const auto known = parts.by_id.find(id); known != parts.by_id.end()) parts.remove_company(known->second);
  std::uint32_t number = 0;
  if (parts.free_companies.empty()) {
    number = static_cast<std::uint32_t>(parts.companies.size());
    parts.companies.emplace_back();
  } else {
    number = parts.free_companies.back();
    parts.free_companies.pop_back();
  }
  parts.companies[number].id = id;
  parts.by_id.emplace(parts.companies[number].id, number);
  for (std::size_t i = 0; i < names.size(); ++i) parts.add_name(number, names[i], prepared[i]);
}

bool CompanyIndex::remove(std::string_view id) {
  const std::unique_lock lock(parts_->mutex);
  const auto known = parts_->by_id.find(id);
  if (known == parts_->by_id.end()) return false;
  parts_->remove_company(known->second);
  return true;
}

std::vector<CompanyMatch> CompanyIndex::find(std::string_view name, const FindOptions& options) const {
  const auto asked = prepare(parse_company_name(name));
  const std::shared_lock lock(parts_->mutex);
  return parts_->best_of(parts_->hits_of(asked, std::max(options.at_least, Likeness::possible)), options.limit);
}

std::size_t CompanyIndex::memory_bytes() const {
  const std::shared_lock lock(parts_->mutex);
  const Parts& parts = *parts_;
  constexpr std::size_t kAllocation = 16;  // what an allocation costs beside its bytes
  std::size_t bytes = parts.brands.memory_bytes() + parts.regions.memory_bytes() + parts.trades.memory_bytes() +
                      parts.legal_forms.memory_bytes() + parts.words.memory_bytes() +
                      parts.keys_of_brands.memory_bytes() + parts.keys_of_trades.memory_bytes() +
                      parts.keys_of_words.memory_bytes() + parts.text_bytes;
  bytes += parts.names.size() * sizeof(Name) + parts.word_marks.capacity() * sizeof(WordMark);
  bytes += parts.companies.size() * (sizeof(Company) + 3 * kAllocation);
  bytes += parts.by_id.size() * (sizeof(std::pair<std::string_view, std::uint32_t>) + kAllocation + 16) +
           parts.by_id.bucket_count() * sizeof(void*);
  return bytes;
}

std::size_t CompanyIndex::companies() const {
  const std::shared_lock lock(parts_->mutex);
  return parts_->by_id.size();
}

}  // namespace probity::names
