#include "http/routes/operator_json.h"

#include <chrono>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "base/error_words.h"
#include "http/routes/json_fields.h"

namespace probity::http::routes {
namespace {

using nlohmann::json;

constexpr int kDaysAfterYear = 90;
constexpr std::size_t kHeadsTold = 100;

json who_json(const std::optional<Id>& who) { return who ? json(who->text()) : json(nullptr); }

json holder_json(const HubOffice& office, const alliance::KeyDirectory& directory, std::size_t i) {
  const auto health = office.holders.health(directory.keys.epoch, static_cast<oprf::HolderIndex>(i + 1));
  return {{"name", directory.holders[i].name},
          {"url", directory.holders[i].url},
          {"identity", to_hex(directory.holders[i].identity)},
          {"well", health.well ? json(*health.well) : json(nullptr)},
          {"last_contact", optional_time_json(health.last_contact_ms)},
          {"trouble", health.trouble},
          {"trouble_zh", in_chinese(health.trouble)}};
}

}  // namespace

json quota_json(const alliance::QuotaLimits& limits) {
  return {{"user_per_minute", limits.user_per_minute},
          {"user_per_day", limits.user_per_day},
          {"member_per_day", limits.member_per_day}};
}

json member_json(const HubOffice& office, const alliance::MemberFacts& member) {
  return {{"id", member.entry.member.text()},
          {"name", member.entry.name},
          {"identity", to_hex(member.entry.identity)},
          {"contact", member.contact},
          {"standing", member.entry.suspended ? "suspended" : "active"},
          {"ombudsman", office.ombudsman() == member.entry.member},
          {"since", time_text(member.since_ms)},
          {"quota", quota_json(member.entry.limits)},
          {"fetched_today", office.hub.fetched_today(member.entry.member)},
          {"open_alarms", open_alarms(office, member.entry.member)}};
}

json member_step_json(const alliance::MemberStep& step) {
  return {{"what", alliance::member_step_name(step.kind)},
          {"by", step.by.text()},
          {"agreed_by", who_json(step.agreed_by)},
          {"reason", step.reason},
          {"time", time_text(step.time_ms)},
          {"log_entry", step.entry.text()},
          {"quota", quota_json(step.limits)}};
}

json proposal_json(const HubOffice& office, const alliance::QuotaProposal& proposal) {
  const auto member = office.members.member(proposal.member);
  return {{"id", proposal.id.text()},
          {"member", proposal.member.text()},
          {"member_name", member ? member->entry.name : std::string()},
          {"state", alliance::proposal_state_name(proposal.state)},
          {"before", quota_json(proposal.before)},
          {"quota", quota_json(proposal.limits)},
          {"reason", proposal.reason},
          {"proposed_by", proposal.by.text()},
          {"proposed_at", time_text(proposal.proposed_ms)},
          {"decided_by", who_json(proposal.decided_by)},
          {"decided_at", optional_time_json(proposal.decided_ms)},
          {"refusal", proposal.refusal.empty() ? json() : json(proposal.refusal)}};
}

std::uint64_t open_alarms(const HubOffice& office, const std::optional<Id>& member) {
  const auto listed = office.watch.alarms({member, false, 0, 1});
  return listed ? listed->total : 0;
}

json tag_set_json(const alliance::PublishedHead& head) {
  return {{"version", head.head.version},
          {"bits", head.head.bits},
          {"count", head.head.count},
          {"match_share", static_cast<double>(head.head.count) / std::ldexp(1.0, head.head.bits)},
          {"root", to_hex(head.head.root)},
          {"published_at", time_text(head.time_ms)},
          {"log_entry", head.entry.text()}};
}

json operator_epoch_json(const HubOffice& office, const alliance::KeyDirectory& directory) {
  json holders = json::array();
  for (std::size_t i = 0; i < directory.holders.size(); ++i) holders.push_back(holder_json(office, directory, i));
  const auto heads = office.hub.heads(directory.keys.epoch, 1);
  return {{"epoch", directory.keys.epoch},
          {"generation", directory.keys.generation},
          {"key_set_id", to_hex(directory.keys.id())},
          {"threshold", directory.keys.threshold},
          {"holders", std::move(holders)},
          {"until", time_text(end_of_use(directory.keys.epoch))},
          {"tag_set", heads && !heads->empty() ? tag_set_json(heads->front()) : json(nullptr)}};
}

json public_epoch_json(const HubOffice& office, const alliance::KeyDirectory& directory) {
  json holders = json::array(), tag_sets = json::array();
  for (const auto& holder : directory.holders)
    holders.push_back({{"name", holder.name}, {"identity", to_hex(holder.identity)}});
  if (const auto heads = office.hub.heads(directory.keys.epoch, kHeadsTold))
    for (const auto& head : *heads) tag_sets.push_back(tag_set_json(head));
  return {{"epoch", directory.keys.epoch},
          {"generation", directory.keys.generation},
          {"key_set_id", to_hex(directory.keys.id())},
          {"threshold", directory.keys.threshold},
          {"holders", std::move(holders)},
          {"tag_sets", std::move(tag_sets)}};
}

TimeMs end_of_use(oprf::Epoch epoch) {
  using namespace std::chrono;
  const sys_days new_year = year{epoch + 1} / January / 1;
  return duration_cast<milliseconds>(new_year.time_since_epoch()).count() + kDaysAfterYear * alliance::kDayMs;
}

}  // namespace probity::http::routes
