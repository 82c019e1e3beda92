// A hit: the person who was asked about is on the list. It is no verdict; it is the beginning of a duty.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "alliance/label_content.h"
#include "alliance/listing.h"
#include "events/event.h"
#include "oprf/tag_set.h"
#include "screening/query.h"

namespace probity::screening {

enum class HitState {
  found,               // nobody knows yet whether it is this person
  identity_confirmed,  // a second attribute fits
  filer_contacted,     // the filer has said what lies behind it, or did not answer
  waiting,             // the person was told, and has five working days
  decided,
  reconsider,  // decided, and then the listing was corrected or ended
  mistaken,    // it is not this person
  withdrawn,   // the candidate has withdrawn
  cleared,     // the listing ended before anything was decided
};
std::string_view state_name(HitState state);
std::optional<HitState> parse_hit_state(std::string_view name);

struct HitStep {
  enum class Kind {
    found,
    identity_confirmed,
    mistaken,
    filer_contacted,
    person_notified,
    person_answered,
    listing_changed,  // the hub says that something in the bucket did
    looked_again,
    decided,
    reconsidered,
    withdrawn,
    cleared,
  };
  Kind kind = Kind::found;
  events::Actor by;
  TimeMs time_ms = 0;
  std::map<std::string, std::string> detail;  // "way", "note", "answer" …
  bool operator==(const HitStep&) const = default;
};
std::string_view step_name(HitStep::Kind kind);
std::optional<HitStep::Kind> parse_hit_step(std::string_view name);

// Where the label was found. Whoever fetched that bucket hears of changes in it.
struct HitPlace {
  oprf::Epoch epoch = 0;
  int bits = 0;
  oprf::Prefix prefix = 0;
  bool operator==(const HitPlace&) const = default;
};

// The hub's word that something changed there; until somebody has looked, nobody knows whether it was this listing.
struct ListingChange {
  alliance::ListingStep::Kind what = alliance::ListingStep::Kind::corrected;
  TimeMs time_ms = 0;  // the hub's
  bool operator==(const ListingChange&) const = default;
};

// What the filer says when asked what lies behind its listing.
enum class FilerAnswer { confirmed, not_confirmed, no_answer };
std::string_view answer_name(FilerAnswer answer);
std::optional<FilerAnswer> parse_answer(std::string_view name);

// One listing of the person, by one filer. Several members may list the same person: each of them is asked.
struct HitLabel {
  alliance::LabelContent content;  // as last seen
  bool stands = true;              // as last seen; one that ended stays in the record, so that it can be said
  std::optional<FilerAnswer> answer = std::nullopt;
  bool operator==(const HitLabel&) const = default;

  bool is_to_be_asked() const { return stands && !answer; }
};

enum class HitOutcome { engaged, declined_confirmed_facts, declined_other_reasons, position_closed };
std::string_view hit_outcome_name(HitOutcome outcome);
std::optional<HitOutcome> parse_hit_outcome(std::string_view name);

struct HitDecision {
  HitOutcome outcome = HitOutcome::engaged;
  std::string reasons;
  TimeMs time_ms = 0;
  bool operator==(const HitDecision&) const = default;
};

struct Hit {
  Id id;
  std::string number;  // "H-2027-0001"
  Id query;            // the first question that found it
  std::string query_number;
  Purpose purpose = Purpose::employment;
  std::string requisition;
  std::string same_person;
  oprf::Epoch person_epoch = 0;  // in which `same_person` was made; 0 for a company
  std::vector<HitPlace> places;
  std::vector<HitLabel> labels;  // in the order in which they were seen; a label keeps its place

  HitState state = HitState::found;
  std::optional<TimeMs> wait_until_ms;
  std::optional<ListingChange> change;  // not looked at yet
  std::optional<HitDecision> decision;
  std::vector<HitStep> steps;
  bool operator==(const Hit&) const = default;

  // Of a company, found in the open list: its question is a company's, "C-2027-000001".
  bool is_company() const { return query_number.starts_with("C-"); }
  TimeMs found_ms() const { return steps.empty() ? 0 : steps.front().time_ms; }
  bool listed() const;           // at least one listing stands
  bool filer_confirmed() const;  // of at least one that stands
};

// Whether somebody still has to do something.
bool is_pending(const Hit& hit);

}  // namespace probity::screening
