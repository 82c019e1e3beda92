// Where a leak was seen: written down, corrected, withdrawn and restored. It is evidence, so nothing of it is lost:
// what it said before stays with it and in custody, with who changed it, when and why.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "leaks/leak_json.h"
#include "leaks/leak_service.h"
#include "parties/text.h"

namespace probity::leaks {
namespace {

using nlohmann::json;
using parties::tidy_line;
using parties::tidy_text;

constexpr std::size_t kMostPlace = 200, kMostPlaceAddress = 1000, kMostPlaceNote = 4000, kMostWhy = 2000;

Result<void> check_sighting(const Sighting& sighting, TimeMs now_ms) {
  if (sighting.address.empty())
    return fail(ErrorCode::invalid_argument, "a sighting says where it was seen", "give an address or a place");
  if (!is_sighting_channel(sighting.channel))
    return fail(ErrorCode::invalid_argument, "the channel is not one of those");
  TRY(check_past("the time seen", sighting.seen_ms, now_ms));
  if (!sighting.taken_down_ms) return {};
  TRY(check_past("the time taken down", *sighting.taken_down_ms, now_ms));
  if (*sighting.taken_down_ms < sighting.seen_ms)
    return fail(ErrorCode::invalid_argument, "it was taken down before it was seen", "check both times");
  return {};
}

Result<Sighting> tidy_sighting(const NewSighting& given, TimeMs now_ms) {
  Sighting sighting;
  TRY_ASSIGN(sighting.address, tidy_line("address", given.address, kMostPlaceAddress));
  TRY_ASSIGN(sighting.platform, tidy_line("platform", given.platform, kMostPlace));
  TRY_ASSIGN(sighting.account, tidy_line("account", given.account, kMostPlace));
  TRY_ASSIGN(sighting.captured_by, tidy_line("captured_by", given.captured_by, kMostPlace));
  TRY_ASSIGN(sighting.captured_how, tidy_text("captured_how", given.captured_how, kMostPlaceAddress));
  TRY_ASSIGN(sighting.note, tidy_text("note", given.note, kMostPlaceNote));
  sighting.channel = given.channel;
  sighting.seen_ms = given.seen_ms;
  sighting.item = given.item;
  sighting.taken_down_ms = given.taken_down_ms;
  TRY(check_sighting(sighting, now_ms));
  return sighting;
}

// What stays as it is where the edit says nothing.
NewSighting edited(const Sighting& now, const SightingEdit& edit) {
  NewSighting wanted;
  wanted.address = edit.address.value_or(now.address);
  wanted.platform = edit.platform.value_or(now.platform);
  wanted.account = edit.account.value_or(now.account);
  wanted.channel = edit.channel.value_or(now.channel);
  wanted.seen_ms = edit.seen_ms.value_or(now.seen_ms);
  wanted.captured_by = edit.captured_by.value_or(now.captured_by);
  wanted.captured_how = edit.captured_how.value_or(now.captured_how);
  wanted.note = edit.note.value_or(now.note);
  wanted.item = edit.item.value_or(now.item);
  wanted.taken_down_ms = edit.taken_down_ms.value_or(now.taken_down_ms);
  return wanted;
}

// The members of `before` that are another now.
json changed_of(const json& before, const json& after) {
  json changed = json::object();
  for (const auto& [name, value] : before.items())
    if (after[name] != value) changed[name] = value;
  return changed;
}

// A note that is added and a time of taking down tell what came later; everything else says again what was seen.
bool is_correction(const json& changed) {
  for (const auto& [name, before] : changed.items())
    if (name != "taken_down_at" && !(name == "note" && before == "")) return true;
  return false;
}

// Of the step of custody.
json sighting_data(const Sighting& sighting) {
  return {{"sighting", sighting.id.text()},
          {"address", sighting.address},
          {"platform", sighting.platform},
          {"account", sighting.account},
          {"channel", sighting.channel},
          {"seen", to_rfc3339(sighting.seen_ms)},
          {"captured_by", sighting.captured_by},
          {"captured_how", sighting.captured_how},
          {"taken_down", sighting.taken_down_ms ? to_rfc3339(*sighting.taken_down_ms) : ""}};
}

struct DeedTold {
  const char *event, *action;
};
DeedTold told_as(SightingDeed deed) {
  switch (deed) {
    case SightingDeed::noted:
      return {"", "sighting_changed"};
    case SightingDeed::corrected:
      return {"leak.seen_corrected", "sighting_corrected"};
    case SightingDeed::withdrawn:
      return {"leak.seen_withdrawn", "sighting_withdrawn"};
    case SightingDeed::restored:
      return {"leak.seen_restored", "sighting_restored"};
  }
  return {"", "sighting_changed"};
}

std::optional<TimeMs> first_seen(const std::vector<Sighting>& sightings) {
  std::optional<TimeMs> first_ms;
  for (const Sighting& sighting : sightings)
    if (sighting.stands()) first_ms = std::min(first_ms.value_or(sighting.seen_ms), sighting.seen_ms);
  return first_ms;
}

Result<std::string> reason_given(const std::string& reason, const char* problem) {
  TRY_ASSIGN(std::string tidy, tidy_text("reason", reason, kMostWhy));
  if (tidy.empty()) return fail(ErrorCode::invalid_argument, problem, "say why: the reason stays with the sighting");
  return tidy;
}

}  // namespace

Result<Sighting> LeakService::add_sighting(const Id& id, const NewSighting& given, const events::Actor& actor) {
  const LeakPorts& ports = desk_.ports();
  Sighting sighting;
  TRY(ports.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(Leak leak, desk_.leak(id));
    TRY(next(leak.state, Move::add_evidence));
    const TimeMs now_ms = ports.clock.now_ms();
    TRY_ASSIGN(sighting, tidy_sighting(given, now_ms));
    if (sighting.item) TRY(ports.evidence.item(id, *sighting.item));
    sighting.id = Id::random(ports.random);
    sighting.leak = id;
    sighting.recorded_ms = now_ms;
    sighting.recorded_by = actor.name;
    TRY(ports.store.insert(sighting));
    leak.first_seen_ms = std::min(leak.first_seen_ms.value_or(sighting.seen_ms), sighting.seen_ms);
    TRY(desk_.save(leak));
    return desk_.tell(
        leak, {"leak.seen", "sighting_recorded", sighting.note, sighting.item, sighting_data(sighting).dump()}, actor);
  }));
  return sighting;
}

// Loads the sighting, lets `work(Sighting&, SightingChange&)` change it, and writes both down, in one transaction.
template <class Work>
Result<Sighting> LeakService::change_sighting(const Id& id, const Id& sighting, const events::Actor& actor, Work work) {
  const LeakPorts& ports = desk_.ports();
  Sighting after;
  TRY(ports.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(Leak leak, desk_.leak(id));
    TRY(next(leak.state, Move::add_evidence));
    TRY_ASSIGN(auto all, ports.store.sightings(id));
    const auto found = std::ranges::find(all, sighting, &Sighting::id);
    if (found == all.end()) return fail(ErrorCode::not_found, "there is no such sighting");
    const Sighting before = *found;
    SightingChange change;
    change.sighting = sighting;
    change.at_ms = ports.clock.now_ms();
    change.by = actor.name;
    TRY(work(*found, change));
    const json said_before = said_of(before);
    const json changed = changed_of(said_before, said_of(*found));
    change.before_json = changed.dump();
    found->changes.push_back(change);
    if (!changed.empty()) TRY(ports.store.update(*found));
    TRY(ports.store.insert(change));
    leak.first_seen_ms = first_seen(all);
    TRY(desk_.save(leak));
    after = *found;
    json data = sighting_data(after);
    data["note"] = after.note;
    if (!changed.empty()) data["before"] = changed;
    const DeedTold told = told_as(change.deed);
    TRY(desk_.tell(leak, {told.event, told.action, change.reason, after.item, data.dump()}, actor));
    if (!leak.case_id || ports.cases == nullptr || change.deed == SightingDeed::noted) return {};
    return ports.cases->sighting_changed(leak, before, after, actor);
  }));
  return after;
}

Result<Sighting> LeakService::update_sighting(const Id& id, const Id& sighting, const SightingEdit& edit,
                                              const events::Actor& actor) {
  const LeakPorts& ports = desk_.ports();
  return change_sighting(id, sighting, actor, [&](Sighting& one, SightingChange& change) -> Result<void> {
    if (!one.stands()) return fail(ErrorCode::conflict, "this sighting was withdrawn", "restore it first");
    TRY_ASSIGN(const Sighting wanted, tidy_sighting(edited(one, edit), change.at_ms));
    const json changed = changed_of(said_of(one), said_of(wanted));
    if (changed.empty()) return fail(ErrorCode::invalid_argument, "nothing is to be changed", "it says this already");
    if (is_correction(changed)) {
      change.deed = SightingDeed::corrected;
      TRY_ASSIGN(change.reason, reason_given(edit.reason, "a correction has a reason"));
    } else {
      TRY_ASSIGN(change.reason, tidy_text("reason", edit.reason, kMostWhy));
    }
    if (wanted.item && wanted.item != one.item) TRY(ports.evidence.item(id, *wanted.item));
    one.address = wanted.address;
    one.platform = wanted.platform;
    one.account = wanted.account;
    one.channel = wanted.channel;
    one.seen_ms = wanted.seen_ms;
    one.captured_by = wanted.captured_by;
    one.captured_how = wanted.captured_how;
    one.note = wanted.note;
    one.item = wanted.item;
    one.taken_down_ms = wanted.taken_down_ms;
    return {};
  });
}

Result<Sighting> LeakService::withdraw_sighting(const Id& id, const Id& sighting, const std::string& reason,
                                                const events::Actor& actor) {
  return change_sighting(id, sighting, actor, [&](Sighting& one, SightingChange& change) -> Result<void> {
    if (!one.stands()) return fail(ErrorCode::conflict, "this sighting was withdrawn already");
    change.deed = SightingDeed::withdrawn;
    TRY_ASSIGN(change.reason, reason_given(reason, "withdrawing a sighting has a reason"));
    return {};
  });
}

Result<Sighting> LeakService::restore_sighting(const Id& id, const Id& sighting, const std::string& reason,
                                               const events::Actor& actor) {
  return change_sighting(id, sighting, actor, [&](Sighting& one, SightingChange& change) -> Result<void> {
    if (one.stands()) return fail(ErrorCode::conflict, "this sighting stands: nobody withdrew it");
    change.deed = SightingDeed::restored;
    TRY_ASSIGN(change.reason, reason_given(reason, "restoring a sighting has a reason"));
    return {};
  });
}

}  // namespace probity::leaks
