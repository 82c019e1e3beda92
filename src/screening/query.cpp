#include "screening/query.h"

#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "parties/text.h"

namespace probity::screening {
namespace {

constexpr std::string_view kPurposes[] = {"employment", "contract", "supplier_onboarding", "periodic_review"};
constexpr std::string_view kBases[] = {"given", "notice_given"};
constexpr std::string_view kOutcomes[] = {"unanswered", "not_listed", "hit"};
constexpr TimeMs kDayMs = 86'400'000;

template <class Enum, std::size_t count>
std::optional<Enum> find_name(const std::string_view (&names)[count], std::string_view name) {
  for (std::size_t i = 0; i < count; ++i)
    if (names[i] == name) return static_cast<Enum>(i);
  return std::nullopt;
}

bool is_calendar_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  int year = 0, month = 0, day = 0;
  const auto read = [&](std::size_t at, std::size_t size, int& number) {
    const auto part = std::from_chars(text.data() + at, text.data() + at + size, number);
    return part.ec == std::errc() && part.ptr == text.data() + at + size && number > 0;
  };
  if (!read(0, 4, year) || !read(5, 2, month) || !read(8, 2, day) || month > 12) return false;
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return day <= kDays[month - 1] + (month == 2 && leap ? 1 : 0);
}

Result<std::string> without_identifier(std::string_view what, Result<std::string> text) {
  TRY(text);
  if (names::holds_resident_id(*text))
    return fail(ErrorCode::invalid_argument, fmt::format("the {} holds an ID number", what),
                "leave it out: your own reference is enough, and nothing here keeps identifiers");
  return text;
}

}  // namespace

std::string_view purpose_name(Purpose purpose) { return kPurposes[static_cast<std::size_t>(purpose)]; }
std::optional<Purpose> parse_purpose(std::string_view name) { return find_name<Purpose>(kPurposes, name); }
std::string_view basis_name(Consent::Basis basis) { return kBases[static_cast<std::size_t>(basis)]; }
std::optional<Consent::Basis> parse_basis(std::string_view name) { return find_name<Consent::Basis>(kBases, name); }
std::string_view outcome_name(Outcome outcome) { return kOutcomes[static_cast<std::size_t>(outcome)]; }
std::optional<Outcome> parse_outcome(std::string_view name) { return find_name<Outcome>(kOutcomes, name); }

Result<void> check_consent(const Consent& consent, TimeMs now_ms) {
  if (!is_calendar_date(consent.date))
    return fail(ErrorCode::invalid_argument, "the date of the consent is not one", "write it as 2027-01-15");
  if (consent.date > to_rfc3339(now_ms + kDayMs).substr(0, 10))
    return fail(ErrorCode::invalid_argument, "the consent is dated in the future",
                "ask after the person has agreed or was told");
  return {};
}

std::string consent_text(const PersonQuery& query, const Id& member, const Hash& nonce) {
  nlohmann::json text{{"basis", basis_name(query.consent.basis)},
                      {"date", query.consent.date},
                      {"member", member.text()},
                      {"nonce", to_hex(nonce)},
                      {"purpose", purpose_name(query.purpose)},
                      {"query", query.number},
                      {"requisition", query.requisition}};
  if (query.consent.document) text["document_sha256"] = to_hex(*query.consent.document);
  return text.dump();
}

Result<std::string> tidy_line_without_identifier(std::string_view what, std::string_view text, std::size_t most) {
  TRY_ASSIGN(std::string tidy, without_identifier(what, parties::tidy_line(what, text, most)));
  if (tidy.empty()) return fail(ErrorCode::invalid_argument, fmt::format("the {} is empty", what));
  return tidy;
}

Result<std::string> tidy_text_without_identifier(std::string_view what, std::string_view text, std::size_t most) {
  TRY_ASSIGN(std::string tidy, without_identifier(what, parties::tidy_text(what, text, most)));
  if (tidy.empty()) return fail(ErrorCode::invalid_argument, fmt::format("the {} is empty", what));
  return tidy;
}

}  // namespace probity::screening
