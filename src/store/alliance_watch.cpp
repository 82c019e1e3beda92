// Alarms and canaries; alliance_audits.cpp has the consents.
#include "store/alliance_watch.h"

#include "store/alliance_rows.h"

namespace probity::store {
namespace {

using alliance::Alarm;
using alliance::Planting;
using soci::into;
using soci::use;

constexpr TimeMs kFreshMs = 2 * alliance::kDayMs;

std::optional<Id> optional_id(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(read_id(text));
}
std::string optional_text(const std::optional<Id>& id) { return id ? id->text() : std::string(); }

struct AlarmRow {
  static constexpr const char* kSelect =
      "SELECT id, member_id, rule, day, observed, expected, raised_ms, acknowledged_by, acknowledged_ms, note "
      "FROM alliance_alarms";
  std::string id, member, rule, by, note;
  double observed = 0, expected = 0;
  std::int64_t day = 0, raised_ms = 0;
  Nullable<std::int64_t> acknowledged_ms;
  auto columns() {
    return std::make_tuple(into(id), into(member), into(rule), into(day), into(observed), into(expected),
                           into(raised_ms), into(by), acknowledged_ms.column(), into(note));
  }
  Alarm value() const {
    return {read_id(id),
            read_id(member),
            {read_some(alliance::parse_alarm_rule(rule), "an alarm of an unknown rule"), observed, expected},
            day,
            raised_ms,
            optional_id(by),
            acknowledged_ms.get(),
            note};
  }
};

struct PlantingRow {
  static constexpr const char* kSelect =
      "SELECT id, epoch, records, state, proposed_by, proposed_ms, decided_by, decided_ms, (SELECT COUNT(*) FROM "
      "alliance_canaries c WHERE c.planting_id = alliance_plantings.id AND c.findable = 1) FROM alliance_plantings ";
  std::string id, state, by, decided_by;
  std::int64_t epoch = 0, count = 0, proposed_ms = 0, standing = 0;
  Nullable<std::int64_t> decided_ms;
  auto columns() {
    return std::make_tuple(into(id), into(epoch), into(count), into(state), into(by), into(proposed_ms),
                           into(decided_by), decided_ms.column(), into(standing));
  }
  Planting value() const {
    return {read_id(id),
            static_cast<oprf::Epoch>(epoch),
            static_cast<std::uint32_t>(count),
            read_some(alliance::parse_planting_state(state), "a planting in an unknown state"),
            read_id(by),
            proposed_ms,
            optional_id(decided_by),
            decided_ms.get(),
            static_cast<std::uint64_t>(standing)};
  }
};

struct TouchRow {
  std::int64_t fetched_ms = 0, starts_ms = 0;
  auto columns() { return std::make_tuple(into(fetched_ms), into(starts_ms)); }
  TimeMs value() const { return fetched_ms - starts_ms; }
};

}  // namespace

Result<bool> AllianceWatchStore::raise(const Alarm& alarm) {
  return database_.run([&](soci::session& session) -> Result<bool> {
    const std::string id = alarm.id.text(), member = alarm.member.text();
    const std::string rule(alliance::alarm_rule_name(alarm.finding.rule));
    std::int64_t known = 0;
    session << "SELECT COUNT(*) FROM alliance_alarms WHERE member_id = :member AND rule = :rule AND day = :day",
        into(known), use(member), use(rule), use(alarm.day);
    if (known != 0) return false;
    session << "INSERT INTO alliance_alarms (id, member_id, rule, day, observed, expected, raised_ms) VALUES (:id, "
               ":member, :rule, :day, :observed, :expected, :raised)",
        use(id), use(member), use(rule), use(alarm.day), use(alarm.finding.observed), use(alarm.finding.expected),
        use(alarm.raised_ms);
    return true;
  });
}

Result<void> AllianceWatchStore::update(const Alarm& alarm) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = alarm.id.text(), by = optional_text(alarm.acknowledged_by);
    Nullable<std::int64_t> at(alarm.acknowledged_ms);
    session << "UPDATE alliance_alarms SET acknowledged_by = :by, acknowledged_ms = :at, note = :note WHERE id = :id",
        use(by), use(at.value, at.state), use(alarm.note), use(id);
    return {};
  });
}

Result<std::optional<Alarm>> AllianceWatchStore::alarm(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<Alarm>> {
    const std::string text = id.text();
    return first(fetch_all<AlarmRow>(session, std::string(AlarmRow::kSelect) + " WHERE id = :id", use(text)));
  });
}

Result<Listed<Alarm>> AllianceWatchStore::alarms(const alliance::AlarmFilter& filter) {
  return database_.run([&](soci::session& session) -> Result<Listed<Alarm>> {
    Conditions conditions;
    if (filter.member) conditions.add("member_id = :member", {filter.member->text()});
    if (filter.acknowledged)
      conditions.add(*filter.acknowledged ? "acknowledged_ms IS NOT NULL" : "acknowledged_ms IS NULL");
    Listed<Alarm> listed;
    listed.total =
        fetch_bound<CountRow>(session, "SELECT COUNT(*) FROM alliance_alarms" + conditions.text(), conditions.values())
            .front();
    auto values = conditions.values();
    values.emplace_back(std::int64_t{filter.limit});
    values.emplace_back(std::int64_t{filter.offset});
    listed.items = fetch_bound<AlarmRow>(
        session, AlarmRow::kSelect + conditions.text() + " ORDER BY raised_ms DESC, id LIMIT :limit OFFSET :offset",
        values);
    return listed;
  });
}

Result<void> AllianceWatchStore::insert(const Planting& planting) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = planting.id.text(), by = planting.proposed_by.text();
    const std::string state(alliance::planting_state_name(planting.state));
    const std::int64_t epoch = planting.epoch, count = planting.count;
    session << "INSERT INTO alliance_plantings (id, epoch, records, state, proposed_by, proposed_ms) VALUES (:id, "
               ":epoch, :count, :state, :by, :proposed)",
        use(id), use(epoch), use(count), use(state), use(by), use(planting.proposed_ms);
    return {};
  });
}

Result<void> AllianceWatchStore::update(const Planting& planting) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = planting.id.text(), by = optional_text(planting.decided_by);
    const std::string state(alliance::planting_state_name(planting.state));
    Nullable<std::int64_t> at(planting.decided_ms);
    session << "UPDATE alliance_plantings SET state = :state, decided_by = :by, decided_ms = :at WHERE id = :id",
        use(state), use(by), use(at.value, at.state), use(id);
    return {};
  });
}

Result<std::optional<Planting>> AllianceWatchStore::planting(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<Planting>> {
    const std::string text = id.text();
    return first(fetch_all<PlantingRow>(session, std::string(PlantingRow::kSelect) + "WHERE id = :id", use(text)));
  });
}

Result<std::vector<Planting>> AllianceWatchStore::plantings() {
  return database_.run([&](soci::session& session) -> Result<std::vector<Planting>> {
    return fetch_all<PlantingRow>(session, std::string(PlantingRow::kSelect) + "ORDER BY proposed_ms DESC, id");
  });
}

Result<void> AllianceWatchStore::insert(const alliance::Canary& canary) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = canary.id.text(), planting = canary.planting.text(), label = to_hex(canary.label);
    const std::int64_t epoch = canary.epoch, prefix = canary.prefix28;
    session << "INSERT INTO alliance_canaries (id, planting_id, epoch, prefix28, label, starts_ms, ends_ms, findable) "
               "VALUES (:id, :planting, :epoch, :prefix, :label, :starts, :ends, 0)",
        use(id), use(planting), use(epoch), use(prefix), use(label), use(canary.starts_ms), use(canary.ends_ms);
    return {};
  });
}

Result<alliance::CanaryActivity> AllianceWatchStore::canary_activity(const Id& member, oprf::Epoch epoch,
                                                                     TimeMs since_ms) {
  return database_.run([&](soci::session& session) -> Result<alliance::CanaryActivity> {
    alliance::CanaryActivity activity;
    const std::string who = member.text();
    const std::int64_t number = epoch;
    std::int64_t standing = 0, fetches = 0;
    session << "SELECT COUNT(*) FROM alliance_canaries WHERE epoch = :epoch AND findable = 1", into(standing),
        use(number);
    session << "SELECT COUNT(*) FROM alliance_fetches WHERE member_id = :member AND epoch = :epoch AND time_ms >= "
               ":since",
        into(fetches), use(who), use(number), use(since_ms);
    activity.canary_prefixes = static_cast<std::uint64_t>(standing);
    activity.fetches = static_cast<std::uint64_t>(fetches);
    if (standing == 0) return activity;
    const auto ages = fetch_all<TouchRow>(
        session,
        "SELECT f.time_ms, MIN(c.starts_ms) FROM alliance_fetches f JOIN alliance_canaries c ON c.epoch = f.epoch AND "
        "c.prefix28 >= f.first28 AND c.prefix28 <= f.last28 AND c.starts_ms <= f.time_ms AND c.ends_ms > f.time_ms "
        "WHERE f.member_id = :member AND f.epoch = :epoch AND f.time_ms >= :since AND NOT EXISTS (SELECT 1 FROM "
        "alliance_places p WHERE p.epoch = f.epoch AND p.prefix28 >= f.first28 AND p.prefix28 <= f.last28) "
        "GROUP BY f.id, f.time_ms",
        use(who), use(number), use(since_ms));
    activity.fetched = ages.size();
    for (const TimeMs age : ages) activity.fetched_fresh += age < kFreshMs ? 1U : 0U;
    return activity;
  });
}

}  // namespace probity::store
