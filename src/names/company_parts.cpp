#include "names/company_parts.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "names/company_scripts.h"
#include "names/company_words.h"
#include "names/edit_distance.h"
#include "names/han.h"
#include "names/lexicon.h"
#include "names/romanisation.h"

namespace probity::names {
namespace {

using View = std::u32string_view;
using Words = std::vector<std::string>;

Words split(std::string_view text) {
  Words out;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (end > 0) out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string without_blanks(std::string_view text) {
  std::string out;
  std::ranges::copy_if(text, std::back_inserter(out), [](char c) { return c != ' '; });
  return out;
}

// --- Preparing ---

std::uint8_t size_of_chinese(View brand) {
  const auto facts = Lexicon::of_companies().facts_of(brand);
  const bool common = facts.frequency > 0 || facts.trade || facts.place != PlaceKind::none;
  const std::size_t size = std::min<std::size_t>(brand.size(), 4) - (brand.empty() ? 0 : 1);
  return static_cast<std::uint8_t>(common && size > 0 ? size - 1 : size);
}

std::uint8_t size_of_latin(std::string_view joined) {
  return joined.size() <= 4 ? 0 : joined.size() <= 7 ? 1 : joined.size() <= 11 ? 2 : 3;
}

// What the brand's characters were before folding: found by their place, as folding keeps the count of characters.
std::u32string written_brand(const CompanyName& name, const std::u32string& folded) {
  const auto written = characters(name.written);
  auto all = written;
  for (char32_t& c : all) c = simplified(c);
  const auto at = all.find(folded);
  return at == std::u32string::npos ? folded : written.substr(at, folded.size());
}

constexpr unsigned kLimited = 1, kCorporation = 2, kJointStock = 4, kSpecial = 8;

// Which words of one legal form stand for which kind of company; none when it is of a kind of its own (店, GmbH).
unsigned kinds_of(const LegalForm& form) {
  if (form.chinese) {
    if (form.text == "公司" || form.text == "有限公司" || form.text == "有限责任公司") return kLimited;
    if (form.text == "股份有限公司" || form.text == "股份公司") return kJointStock;
    return 0;
  }
  static const std::unordered_map<std::string_view, unsigned> kinds{
      {"co", kLimited},       {"company", kLimited},
      {"ltd", kLimited},      {"limited", kLimited},
      {"llc", kLimited},      {"ooo", kLimited},
      {"srl", kLimited},      {"sarl", kLimited},
      {"pte", kLimited},      {"pty", kLimited},
      {"pvt", kLimited},      {"private", kLimited},
      {"corp", kCorporation}, {"corporation", kCorporation},
      {"inc", kCorporation},  {"incorporated", kCorporation},
      {"jsc", kJointStock},   {"ojsc", kJointStock},
      {"pjsc", kJointStock},  {"cjsc", kJointStock},
      {"oao", kJointStock},   {"pao", kJointStock},
      {"zao", kJointStock},   {"ao", kJointStock},
      {"plc", kJointStock},   {"akg", kSpecial},
      {"ag", kSpecial},       {"group", 0},
  };
  unsigned out = 0;
  for (const auto& word : split(form.text)) {
    const auto found = kinds.find(word);
    out |= found == kinds.end() ? 16U : found->second;
  }
  return out == (kLimited | kCorporation) ? kCorporation : out;  // Corp. Ltd.
}

// --- Brands ---

// One step apart: a character differs, is missing, is more, or two neighbours changed places.
bool one_apart(View a, View b, bool& swapped) {
  swapped = false;
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  std::size_t start = 0, end = 0;
  while (start < a.size() && a[start] == b[start]) ++start;
  while (end < a.size() - start && a[a.size() - 1 - end] == b[b.size() - 1 - end]) ++end;
  const auto left = a.size() - start - end, right = b.size() - start - end;
  if (left == 2 && right == 2 && a[start] == b[start + 1] && a[start + 1] == b[start]) return swapped = true;
  return std::max(left, right) <= 1;
}

Finding compare_chinese(const Brand& a, const Brand& b, bool same_trade) {
  const View left = a.folded, right = b.folded;
  if (left == right) return a.written == b.written ? Finding::brand_same : Finding::brand_other_forms;
  if (left.size() == right.size() && std::ranges::equal(left, right, share_a_reading))
    return Finding::brand_sounds_alike;
  const auto shorter = std::min(left.size(), right.size());
  bool swapped = false;
  if (shorter >= 3 && one_apart(left, right, swapped))
    return swapped ? Finding::brand_swapped : Finding::brand_one_character;
  if (same_trade && left.size() == 2 && right.size() == 2 && (left[0] == right[0]) != (left[1] == right[1]))
    return Finding::brand_one_of_two;
  return Finding::brand_differs;
}

bool has_digit(std::string_view word) {
  return std::ranges::any_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

bool are_initials(const Brand& of, const Brand& in) {
  if (of.words.size() < 3 || in.words.size() != 1 || in.joined.size() != of.words.size()) return false;
  for (std::size_t i = 0; i < of.words.size(); ++i)
    if (of.words[i][0] != in.joined[i]) return false;
  return true;
}

Finding compare_words(const Brand& a, const Brand& b) {
  std::vector<bool> taken(b.words.size(), false);
  double alike = 0;
  std::size_t open = 0, exact = 0;
  std::vector<const std::string*> rest;
  for (const auto& word : a.words) {
    bool found = false;
    for (std::size_t i = 0; i < b.words.size() && !found; ++i)
      if (!taken[i] && b.words[i] == word) found = taken[i] = true;
    if (found) {
      alike += 2 * weight_of_word(word);
      ++exact;
    } else {
      rest.push_back(&word);
    }
  }
  if (exact == a.words.size() && exact == b.words.size()) return Finding::brand_words_moved;
  struct Pair {
    double worth;
    std::size_t left, right;
  };
  std::vector<Pair> pairs;  // best pairs first, so that the result does not depend on the order of the names
  for (std::size_t i = 0; i < rest.size(); ++i) {
    const WordMatcher matcher(*rest[i]);
    for (std::size_t k = 0; k < b.words.size(); ++k)
      if (!taken[k])
        if (const double likeness = matcher.likeness_to(b.words[k]); likeness > 0)
          pairs.push_back({likeness * (weight_of_word(*rest[i]) + weight_of_word(b.words[k])), i, k});
  }
  std::ranges::stable_sort(pairs, std::ranges::greater{}, &Pair::worth);
  for (const auto& pair : pairs) {
    if (rest[pair.left] == nullptr || taken[pair.right]) continue;
    alike += pair.worth;
    rest[pair.left] = nullptr;
    taken[pair.right] = true;
  }
  open = static_cast<std::size_t>(std::ranges::count_if(rest, [](const auto* word) { return word != nullptr; }) +
                                  std::ranges::count(taken, false));
  if (open == 0) return Finding::brand_letters;
  return alike >= kMostWords * (a.weight + b.weight) ? Finding::brand_most_words : Finding::brand_differs;
}

Finding compare_latin(const Brand& a, const Brand& b) {
  if (a.joined == b.joined) return Finding::brand_same;
  // Words of different counts may be one word cut in two; of the same count, each has to be like its own: LXC Aviation
  // is not LAU Aviation.
  if (a.words.size() != b.words.size() && WordMatcher(a.joined).likeness_to(b.joined) > 0)
    return Finding::brand_letters;
  if (are_initials(a, b) || are_initials(b, a)) return Finding::brand_initials;
  return compare_words(a, b);
}

bool reads_in_cantonese(View han, const Words& words) {
  if (han.size() < 2 || han.size() != words.size()) return false;
  for (std::size_t i = 0; i < han.size(); ++i) {
    const auto readings = cantonese_readings(han[i]);
    const bool fits = std::ranges::any_of(readings, [&](const auto& reading) {
      return std::ranges::count(cantonese_spellings_of(reading), words[i]) > 0;
    });
    if (!fits) return false;
  }
  return true;
}

// --- Regions ---

// The province that a place lies in. The list of places has the provinces first, and then each province's cities, of
// which the capital stands first.
std::string_view province_of(std::string_view place) {
  static const auto table = [] {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 28> kCapitals{
        {{"石家庄", "河北"},   {"太原", "山西"},     {"呼和浩特", "内蒙古"}, {"沈阳", "辽宁"}, {"长春", "吉林"},
         {"哈尔滨", "黑龙江"}, {"南京", "江苏"},     {"杭州", "浙江"},       {"合肥", "安徽"}, {"福州", "福建"},
         {"南昌", "江西"},     {"济南", "山东"},     {"郑州", "河南"},       {"武汉", "湖北"}, {"长沙", "湖南"},
         {"广州", "广东"},     {"南宁", "广西"},     {"海口", "海南"},       {"成都", "四川"}, {"贵阳", "贵州"},
         {"昆明", "云南"},     {"拉萨", "西藏"},     {"西安", "陕西"},       {"兰州", "甘肃"}, {"西宁", "青海"},
         {"银川", "宁夏"},     {"乌鲁木齐", "新疆"}, {"台北", "台湾"}}};
    std::unordered_map<std::string, std::string_view> out;
    std::string_view province;
    for (auto& word : split(kPlaces)) {
      for (const auto& [capital, name] : kCapitals)
        if (word == capital) province = name;
      if (word == "九龙" || word == "美国") province = {};
      if (!province.empty()) out.emplace(std::move(word), province);
    }
    return out;
  }();
  const auto found = table.find(std::string(place));
  return found == table.end() ? std::string_view() : found->second;
}

bool within(std::string_view outer, std::string_view inner) {
  return inner.find(outer) != std::string_view::npos || province_of(inner) == outer;
}

// --- Trades ---

constexpr std::string_view kTradePairs =
    "科技=technology 科技=science 技术=technology 贸易=trading 贸易=trade 商贸=trading 国际=international "
    "电子=electronics "
    "电子=electronic 电子商务=commerce 电子商务=ecommerce 投资=investment 管理=management 咨询=consulting "
    "服务=services 服务=service 信息=information 网络=network 软件=software 文化=culture 文化=cultural 传媒=media "
    "广告=advertising "
    "设计=design 建筑=construction 工程=engineering 材料=materials 材料=material 化工=chemical 机械=machinery "
    "设备=equipment "
    "制造=manufacturing 进出口=import 物流=logistics 运输=transport 运输=transportation 航运=shipping 食品=food "
    "食品=foods "
    "医药=pharmaceutical 制药=pharmaceutical 医疗=medical 健康=health 能源=energy 电力=power 环保=environmental "
    "纺织=textile 服装=garment 服饰=clothing 房地产=estate 置业=property 金融=finance 基金=fund 银行=bank "
    "保险=insurance "
    "教育=education 旅游=travel 酒店=hotel 餐饮=catering 农业=agriculture 汽车=automobile 汽车=auto 印刷=printing "
    "包装=packaging 塑料=plastic 塑胶=plastics 钢铁=steel 五金=hardware 金属=metal 矿业=mining 石油=petroleum "
    "实业=industrial "
    "工业=industry 工业=industries 企业=enterprise 供应链=supply 生物=biotechnology 电气=electric 系统=systems "
    "发展=development";

Found compare_across(const Trade& chinese, const Trade& latin) {
  static const auto pairs = split(kTradePairs);
  const auto words = split(latin.text);
  for (const auto& pair : pairs) {
    const auto equals = pair.find('=');
    if (chinese.text.find(pair.substr(0, equals)) != std::string::npos &&
        std::ranges::count(words, pair.substr(equals + 1)) > 0)
      return {Finding::trade_partly};
  }
  return {Finding::trade_not_comparable};
}

}  // namespace

double weight_of_word(std::string_view word) {
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  static const auto common = [] {
    std::unordered_set<std::string, Hash, std::equal_to<>> out{"the", "of", "de", "la", "el", "al", "for", "in", "y"};
    for (const auto& trade : split(kLatinTrades)) out.insert(trade);
    for (const auto& form : split(kLatinForms)) out.insert(form);
    return out;
  }();
  if (common.contains(word)) return kCommonWord;
  return 0.4 + kWeightOfLetter * static_cast<double>(std::min<std::size_t>(word.size(), 10));
}

WordMatcher::WordMatcher(std::string_view word)
    : word_(word), pattern_(word), exact_(has_digit(word) || weight_of_word(word) == kCommonWord) {}

double WordMatcher::likeness_to(std::string_view other) const {
  if (other == word_) return 1;
  if (exact_) return 0;
  const auto most = letters_that_may_differ(std::min(word_.size(), other.size()));
  if (most == 0 || std::max(word_.size(), other.size()) > std::min(word_.size(), other.size()) + most) return 0;
  const auto distance = pattern_.distance_to(other, most);
  if (distance > most || has_digit(other) || weight_of_word(other) == kCommonWord) return 0;
  return 1 - 0.3 * static_cast<double>(distance);
}

std::size_t letters_that_may_differ(std::size_t shorter) { return shorter >= 8 ? 2 : shorter >= 4 ? 1 : 0; }

bool reads_as(View han, std::string_view letters) {
  std::set<std::size_t> reached{0};
  for (const char32_t c : han) {
    std::set<std::size_t> next;
    const auto try_reading = [&](std::string_view reading) {
      for (const std::size_t at : reached)
        if (letters.compare(at, reading.size(), reading) == 0) next.insert(at + reading.size());
    };
    for (const auto syllable : pinyin_syllables(c)) {
      const std::string reading(syllable_letters(syllable));
      try_reading(reading);
      if (const auto v = reading.find('v'); v != std::string::npos) {  // "lv" is also typed lu and lyu
        try_reading(std::string(reading).replace(v, 1, "u"));
        try_reading(std::string(reading).replace(v, 1, "yu"));
      }
    }
    reached = std::move(next);
    if (reached.empty()) return false;
  }
  return reached.contains(letters.size());
}

CompanyParts prepare(const CompanyName& name) {
  CompanyParts parts;
  parts.brand.chinese = parts.region.chinese = parts.trade.chinese = parts.legal_form.chinese = name.chinese;
  if (name.chinese) {
    parts.brand.folded = characters(name.brand);
    parts.brand.written = written_brand(name, parts.brand.folded);
    parts.brand.size = size_of_chinese(parts.brand.folded);
    parts.trade.letters = characters(name.trade);
  } else {
    parts.brand.words = split(name.brand);
    parts.brand.joined = without_blanks(name.brand);
    parts.brand.size = size_of_latin(parts.brand.joined);
    for (const auto& word : parts.brand.words) parts.brand.weight += weight_of_word(word);
  }
  parts.region.text = name.region;
  parts.trade.text = name.trade;
  parts.legal_form.text = name.legal_form;
  parts.legal_form.branch = name.branch;
  parts.legal_form.kinds = kinds_of(parts.legal_form);
  return parts;
}

Found compare_brands(const Brand& a, const Brand& b, bool same_trade) {
  const auto size = std::min(a.size, b.size);
  if (a.empty() && b.empty())
    return {same_trade && a.chinese == b.chinese ? Finding::brand_neither : Finding::brand_differs};
  if (a.empty() || b.empty()) return {Finding::brand_only_one};
  if (a.chinese && b.chinese) return {compare_chinese(a, b, same_trade), size};
  if (!a.chinese && !b.chinese) return {compare_latin(a, b), size};
  const auto& han = a.chinese ? a : b;
  const auto& latin = a.chinese ? b : a;
  if (reads_as(han.folded, latin.joined)) return {Finding::brand_reads_the_same, han.size};
  if (reads_in_cantonese(han.folded, latin.words)) return {Finding::brand_reads_cantonese, han.size};
  return {Finding::brand_differs, size};
}

bool start_the_same(const Brand& a, const Brand& b) {
  return a.folded.size() >= 2 && b.folded.size() >= 2 && View(a.folded).substr(0, 2) == View(b.folded).substr(0, 2);
}

bool same_but_for_one_character(const Brand& a, const Trade& a_trade, const Brand& b, const Trade& b_trade) {
  if (!start_the_same(a, b)) return false;
  const auto left = a.folded.size() + a_trade.letters.size(), right = b.folded.size() + b_trade.letters.size();
  if (std::min(left, right) < 5 || std::max(left, right) > std::min(left, right) + 1) return false;
  bool swapped = false;
  return one_apart(a.folded + a_trade.letters, b.folded + b_trade.letters, swapped);
}

Found compare_regions(const Region& a, const Region& b) {
  if (a.text.empty() && b.text.empty()) return {Finding::region_neither};
  if (a.text.empty() || b.text.empty()) return {Finding::region_only_one};
  if (a.text == b.text) return {Finding::region_same};
  if (a.chinese != b.chinese) {
    const auto& han = a.chinese ? a.text : b.text;
    const auto latin = without_blanks(a.chinese ? b.text : a.text);
    if (place_of_latin(latin) == han || reads_as(characters(han), latin)) return {Finding::region_same};
    return {within(place_of_latin(latin), han) && !place_of_latin(latin).empty() ? Finding::region_within
                                                                                 : Finding::region_differs};
  }
  return {within(a.text, b.text) || within(b.text, a.text) ? Finding::region_within : Finding::region_differs};
}

Found compare_trades(const Trade& a, const Trade& b) {
  if (a.text.empty() && b.text.empty()) return {Finding::trade_neither};
  if (a.text.empty() || b.text.empty()) return {Finding::trade_only_one};
  if (a.chinese != b.chinese) return a.chinese ? compare_across(a, b) : compare_across(b, a);
  if (a.text == b.text) return {Finding::trade_same};
  if (a.chinese) {
    for (std::size_t i = 0; i + 2 <= a.letters.size(); ++i)
      if (b.letters.find(View(a.letters).substr(i, 2)) != View::npos) return {Finding::trade_partly};
    return {Finding::trade_differs};
  }
  const auto left = split(a.text), right = split(b.text);
  const bool shared = std::ranges::any_of(left, [&](const auto& word) { return std::ranges::count(right, word) > 0; });
  return {shared ? Finding::trade_partly : Finding::trade_differs};
}

// A branch is part of the company, and still another entry in the register.
Found compare_legal_forms(const LegalForm& a, const LegalForm& b) {
  if (a.branch != b.branch) return {Finding::form_branch};
  if (a.chinese != b.chinese || a.text.empty() || b.text.empty()) return {Finding::form_not_given};
  if (a.text == b.text) return {Finding::form_same};
  return {a.kinds != 0 && a.kinds == b.kinds ? Finding::form_other_words : Finding::form_differs};
}

}  // namespace probity::names
