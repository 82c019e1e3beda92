// A question about one person, as it is kept: why, for which vacancy, with whose consent; never about whom.
//
// What is not here: the identifier, and any hash of it. A hash, keyed or slow, is searched through by whoever takes the
// database and the node's key together; there are only 2^37 resident IDs. What is kept instead is `same_person`: a
// keyed hash of what t key-holders answered. It recognises a repeated question and finds the hit of a person again, and
// whoever steals all of the node still needs the key-holders, with their quotas, for every guess. It ends with the
// epoch: after a year's change of key an earlier hit is found by its number only.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/hash.h"
#include "base/id.h"
#include "events/event.h"
#include "names/identifier.h"

namespace probity::screening {

enum class Purpose { employment, contract, supplier_onboarding, periodic_review };
std::string_view purpose_name(Purpose purpose);
std::optional<Purpose> parse_purpose(std::string_view name);

// What the person knows of it: they agreed, or were told beforehand (where the law lets notice suffice).
struct Consent {
  enum class Basis { given, notice_given };
  Basis basis = Basis::given;
  std::string date;              // "2027-01-15", not in the future
  std::optional<Hash> document;  // of the paper or file that shows it
  bool operator==(const Consent&) const = default;
};
std::string_view basis_name(Consent::Basis basis);
std::optional<Consent::Basis> parse_basis(std::string_view name);
// A date that there is, and not after the day of `now_ms` anywhere on earth. Errors: invalid_argument.
Result<void> check_consent(const Consent& consent, TimeMs now_ms);

enum class Outcome { unanswered, not_listed, hit };
std::string_view outcome_name(Outcome outcome);
std::optional<Outcome> parse_outcome(std::string_view name);

struct PersonQuery {
  Id id;
  std::string number;  // "Q-2027-000001"
  names::IdentifierKind kind = names::IdentifierKind::resident_id;
  Purpose purpose = Purpose::employment;
  std::string requisition;
  Consent consent;
  std::string consent_text;   // shown to the auditor who drew it
  Hash consent_commitment{};  // its SHA-256; in the log before anybody is asked
  events::Actor asked_by;
  TimeMs asked_ms = 0;
  std::optional<TimeMs> answered_ms;
  Outcome outcome = Outcome::unanswered;
  std::optional<Id> hit;
  std::string same_person;    // hex; empty until answered
  std::uint32_t repeats = 0;  // earlier questions about the same person
  std::string receipt;        // the file, as it is downloaded; empty until answered
  std::string receipt_sha256;
  bool operator==(const PersonQuery&) const = default;
};

// What is committed to: canonical JSON of consent, purpose, requisition, member, the question's number and a nonce;
// nothing that tells the person.
std::string consent_text(const PersonQuery& query, const Id& member, const Hash& nonce);

// Free text of the staff: tidy, of at most so many characters, and without an identifier in it. Errors:
// invalid_argument.
Result<std::string> tidy_line_without_identifier(std::string_view what, std::string_view text, std::size_t most);
Result<std::string> tidy_text_without_identifier(std::string_view what, std::string_view text, std::size_t most);

}  // namespace probity::screening
