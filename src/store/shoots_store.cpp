#include "store/shoots_store.h"

#include <algorithm>

#include "parties/text.h"
#include "store/nullable.h"
#include "store/query.h"

namespace probity::store {
namespace {

using shoots::Attendee;
using shoots::Shoot;
using soci::into;
using soci::use;
using Values = std::vector<Conditions::Value>;

constexpr const char* kShootColumns =
    "SELECT id, project_id, title, place, time_zone, state, created_ms, closed_ms FROM shoots";
constexpr const char* kAttendeeColumns =
    "SELECT shoot_id, party_id, commitment_id, slot_id, zone_id, added_ms FROM shoot_attendees";

struct ShootColumns {
  std::string id, project, title, place, time_zone, state;
  std::int64_t created = 0;
  Nullable<std::int64_t> closed;
  auto columns() {
    return std::make_tuple(into(id), into(project), into(title), into(place), into(time_zone), into(state),
                           into(created), closed.column());
  }
  Shoot value() const {
    Shoot shoot;
    shoot.id = read_id(id);
    shoot.project = read_id(project);
    shoot.title = title;
    shoot.place = place;
    shoot.time_zone = time_zone;
    shoot.state = read_some(shoots::parse_shoot_state(state), "a shoot has an unknown state");
    shoot.created_ms = created;
    shoot.closed_ms = closed.get();
    return shoot;
  }
};

struct SlotColumns {
  std::string id, label;
  std::int64_t from = 0, to = 0;
  auto columns() { return std::make_tuple(into(id), into(label), into(from), into(to)); }
  shoots::Slot value() const { return {read_id(id), label, from, to}; }
};

struct ZoneColumns {
  std::string id, label;
  auto columns() { return std::make_tuple(into(id), into(label)); }
  shoots::Zone value() const { return {read_id(id), label}; }
};

struct AttendeeColumns {
  std::string shoot, party, commitment;
  Nullable<std::string> slot, zone;
  std::int64_t added = 0;
  auto columns() {
    return std::make_tuple(into(shoot), into(party), into(commitment), slot.column(), zone.column(), into(added));
  }
  Attendee value() const {
    return {read_id(shoot), read_id(party), read_id(commitment), read_optional_id(slot), read_optional_id(zone), added};
  }
};

struct CountColumns {
  std::string party, state;
  std::int64_t count = 0;
  auto columns() { return std::make_tuple(into(party), into(state), into(count)); }
  std::tuple<Id, std::string, std::uint64_t> value() const {
    return {read_id(party), state, static_cast<std::uint64_t>(count)};
  }
};

void read_parts(soci::session& session, Shoot& shoot) {
  const std::string id = shoot.id.text();
  shoot.slots = fetch_bound<SlotColumns>(
      session, "SELECT id, label, from_ms, to_ms FROM shoot_slots WHERE shoot_id = :shoot ORDER BY from_ms, id", {id});
  shoot.zones = fetch_bound<ZoneColumns>(
      session, "SELECT id, label FROM shoot_zones WHERE shoot_id = :shoot ORDER BY position", {id});
}

template <class Item>
void remove_missing(soci::session& session, const char* table, const std::vector<Item>& before,
                    const std::vector<Item>& after) {
  for (const Item& old : before) {
    if (std::ranges::find(after, old.id, &Item::id) != after.end()) continue;
    const std::string gone = old.id.text();
    session << std::string("DELETE FROM ") + table + " WHERE id = :id", use(gone);
  }
}

void write_parts(soci::session& session, const Shoot& shoot) {
  const std::string id = shoot.id.text();
  Shoot before = shoot;
  read_parts(session, before);
  remove_missing(session, "shoot_slots", before.slots, shoot.slots);
  remove_missing(session, "shoot_zones", before.zones, shoot.zones);
  for (const shoots::Slot& slot : shoot.slots) {
    const std::string slot_id = slot.id.text();
    session << "INSERT INTO shoot_slots (id, shoot_id, label, from_ms, to_ms) VALUES (:id, :shoot, :label, :from, :to) "
               "ON CONFLICT (id) DO UPDATE SET label = excluded.label, from_ms = excluded.from_ms, to_ms = "
               "excluded.to_ms",
        use(slot_id), use(id), use(slot.label), use(slot.from_ms), use(slot.to_ms);
  }
  std::int64_t position = 0;
  for (const shoots::Zone& zone : shoot.zones) {
    const std::string zone_id = zone.id.text();
    session << "INSERT INTO shoot_zones (id, shoot_id, position, label) VALUES (:id, :shoot, :position, :label) "
               "ON CONFLICT (id) DO UPDATE SET label = excluded.label, position = excluded.position",
        use(zone_id), use(id), use(position), use(zone.label);
    ++position;
  }
}

std::string search_text(const Shoot& shoot) { return parties::fold_for_lookup(shoot.title + '\n' + shoot.place); }

Result<std::string> order_of(const ListQuery& page) {
  static constexpr std::pair<const char*, const char*> kOrders[] = {
      {"title", "search_text"}, {"created_at", "created_ms"}, {"state", "state"}};
  if (page.sort.empty()) return std::string(" ORDER BY created_ms DESC, id");
  for (const auto& [field, column] : kOrders)
    if (page.sort == field)
      return std::string(" ORDER BY ") + column + (page.descending ? " DESC" : "") + ", created_ms, id";
  return fail(ErrorCode::invalid_argument, "shoots cannot be sorted by that", "sort by title, created_at or state");
}

void count(shoots::FrameCounts& counts, const std::string& state, std::uint64_t number) {
  counts.frames += number;
  if (state == "handed_in") counts.waiting += number;
  if (state == "cleared") counts.cleared += number;
  if (state == "not_to_be_used") counts.not_to_be_used += number;
  if (state == "deleted") counts.deleted += number;
}

}  // namespace

Result<void> SqlShootStore::insert(const Shoot& shoot) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = shoot.id.text(), project = shoot.project.text();
    const std::string state(shoots::shoot_state_name(shoot.state)), search = search_text(shoot);
    Nullable<std::int64_t> closed(shoot.closed_ms);
    session
        << "INSERT INTO shoots (id, project_id, title, place, time_zone, state, search_text, created_ms, closed_ms) "
           "VALUES (:id, :project, :title, :place, :time_zone, :state, :search, :created, :closed)",
        use(id), use(project), use(shoot.title), use(shoot.place), use(shoot.time_zone), use(state), use(search),
        use(shoot.created_ms), use(closed.value, closed.state);
    write_parts(session, shoot);
    return {};
  });
}

Result<void> SqlShootStore::update(const Shoot& shoot) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = shoot.id.text(), state(shoots::shoot_state_name(shoot.state)), search = search_text(shoot);
    Nullable<std::int64_t> closed(shoot.closed_ms);
    session
        << "UPDATE shoots SET title = :title, place = :place, time_zone = :time_zone, state = :state, search_text = "
           ":search, closed_ms = :closed WHERE id = :id",
        use(shoot.title), use(shoot.place), use(shoot.time_zone), use(state), use(search),
        use(closed.value, closed.state), use(id);
    write_parts(session, shoot);
    return {};
  });
}

Result<std::optional<Shoot>> SqlShootStore::shoot(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<Shoot>> {
    auto shoot = first(fetch_bound<ShootColumns>(session, std::string(kShootColumns) + " WHERE id = :id", {id.text()}));
    if (shoot) read_parts(session, *shoot);
    return shoot;
  });
}

Result<Listed<Shoot>> SqlShootStore::shoots(const shoots::ShootFilter& filter) {
  TRY_ASSIGN(const std::string order, order_of(filter.page));
  return database_.run([&](soci::session& session) -> Result<Listed<Shoot>> {
    Conditions where;
    if (filter.project) where.add("project_id = :project", {filter.project->text()});
    if (filter.state) where.add("state = :state", {std::string(shoots::shoot_state_name(*filter.state))});
    if (!filter.page.search.empty())
      where.add("search_text LIKE :search ESCAPE '!'", {like_pattern(parties::fold_for_lookup(filter.page.search))});
    Listed<Shoot> listed;
    listed.total = fetch_bound<CountRow>(session, "SELECT COUNT(*) FROM shoots" + where.text(), where.values()).front();
    Values values = where.values();
    values.emplace_back(std::int64_t{filter.page.limit});
    values.emplace_back(std::int64_t{filter.page.offset});
    listed.items = fetch_bound<ShootColumns>(
        session, std::string(kShootColumns) + where.text() + order + " LIMIT :limit OFFSET :offset", values);
    for (Shoot& shoot : listed.items) read_parts(session, shoot);
    return listed;
  });
}

Result<void> SqlShootStore::insert(const Attendee& attendee) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string shoot = attendee.shoot.text(), party = attendee.party.text();
    const std::string commitment = attendee.commitment.text();
    auto slot = nullable_id(attendee.slot), zone = nullable_id(attendee.zone);
    session << "INSERT INTO shoot_attendees (shoot_id, party_id, commitment_id, slot_id, zone_id, added_ms) VALUES "
               "(:shoot, :party, :commitment, :slot, :zone, :added)",
        use(shoot), use(party), use(commitment), use(slot.value, slot.state), use(zone.value, zone.state),
        use(attendee.added_ms);
    return {};
  });
}

Result<void> SqlShootStore::update(const Attendee& attendee) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string shoot = attendee.shoot.text(), party = attendee.party.text();
    auto slot = nullable_id(attendee.slot), zone = nullable_id(attendee.zone);
    session << "UPDATE shoot_attendees SET slot_id = :slot, zone_id = :zone WHERE shoot_id = :shoot AND party_id = "
               ":party",
        use(slot.value, slot.state), use(zone.value, zone.state), use(shoot), use(party);
    return {};
  });
}

Result<void> SqlShootStore::remove_attendee(const Id& shoot_id, const Id& party_id) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string shoot = shoot_id.text(), party = party_id.text();
    session << "DELETE FROM shoot_attendees WHERE shoot_id = :shoot AND party_id = :party", use(shoot), use(party);
    return {};
  });
}

Result<std::vector<Attendee>> SqlShootStore::attendees(const Id& shoot) {
  return database_.run([&](soci::session& session) -> Result<std::vector<Attendee>> {
    return fetch_bound<AttendeeColumns>(
        session, std::string(kAttendeeColumns) + " WHERE shoot_id = :shoot ORDER BY added_ms, party_id",
        {shoot.text()});
  });
}

Result<std::optional<Attendee>> SqlShootStore::attendee(const Id& shoot, const Id& party) {
  return database_.run([&](soci::session& session) -> Result<std::optional<Attendee>> {
    return first(fetch_bound<AttendeeColumns>(
        session, std::string(kAttendeeColumns) + " WHERE shoot_id = :shoot AND party_id = :party",
        {shoot.text(), party.text()}));
  });
}

Result<std::vector<Attendee>> SqlShootStore::attended_by(const Id& party) {
  return database_.run([&](soci::session& session) -> Result<std::vector<Attendee>> {
    return fetch_bound<AttendeeColumns>(
        session,
        "SELECT a.shoot_id, a.party_id, a.commitment_id, a.slot_id, a.zone_id, a.added_ms FROM shoot_attendees a JOIN "
        "shoots s ON s.id = a.shoot_id WHERE a.party_id = :party ORDER BY s.created_ms DESC, s.id",
        {party.text()});
  });
}

Result<std::vector<shoots::CountedAttendee>> SqlShootStore::counts(const Id& shoot) {
  return database_.run([&](soci::session& session) -> Result<std::vector<shoots::CountedAttendee>> {
    std::vector<shoots::CountedAttendee> counted;
    for (const auto& [party, state, number] : fetch_bound<CountColumns>(
             session,
             "SELECT party_id, state, COUNT(*) FROM frames WHERE shoot_id = :shoot GROUP BY party_id, state ORDER BY "
             "party_id",
             {shoot.text()})) {
      if (counted.empty() || counted.back().party != party) counted.push_back({party, {}});
      count(counted.back().counts, state, number);
    }
    return counted;
  });
}

}  // namespace probity::store
