// What the public is told of the list in numbers: how much, for what, how it ended. Small numbers would point at
// people, so they are not told.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "alliance/listing.h"

namespace probity::alliance {

inline constexpr std::uint64_t kLeastTold = 5;

// An appeal that has come to its end.
struct AppealDecision {
  Id listing;
  Id filer;
  Appeal::Outcome outcome = Appeal::Outcome::none;  // none: the listing ended before it
  Party::Role by = Party::Role::hub;
  TimeMs opened_ms = 0, decided_ms = 0;
  bool operator==(const AppealDecision&) const = default;
};
// The appeal that a step has closed, if it did.
std::optional<AppealDecision> decision_between(const Listing& before, const Listing& after);

struct ListingCount {
  Id filer;
  ListingState state = ListingState::draft;
  Conduct conduct = Conduct::bribery;
  std::uint64_t count = 0;
};

struct MemberName {
  Id id;
  std::string name;
};

struct StatisticsInput {
  TimeMs as_of_ms = 0;
  std::vector<ListingCount> listings;
  std::vector<AppealDecision> decisions;
  std::vector<MemberName> members;
};

// Nothing for 1 to 4.
std::optional<std::uint64_t> told(std::uint64_t count);
// As docs/api/openapi.yaml, AllianceStatistics. Drafts do not count: nobody but their filer has acted on them.
nlohmann::json statistics_to_json(const StatisticsInput& input);

}  // namespace probity::alliance
