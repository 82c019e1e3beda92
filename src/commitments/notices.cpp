#include "commitments/notices.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

namespace probity::commitments {
namespace {

constexpr TimeMs kStillNews = 30 * kDayMs;
constexpr TimeMs kAccessKept = 90 * kDayMs;  // sessions and codes; evidence keeps their ids
constexpr std::size_t kMostExpired = 500;    // a call

}  // namespace

// One instant of one project that calls for a notice now, and the promises it concerns.
struct NoticeService::Due {
  Id project;
  TimeMs at_ms = 0;
  std::string zone, label;
  EmbargoNotice notice = EmbargoNotice::lifted;
  TimeMs now_ms = 0;
  std::vector<Promise> promises;

  std::string event_key() const {
    return fmt::format("event|{}|{}|{}", project.text(), at_ms, embargo_notice_name(notice));
  }
};

std::optional<EmbargoNotice> notice_due(TimeMs at_ms, TimeMs now_ms) {
  if (now_ms >= at_ms) return now_ms < at_ms + kStillNews ? std::optional(EmbargoNotice::lifted) : std::nullopt;
  if (now_ms >= at_ms - kHourMs) return EmbargoNotice::hour_before;
  if (now_ms >= at_ms - kDayMs) return EmbargoNotice::day_before;
  return std::nullopt;
}

// Once a day is enough.
Result<void> NoticeService::forget_old_access(TimeMs now_ms) {
  const std::string key = fmt::format("forget|{}", now_ms / kDayMs);
  TRY_ASSIGN(const bool is_done, desk_.store().has_notice(key));
  if (is_done) return {};
  return desk_.ports().transactions.write([&]() -> Result<void> {
    TRY(desk_.store().record_notice(key, now_ms));
    return desk_.store().forget_access(now_ms - kAccessKept);
  });
}

Result<void> NoticeService::expire(const Id& id, TimeMs now_ms, TickReport& report) {
  return desk_.ports().transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(Commitment commitment, desk_.existing(id));
    if (!is_pending(commitment.state) || !commitment.sign_by_ms || *commitment.sign_by_ms > now_ms) return {};
    // Everybody has signed and only the contract parent is waited for: nobody missed the last day.
    if (commitment.everybody_signed()) return {};
    TRY_ASSIGN(commitment.state, next(commitment.state, Move::expire));
    commitment.ended_ms = now_ms;
    TRY(desk_.store().update(commitment));
    TRY(desk_.record(commitment, "expired", Witness{}, nlohmann::json::object()));
    TRY(desk_.tell(commitment, "commitment.expired", events::Actor{}, {}));
    ++report.expired;
    return {};
  });
}

Result<void> NoticeService::tell_project(const Due& due, std::uint64_t count) {
  const bool lifted = due.notice == EmbargoNotice::lifted;
  if (!lifted && count == 0) return {};
  const std::string key = due.event_key();
  TRY_ASSIGN(const bool is_first, desk_.store().record_notice(key, due.now_ms));
  if (!is_first) return {};
  events::Event event;
  event.time_ms = due.now_ms;
  event.kind = lifted ? "embargo.lifted" : "embargo.notice";
  event.project = due.project;
  event.data_json = nlohmann::json{
      {"label", due.label},
      {"at", to_rfc3339(due.at_ms)},
      {"notice", embargo_notice_name(due.notice)},
      {"count", count}}.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  TRY(desk_.ports().events.append(event));
  return {};
}

Result<void> NoticeService::notify(const Due& due, TickReport& report) {
  if (due.notice == EmbargoNotice::lifted) {
    // Nobody who signs from now on has anything to be told, so once the timeline has it all is done.
    TRY_ASSIGN(const bool is_done, desk_.store().has_notice(due.event_key()));
    if (is_done) return {};
  }
  std::uint64_t told = 0;
  for (const Promise& promise : due.promises) {
    // Who signed after the instant has nothing to be told of it.
    if (promise.in_force_ms >= due.at_ms) continue;
    const std::string key = fmt::format("embargo|{}|{}|{}|{}", promise.party.text(), due.project.text(), due.at_ms,
                                        embargo_notice_name(due.notice));
    TRY_ASSIGN(const bool was_told, desk_.store().has_notice(key));  // most are, and reading disturbs no writer
    if (was_told) continue;
    TRY(desk_.ports().transactions.write([&]() -> Result<void> {
      TRY_ASSIGN(const bool is_first, desk_.store().record_notice(key, due.now_ms));
      if (!is_first) return {};
      TRY_ASSIGN(const Commitment commitment, desk_.existing(promise.commitment));
      if (commitment.state != State::in_force) return {};
      TRY_ASSIGN(const Matter matter, desk_.matter(commitment));
      TRY(desk_.mail(embargo_letter(reader_of(commitment.recipient()), matter, due.notice, due.at_ms, due.zone)));
      ++told;
      return {};
    }));
  }
  report.notices += told;
  return desk_.ports().transactions.write([&] { return tell_project(due, told); });
}

Result<TickReport> NoticeService::tick() {
  const TimeMs now_ms = desk_.now();
  TickReport report;
  TRY(forget_old_access(now_ms));
  TRY_ASSIGN(const auto overdue, desk_.store().overdue(now_ms, kMostExpired));
  for (const Id& id : overdue) TRY(expire(id, now_ms, report));
  report.more = overdue.size() == kMostExpired;

  // By project and instant, so that a project's embargo and the same instant in somebody's terms are one.
  std::map<std::pair<Id, TimeMs>, Due> due;
  const auto find_due = [&](const Id& project, TimeMs at_ms, const std::string& zone) -> Due* {
    const auto notice = notice_due(at_ms, now_ms);
    if (!notice) return nullptr;
    Due& one = due[{project, at_ms}];
    if (one.zone.empty()) one = {project, at_ms, zone, "", *notice, now_ms, {}};
    return &one;
  };
  const TimeMs from_ms = now_ms - kStillNews, to_ms = now_ms + kDayMs;
  TRY_ASSIGN(const auto embargoes, desk_.ports().projects.embargoes_between(from_ms, to_ms));
  for (const EmbargoInstant& embargo : embargoes) {
    Due* one = find_due(embargo.project, embargo.at_ms, embargo.zone);
    if (one == nullptr) continue;
    one->label = embargo.label;
    TRY_ASSIGN(one->promises, desk_.store().promises_of(embargo.project));
    // Terms with an instant of their own are held to that one.
    std::erase_if(one->promises,
                  [&](const Promise& promise) { return promise.embargo_ms && *promise.embargo_ms != embargo.at_ms; });
  }
  TRY_ASSIGN(const auto promises, desk_.store().promises_between(from_ms, to_ms));
  for (const Promise& promise : promises) {
    Due* one = find_due(promise.project, *promise.embargo_ms, promise.embargo_zone);
    if (one != nullptr) one->promises.push_back(promise);
  }
  for (const auto& [key, one] : due) TRY(notify(one, report));
  return report;
}

}  // namespace probity::commitments
