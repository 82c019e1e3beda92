#include "names/identifier.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace probity::names {
namespace {

constexpr std::array<std::pair<IdentifierKind, std::string_view>, 5> kKinds{
    {{IdentifierKind::resident_id, "resident_id"},
     {IdentifierKind::passport, "passport"},
     {IdentifierKind::credit_code, "credit_code"},
     {IdentifierKind::organisation_code, "organisation_code"},
     {IdentifierKind::lei, "lei"}}};

constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kCreditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";  // GB 32100: without I O S V Z
constexpr std::string_view kAlphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }
int digit(char c) { return c - '0'; }
int alphanumeric_value(char c) { return is_digit(c) ? digit(c) : c - 'A' + 10; }
bool all_digits(std::string_view text) { return std::ranges::all_of(text, is_digit); }

// Full-width forms (U+FF01 to U+FF5E) are ASCII moved; letters are raised; separators go. Other characters stay and are
// refused by the rules of each kind.
std::string tidy(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    const auto at = [&](std::size_t k) { return static_cast<unsigned char>(text[k]); };
    if (i + 2 < text.size() && at(i) == 0xEF && (at(i + 1) == 0xBC || at(i + 1) == 0xBD)) {
      const int code = (at(i + 1) == 0xBC ? 0 : 64) + at(i + 2) - 0x80;
      c = static_cast<char>(code + 0x20);
      i += 2;
    } else if (i + 2 < text.size() && at(i) == 0xE3 && at(i + 1) == 0x80 && at(i + 2) == 0x80) {
      c = ' ';  // the ideographic space
      i += 2;
    }
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == ' ' || c == '-' || c == '.' || c == '<' || c == '\t') continue;
    out += c;
  }
  return out;
}

tl::unexpected<Error> wrong(std::string message, std::string hint = {}) {
  return fail(ErrorCode::invalid_argument, std::move(message), std::move(hint));
}

// --- resident IDs ---

constexpr std::array<int, 17> kResidentWeights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

char resident_check(std::string_view first_17) {
  int sum = 0;
  for (std::size_t i = 0; i < 17; ++i) sum += digit(first_17[i]) * kResidentWeights[i];
  return std::string_view("10X98765432")[static_cast<std::size_t>(sum % 11)];
}

bool is_province(int code) {
  static const std::set<int> codes{11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43,
                                   44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83};
  return codes.contains(code);
}

int days_in(int year, int month) {
  constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return days.at(static_cast<std::size_t>(month - 1)) + (month == 2 && leap ? 1 : 0);
}

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + digit(c);
  return value;
}

bool is_birth_date(std::string_view yyyymmdd, const Today& today) {
  const int year = number(yyyymmdd.substr(0, 4)), month = number(yyyymmdd.substr(4, 2));
  const int day = number(yyyymmdd.substr(6, 2));
  if (year < 1850 || month < 1 || month > 12 || day < 1 || day > days_in(year, month)) return false;
  return std::tuple(year, month, day) <= std::tuple(today.year, today.month, today.day);
}

Result<std::string> resident(std::string text, const Today& today) {
  if (text.size() == 15) {
    if (!all_digits(text)) return wrong("a resident ID of 15 characters has digits only");
    // Issued until 1999: the year lacks its century, and 996 to 999 in the sequence mark people older than a hundred
    // then.
    const bool centenarian = number(text.substr(12)) >= 996;
    text.insert(6, centenarian ? "18" : "19");
    text += resident_check(text);
  }
  if (text.size() != 18) return wrong("a resident ID has 18 characters, or 15 in its old form");
  if (!all_digits(std::string_view(text).substr(0, 17)) || !(is_digit(text[17]) || text[17] == 'X'))
    return wrong("a resident ID is 17 digits and a digit or X");
  if (!is_province(number(std::string_view(text).substr(0, 2))))
    return wrong("the resident ID does not begin with a province", "its first two digits are wrong");
  if (!is_birth_date(std::string_view(text).substr(6, 8), today))
    return wrong("the resident ID holds no date of birth", "digits 7 to 14 are a year, month and day in the past");
  if (text[17] != resident_check(text))
    return wrong("the resident ID's check character does not fit", "one of its characters is mistyped");
  return text;
}

// --- companies ---

char organisation_check(std::string_view first_8) {
  constexpr std::array<int, 8> weights{3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (std::size_t i = 0; i < 8; ++i) sum += alphanumeric_value(first_8[i]) * weights[i];
  const int check = (11 - sum % 11) % 11;
  return check == 10 ? 'X' : static_cast<char>('0' + check);
}

Result<std::string> organisation(std::string text) {
  if (text.size() != 9) return wrong("an organisation code has 9 characters");
  if (!std::ranges::all_of(text, [](char c) { return is_digit(c) || is_letter(c); }))
    return wrong("an organisation code has digits and capital letters only");
  if (text[8] != organisation_check(text))
    return wrong("the organisation code's check character does not fit", "one of its characters is mistyped");
  return text;
}

char credit_check(std::string_view first_17) {
  std::size_t sum = 0, weight = 1;  // 3^i mod 31
  for (std::size_t i = 0; i < 17; ++i, weight = weight * 3 % 31) sum += kCreditAlphabet.find(first_17[i]) * weight;
  return kCreditAlphabet[(31 - sum % 31) % 31];
}

Result<std::string> credit(std::string text) {
  if (text.size() != 18) return wrong("a unified social credit code has 18 characters");
  if (text.find_first_not_of(kCreditAlphabet) != std::string::npos)
    return wrong("a unified social credit code has digits and capital letters without I, O, S, V and Z");
  if (!all_digits(std::string_view(text).substr(2, 6))) return wrong("characters 3 to 8 of a credit code are a region");
  if (text[17] != credit_check(text))
    return wrong("the credit code's check character does not fit", "one of its characters is mistyped");
  return text;
}

Result<std::string> lei(std::string text) {
  if (text.size() != 20) return wrong("an LEI has 20 characters");
  if (text.find_first_not_of(kAlphanumeric) != std::string::npos || !all_digits(std::string_view(text).substr(18)))
    return wrong("an LEI has digits and capital letters, and ends in two digits");
  int remainder = 0;
  for (const char c : text) remainder = (remainder * (is_digit(c) ? 10 : 100) + alphanumeric_value(c)) % 97;
  if (remainder != 1) return wrong("the LEI's check digits do not fit", "one of its characters is mistyped");
  return text;
}

// Passports carry no check outside of their machine-readable zone: only form can be judged.
Result<Identifier> passport(const std::string& text) {
  if (text.size() < 3 + 5 || text.size() > 3 + 12)
    return wrong("a passport is a country of three letters and a number of 5 to 12 characters",
                 "such as CHN E12345678");
  const std::string_view country = std::string_view(text).substr(0, 3), number = std::string_view(text).substr(3);
  if (!std::ranges::all_of(country, is_letter) || number.find_first_not_of(kAlphanumeric) != std::string_view::npos ||
      std::ranges::none_of(number, is_digit))
    return wrong("a passport is a country of three letters and a number of letters and digits",
                 "such as CHN E12345678");
  return Identifier{IdentifierKind::passport, std::string(number), std::string(country)};
}

Result<Identifier> parse_tidy(IdentifierKind kind, const std::string& text, const Today& today) {
  const auto as_identifier = [&](const std::string& normal) { return Identifier{kind, normal, {}}; };
  switch (kind) {
    case IdentifierKind::resident_id:
      return resident(text, today).map(as_identifier);
    case IdentifierKind::passport:
      return passport(text);
    case IdentifierKind::credit_code:
      return credit(text).map(as_identifier);
    case IdentifierKind::organisation_code:
      return organisation(text).map(as_identifier);
    case IdentifierKind::lei:
      return lei(text).map(as_identifier);
  }
  return wrong("there is no such kind of identifier");
}

std::string_view alphabet_of(IdentifierKind kind) {
  if (kind == IdentifierKind::resident_id) return "0123456789X";
  if (kind == IdentifierKind::credit_code) return kCreditAlphabet;
  return kAlphanumeric;
}

}  // namespace

std::string_view identifier_kind_name(IdentifierKind kind) {
  return std::ranges::find(kKinds, kind, &std::pair<IdentifierKind, std::string_view>::first)->second;
}

std::optional<IdentifierKind> parse_identifier_kind(std::string_view name) {
  for (const auto& [kind, text] : kKinds)
    if (text == name) return kind;
  return std::nullopt;
}

Result<Identifier> parse_identifier(IdentifierKind kind, std::string_view text, const Today& today) {
  if (text.size() > 128) return wrong("an identifier is shorter than that");
  return parse_tidy(kind, tidy(text), today);
}

ResidentFacts resident_facts(const Identifier& identifier) {
  const std::string_view text = identifier.text;
  return {std::string(text.substr(0, 6)), number(text.substr(6, 4)), number(text.substr(10, 2)),
          number(text.substr(12, 2)), digit(text[16]) % 2 == 1};
}

Identifier organisation_code_of(const Identifier& credit_code) {
  return {IdentifierKind::organisation_code, credit_code.text.substr(8, 9), {}};
}

std::vector<Identifier> one_typo_repairs(IdentifierKind kind, std::string_view text, const Today& today) {
  std::vector<Identifier> found;
  if (kind == IdentifierKind::passport || text.size() > 128) return found;  // nothing to tell right from wrong by
  const std::string tidied = tidy(text);
  const auto consider = [&](const std::string& candidate) {
    if (candidate == tidied) return;
    if (auto parsed = parse_tidy(kind, candidate, today); parsed && std::ranges::find(found, *parsed) == found.end())
      found.push_back(std::move(*parsed));
  };
  for (std::size_t i = 0; i < tidied.size(); ++i) {
    std::string candidate = tidied;
    for (const char c : alphabet_of(kind)) {
      candidate[i] = c;
      consider(candidate);
    }
    if (i + 1 == tidied.size()) continue;
    candidate = tidied;
    std::swap(candidate[i], candidate[i + 1]);
    consider(candidate);
  }
  return found;
}

bool holds_resident_id(std::string_view text) {
  // People hide numbers in free text behind spaces and full-width digits: look at what is left without them.
  const std::string tidied = tidy(text);
  for (std::size_t i = 0; i < tidied.size(); ++i) {
    if (!is_digit(tidied[i])) continue;
    if (i + 18 <= tidied.size() && resident(tidied.substr(i, 18), {})) return true;
  }
  return false;
}

}  // namespace probity::names
