#include "shoots/service.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "parties/text.h"
#include "projects/zone.h"

namespace probity::shoots {
namespace {

constexpr std::size_t kMostCharacters = 200;

tl::unexpected<Error> no_such_shoot() { return fail(ErrorCode::not_found, "there is no such shoot"); }

Result<std::string> tidy(std::string_view what, std::string_view text) {
  TRY_ASSIGN(std::string line, parties::tidy_line(what, text, kMostCharacters));
  if (line.empty()) return fail(ErrorCode::invalid_argument, fmt::format("the {} is empty", what));
  return line;
}

Result<std::string> tidy_time_zone(const std::string& zone) {
  if (!projects::is_iana_zone(zone))
    return fail(ErrorCode::invalid_argument, "the shoot's time zone is not one",
                "write its IANA name, such as Europe/Berlin or Asia/Shanghai");
  return zone;
}

// The id a request keeps, or a new one.
template <class Item, class Request>
Result<Id> settled_id(const Request& request, const std::vector<Item>& before, const std::vector<Item>& after,
                      Random& random, const char* what) {
  if (!request.id) return Id::random(random);
  if (std::ranges::find(before, *request.id, &Item::id) == before.end())
    return fail(ErrorCode::invalid_argument, fmt::format("the shoot has no {} of that id", what),
                "leave the id out for a new one");
  if (std::ranges::find(after, *request.id, &Item::id) != after.end())
    return fail(ErrorCode::invalid_argument, fmt::format("one {} is named twice", what));
  return *request.id;
}

Result<void> check_place(const Shoot& shoot, const std::optional<Id>& slot, const std::optional<Id>& zone) {
  if (slot && shoot.slot(*slot) == nullptr)
    return fail(ErrorCode::invalid_argument, "the shoot has no slot of that id");
  if (zone && shoot.zone(*zone) == nullptr)
    return fail(ErrorCode::invalid_argument, "the shoot has no zone of that id");
  return {};
}

}  // namespace

Result<commitments::Commitment> commitment_of(const Ports& ports, const Attendee& attendee) {
  TRY_ASSIGN(auto commitment, ports.commitments.find(attendee.commitment));
  if (!commitment) return fail(ErrorCode::not_found, "the attendee's commitment is not there");
  return std::move(*commitment);
}

Result<Shoot> ShootService::existing(const Id& id) {
  TRY_ASSIGN(auto shoot, ports_.store.shoot(id));
  if (!shoot) return no_such_shoot();
  return std::move(*shoot);
}

Result<ShootRow> ShootService::row_of(Shoot shoot) {
  ShootRow row;
  TRY_ASSIGN(const auto project, ports_.projects.find(shoot.project));
  row.project_name = project.project.name;
  TRY_ASSIGN(const auto attendees, ports_.store.attendees(shoot.id));
  TRY_ASSIGN(const auto counts, ports_.store.counts(shoot.id));
  for (const Attendee& attendee : attendees) {
    AttendeeRow one{attendee, {}, {}, {}, {}, {}};
    TRY_ASSIGN(const auto commitment, commitment_of(ports_, attendee));
    one.party_name = commitment.party_name;
    one.organisation_name = commitment.organisation_name;
    one.commitment_number = commitment.number;
    one.commitment_state = commitment.state;
    const auto counted = std::ranges::find(counts, attendee.party, &CountedAttendee::party);
    if (counted != counts.end()) one.counts = counted->counts;
    row.counts.add(one.counts);
    row.attendees.push_back(std::move(one));
  }
  row.shoot = std::move(shoot);
  return row;
}

Result<void> ShootService::append(const char* kind, const Shoot& shoot, const events::Actor& actor,
                                  const std::optional<Attendee>& attendee) {
  events::Event event;
  event.time_ms = ports_.clock.now_ms();
  event.kind = kind;
  event.actor = actor;
  event.project = shoot.project;
  nlohmann::json data{{"title", shoot.title}, {"shoot", shoot.id.text()}};
  if (attendee) {
    TRY_ASSIGN(const auto commitment, commitment_of(ports_, *attendee));
    event.party = attendee->party;
    event.commitment = attendee->commitment;
    data["party"] = commitment.party_name;
    data["number"] = commitment.number;
  }
  event.data_json = data.dump();
  TRY(ports_.events.append(event));
  return {};
}

Result<std::vector<Slot>> ShootService::settled(const std::vector<SlotRequest>& requests,
                                                const std::vector<Slot>& before) {
  if (requests.size() > kMostSlots)
    return fail(ErrorCode::invalid_argument, fmt::format("more than {} slots", kMostSlots));
  std::vector<Slot> slots;
  for (const SlotRequest& request : requests) {
    Slot slot;
    TRY_ASSIGN(slot.id, settled_id(request, before, slots, ports_.random, "slot"));
    TRY_ASSIGN(slot.label, tidy("slot's label", request.label));
    if (request.to_ms <= request.from_ms)
      return fail(ErrorCode::invalid_argument, fmt::format("the slot {} ends before it begins", slot.label));
    slot.from_ms = request.from_ms;
    slot.to_ms = request.to_ms;
    slots.push_back(std::move(slot));
  }
  std::ranges::stable_sort(slots, {}, &Slot::from_ms);
  return slots;
}

Result<std::vector<Zone>> ShootService::settled(const std::vector<ZoneRequest>& requests,
                                                const std::vector<Zone>& before) {
  if (requests.size() > kMostZones)
    return fail(ErrorCode::invalid_argument, fmt::format("more than {} zones", kMostZones));
  std::vector<Zone> zones;
  for (const ZoneRequest& request : requests) {
    Zone zone;
    TRY_ASSIGN(zone.id, settled_id(request, before, zones, ports_.random, "zone"));
    TRY_ASSIGN(zone.label, tidy("zone's label", request.label));
    zones.push_back(std::move(zone));
  }
  return zones;
}

Result<void> ShootService::insert_attendee(const Shoot& shoot, const AttendeeRequest& request) {
  TRY(check_place(shoot, request.slot, request.zone));
  TRY_ASSIGN(const auto known, ports_.store.attendee(shoot.id, request.party));
  if (known) return fail(ErrorCode::already_exists, "this person is on the list already");
  TRY_ASSIGN(const auto present, ports_.store.attendees(shoot.id));
  if (present.size() >= kMostAttendees)
    return fail(ErrorCode::conflict, fmt::format("a shoot has {} attendees at most", kMostAttendees),
                "open a second one for the same place");
  TRY_ASSIGN(const auto live, ports_.commitments.live_of(shoot.project, request.party));
  const auto standing = std::ranges::find(live, commitments::State::in_force, &commitments::Commitment::state);
  if (standing == live.end())
    return fail(ErrorCode::not_in_force, "this person has no commitment in force in the project",
                "send one first; who has not signed does not attend");
  return ports_.store.insert(
      Attendee{shoot.id, request.party, standing->id, request.slot, request.zone, ports_.clock.now_ms()});
}

Result<ShootRow> ShootService::create(const NewShoot& request, const events::Actor& actor) {
  Shoot shoot;
  TRY_ASSIGN(shoot.title, tidy("shoot's title", request.title));
  TRY_ASSIGN(shoot.place, tidy("shoot's place", request.place));
  TRY_ASSIGN(shoot.time_zone, tidy_time_zone(request.time_zone));
  TRY_ASSIGN(shoot.slots, settled(request.slots, {}));
  TRY_ASSIGN(shoot.zones, settled(request.zones, {}));
  shoot.id = Id::random(ports_.random);
  shoot.project = request.project;
  shoot.created_ms = ports_.clock.now_ms();
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY(ports_.projects.open_project(shoot.project));
    TRY(ports_.store.insert(shoot));
    for (const AttendeeRequest& attendee : request.attendees) TRY(insert_attendee(shoot, attendee));
    return append("shoot.opened", shoot, actor);
  }));
  return row_of(std::move(shoot));
}

// A slot or zone that somebody was given stays; so what a lead says of them stays true.
Result<void> ShootService::check_unused(const Shoot& before, const Shoot& after) {
  TRY_ASSIGN(const auto attendees, ports_.store.attendees(before.id));
  for (const Attendee& attendee : attendees) {
    if (attendee.slot && after.slot(*attendee.slot) == nullptr)
      return fail(ErrorCode::conflict, "attendees have a slot that would go", "give them another one first");
    if (attendee.zone && after.zone(*attendee.zone) == nullptr)
      return fail(ErrorCode::conflict, "attendees have a zone that would go", "give them another one first");
  }
  return {};
}

Result<ShootRow> ShootService::update(const Id& id, const ShootChange& change, const events::Actor& actor) {
  Shoot after;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const Shoot before, existing(id));
    after = before;
    if (change.title) {
      TRY_ASSIGN(after.title, tidy("shoot's title", *change.title));
    }
    if (change.place) {
      TRY_ASSIGN(after.place, tidy("shoot's place", *change.place));
    }
    if (change.time_zone) {
      TRY_ASSIGN(after.time_zone, tidy_time_zone(*change.time_zone));
    }
    if (change.slots) {
      TRY_ASSIGN(after.slots, settled(*change.slots, before.slots));
    }
    if (change.zones) {
      TRY_ASSIGN(after.zones, settled(*change.zones, before.zones));
    }
    if (after == before) return {};
    TRY(check_unused(before, after));
    TRY(ports_.store.update(after));
    return append("shoot.changed", after, actor);
  }));
  return row_of(std::move(after));
}

Result<ShootRow> ShootService::set_state(const Id& id, ShootState state, const events::Actor& actor) {
  Shoot shoot;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(shoot, existing(id));
    if (shoot.state == state) return {};  // asked for again
    shoot.state = state;
    shoot.closed_ms = state == ShootState::closed ? std::optional(ports_.clock.now_ms()) : std::nullopt;
    if (state == ShootState::open) TRY(ports_.projects.open_project(shoot.project));
    TRY(ports_.store.update(shoot));
    return append(state == ShootState::closed ? "shoot.closed" : "shoot.reopened", shoot, actor);
  }));
  return row_of(std::move(shoot));
}

Result<ShootRow> ShootService::close(const Id& id, const events::Actor& actor) {
  return set_state(id, ShootState::closed, actor);
}

Result<ShootRow> ShootService::reopen(const Id& id, const events::Actor& actor) {
  return set_state(id, ShootState::open, actor);
}

Result<ShootRow> ShootService::find(const Id& id) {
  TRY_ASSIGN(Shoot shoot, existing(id));
  return row_of(std::move(shoot));
}

Result<Listed<ShootRow>> ShootService::list(const ShootFilter& filter) {
  if (filter.project) TRY(ports_.projects.find(*filter.project));
  TRY_ASSIGN(auto found, ports_.store.shoots(filter));
  Listed<ShootRow> rows;
  rows.total = found.total;
  for (Shoot& shoot : found.items) {
    TRY_ASSIGN(auto row, row_of(std::move(shoot)));
    rows.items.push_back(std::move(row));
  }
  return rows;
}

Result<ShootRow> ShootService::add_attendee(const Id& shoot_id, const AttendeeRequest& request,
                                            const events::Actor& actor) {
  Shoot shoot;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(shoot, existing(shoot_id));
    TRY(insert_attendee(shoot, request));
    TRY_ASSIGN(const auto attendee, ports_.store.attendee(shoot_id, request.party));
    return append("shoot.attendee_added", shoot, actor, attendee);
  }));
  return row_of(std::move(shoot));
}

Result<ShootRow> ShootService::place_attendee(const Id& shoot_id, const Id& party,
                                              const std::optional<std::optional<Id>>& slot,
                                              const std::optional<std::optional<Id>>& zone,
                                              const events::Actor& actor) {
  Shoot shoot;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(shoot, existing(shoot_id));
    TRY_ASSIGN(auto attendee, ports_.store.attendee(shoot_id, party));
    if (!attendee) return fail(ErrorCode::not_found, "this person is not on the list");
    const Attendee before = *attendee;
    if (slot) attendee->slot = *slot;
    if (zone) attendee->zone = *zone;
    TRY(check_place(shoot, attendee->slot, attendee->zone));
    if (*attendee == before) return {};
    TRY(ports_.store.update(*attendee));
    return append("shoot.attendee_placed", shoot, actor, attendee);
  }));
  return row_of(std::move(shoot));
}

Result<void> ShootService::remove_attendee(const Id& shoot_id, const Id& party, const events::Actor& actor) {
  return ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const Shoot shoot, existing(shoot_id));
    TRY_ASSIGN(const auto attendee, ports_.store.attendee(shoot_id, party));
    if (!attendee) return fail(ErrorCode::not_found, "this person is not on the list");
    FrameFilter theirs;
    theirs.shoot = shoot_id;
    theirs.party = party;
    theirs.page.limit = 1;
    TRY_ASSIGN(const auto frames, ports_.store.frames(theirs));
    if (frames.total > 0)
      return fail(ErrorCode::conflict, "this person has handed in frames", "what was handed in stays on record");
    TRY(append("shoot.attendee_removed", shoot, actor, attendee));
    return ports_.store.remove_attendee(shoot_id, party);
  });
}

}  // namespace probity::shoots
