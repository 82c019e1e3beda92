#include "alliance/statistics.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

namespace probity::alliance {
namespace {

using nlohmann::json;
using State = ListingState;

json told_json(std::uint64_t count) {
  const auto number = told(count);
  return number ? json(*number) : json(nullptr);
}

bool was_visible(State state) {
  return state == State::active || state == State::expired || state == State::withdrawn || state == State::overturned;
}

json counted(const char* name, const std::map<std::string_view, std::uint64_t>& counts) {
  json items = json::array();
  for (const auto& [value, count] : counts) items.push_back({{name, value}, {"count", told_json(count)}});
  return items;
}

// To the tenth of a day.
json days_at(const std::vector<TimeMs>& ascending, double share) {
  if (ascending.size() < kLeastTold) return nullptr;
  const auto last = static_cast<double>(ascending.size() - 1);
  const auto at = static_cast<std::size_t>(std::llround(share * last));
  return std::round(static_cast<double>(ascending[at]) / static_cast<double>(kDayMs) * 10) / 10;
}

json share_json(std::uint64_t part, std::uint64_t whole) {
  if (whole < kLeastTold || !told(part)) return nullptr;
  return std::round(static_cast<double>(part) / static_cast<double>(whole) * 1000) / 1000;
}

json by_member(const StatisticsInput& input) {
  std::map<Id, std::pair<std::uint64_t, std::uint64_t>> counts;
  for (const ListingCount& listing : input.listings) {
    if (listing.state == State::draft) continue;
    auto& [filed, overturned] = counts[listing.filer];
    filed += listing.count;
    if (listing.state == State::overturned) overturned += listing.count;
  }
  json items = json::array();
  for (const MemberName& member : input.members) {
    const auto [filed, overturned] = counts[member.id];
    items.push_back({{"member", member.id.text()},
                     {"name", member.name},
                     {"filed", told_json(filed)},
                     {"overturned", told_json(overturned)}});
  }
  return items;
}

}  // namespace

std::optional<AppealDecision> decision_between(const Listing& before, const Listing& after) {
  if (!after.appeal || after.appeal_is_open() || after.steps.empty()) return std::nullopt;
  const bool was_open = before.appeal && before.appeal->opened_ms == after.appeal->opened_ms && before.appeal_is_open();
  if (!was_open) return std::nullopt;
  // Who answered is the last party to have done something with it; a clock that ran out is the hub.
  const auto decided = std::find_if(after.steps.rbegin(), after.steps.rend(), [](const ListingStep& step) {
    using Kind = ListingStep::Kind;
    return step.kind == Kind::filer_answered || step.kind == Kind::ombudsman_decided || step.kind == Kind::withdrawn ||
           step.kind == Kind::overturned || step.kind == Kind::expired;
  });
  if (decided == after.steps.rend()) return std::nullopt;
  return AppealDecision{after.id,        after.filer, after.appeal->outcome, decided->by.role, after.appeal->opened_ms,
                        decided->time_ms};
}

std::optional<std::uint64_t> told(std::uint64_t count) {
  return count == 0 || count >= kLeastTold ? std::optional(count) : std::nullopt;
}

json statistics_to_json(const StatisticsInput& input) {
  std::map<std::string_view, std::uint64_t> states, conducts, outcomes;
  std::uint64_t visible = 0, overturned = 0;
  for (const ListingCount& listing : input.listings) {
    if (listing.state == State::draft) continue;
    states[state_name(listing.state)] += listing.count;
    conducts[conduct_entry(listing.conduct).name] += listing.count;
    if (was_visible(listing.state)) visible += listing.count;
    if (listing.state == State::overturned) overturned += listing.count;
  }
  std::vector<TimeMs> durations;
  for (const AppealDecision& decision : input.decisions) {
    ++outcomes[outcome_name(decision.outcome)];
    durations.push_back(decision.decided_ms - decision.opened_ms);
  }
  std::ranges::sort(durations);
  return {{"as_of", to_rfc3339(input.as_of_ms)},
          {"least_told", kLeastTold},
          {"listings", counted("state", states)},
          {"by_conduct", counted("conduct", conducts)},
          {"overturned_share", share_json(overturned, visible)},
          {"appeals", counted("outcome", outcomes)},
          {"days_to_decide", {{"median", days_at(durations, 0.5)}, {"ninth_decile", days_at(durations, 0.9)}}},
          {"by_member", by_member(input)}};
}

}  // namespace probity::alliance
