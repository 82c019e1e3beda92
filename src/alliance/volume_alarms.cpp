#include "alliance/volume_alarms.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

namespace probity::alliance {
namespace {

constexpr TimeMs kMonthMs = 30 * kDayMs;
constexpr TimeMs kHourMs = 3'600'000;
constexpr TimeMs kCalendarOffsetMs = 8 * kHourMs;  // China Standard Time, all year
constexpr double kTimesMedian = 5;
constexpr std::uint64_t kFew = 20;        // fetches a day that alarm nobody
constexpr std::uint64_t kFewNights = 10;  // fetches of a night that alarm nobody
constexpr double kRare = 1e-4;            // a chance that a member may be taken for another once in thirty years
constexpr std::size_t kRun = 12;          // 2 / 12! of honest runs of that length are in order
constexpr std::size_t kRecent = 200;
constexpr std::uint64_t kLongList = 1'000;
constexpr double kCoverage = 0.1;

constexpr std::array<std::string_view, 6> kRules{"volume", "night", "match_share", "sweep", "coverage", "canary"};

double median(std::vector<std::uint64_t> values) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  const std::size_t half = values.size() / 2;
  if (values.size() % 2 == 1) return static_cast<double>(values[half]);
  return static_cast<double>(values[half - 1] + values[half]) / 2;
}

std::optional<AlarmFinding> above(AlarmRule rule, std::uint64_t observed, double expected) {
  const auto seen = static_cast<double>(observed);
  return seen > expected ? std::optional(AlarmFinding{rule, seen, expected}) : std::nullopt;
}

// Days without a fetch count as none: a member that hardly asks has a median of zero, and `kFew` is its limit.
std::optional<AlarmFinding> volume(const MemberActivity& of) {
  const std::int64_t today = of.now_ms / kDayMs;
  std::map<std::int64_t, std::uint64_t> days;
  for (const BucketFetch& fetch : of.fetches) ++days[fetch.time_ms / kDayMs];
  std::vector<std::uint64_t> before;
  for (std::int64_t day = today - 30; day < today; ++day) before.push_back(days.contains(day) ? days[day] : 0);
  return above(AlarmRule::volume, days.contains(today) ? days[today] : 0,
               std::max(kTimesMedian * median(std::move(before)), static_cast<double>(kFew)));
}

// The night that a time belongs to, by the day on which it began; nothing by day.
std::optional<std::int64_t> night_of(TimeMs time_ms) {
  const TimeMs local = time_ms + kCalendarOffsetMs;
  const TimeMs hour = local % kDayMs / kHourMs;
  if (hour >= 22) return local / kDayMs;
  if (hour < 6) return local / kDayMs - 1;
  return std::nullopt;
}

std::optional<AlarmFinding> night(const MemberActivity& of) {
  const auto now = night_of(of.now_ms);
  if (!now) return std::nullopt;
  std::map<std::int64_t, std::uint64_t> nights;
  for (const BucketFetch& fetch : of.fetches)
    if (const auto which = night_of(fetch.time_ms)) ++nights[*which];
  std::vector<std::uint64_t> before;
  for (std::int64_t day = *now - 30; day < *now; ++day) before.push_back(nights.contains(day) ? nights[day] : 0);
  return above(AlarmRule::night, nights.contains(*now) ? nights[*now] : 0,
               std::max(kTimesMedian * median(std::move(before)), static_cast<double>(kFewNights)));
}

// Real hits come on top of what the share explains; one in a hundred questions is far more than any list had.
std::optional<AlarmFinding> match_share(const MemberActivity& of) {
  if (!of.questions_30_days) return std::nullopt;
  std::uint64_t fetched = 0;
  for (const BucketFetch& fetch : of.fetches) fetched += fetch.time_ms > of.now_ms - kMonthMs;
  const double explained = static_cast<double>(*of.questions_30_days) * (of.match_share + 0.01);
  return above(AlarmRule::match_share, fetched,
               static_cast<double>(std::max(poisson_limit(explained, kRare), std::uint64_t{5})));
}

std::optional<AlarmFinding> sweep(const MemberActivity& of) {
  std::vector<oprf::Prefix> prefixes;
  const std::size_t first = of.fetches.size() > kRecent ? of.fetches.size() - kRecent : 0;
  for (std::size_t i = first; i < of.fetches.size(); ++i) {
    const BucketFetch& fetch = of.fetches[i];
    if (i > first && fetch.bits != of.fetches[i - 1].bits) prefixes.clear();
    prefixes.push_back(fetch.prefix);
  }
  const std::size_t run = longest_run(prefixes);
  return above(AlarmRule::sweep, run, static_cast<double>(kRun - 1));
}

std::optional<AlarmFinding> coverage(const MemberActivity& of) {
  if (of.prefixes < kLongList) return std::nullopt;
  std::set<std::pair<int, oprf::Prefix>> seen;
  for (const BucketFetch& fetch : of.fetches)
    if (fetch.time_ms > of.now_ms - kMonthMs) seen.emplace(fetch.bits, fetch.prefix);
  return above(AlarmRule::coverage, seen.size(), kCoverage * static_cast<double>(of.prefixes));
}

}  // namespace

std::string_view alarm_rule_name(AlarmRule rule) { return kRules.at(static_cast<std::size_t>(rule)); }
std::optional<AlarmRule> parse_alarm_rule(std::string_view name) {
  for (std::size_t i = 0; i < kRules.size(); ++i)
    if (kRules[i] == name) return static_cast<AlarmRule>(i);
  return std::nullopt;
}

std::vector<AlarmFinding> find_alarms(const MemberActivity& activity) {
  std::vector<AlarmFinding> found;
  for (const auto rule : {volume, night, match_share, sweep, coverage})
    if (const auto finding = rule(activity)) found.push_back(*finding);
  return found;
}

// An honest member fetches a canary-only bucket as often as any other that an unlisted person happens to match: in the
// long run at the canaries' share of the prefixes. Soon after planting that is next to never, but certain for whoever
// fetches what is new in the list.
std::optional<AlarmFinding> find_canary_alarm(const CanaryActivity& of) {
  if (of.canary_prefixes == 0 || of.prefixes == 0) return std::nullopt;
  const double share = static_cast<double>(of.canary_prefixes) / static_cast<double>(of.prefixes);
  const auto limit = std::max(poisson_limit(static_cast<double>(of.fetches) * share, kRare), std::uint64_t{3});
  if (const auto often = above(AlarmRule::canary, of.fetched, static_cast<double>(limit - 1))) return often;
  // Two days of thirty: a fifteenth of the share.
  const auto fresh = std::max(poisson_limit(static_cast<double>(of.fetches) * share / 15, kRare), std::uint64_t{3});
  return above(AlarmRule::canary, of.fetched_fresh, static_cast<double>(fresh - 1));
}

std::uint64_t poisson_limit(double mean, double chance) {
  double term = std::exp(-mean), below = 0;
  std::uint64_t k = 0;
  if (term == 0)
    return static_cast<std::uint64_t>(std::ceil(mean + 4 * std::sqrt(mean)));  // so large that it is normal
  while (1 - below >= chance && k < 1'000'000) {
    below += term;
    ++k;
    term *= mean / static_cast<double>(k);
  }
  return k;
}

std::size_t longest_run(std::span<const oprf::Prefix> prefixes) {
  std::size_t longest = prefixes.empty() ? 0 : 1, rising = 1, falling = 1;
  for (std::size_t i = 1; i < prefixes.size(); ++i) {
    rising = prefixes[i] > prefixes[i - 1] ? rising + 1 : 1;
    falling = prefixes[i] < prefixes[i - 1] ? falling + 1 : 1;
    longest = std::max({longest, rising, falling});
  }
  return longest;
}

}  // namespace probity::alliance
