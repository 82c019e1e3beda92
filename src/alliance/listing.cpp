#include "alliance/listing.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace probity::alliance {
namespace {

template <class Value, std::size_t size>
using Names = std::array<std::pair<Value, std::string_view>, size>;

using State = ListingState;
constexpr Names<State, 9> kStates{{{State::draft, "draft"},
                                   {State::awaiting_approval, "awaiting_approval"},
                                   {State::awaiting_notice, "awaiting_notice"},
                                   {State::notified, "notified"},
                                   {State::active, "active"},
                                   {State::expired, "expired"},
                                   {State::withdrawn, "withdrawn"},
                                   {State::overturned, "overturned"},
                                   {State::refused, "refused"}}};

constexpr Names<Party::Role, 4> kRoles{{{Party::Role::filer, "filer"},
                                        {Party::Role::ombudsman, "ombudsman"},
                                        {Party::Role::subject, "subject"},
                                        {Party::Role::hub, "hub"}}};

constexpr Names<StandardOfProof, 5> kStandards{{{StandardOfProof::none, "none"},
                                                {StandardOfProof::police_report, "police_report"},
                                                {StandardOfProof::judgment, "judgment"},
                                                {StandardOfProof::arbitration, "arbitration"},
                                                {StandardOfProof::signed_statement, "signed_statement"}}};

constexpr Names<Appeal::Stage, 3> kStages{{{Appeal::Stage::at_filer, "at_filer"},
                                           {Appeal::Stage::at_ombudsman, "at_ombudsman"},
                                           {Appeal::Stage::decided, "decided"}}};

constexpr Names<Appeal::Outcome, 4> kOutcomes{{{Appeal::Outcome::none, "none"},
                                               {Appeal::Outcome::upheld, "upheld"},
                                               {Appeal::Outcome::corrected, "corrected"},
                                               {Appeal::Outcome::taken_back, "taken_back"}}};

using Kind = ListingStep::Kind;
constexpr Names<Kind, 20> kSteps{{{Kind::drafted, "drafted"},
                                  {Kind::submitted, "submitted"},
                                  {Kind::approved, "approved"},
                                  {Kind::refused, "refused"},
                                  {Kind::notice_sent, "notice_sent"},
                                  {Kind::notice_delivered, "notice_delivered"},
                                  {Kind::activated, "activated"},
                                  {Kind::appealed, "appealed"},
                                  {Kind::filer_answered, "filer_answered"},
                                  {Kind::escalated, "escalated"},
                                  {Kind::ombudsman_decided, "ombudsman_decided"},
                                  {Kind::suspended, "suspended"},
                                  {Kind::resumed, "resumed"},
                                  {Kind::corrected, "corrected"},
                                  {Kind::attested, "attested"},
                                  {Kind::acquittal_recorded, "acquittal_recorded"},
                                  {Kind::withdrawn, "withdrawn"},
                                  {Kind::overturned, "overturned"},
                                  {Kind::expired, "expired"},
                                  {Kind::consented, "consented"}}};

template <class Value, std::size_t size>
std::string_view name_in(const Names<Value, size>& names, Value value) {
  const auto found = std::ranges::find(names, value, &std::pair<Value, std::string_view>::first);
  PROBITY_CHECK(found != names.end());
  return found->second;
}

template <class Value, std::size_t size>
std::optional<Value> value_in(const Names<Value, size>& names, std::string_view name) {
  const auto found = std::ranges::find(names, name, &std::pair<Value, std::string_view>::second);
  return found == names.end() ? std::nullopt : std::optional(found->first);
}

}  // namespace

std::string_view state_name(ListingState state) { return name_in(kStates, state); }
std::optional<ListingState> parse_state(std::string_view name) { return value_in(kStates, name); }
std::string_view role_name(Party::Role role) { return name_in(kRoles, role); }
std::optional<Party::Role> parse_role(std::string_view name) { return value_in(kRoles, name); }
std::string_view standard_name(StandardOfProof standard) { return name_in(kStandards, standard); }
std::optional<StandardOfProof> parse_standard(std::string_view name) { return value_in(kStandards, name); }
std::string_view stage_name(Appeal::Stage stage) { return name_in(kStages, stage); }
std::string_view outcome_name(Appeal::Outcome outcome) { return name_in(kOutcomes, outcome); }
std::optional<Appeal::Outcome> parse_outcome(std::string_view name) { return value_in(kOutcomes, name); }
std::string_view step_name(ListingStep::Kind kind) { return name_in(kSteps, kind); }
std::optional<ListingStep::Kind> parse_step(std::string_view name) { return value_in(kSteps, name); }

bool is_final(ListingState state) {
  return state == State::expired || state == State::withdrawn || state == State::overturned || state == State::refused;
}

std::string_view shown_status(const Listing& listing) {
  if (listing.state != State::active) return state_name(listing.state);
  if (listing.suspended) return "suspended";
  return listing.appeal_is_open() ? "disputed" : "active";
}

}  // namespace probity::alliance
