#include "alliance/hub_watch.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>

#include "base/encoding.h"

namespace probity::alliance {
namespace {

constexpr TimeMs kMonthMs = 30 * kDayMs;
constexpr std::array<std::string_view, 3> kStates{"waiting", "agreed", "refused"};
constexpr std::array<TimeMs, 3> kYears{kYearMs, 3 * kYearMs, 5 * kYearMs};

tl::unexpected<Error> no_such_audit() { return fail(ErrorCode::not_found, "there is no such audit"); }

}  // namespace

std::string_view planting_state_name(Planting::State state) { return kStates.at(static_cast<std::size_t>(state)); }
std::optional<Planting::State> parse_planting_state(std::string_view name) {
  for (std::size_t i = 0; i < kStates.size(); ++i)
    if (kStates[i] == name) return static_cast<Planting::State>(i);
  return std::nullopt;
}

// Without a bias: what would favour small numbers is drawn again.
std::uint64_t HubWatch::draw_below(std::uint64_t limit) {
  const std::uint64_t rest = (UINT64_MAX % limit + 1) % limit;
  for (;;) {
    std::array<std::uint8_t, 8> bytes;
    ports_.random.fill(bytes);
    const auto number = ByteReader(bytes).integer<std::uint64_t>();
    if (number <= UINT64_MAX - rest) return number % limit;
  }
}

// --- Alarms
// --------------------------------------------------------------------------------------------------------------

Result<std::size_t> HubWatch::look() {
  const TimeMs today_ms = ports_.clock.now_ms() / kDayMs * kDayMs;
  TRY_ASSIGN(const auto counts, ports_.hub_store.fetches_by_account(today_ms));
  std::set<Id> members;
  for (const FetchCount& count : counts) members.insert(count.member);
  std::size_t raised = 0;
  for (const Id& member : members) {
    TRY_ASSIGN(const std::size_t found, look_at(member));
    raised += found;
  }
  return raised;
}

Result<std::size_t> HubWatch::look_at(const Id& member) {
  const TimeMs now_ms = ports_.clock.now_ms();
  MemberActivity activity;
  activity.now_ms = now_ms;
  TRY_ASSIGN(activity.fetches, ports_.hub_store.fetches_by(member, now_ms - kMonthMs - kDayMs));
  TRY_ASSIGN(const std::uint64_t questions, ports_.store.reported_since(member, now_ms - kMonthMs));
  if (questions > 0) activity.questions_30_days = questions;
  std::size_t raised = 0;
  const auto epochs = ports_.hub.epochs();
  if (!epochs.empty()) {
    TRY_ASSIGN(const SignedTagSet current, ports_.hub.tag_set(epochs.front().epoch));
    activity.match_share = current.set->match_share();
    activity.prefixes = current.set->head().count;
    TRY_ASSIGN(CanaryActivity canaries, ports_.store.canary_activity(member, epochs.front().epoch, now_ms - kMonthMs));
    canaries.prefixes = activity.prefixes;
    if (const auto finding = find_canary_alarm(canaries)) {
      TRY_ASSIGN(const std::size_t one, raise(member, *finding));
      raised += one;
    }
  }
  for (const AlarmFinding& finding : find_alarms(activity)) {
    TRY_ASSIGN(const std::size_t one, raise(member, finding));
    raised += one;
  }
  return raised;
}

Result<std::size_t> HubWatch::raise(const Id& member, const AlarmFinding& finding) {
  const TimeMs now_ms = ports_.clock.now_ms();
  const Alarm alarm{Id::random(ports_.random), member, finding, now_ms / kDayMs, now_ms, {}, {}, {}};
  bool is_new = false;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(is_new, ports_.store.raise(alarm));
    return {};
  }));
  return is_new ? 1U : 0U;
}

Result<Alarm> HubWatch::acknowledge(const Id& id, const std::string& note, const Id& by) {
  std::optional<Alarm> alarm;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(alarm, ports_.store.alarm(id));
    if (!alarm) return fail(ErrorCode::not_found, "there is no such alarm");
    if (alarm->acknowledged_ms) return fail(ErrorCode::conflict, "this alarm is acknowledged");
    alarm->acknowledged_by = by;
    alarm->acknowledged_ms = ports_.clock.now_ms();
    alarm->note = note;
    return ports_.store.update(*alarm);
  }));
  return std::move(*alarm);
}

// --- Canaries
// ------------------------------------------------------------------------------------------------------------

Result<Planting> HubWatch::propose_canaries(oprf::Epoch epoch, std::uint32_t count, const Id& by) {
  TRY(ports_.hub.keys(epoch));
  if (count == 0 || count > kMostCanaries) return fail(ErrorCode::invalid_argument, "1 to 1,000 canaries at once");
  Planting planting;
  planting.id = Id::random(ports_.random);
  planting.epoch = epoch;
  planting.count = count;
  planting.proposed_by = by;
  planting.proposed_ms = ports_.clock.now_ms();
  TRY(ports_.transactions.write([&] { return ports_.store.insert(planting); }));
  return planting;
}

Result<void> HubWatch::plant(const Planting& planting) {
  for (std::uint32_t i = 0; i < planting.count; ++i) {
    Canary canary;
    canary.id = Id::random(ports_.random);
    canary.planting = planting.id;
    canary.epoch = planting.epoch;
    canary.prefix28 = static_cast<oprf::Prefix>(draw_below(std::uint64_t{1} << oprf::kMostPrefixBits));
    ports_.random.fill(canary.label);
    canary.starts_ms = *planting.decided_ms + static_cast<TimeMs>(draw_below(kCanarySpreadMs));
    canary.ends_ms = canary.starts_ms + kYears[draw_below(kYears.size())];
    TRY(ports_.store.insert(canary));
  }
  return {};
}

Result<Planting> HubWatch::decide(const Id& id, const Party& by, Planting::State state) {
  if (by.role != Party::Role::ombudsman) return fail(ErrorCode::forbidden, "the ombudsman agrees to canaries");
  std::optional<Planting> planting;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(planting, ports_.store.planting(id));
    if (!planting) return fail(ErrorCode::not_found, "there is no such planting");
    if (planting->state != Planting::State::waiting) return fail(ErrorCode::conflict, "this planting is decided");
    planting->state = state;
    planting->decided_by = by.account;
    planting->decided_ms = ports_.clock.now_ms();
    TRY(ports_.store.update(*planting));
    return state == Planting::State::agreed ? plant(*planting) : Result<void>();
  }));
  return std::move(*planting);
}

Result<Planting> HubWatch::agree(const Id& planting, const Party& by) {
  return decide(planting, by, Planting::State::agreed);
}
Result<Planting> HubWatch::refuse(const Id& planting, const Party& by) {
  return decide(planting, by, Planting::State::refused);
}

// --- Consents
// ------------------------------------------------------------------------------------------------------------

Result<void> check_quarter(std::string_view quarter) {
  const bool fits = quarter.size() == 7 && quarter.substr(4, 2) == "-Q" && quarter[6] >= '1' && quarter[6] <= '4' &&
                    std::all_of(quarter.begin(), quarter.begin() + 4, [](char c) { return c >= '0' && c <= '9'; });
  if (!fits) return fail(ErrorCode::invalid_argument, "this is no quarter", "write it as 2027-Q1");
  return {};
}

std::string_view audit_state(const Audit& audit, TimeMs now_ms) {
  const bool all_opened =
      std::ranges::all_of(audit.draws, [](const AuditDraw& draw) { return draw.opened_ms.has_value(); });
  if (all_opened) return "complete";
  return now_ms >= audit.due_ms ? "overdue" : "open";
}

Result<std::uint64_t> HubWatch::report(const Party& by, const std::string& quarter,
                                       const std::vector<Hash>& commitments) {
  TRY(check_quarter(quarter));
  if (commitments.size() > kMostReported)
    return fail(ErrorCode::invalid_argument, "a report has room for 1,000 commitments", "send several");
  std::uint64_t taken = 0;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(taken, ports_.store.report(by.member, quarter, commitments, ports_.clock.now_ms()));
    return {};
  }));
  return taken;
}

Result<std::vector<Audit>> HubWatch::audits_of(const Party& by) {
  TRY_ASSIGN(auto listed, ports_.store.audits(by.member, 0, 100));
  std::erase_if(listed.items, [](const Audit& audit) { return audit_state(audit, 0) == "complete"; });
  return std::move(listed.items);
}

Result<Audit> HubWatch::open(const Party& by, const Id& id, const Hash& commitment, const std::string& text) {
  if (text.size() > kMostOpeningBytes || sha256(as_bytes(text)) != commitment)
    return fail(ErrorCode::invalid_argument, "this is not what was committed to");
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const auto audit, ports_.store.audit(id));
    if (!audit || audit->member != by.member) return no_such_audit();
    const auto draw = std::ranges::find(audit->draws, commitment, &AuditDraw::commitment);
    if (draw == audit->draws.end()) return fail(ErrorCode::not_found, "this commitment was not drawn");
    if (draw->opened_ms) return {};
    return ports_.store.open(id, {commitment, ports_.clock.now_ms(), text});
  }));
  return audit(id);
}

// One in a hundred, rounded up: of few questions one is drawn.
Result<Audit> HubWatch::draw(const Id& member, const std::string& quarter, const Id& by) {
  TRY(check_quarter(quarter));
  Audit audit;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const auto known, ports_.hub_store.member(member));
    if (!known) return fail(ErrorCode::not_found, "there is no such member");
    TRY_ASSIGN(auto pool, ports_.store.commitments(member, quarter));
    if (pool.empty()) return fail(ErrorCode::conflict, "this member has reported nothing of that quarter");
    audit = {Id::random(ports_.random), member, quarter, pool.size(), by, ports_.clock.now_ms(), 0, {}};
    audit.due_ms = audit.drawn_ms + kOpenWithinMs;
    const std::uint64_t count = (pool.size() + kAuditShare - 1) / kAuditShare;
    for (std::uint64_t i = 0; i < count; ++i) {
      std::swap(pool[i], pool[i + draw_below(pool.size() - i)]);
      audit.draws.push_back({pool[i], std::nullopt, {}});
    }
    const nlohmann::json content{
        {"draws", count}, {"member", member.text()}, {"of", pool.size()}, {"quarter", quarter}};
    TRY(ports_.log.record({"alliance_audit", audit.id, content.dump()}));
    return ports_.store.insert(audit);
  }));
  return audit;
}

Result<Audit> HubWatch::audit(const Id& id) {
  TRY_ASSIGN(auto found, ports_.store.audit(id));
  if (!found) return no_such_audit();
  return std::move(*found);
}

}  // namespace probity::alliance
