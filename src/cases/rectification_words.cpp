// The half of rectification.h that reads what people write, in English and Chinese.
#include <algorithm>
#include <array>
#include <string_view>

#include "cases/rectification.h"
#include "parties/text.h"

namespace probity::cases {
namespace {

// Folded; the longer ones first where one holds another.
constexpr std::array<std::string_view, 34> kBlame{"operator error",
                                                  "operator's error",
                                                  "operator mistake",
                                                  "human error",
                                                  "human mistake",
                                                  "human failure",
                                                  "employee error",
                                                  "employee mistake",
                                                  "staff error",
                                                  "staff mistake",
                                                  "user error",
                                                  "personal mistake",
                                                  "individual mistake",
                                                  "carelessness",
                                                  "careless",
                                                  "negligence",
                                                  "negligent",
                                                  "inattention",
                                                  "oversight",
                                                  "mistake",
                                                  "人为失误",
                                                  "人为错误",
                                                  "人为疏忽",
                                                  "操作失误",
                                                  "操作错误",
                                                  "操作不当",
                                                  "员工失误",
                                                  "员工疏忽",
                                                  "个人失误",
                                                  "个人行为",
                                                  "工作疏忽",
                                                  "粗心大意",
                                                  "粗心",
                                                  "疏忽"};
constexpr std::array<std::string_view, 36> kFiller{
    "the ",  "an ",     "a ",       "was ",  "is ",  "it ",       "by ",       "of ",     "due ",
    "to ",   "caused ", "because ", "our ",  "one ", "employee ", "operator ", "person ", "staff ",
    "root ", "cause ",  "made ",    "from ", "由于", "因为",      "因",        "是",      "的",
    "了",    "导致",    "造成",     "原因",  "员工", "个人",      "系",        "属于",    "所致"};
constexpr std::array<std::string_view, 18> kGroups{
    "team",  "committee", "department", "everyone", "everybody", "all staff", "management", "division", "group",
    "board", "委员会",    "小组",       "团队",     "部门",      "全体",      "管理层",     "各部",     "课题组"};

// With a space in the place of each `what`.
std::string without(const std::string& text, std::string_view what) {
  std::string rest;
  std::size_t from = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, from)) {
    rest.append(text, from, at - from).append(1, ' ');
    from = at + what.size();
  }
  return rest.append(text, from);
}

bool is_wide(char c) { return (static_cast<unsigned char>(c) & 0x80U) != 0; }

// Whole words of Latin letters; anywhere in Chinese, which has no spaces.
bool holds_word(const std::string& text, std::string_view word) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    if (is_wide(word.front())) return true;
    const std::size_t end = at + word.size();
    const bool begins = at == 0 || !is_letter(text[at - 1]);
    const bool ends = end == text.size() || !is_letter(text[end]);
    if (begins && ends) return true;
  }
  return false;
}

}  // namespace

bool blames_only_a_person(const std::string& cause) {
  constexpr std::size_t kLeastLetters = 12, kLeastBytesOfChinese = 18;  // six characters
  std::string text(1, ' ');
  text.append(parties::fold_for_lookup(cause)).push_back(' ');
  const std::string before = text;
  for (const std::string_view blame : kBlame) text = without(text, blame);
  if (text == before) return false;  // blames nobody
  for (const std::string_view filler : kFiller)
    if (is_wide(filler.front())) {
      text = without(text, filler);
    } else {
      std::string word(1, ' ');
      text = without(text, word.append(filler));
    }
  const auto letters = static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }));
  const auto wide = static_cast<std::size_t>(std::ranges::count_if(text, is_wide));
  return letters < kLeastLetters && wide < kLeastBytesOfChinese;
}

bool names_a_group(const std::string& owner) {
  const std::string text = parties::fold_for_lookup(owner);
  return std::ranges::any_of(kGroups, [&](std::string_view group) { return holds_word(text, group); });
}

}  // namespace probity::cases
