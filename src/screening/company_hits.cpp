#include "screening/company_hits.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/encoding.h"

namespace probity::screening {
namespace {

constexpr std::size_t kSameBytes = 16, kYearDigits = 4;
const events::Actor kList{events::Actor::Kind::system, std::nullopt, "Hub"};

alliance::LabelContent label_of(const alliance::EnterpriseEntry& entry) {
  alliance::LabelContent label;
  label.reference = entry.listing.text();
  label.conduct = alliance::parse_conduct(entry.conduct).value_or(alliance::Conduct::bribery);
  label.filer = entry.filer_name;
  label.decided_ms = entry.since_ms;
  label.until_ms = entry.until_ms;
  return label;
}

// What the hit says about the entry has changed: its words, a correction, or whether it is disputed.
bool says_what_it_did(const Hit& hit, const alliance::EnterpriseEntry& entry) {
  const bool was_corrected = entry.corrected_ms && *entry.corrected_ms > hit.steps.back().time_ms;
  return !was_corrected && screening::says_the_same(hit, SeenNow{{label_of(entry)}, {}});
}

}  // namespace

std::string same_company(const Id& listing) {
  const Hash hash = sha256(as_bytes("probity company hit v1:" + listing.text()));
  return to_hex(BytesView(hash).first(kSameBytes));
}

Result<void> ListedCompanyHits::record(const Hit& hit, std::size_t known_steps) {
  for (std::size_t i = known_steps; i < hit.steps.size(); ++i) {
    const HitStep& step = hit.steps[i];
    const nlohmann::json content{{"hit", hit.number}, {"step", step_name(step.kind)}, {"time_ms", step.time_ms}};
    TRY(ports_.log.record({"hit_step", hit.id, content.dump()}));
    events::Event event;
    event.time_ms = step.time_ms;
    event.kind = "hit." + std::string(step_name(step.kind));
    event.actor = step.by;
    event.data_json = nlohmann::json{{"number", hit.number}, {"id", hit.id.text()}}.dump();
    TRY(ports_.events.append(event));
  }
  return {};
}

Result<Id> ListedCompanyHits::open(const CompanyQuery& query, const CompanyMatch& match) {
  const auto& entry = match.listed->entry;
  TRY_ASSIGN(const auto known, ports_.store.hits_about(same_company(entry.listing)));
  for (const Hit& hit : known)
    if (is_pending(hit)) return hit.id;
  const TimeMs now_ms = ports_.clock.now_ms();
  const std::string year = to_rfc3339(now_ms).substr(0, kYearDigits);
  TRY_ASSIGN(const std::uint32_t ordinal, ports_.store.next_ordinal("H", std::stoi(year)));
  Hit hit;
  hit.id = Id::random(ports_.random);
  hit.number = fmt::format("H-{}-{:04}", year, ordinal);
  hit.query = query.id;
  hit.query_number = query.number;
  hit.purpose = query.purpose;
  hit.requisition = query.requisition;
  hit.same_person = same_company(entry.listing);
  hit.labels = {{label_of(entry)}};
  hit.steps.push_back({HitStep::Kind::found, query.asked_by, now_ms, {}});
  if (match.level == CompanyLevel::confirmed) {
    const IdentityCheck check{IdentityCheck::Way::credit_code, true, "", "same"};
    TRY_ASSIGN(hit, confirm_identity(hit, check, {query.asked_by, now_ms}));
  }
  TRY(ports_.store.insert(hit));
  TRY(record(hit, 0));
  return hit.id;
}

Result<void> ListedCompanyHits::look_again(const Id& listing, const alliance::ListedEnterprise* entry) {
  TRY_ASSIGN(const auto hits, ports_.store.hits_about(same_company(listing)));
  const Doing doing{kList, ports_.clock.now_ms()};
  for (const Hit& before : hits) {
    if (before.state == HitState::mistaken || before.state == HitState::withdrawn) continue;
    if (entry != nullptr ? says_what_it_did(before, entry->entry) : !before.listed()) continue;
    const auto what =
        entry != nullptr ? alliance::ListingStep::Kind::corrected : alliance::ListingStep::Kind::withdrawn;
    const Hit changed = listing_changed(before, {what, doing.now_ms}, Id::random(ports_.random), doing);
    SeenNow seen;
    if (entry != nullptr) seen.labels = {label_of(entry->entry)};
    TRY_ASSIGN(const Hit after, screening::look_again(changed, seen, doing));
    TRY(ports_.store.update(after));
    TRY(record(after, before.steps.size()));
  }
  return {};
}

Result<void> ListedCompanyHits::follow(const ListStep& step) {
  for (const Id& id : step.change.removed) TRY(look_again(id, nullptr));
  for (const auto& listed : step.change.put) TRY(look_again(listed->entry.listing, listed.get()));
  return {};
}

}  // namespace probity::screening
