#include "bulletins/company_mentions.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/encoding.h"
#include "names/company.h"
#include "names/han.h"

namespace probity::bulletins {
namespace {

constexpr auto kLegalForms = std::to_array<std::u32string_view>(
    {U"有限责任公司", U"有限責任公司", U"股份有限公司", U"有限公司", U"股份公司", U"合伙企业", U"合夥企業"});
constexpr auto kSoftForms = std::to_array<std::u32string_view>(
    {U"公司", U"集团", U"集團", U"商行", U"经营部", U"經營部", U"工作室", U"合作社", U"工厂"});
// Behind the last of these a name begins.
constexpr auto kBeginsAName = std::to_array<std::u32string_view>(
    {U"的",   U"是",   U"由",   U"被",   U"与",   U"與",   U"和",   U"及",   U"在",   U"向",   U"从",
     U"從",   U"为",   U"為",   U"把",   U"对",   U"對",   U"将",   U"將",   U"称",   U"稱",   U"叫",
     U"到",   U"给",   U"給",   U"让",   U"某",   U"该",   U"該",   U"本",   U"我",   U"这",   U"這",
     U"那",   U"此",   U"其",   U"家",   U"些",   U"个",   U"個",   U"各",   U"任何", U"据报", U"據報",
     U"据查", U"據查", U"冒充", U"假冒", U"仿冒", U"自称", U"自稱", U"谎称", U"声称", U"通过", U"利用",
     U"设立", U"注册", U"成立", U"发现", U"举报", U"怀疑", U"警惕"});
// No name of anybody.
constexpr auto kOfAKind = std::to_array<std::u32string_view>(
    {U"空壳", U"皮包",     U"上市", U"保险", U"物流", U"快递", U"快遞", U"贸易", U"貿易", U"科技",
     U"电商", U"电子商务", U"搬家", U"母",   U"子",   U"分",   U"总",   U"總",   U"小",   U"大",
     U"外贸", U"网络",     U"金融", U"投资", U"理财", U"中介", U"劳务", U"装修", U"犯罪", U"诈骗",
     U"詐騙", U"骗子",     U"假",   U"虚假", U"所谓", U"传销", U"黑客", U"制假", U"跨国", U"外资"});
constexpr std::array kLatinForms{"ltd",         "limited", "inc",   "llc", "llp",   "gmbh",    "corp",
                                 "corporation", "plc",     "ag",    "s.a", "sa",    "bv",      "b.v",
                                 "nv",          "n.v",     "s.p.a", "srl", "s.r.l", "sarl",    "pte",
                                 "pty",         "oy",      "a/s",   "k.k", "bhd",   "co.,ltd", "co"};
constexpr std::array kSoftLatinForms{"company", "group",      "holdings",      "trading",
                                     "factory", "industries", "international", "enterprises"};
constexpr std::array kArticles{"the", "a",    "an",    "this", "that", "our", "your", "their",
                               "any", "each", "every", "no",   "one",  "its", "my",   "another"};

template <class List>
bool among(const List& list, std::string_view word) {
  return std::ranges::find(list, word) != list.end();
}

// "据报海明" -> "海明".
std::u32string_view behind_last_word(std::u32string_view run) {
  std::size_t from = 0;
  for (const std::u32string_view word : kBeginsAName) {
    const std::size_t at = run.rfind(word);
    if (at != std::u32string_view::npos) from = std::max(from, at + word.size());
  }
  return run.substr(from);
}

// 灰鸥贸易 of 灰鸥贸易公司: a brand of at least two characters that is no word for a kind of company.
bool is_named(std::u32string_view run, std::u32string_view form) {
  if (run.size() < 2 || std::ranges::find(kOfAKind, run) != kOfAKind.end()) return false;
  const names::CompanyName parts = names::parse_company_name(names::to_utf8(run) + names::to_utf8(form));
  const std::u32string brand = names::characters(parts.brand);
  return brand.size() >= 2 && std::ranges::find(kOfAKind, std::u32string_view(brand)) == kOfAKind.end();
}

void add_chinese(const std::u32string& all, std::vector<CompanyMention>& found) {
  std::size_t behind = 0;  // the name before
  for (std::size_t at = 0; at < all.size(); ++at) {
    const std::u32string_view rest = std::u32string_view(all).substr(at);
    const auto starts = [&](std::u32string_view form) { return rest.starts_with(form); };
    const auto legal = std::ranges::find_if(kLegalForms, starts);
    const auto soft = std::ranges::find_if(kSoftForms, starts);
    const bool is_legal = legal != kLegalForms.end();
    if (!is_legal && soft == kSoftForms.end()) continue;
    const std::u32string_view form = is_legal ? *legal : *soft;
    std::size_t begin = at;
    while (begin > behind && names::is_han(all[begin - 1])) --begin;
    const std::u32string_view run = std::u32string_view(all).substr(begin, at - begin);
    const std::u32string_view name = behind_last_word(run);
    const auto spelled = [&](std::u32string_view part) { return names::to_utf8(part) + names::to_utf8(form); };
    if (is_legal && !run.empty()) {
      found.push_back({{spelled(run)}});
      if (!name.empty() && name.size() < run.size()) found.back().spellings.push_back(spelled(name));
    } else if (!is_legal && is_named(name, form)) {
      found.push_back({{spelled(name)}});
    }
    behind = at + form.size();
    at = behind - 1;
  }
}

struct LatinWord {
  std::string written;  // as it is told back
  std::string bare;     // lower case, without marks around it and "'s"
};

std::vector<LatinWord> latin_words(std::string_view sentence) {
  std::vector<LatinWord> words;
  std::string word;
  const auto end = [&] {
    std::string bare = ascii_lower(word);
    const auto drop = [&](std::string_view tail) {
      if (bare.ends_with(tail)) bare.resize(bare.size() - tail.size());
    };
    while (!bare.empty() && std::string_view("([\"'").find(bare.front()) != std::string_view::npos) bare.erase(0, 1);
    for (std::size_t before = 0; before != bare.size();) {
      before = bare.size();
      for (const std::string_view tail : {")", "]", "\"", ";", ":", ".", "'s", "’s", "”", "'"}) drop(tail);
    }
    if (!word.empty()) words.push_back({word, bare});
    word.clear();
  };
  for (const char c : sentence)
    if (c == ' ' || c == ',')
      end();
    else
      word += c;
  end();
  return words;
}

bool begins_a_name(const LatinWord& word) {
  const char first =
      word.written.find_first_of("([\"'") == 0 && word.written.size() > 1 ? word.written[1] : word.written[0];
  return (std::isupper(static_cast<unsigned char>(first)) != 0 || (first >= '0' && first <= '9') ||
          word.written == "&") &&
         !among(kArticles, word.bare);
}

void add_latin(std::string_view sentence, std::vector<CompanyMention>& found) {
  const std::vector<LatinWord> words = latin_words(sentence);
  for (std::size_t i = 1; i < words.size(); ++i) {
    const bool is_soft = among(kSoftLatinForms, words[i].bare) && begins_a_name(words[i]);
    if (!is_soft && !among(kLatinForms, words[i].bare)) continue;
    // "Co." and "Ltd." are one form: the name ends with the last of them.
    if (i + 1 < words.size() && among(kLatinForms, words[i + 1].bare)) continue;
    std::size_t begin = i;
    while (begin > 0 && begins_a_name(words[begin - 1])) --begin;
    if (begin == i) continue;
    std::string name;
    for (std::size_t k = begin; k < i; ++k) name += words[k].written + " ";
    found.push_back({{name + words[i].written}});
    // Without what only the sentence put behind it: "Lantern Works Ltd.'s".
    const std::string last = words[i].written.substr(0, words[i].bare.size());
    if (last != words[i].written) found.back().spellings.push_back(name + last);
  }
}

}  // namespace

std::vector<CompanyMention> companies_in(std::string_view sentence) {
  std::vector<CompanyMention> found;
  add_chinese(names::characters(sentence), found);
  add_latin(sentence, found);
  return found;
}

}  // namespace probity::bulletins
