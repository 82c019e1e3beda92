#include "parties/party.h"

#include <algorithm>
#include <array>

#include "parties/text.h"

namespace probity::parties {
namespace {

constexpr std::array<std::pair<PartyKind, std::string_view>, 5> kKinds{{{PartyKind::person, "person"},
                                                                        {PartyKind::outlet, "outlet"},
                                                                        {PartyKind::employer, "employer"},
                                                                        {PartyKind::supplier, "supplier"},
                                                                        {PartyKind::other, "other"}}};

}  // namespace

std::string_view party_kind_name(PartyKind kind) {
  return std::ranges::find(kKinds, kind, [](const auto& row) { return row.first; })->second;
}

std::optional<PartyKind> parse_party_kind(std::string_view name) {
  for (const auto& [kind, text] : kKinds)
    if (text == name) return kind;
  return std::nullopt;
}

Result<PartyDetails> PartyDetails::tidied(PartyDetails details) {
  TRY_ASSIGN(details.name, tidy_line("name", details.name, kMaxNameCharacters));
  TRY_ASSIGN(details.job_title, tidy_line("job title", details.job_title, kMaxNameCharacters));
  TRY_ASSIGN(details.email, tidy_line("email address", details.email, kMaxEmailCharacters));
  TRY_ASSIGN(details.phone, tidy_line("telephone number", details.phone, kMaxPhoneCharacters));
  TRY_ASSIGN(details.notes, tidy_text("notes", details.notes, kMaxNoteCharacters));
  if (details.name.empty()) return fail(ErrorCode::invalid_argument, "the name is empty");
  if (!details.email.empty() && !looks_like_email(details.email))
    return fail(ErrorCode::invalid_argument, "the email address is not one", "write it as name@example.org");
  if (details.locale != "en" && details.locale != "zh")
    return fail(ErrorCode::invalid_argument, "the language is neither en nor zh");
  if (details.may_bind && !details.is_person())
    return fail(ErrorCode::invalid_argument, "only a person may sign for an organisation");
  return details;
}

std::string PartyDetails::lookup_key() const {
  // A line feed cannot stand in a tidy name, so no two parties share a key by accident.
  if (is_person()) return "person\n" + fold_for_lookup(name) + '\n' + (parent ? parent->text() : "");
  return "organisation\n" + fold_for_lookup(name);
}

Result<int> tier_under(const PartyDetails& details, const std::optional<Party>& parent) {
  if (!parent) return 0;
  if (parent->details.is_person())
    return fail(ErrorCode::invalid_argument, "a person cannot stand above another party", "choose an organisation");
  const int tier = details.is_person() ? parent->tier : parent->tier + 1;
  if (tier > kMaxTier)
    return fail(ErrorCode::invalid_argument, "the chain of organisations is longer than 20", "attach it further up");
  return tier;
}

Result<RecipientDetails> recipient_of(const Party& party, const std::optional<std::string>& organisation) {
  const std::string outlet = organisation                ? *organisation
                             : party.details.is_person() ? std::string("independent")
                                                         : party.details.name;
  return RecipientDetails::create(party.details.name, outlet, party.details.email);
}

}  // namespace probity::parties
