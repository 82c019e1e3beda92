#include "screening/company.h"

#include <algorithm>
#include <array>
#include <utility>

#include "names/company_comparison.h"
#include "names/han.h"
#include "names/identifier.h"

namespace probity::screening {
namespace {

constexpr std::array<std::pair<CompanyLevel, std::string_view>, 6> kLevels{
    {{CompanyLevel::unreadable, "unreadable"},
     {CompanyLevel::not_listed, "not_listed"},
     {CompanyLevel::another_company, "another_company"},
     {CompanyLevel::possible, "possible"},
     {CompanyLevel::likely, "likely"},
     {CompanyLevel::confirmed, "confirmed"}}};
constexpr std::size_t kMostNameCharacters = 200;
constexpr std::size_t kMostRepairs = 20;
constexpr std::size_t kOrganisationCodeLength = 9;

bool is_invisible(char32_t character) {
  return character < 0x20 || (character >= 0x7F && character < 0xA0) || character == 0xFEFF || character == 0xFFFD ||
         (character >= 0x200B && character <= 0x200F) || (character >= 0x202A && character <= 0x202E) ||
         (character >= 0x2066 && character <= 0x2069);
}

std::size_t significant_characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      names::tidy_characters(text), [](char32_t character) { return character != U'-' && character != U'.'; }));
}

struct Finding {
  std::string_view finding, en, zh;
};
constexpr Finding kFindings[] = {
    {"same", "is the same", "相同"},
    {"other forms of the same characters", "is the same in other forms of the characters", "为同一文字的不同写法"},
    {"sounds alike", "sounds alike", "读音相近"},
    {"one character differs", "differs in one character", "相差一个字"},
    {"one letter differs", "differs in one letter", "相差一个字母"},
    {"two letters differ", "differs in two letters", "相差两个字母"},
    {"differs", "differs", "不同"},
    {"neither has one", "is missing in both", "两者均未给出"},
    {"only one has it", "is given in one only", "仅一方给出"},
    {"one names more of it", "is more precise in one", "一方更具体"},
    {"partly the same", "is partly the same", "部分相同"},
    {"not comparable", "cannot be compared across scripts", "文字不同，无法比较"},
    {"one is a branch", "says that one is a branch", "其中一方为分支机构"},
    {"not given", "is not given in both", "未全部给出"},
    {"another way to write it", "is another way to write the same", "为同一形式的另一种写法"},
};
constexpr Finding kFeatures[] = {
    {"brand", "The brand", "字号"},
    {"region", "The region", "地区"},
    {"trade", "The trade", "行业"},
    {"legal_form", "The legal form", "组织形式"},
    {"credit_code", "The credit code", "统一社会信用代码"},
    {"organisation_code", "The organisation code", "组织机构代码"},
    {"lei", "The LEI", "LEI 编码"},
    {"registration", "The number in the register", "登记注册号"},
};

template <std::size_t size>
const Finding* row_of(const Finding (&rows)[size], std::string_view name) {
  const auto* found = std::ranges::find(rows, name, &Finding::finding);
  return found == std::end(rows) ? nullptr : found;
}

}  // namespace

std::string_view level_name(CompanyLevel level) {
  return std::ranges::find(kLevels, level, &std::pair<CompanyLevel, std::string_view>::first)->second;
}

std::optional<CompanyLevel> parse_level(std::string_view name) {
  const auto* found = std::ranges::find(kLevels, name, &std::pair<CompanyLevel, std::string_view>::second);
  return found == kLevels.end() ? std::nullopt : std::optional(found->first);
}

std::string tidy_company_name(std::string_view text) {
  std::u32string out;
  for (const char32_t character : names::characters(text)) {
    const bool is_blank = character == U' ' || character == U'\u3000' || character == U'\u00A0' || character == U'\t' ||
                          character == U'\n' || character == U'\r';
    if (!is_blank && !is_invisible(character))
      out += character;
    else if (is_blank && !out.empty() && out.back() != U' ')
      out += U' ';
  }
  if (out.size() > kMostNameCharacters) out.resize(kMostNameCharacters);
  while (!out.empty() && out.back() == U' ') out.pop_back();
  return names::to_utf8(out);
}

Result<CompanySubject> read_subject(const CompanyInput& input) {
  using names::IdentifierKind;
  CompanySubject subject;
  subject.name = tidy_company_name(input.name);
  if (significant_characters(input.credit_code) == kOrganisationCodeLength) {
    TRY_ASSIGN(const auto code, names::parse_identifier(IdentifierKind::organisation_code, input.credit_code));
    subject.organisation_code = code.text;
  } else if (!tidy_company_name(input.credit_code).empty()) {
    TRY_ASSIGN(const auto code, names::parse_identifier(IdentifierKind::credit_code, input.credit_code));
    subject.credit_code = code.text;
    subject.organisation_code = names::organisation_code_of(code).text;
  }
  if (!tidy_company_name(input.lei).empty()) {
    TRY_ASSIGN(const auto lei, names::parse_identifier(IdentifierKind::lei, input.lei));
    subject.lei = lei.text;
  }
  if (!tidy_company_name(input.registration).empty()) {
    TRY_ASSIGN(subject.registration, alliance::parse_registration(input.registration));
  }
  if (subject.name.empty() && !subject.has_number())
    return fail(ErrorCode::invalid_argument, "a name or a number of the company is needed");
  return subject;
}

std::optional<CompanyNumberKind> parse_number_kind(std::string_view name) {
  if (name == "credit_code") return CompanyNumberKind::credit_code;
  if (name == "lei") return CompanyNumberKind::lei;
  if (name == "registration") return CompanyNumberKind::registration;
  return std::nullopt;
}

NumberCheck check_number(CompanyNumberKind kind, std::string_view text) {
  NumberCheck check;
  CompanyInput input;
  (kind == CompanyNumberKind::credit_code ? input.credit_code
   : kind == CompanyNumberKind::lei       ? input.lei
                                          : input.registration) = std::string(text);
  const auto subject = read_subject(input);
  check.valid = subject.has_value();
  if (subject) {
    check.normalised = !subject->credit_code.empty()         ? subject->credit_code
                       : !subject->organisation_code.empty() ? subject->organisation_code
                       : !subject->lei.empty()               ? subject->lei
                                                             : subject->registration;
    check.explanation = {"The number is well formed.", "号码格式正确。"};
    return check;
  }
  check.explanation = {"The number is not right: " + subject.error().message, "号码有误，请核对。"};
  if (kind == CompanyNumberKind::registration) return check;
  const bool is_short = significant_characters(text) == kOrganisationCodeLength;
  const auto identifier = kind == CompanyNumberKind::lei ? names::IdentifierKind::lei
                          : is_short                     ? names::IdentifierKind::organisation_code
                                                         : names::IdentifierKind::credit_code;
  for (const auto& repair : names::one_typo_repairs(identifier, text)) check.repairs.push_back(repair.text);
  std::ranges::sort(check.repairs);
  if (check.repairs.size() > kMostRepairs) check.repairs.resize(kMostRepairs);
  return check;
}

Words sentence_of(const CompanyEvidence& evidence) {
  const Finding* feature = row_of(kFeatures, evidence.feature);
  const Finding* finding = row_of(kFindings, evidence.finding);
  const std::string subject_en(feature != nullptr ? feature->en : evidence.feature);
  const std::string subject_zh(feature != nullptr ? feature->zh : evidence.feature);
  return {subject_en + " " + std::string(finding != nullptr ? finding->en : evidence.finding) + ".",
          subject_zh + std::string(finding != nullptr ? finding->zh : evidence.finding) + "。"};
}

}  // namespace probity::screening
