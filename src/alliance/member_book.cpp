#include "alliance/member_book.h"

#include <array>
#include <nlohmann/json.hpp>

#include "base/encoding.h"

namespace probity::alliance {
namespace {

using Kind = MemberStep::Kind;
using State = QuotaProposal::State;

constexpr std::array<std::string_view, 4> kSteps{"admitted", "suspended", "reinstated", "quota_changed"};
constexpr std::array<std::string_view, 3> kStates{"waiting", "agreed", "refused"};
constexpr std::uint32_t kMostMembers = 100'000;

template <class Enum, std::size_t size>
std::optional<Enum> parse_name(const std::array<std::string_view, size>& names, std::string_view name) {
  for (std::size_t i = 0; i < size; ++i)
    if (names[i] == name) return static_cast<Enum>(i);
  return std::nullopt;
}

tl::unexpected<Error> no_such_member() { return fail(ErrorCode::not_found, "there is no such member"); }

bool is_more(const QuotaLimits& before, const QuotaLimits& after) {
  return after.user_per_minute > before.user_per_minute || after.user_per_day > before.user_per_day ||
         after.member_per_day > before.member_per_day;
}

nlohmann::json limits_json(const QuotaLimits& limits) {
  return {{"user_per_minute", limits.user_per_minute},
          {"user_per_day", limits.user_per_day},
          {"member_per_day", limits.member_per_day}};
}

Result<void> check_reason(const std::string& reason) {
  if (reason.empty()) return fail(ErrorCode::invalid_argument, "an act of the operator needs a reason");
  return {};
}

}  // namespace

std::string_view member_step_name(Kind kind) { return kSteps.at(static_cast<std::size_t>(kind)); }
std::optional<Kind> parse_member_step(std::string_view name) { return parse_name<Kind>(kSteps, name); }
std::string_view proposal_state_name(State state) { return kStates.at(static_cast<std::size_t>(state)); }
std::optional<State> parse_proposal_state(std::string_view name) { return parse_name<State>(kStates, name); }

// The act as a row and as an entry of the log. The log holds a commitment; whoever is shown the opening reads who was
// admitted under which key, and how much a member may ask.
Result<void> MemberBook::record(const MemberFacts& member, MemberStep step) {
  step.id = Id::random(ports_.random);
  step.member = member.entry.member;
  step.limits = member.entry.limits;
  step.time_ms = ports_.clock.now_ms();
  const nlohmann::json content{{"identity", to_hex(member.entry.identity)},
                               {"member", step.member.text()},
                               {"name", member.entry.name},
                               {"quota", limits_json(step.limits)},
                               {"time", to_rfc3339(step.time_ms)},
                               {"what", member_step_name(step.kind)}};
  TRY_ASSIGN(step.entry, ports_.log.record({"alliance_member", step.member, content.dump()}));
  return ports_.store.insert(step);
}

Result<MemberFacts> MemberBook::admit(const RollEntry& entry, const std::string& contact, const std::string& reason,
                                      const Id& by) {
  TRY(check_reason(reason));
  MemberFacts member{entry, contact, ports_.clock.now_ms()};
  member.entry.suspended = false;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const auto known, ports_.store.facts(entry.member));
    if (known) return fail(ErrorCode::already_exists, "this member is on the roll already");
    TRY(ports_.store.insert(member));
    MemberStep step;
    step.kind = Kind::admitted;
    step.by = by;
    step.reason = reason;
    return record(member, step);
  }));
  return member;
}

Result<MemberFacts> MemberBook::change_standing(const Id& id, bool suspended, const std::string& reason, const Id& by) {
  TRY(check_reason(reason));
  std::optional<MemberFacts> member;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(member, ports_.store.facts(id));
    if (!member) return no_such_member();
    if (member->entry.suspended == suspended)
      return fail(ErrorCode::conflict, suspended ? "this member is suspended already" : "this member is not suspended");
    member->entry.suspended = suspended;
    TRY(ports_.store.update(*member));
    MemberStep step;
    step.kind = suspended ? Kind::suspended : Kind::reinstated;
    step.by = by;
    step.reason = reason;
    return record(*member, step);
  }));
  return std::move(*member);
}

Result<MemberFacts> MemberBook::suspend(const Id& member, const std::string& reason, const Id& by) {
  return change_standing(member, true, reason, by);
}
Result<MemberFacts> MemberBook::reinstate(const Id& member, const std::string& reason, const Id& by) {
  return change_standing(member, false, reason, by);
}

Result<void> MemberBook::take_effect(const QuotaProposal& proposal, MemberFacts& member) {
  member.entry.limits = proposal.limits;
  TRY(ports_.store.update(member));
  MemberStep step;
  step.kind = Kind::quota_changed;
  step.by = proposal.by;
  if (proposal.decided_by != proposal.by) step.agreed_by = proposal.decided_by;
  step.reason = proposal.reason;
  return record(member, step);
}

Result<QuotaProposal> MemberBook::propose_quota(const Id& id, const QuotaLimits& limits, const std::string& reason,
                                                const Id& by) {
  TRY(check_reason(reason));
  QuotaProposal proposal;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(auto member, ports_.store.facts(id));
    if (!member) return no_such_member();
    if (limits == member->entry.limits) return fail(ErrorCode::conflict, "these are this member's quotas already");
    proposal = {Id::random(ports_.random),
                id,
                State::waiting,
                member->entry.limits,
                limits,
                reason,
                by,
                ports_.clock.now_ms(),
                std::nullopt,
                std::nullopt,
                {}};
    if (is_more(member->entry.limits, limits)) return ports_.store.insert(proposal);
    proposal.state = State::agreed;
    proposal.decided_by = by;
    proposal.decided_ms = proposal.proposed_ms;
    TRY(ports_.store.insert(proposal));
    return take_effect(proposal, *member);
  }));
  return proposal;
}

Result<QuotaProposal> MemberBook::agree(const Id& id, const Id& by) {
  std::optional<QuotaProposal> proposal;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(proposal, ports_.store.proposal(id));
    if (!proposal) return fail(ErrorCode::not_found, "there is no such proposal");
    if (proposal->state != State::waiting) return fail(ErrorCode::conflict, "this proposal is decided");
    if (proposal->by == by) return fail(ErrorCode::forbidden, "two different people are needed");
    TRY_ASSIGN(auto member, ports_.store.facts(proposal->member));
    if (!member) return no_such_member();
    if (!(member->entry.limits == proposal->before))
      return fail(ErrorCode::conflict, "the quota was changed since", "propose it again");
    proposal->state = State::agreed;
    proposal->decided_by = by;
    proposal->decided_ms = ports_.clock.now_ms();
    TRY(ports_.store.update(*proposal));
    return take_effect(*proposal, *member);
  }));
  return std::move(*proposal);
}

Result<QuotaProposal> MemberBook::refuse(const Id& id, const std::string& reason, const Id& by) {
  TRY(check_reason(reason));
  std::optional<QuotaProposal> proposal;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(proposal, ports_.store.proposal(id));
    if (!proposal) return fail(ErrorCode::not_found, "there is no such proposal");
    if (proposal->state != State::waiting) return fail(ErrorCode::conflict, "this proposal is decided");
    proposal->state = State::refused;
    proposal->refusal = reason;
    proposal->decided_by = by;
    proposal->decided_ms = ports_.clock.now_ms();
    return ports_.store.update(*proposal);
  }));
  return std::move(*proposal);
}

Result<MemberFacts> MemberBook::member(const Id& id) {
  TRY_ASSIGN(auto member, ports_.store.facts(id));
  if (!member) return no_such_member();
  return std::move(*member);
}

Result<SignedRoll> MemberBook::roll(const oprf::Identity& hub) {
  RollContent content;
  TRY(ports_.transactions.read([&]() -> Result<void> {
    TRY_ASSIGN(content.version, ports_.store.step_count());
    TRY_ASSIGN(content.time_ms, ports_.store.last_step_ms());
    ListQuery all;
    all.limit = kMostMembers;
    TRY_ASSIGN(const auto members, ports_.store.list(all));
    for (const MemberFacts& member : members.items) TRY(content.members.admit(member.entry));
    return {};
  }));
  return sign_roll(std::move(content), hub, ports_.clock.now_ms());
}

}  // namespace probity::alliance
