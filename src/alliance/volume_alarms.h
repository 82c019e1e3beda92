// Rules that tell an operator when a member's fetches do not look like screening: pure, over what the hub has anyway.
//
//   volume       today more than five times the member's median day (of the 30 before), and not few
//   night        a burst between 22:00 and 06:00 at UTC+8, unlike that member's nights before
//   match_share  more buckets than questions explain: of q unlisted people a share s of the list matches, so about q·s
//                are fetched; q is what the member itself reports in consent commitments
//   sweep        prefixes one after the other in order: identifiers are spread at random, so real questions are not
//   coverage     a tenth of a long list's prefixes seen by one member in 30 days
//   canary       more canary-only buckets than the member's fetches explain, or several soon after they were planted
//
// Each says what was observed and what would have been no alarm. What they cannot see is in docs/limits.md.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "alliance/ports.h"

namespace probity::alliance {

enum class AlarmRule { volume, night, match_share, sweep, coverage, canary };
std::string_view alarm_rule_name(AlarmRule rule);
std::optional<AlarmRule> parse_alarm_rule(std::string_view name);

struct AlarmFinding {
  AlarmRule rule = AlarmRule::volume;
  double observed = 0, expected = 0;
  bool operator==(const AlarmFinding&) const = default;
};

// One member's last 31 days, oldest first.
struct MemberActivity {
  TimeMs now_ms = 0;
  std::vector<BucketFetch> fetches;
  std::optional<std::uint64_t> questions_30_days;  // as reported; nothing when it reports none
  double match_share = 0;                          // of the list now
  std::uint64_t prefixes = 0;                      // taken ones of the list now
};

// Canaries among them: prefixes of 28 bits that nothing else stands behind.
struct CanaryActivity {
  std::uint64_t canary_prefixes = 0;  // of the list now, in its bits
  std::uint64_t fetched = 0;          // canary-only buckets fetched by the member in 30 days
  std::uint64_t fetched_fresh = 0;    // within two days of becoming findable
  std::uint64_t fetches = 0;          // of all buckets in 30 days
  std::uint64_t prefixes = 0;
};

// At most one finding a rule, of the day of `now_ms`.
std::vector<AlarmFinding> find_alarms(const MemberActivity& activity);
std::optional<AlarmFinding> find_canary_alarm(const CanaryActivity& activity);

// The least k for which a Poisson variable of that mean reaches k with a chance below `chance`.
std::uint64_t poisson_limit(double mean, double chance);
// The longest run of prefixes that only rise or only fall.
std::size_t longest_run(std::span<const oprf::Prefix> prefixes);

}  // namespace probity::alliance
