// A listing as the hub knows it: who filed what kind of conduct, how far it has come, and a sealed label; of a person
// never whom, of a company its names and numbers.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "alliance/catalogue.h"
#include "alliance/enterprise.h"
#include "base/hash.h"
#include "base/id.h"
#include "oprf/label.h"

namespace probity::alliance {

enum class ListingState {
  draft,              // the filer writes it; nothing has left their node but this
  awaiting_approval,  // by a second person of the filer
  awaiting_notice,    // approved; the hub has to reach the person
  notified,           // reached; they have 15 days
  active,             // found by those who screen
  expired,            // its time is over, or nobody attested it
  withdrawn,          // by the filer
  overturned,         // by the ombudsman, or after an acquittal
  refused,            // by the second approver, or an objection was right
};
std::string_view state_name(ListingState state);
std::optional<ListingState> parse_state(std::string_view name);
// Whether nothing can follow.
bool is_final(ListingState state);

// A person of a member, of the ombudsman, the listed person, or the hub itself.
struct Party {
  enum class Role { filer, ombudsman, subject, hub };
  Role role = Role::hub;
  Id member;   // of a filer
  Id account;  // who exactly; zeros for the hub and the subject
  bool operator==(const Party&) const = default;
};
std::string_view role_name(Party::Role role);
std::optional<Party::Role> parse_role(std::string_view name);

// The four tests. Each needs evidence: hashes of documents that stay with the filer and the ombudsman.
struct FilingTests {
  std::vector<Hash> reasonable_grounds;
  std::vector<Hash> clear_evidence;
  std::vector<Hash> ended_because_of_it;  // employment or contract ended or refused
  // The fourth, that the conduct is in the catalogue, is Listing::conduct.
  bool operator==(const FilingTests&) const = default;
};

// What stands behind the clear evidence.
enum class StandardOfProof { none, police_report, judgment, arbitration, signed_statement };
std::string_view standard_name(StandardOfProof standard);
std::optional<StandardOfProof> parse_standard(std::string_view name);

// How the notice reached them: by the hub's own link and code, or by post, which the ombudsman attests. Never the
// filer.
struct NoticeProof {
  enum class Way { link_opened, post };
  Way way = Way::link_opened;
  Hash proof{};            // of the link's token and code, or of the postal reference
  TimeMs recorded_ms = 0;  // by the hub's clock; the 15 days begin here, whatever date is on the paper
  bool operator==(const NoticeProof&) const = default;
};

// The way up: the filer answers within ten working days, then the ombudsman within twenty days.
struct Appeal {
  enum class Stage { at_filer, at_ombudsman, decided };
  enum class Outcome { none, upheld, corrected, taken_back };  // of the listing
  Stage stage = Stage::at_filer;
  Outcome outcome = Outcome::none;
  TimeMs opened_ms = 0;
  TimeMs due_ms = 0;
  bool operator==(const Appeal&) const = default;
};
std::string_view stage_name(Appeal::Stage stage);
std::string_view outcome_name(Appeal::Outcome outcome);
std::optional<Appeal::Outcome> parse_outcome(std::string_view name);

// What was done, in order; each goes into the transparency log as a salted commitment.
struct ListingStep {
  enum class Kind {
    drafted,
    submitted,
    approved,
    refused,
    notice_sent,
    notice_delivered,
    activated,
    appealed,
    filer_answered,
    escalated,
    ombudsman_decided,
    suspended,
    resumed,
    corrected,
    attested,
    acquittal_recorded,
    withdrawn,
    overturned,
    expired,
    consented,  // the ombudsman, to listing a party again whose listing was overturned
  };
  Kind kind = Kind::drafted;
  Party by;
  TimeMs time_ms = 0;
  bool operator==(const ListingStep&) const = default;
};
std::string_view step_name(ListingStep::Kind kind);
std::optional<ListingStep::Kind> parse_step(std::string_view name);

struct Listing {
  Id id;
  Id filer;  // the member
  Id author;
  std::optional<Id> approver;
  Conduct conduct = Conduct::bribery;
  FilingTests tests;
  StandardOfProof standard = StandardOfProof::none;
  bool intentional_for_gain = false;  // of leaked secrets
  bool subject_is_adult = false;      // as the filer's node read it off the identifier
  std::optional<Id> follows;          // an earlier listing of the same tag that has ended

  // Of a company's listing; its names and numbers are erased with its end.
  std::optional<Enterprise> enterprise;

  // Where it stands in the list of this epoch, and what it says there. A company's has no epoch and no label.
  oprf::Epoch epoch = 0;
  oprf::Tag tag{};
  oprf::SealedLabel label{};

  ListingState state = ListingState::draft;
  bool suspended = false;
  std::optional<NoticeProof> notice;
  std::optional<TimeMs> notice_sent_ms;
  std::optional<TimeMs> activated_ms;
  TimeMs expires_ms = 0;            // once active
  TimeMs attest_due_ms = 0;         // once active
  std::optional<Appeal> appeal;     // the latest
  std::optional<TimeMs> act_by_ms;  // after an acquittal: the filer has five days
  std::vector<ListingStep> steps;

  bool operator==(const Listing&) const = default;
  bool appeal_is_open() const { return appeal && appeal->stage != Appeal::Stage::decided; }
};

// What members may be told: "active", "disputed" while an appeal is open, "suspended", or the state's name.
std::string_view shown_status(const Listing& listing);

}  // namespace probity::alliance
