#include "alliance/enterprise.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/hash.h"
#include "names/han.h"
#include "names/identifier.h"

namespace probity::alliance {
namespace {

using nlohmann::json;

constexpr std::size_t kLeastNumber = 2, kMostNumber = 30;

tl::unexpected<Error> misfit(const std::string& what, const char* hint = "") {
  return fail(ErrorCode::invalid_argument, what, hint);
}

bool is_blank(char32_t character) { return character == U' ' || character == U'\u3000' || character == U'\u00A0'; }
bool is_control(char32_t character) {
  return character < 0x20 || (character >= 0x7F && character < 0xA0) || character == 0xFFFD ||
         (character >= 0x200B && character <= 0x200F) || (character >= 0x202A && character <= 0x202E) ||
         (character >= 0x2066 && character <= 0x2069) || character == 0xFEFF;
}

// Without white space at its ends, and with single blanks inside.
Result<std::string> checked_name(const std::string& name) {
  std::u32string out;
  for (const char32_t character : names::characters(name)) {
    if (is_control(character)) return misfit("a name holds characters that cannot be seen");
    if (!is_blank(character))
      out += character;
    else if (!out.empty() && out.back() != U' ')
      out += U' ';
  }
  while (!out.empty() && out.back() == U' ') out.pop_back();
  if (out.size() < 2 || out.size() > kMostNameCharacters) return misfit("a company's name has 2 to 200 characters");
  std::string text = names::to_utf8(out);
  if (names::holds_resident_id(text))
    return misfit("a company's name holds somebody's ID number", "a person is listed by identifier, and sealed");
  return text;
}

Result<std::vector<std::string>> checked_names(const std::vector<std::string>& names,
                                               const std::vector<std::string>& known) {
  std::vector<std::string> out;
  for (const std::string& name : names) {
    TRY_ASSIGN(std::string text, checked_name(name));
    const bool is_new = std::ranges::find(out, text) == out.end() && std::ranges::find(known, text) == known.end();
    if (is_new) out.push_back(std::move(text));
  }
  if (out.size() > kMostNames) return misfit("a company has at most 10 names, and 10 former ones");
  return out;
}

Result<std::string> checked_number(names::IdentifierKind kind, const std::string& text) {
  if (text.empty()) return std::string();
  TRY_ASSIGN(const names::Identifier identifier, names::parse_identifier(kind, text));
  return identifier.text;
}

json or_null(const std::string& text) { return text.empty() ? json(nullptr) : json(text); }
std::string or_empty(const json& in, const char* field) {
  return in.contains(field) && !in.at(field).is_null() ? in.at(field).get<std::string>() : std::string();
}
std::vector<std::string> list_of(const json& in, const char* field) {
  return in.contains(field) && !in.at(field).is_null() ? in.at(field).get<std::vector<std::string>>()
                                                       : std::vector<std::string>();
}

}  // namespace

oprf::Tag enterprise_tag(const Enterprise& enterprise) {
  const std::string number = !enterprise.credit_code.empty() ? "credit_code:" + enterprise.credit_code
                             : !enterprise.lei.empty()       ? "lei:" + enterprise.lei
                                                             : "registration:" + enterprise.registration;
  const Hash hash = sha256({as_bytes("probity enterprise v1"), as_bytes(number)});
  oprf::Tag tag;
  std::copy_n(hash.begin(), tag.size(), tag.begin());
  return tag;
}

Result<std::string> parse_registration(std::string_view text) {
  std::string kept;
  for (char32_t character : names::tidy_characters(text)) {
    if (character >= U'a' && character <= U'z') character -= U'a' - U'A';
    const bool is_letter = character >= U'A' && character <= U'Z', is_digit = character >= U'0' && character <= U'9';
    if (is_letter || is_digit)
      kept += static_cast<char>(character);
    else if (std::u32string_view(U"-./():").find(character) == std::u32string_view::npos)
      return misfit("a register's number has letters and digits", "\"HKG 12345678\": country, then number");
  }
  const auto is_letter = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (kept.size() < 3 + kLeastNumber || kept.size() > 3 + kMostNumber ||
      !std::all_of(kept.begin(), kept.begin() + 3, is_letter))
    return misfit("a number in a register begins with its country's three letters", "\"HKG 12345678\"");
  return kept.substr(0, 3) + " " + kept.substr(3);
}

Result<Enterprise> checked_enterprise(const Enterprise& enterprise) {
  Enterprise out;
  TRY_ASSIGN(out.names, checked_names(enterprise.names, {}));
  TRY_ASSIGN(out.former_names, checked_names(enterprise.former_names, out.names));
  if (out.names.empty()) return misfit("a company needs a name");
  TRY_ASSIGN(out.credit_code, checked_number(names::IdentifierKind::credit_code, enterprise.credit_code));
  TRY_ASSIGN(out.lei, checked_number(names::IdentifierKind::lei, enterprise.lei));
  if (!enterprise.registration.empty()) {
    TRY_ASSIGN(out.registration, parse_registration(enterprise.registration));
  }
  if (out.credit_code.empty() && out.lei.empty() && out.registration.empty())
    return misfit("a company needs a credit code, an LEI or its number in a register",
                  "by a name alone nobody could ever confirm who is meant");
  return out;
}

json enterprise_to_json(const Enterprise& enterprise) {
  return {{"names", enterprise.names},
          {"former_names", enterprise.former_names},
          {"credit_code", or_null(enterprise.credit_code)},
          {"lei", or_null(enterprise.lei)},
          {"registration", or_null(enterprise.registration)}};
}

Enterprise enterprise_of_record(const json& in) {
  return {in.at("names").get<std::vector<std::string>>(), list_of(in, "former_names"), or_empty(in, "credit_code"),
          or_empty(in, "lei"), or_empty(in, "registration")};
}

Result<Enterprise> parse_enterprise(const json& in) {
  if (!in.is_object()) return misfit("an enterprise is an object");
  constexpr std::string_view kMembers[] = {"names", "former_names", "credit_code", "lei", "registration"};
  for (const auto& [member, value] : in.items())
    if (std::ranges::find(kMembers, member) == std::end(kMembers))
      return misfit("an enterprise has no member of that name");
  try {
    return checked_enterprise(enterprise_of_record(in));
  } catch (const json::exception&) {
    return misfit("a member of the enterprise does not fit");
  }
}

}  // namespace probity::alliance
