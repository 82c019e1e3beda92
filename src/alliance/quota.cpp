#include "alliance/quota.h"

namespace probity::alliance {
namespace {

constexpr TimeMs kMinuteMs = 60'000;
constexpr TimeMs kDayMs = 24 * 60 * kMinuteMs;

tl::unexpected<Error> over(const char* what, TimeMs again_ms) {
  return fail(ErrorCode::too_many_requests, std::string("the quota is used up: ") + what,
              "ask again at " + to_rfc3339(again_ms));
}

}  // namespace

Result<void> QuotaBook::take(const Id& member, const oprf::UserPseudonym& user, std::uint32_t count,
                             const QuotaLimits& limits, TimeMs now_ms) {
  const std::lock_guard lock(mutex_);
  turn_day(now_ms);
  Member& of_member = members_[member];
  const auto found = of_member.users.find(user);
  const std::uint32_t user_today = found == of_member.users.end() ? 0 : found->second.today;
  const TimeMs tomorrow_ms = (day_ + 1) * kDayMs;
  if (of_member.today + count > limits.member_per_day) return over("this member's questions for today", tomorrow_ms);
  if (user_today + count > limits.user_per_day) return over("this person's questions for today", tomorrow_ms);
  if (count > limits.user_per_minute)
    return fail(ErrorCode::too_many_requests, "the quota is used up: so many questions in a minute",
                "ask fewer at once");
  User& of_user = of_member.users[user];
  auto& minute = of_user.minute;
  while (!minute.empty() && minute.front().first <= now_ms - kMinuteMs) minute.pop_front();
  std::uint32_t in_minute = 0;
  for (const auto& [time_ms, asked] : minute) in_minute += asked;
  if (in_minute + count > limits.user_per_minute)
    return over("this person's questions in a minute", minute.front().first + kMinuteMs);
  minute.emplace_back(now_ms, count);
  of_user.today += count;
  of_member.today += count;
  return {};
}

std::uint32_t QuotaBook::asked_today(const Id& member, TimeMs now_ms) {
  const std::lock_guard lock(mutex_);
  turn_day(now_ms);
  const auto found = members_.find(member);
  return found == members_.end() ? 0 : found->second.today;
}

QuotaDay QuotaBook::day() const {
  const std::lock_guard lock(mutex_);
  QuotaDay day{day_, {}};
  for (const auto& [id, member] : members_)
    for (const auto& [pseudonym, user] : member.users) day.counts.push_back({id, pseudonym, user.today});
  return day;
}

void QuotaBook::restore(const QuotaDay& day) {
  const std::lock_guard lock(mutex_);
  day_ = day.day;
  members_.clear();
  for (const QuotaCount& count : day.counts) {
    Member& member = members_[count.member];
    member.users[count.user].today += count.asked_today;
    member.today += count.asked_today;
  }
}

void QuotaBook::turn_day(TimeMs now_ms) {
  const std::int64_t today = now_ms / kDayMs;
  if (today <= day_) return;
  day_ = today;
  members_.clear();
}

}  // namespace probity::alliance
