#include "store/events_store.h"

#include "store/nullable.h"
#include "store/query.h"

namespace probity::store {
namespace {

using events::Event;
using soci::into;
using soci::use;

constexpr const char* kSelect =
    "SELECT sequence, time_ms, kind, actor_kind, actor_id, actor_name, project_id, party_id, commitment_id, asset_id, "
    "copy_id, data FROM events";

struct EventRow {
  std::int64_t sequence = 0, time = 0;
  std::string kind, actor_kind, actor_name, data;
  Nullable<std::string> actor_id, project, party, commitment, asset, copy;

  auto columns() {
    return std::make_tuple(into(sequence), into(time), into(kind), into(actor_kind), actor_id.column(),
                           into(actor_name), project.column(), party.column(), commitment.column(), asset.column(),
                           copy.column(), into(data));
  }
  Event value() const {
    Event event;
    event.sequence = static_cast<std::uint64_t>(sequence);
    event.time_ms = time;
    event.kind = kind;
    event.actor = {read_some(events::parse_actor_kind(actor_kind), "an event has an unknown kind of actor"),
                   read_optional_id(actor_id), actor_name};
    event.project = read_optional_id(project);
    event.party = read_optional_id(party);
    event.commitment = read_optional_id(commitment);
    event.asset = read_optional_id(asset);
    event.copy = read_optional_id(copy);
    event.data_json = data;
    return event;
  }
};

// "commitment." takes the family: every kind from "commitment." up to, not including, "commitment/".
void add_kind(Conditions& where, const std::string& kind) {
  if (kind.empty()) return;
  if (kind.back() != '.') {
    where.add("kind = :kind", {kind});
    return;
  }
  std::string end = kind;
  ++end.back();
  where.add("kind >= :kind_from AND kind < :kind_to", {kind, end});
}

}  // namespace

Result<std::uint64_t> SqlEventLog::append(const Event& event) {
  return database_.run([&](soci::session& session) -> Result<std::uint64_t> {
    const std::string actor_kind(events::actor_kind_name(event.actor.kind));
    auto actor = nullable_id(event.actor.id), project = nullable_id(event.project), party = nullable_id(event.party),
         commitment = nullable_id(event.commitment), asset = nullable_id(event.asset), copy = nullable_id(event.copy);
    std::int64_t sequence = 0;
    session << "INSERT INTO events (sequence, time_ms, kind, actor_kind, actor_id, actor_name, project_id, party_id, "
               "commitment_id, asset_id, copy_id, data) VALUES ((SELECT COALESCE(MAX(sequence), 0) + 1 FROM events), "
               ":time, :kind, :actor_kind, :actor_id, :actor_name, :project, :party, :commitment, :asset, :copy, "
               ":data) RETURNING sequence",
        use(event.time_ms), use(event.kind), use(actor_kind), use(actor.value, actor.state), use(event.actor.name),
        use(project.value, project.state), use(party.value, party.state), use(commitment.value, commitment.state),
        use(asset.value, asset.state), use(copy.value, copy.state), use(event.data_json), into(sequence);
    return static_cast<std::uint64_t>(sequence);
  });
}

Result<Listed<Event>> SqlEventLog::list(const events::EventFilter& filter) {
  return database_.run([&](soci::session& session) -> Result<Listed<Event>> {
    Conditions where;
    if (filter.project) where.add("project_id = :project", {filter.project->text()});
    if (filter.party) where.add("party_id = :party", {filter.party->text()});
    add_kind(where, filter.kind);
    Listed<Event> listed;
    listed.total = fetch_bound<CountRow>(session, "SELECT COUNT(*) FROM events" + where.text(), where.values()).front();
    auto values = where.values();
    values.emplace_back(std::int64_t{filter.limit});
    values.emplace_back(std::int64_t{filter.offset});
    listed.items = fetch_bound<EventRow>(
        session, kSelect + where.text() + " ORDER BY sequence DESC LIMIT :limit OFFSET :offset", values);
    return listed;
  });
}

Result<std::vector<Event>> SqlEventLog::after(std::uint64_t sequence, std::size_t limit) {
  return database_.run([&](soci::session& session) -> Result<std::vector<Event>> {
    return fetch_bound<EventRow>(session,
                                 std::string(kSelect) + " WHERE sequence > :after ORDER BY sequence LIMIT :limit",
                                 {static_cast<std::int64_t>(sequence), static_cast<std::int64_t>(limit)});
  });
}

Result<std::uint64_t> SqlEventLog::cursor(const std::string& reader) {
  return database_.run([&](soci::session& session) -> Result<std::uint64_t> {
    return first(fetch_bound<CountRow>(session, "SELECT sequence FROM event_readers WHERE name = :name", {reader}))
        .value_or(0);
  });
}

Result<void> SqlEventLog::set_cursor(const std::string& reader, std::uint64_t sequence) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const auto position = static_cast<std::int64_t>(sequence);
    session << "INSERT INTO event_readers (name, sequence) VALUES (:name, :sequence) "
               "ON CONFLICT (name) DO UPDATE SET sequence = excluded.sequence",
        use(reader), use(position);
    return {};
  });
}

Result<std::uint64_t> SqlEventLog::last_sequence() {
  return database_.run([&](soci::session& session) -> Result<std::uint64_t> {
    return fetch_bound<CountRow>(session, "SELECT COALESCE(MAX(sequence), 0) FROM events", {}).front();
  });
}

}  // namespace probity::store
