// The record of a party: a person, or an organisation in a chain of contracts; and the rules of both.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/list_query.h"
#include "parties/recipient.h"

namespace probity::parties {

enum class PartyKind { person, outlet, employer, supplier, other };
std::string_view party_kind_name(PartyKind kind);
std::optional<PartyKind> parse_party_kind(std::string_view name);

constexpr std::size_t kMaxPhoneCharacters = 40;
constexpr std::size_t kMaxNoteCharacters = 4000;
// Longest chain of organisations above a party.
constexpr int kMaxTier = 20;

// What is told of a party. `create` makes every field tidy.
struct PartyDetails {
  PartyKind kind = PartyKind::person;
  std::string name;
  std::optional<Id> parent{};  // a person's organisation; an organisation's contract parent
  std::string job_title;
  std::string email;
  std::string phone;
  std::string locale = "en";  // "en" or "zh": the language we write in
  bool may_bind = false;      // a person who may sign for the organisation
  std::string notes;
  bool operator==(const PartyDetails&) const = default;

  bool is_person() const { return kind == PartyKind::person; }
  // The same in one normal form. Errors: invalid_argument, naming the field.
  static Result<PartyDetails> tidied(PartyDetails details);
  // Two people of one name in one organisation are one party, and so are two organisations of one name: what they
  // share. Unique in the store.
  std::string lookup_key() const;
};

struct Party {
  Id id;
  PartyDetails details;
  int tier = 0;  // organisations between it and us; a person's is that of their organisation
  TimeMs created_ms = 0;
  bool operator==(const Party&) const = default;
};

// The tier under this parent; 0 without one. Errors: invalid_argument when a person would be the parent, or the chain
// would be longer than kMaxTier.
Result<int> tier_under(const PartyDetails& details, const std::optional<Party>& parent);

// A party as lists show it.
struct PartyRow {
  Party party;
  std::optional<std::string> parent_name{};
  std::optional<TimeMs> trained_ms{};  // last
  std::uint64_t commitments_in_force = 0;
};

// A person's name and organisation as they stand on copies; "independent" for who has none. An organisation stands for
// itself.
Result<RecipientDetails> recipient_of(const Party& party, const std::optional<std::string>& organisation);

struct Training {
  Id id;
  Id party;
  std::string title;
  TimeMs given_ms = 0;
  std::string note;
  std::string recorded_by;  // name, as known then
  TimeMs recorded_ms = 0;
  bool operator==(const Training&) const = default;
};

struct PartyFilter {
  ListQuery page;  // sort: name, kind, tier, created_at, parent_name, email, trained_at
  std::optional<PartyKind> kind{};
  bool organisations_only = false;
  std::optional<Id> parent{};
};

}  // namespace probity::parties
