#include "store/screening_watches.h"

#include "store/nullable.h"
#include "store/query.h"

namespace probity::store {
namespace {

using screening::Watch;
using screening::WatchChange;
using soci::into;
using soci::use;

struct WatchRow {
  std::string record;
  auto columns() { return std::make_tuple(into(record)); }
  Watch value() const {
    auto watch = screening::parse_watch_record(record);
    if (!watch) throw UnreadableRow("a watched partner is not readable");
    return std::move(*watch);
  }
};

struct ChangeRow {
  std::string record;
  auto columns() { return std::make_tuple(into(record)); }
  WatchChange value() const {
    auto change = screening::parse_watch_change_record(record);
    if (!change) throw UnreadableRow("a change of a watched partner is not readable");
    return std::move(*change);
  }
};

struct IdRow {
  std::string id;
  auto columns() { return std::make_tuple(into(id)); }
  Id value() const { return read_id(id); }
};

std::string numbers_of(const screening::CompanySubject& subject) {
  return subject.credit_code + " " + subject.organisation_code + " " + subject.lei + " " + subject.registration;
}

void write_matches(soci::session& session, const Watch& watch) {
  const std::string id = watch.id.text();
  session << "DELETE FROM screening_watch_matches WHERE watch_id = :id", use(id);
  for (const screening::WatchMatch& match : watch.matches) {
    const std::string listing = match.listing.text();
    session << "INSERT INTO screening_watch_matches (watch_id, listing_id) VALUES (:id, :listing)", use(id),
        use(listing);
  }
}

Result<std::string> order_of(const ListQuery& page) {
  const bool descending = page.sort.empty() || page.descending;
  const std::string end = std::string(descending ? " DESC" : "") + ", id" + (descending ? " DESC" : "");
  if (page.sort == "name") return " ORDER BY name" + end;
  if (page.sort == "changed_at") return " ORDER BY COALESCE(changed_ms, 0)" + end;
  if (page.sort.empty() || page.sort == "added_at") return " ORDER BY added_ms" + end;
  return fail(ErrorCode::invalid_argument, "the list cannot be sorted by that", "name, added_at or changed_at");
}

}  // namespace

Result<bool> ScreeningWatchStore::insert(const Watch& watch) {
  return database_.run([&](soci::session& session) -> Result<bool> {
    const std::string id = watch.id.text(), key = to_hex(screening::subject_key(watch.subject));
    const std::string name = watch.subject.name + (watch.note.empty() ? "" : " · " + watch.note);
    const std::string numbers = numbers_of(watch.subject), level(screening::level_name(watch.level()));
    const std::string record = screening::watch_record(watch);
    const std::int64_t seen = watch.seen ? 1 : 0;
    std::int64_t known = 0;
    session << "SELECT COUNT(*) FROM screening_watches WHERE subject_key = :key", into(known), use(key);
    if (known != 0) return false;
    session << "INSERT INTO screening_watches (id, subject_key, name, numbers, level, added_ms, seen, record) VALUES "
               "(:id, :key, :name, :numbers, :level, :added, :seen, :record)",
        use(id), use(key), use(name), use(numbers), use(level), use(watch.added_ms), use(seen), use(record);
    write_matches(session, watch);
    return true;
  });
}

Result<void> ScreeningWatchStore::update(const Watch& watch) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = watch.id.text(), level(screening::level_name(watch.level()));
    const std::string record = screening::watch_record(watch);
    const std::int64_t seen = watch.seen ? 1 : 0;
    Nullable<std::int64_t> changed(watch.changed_ms);
    session << "UPDATE screening_watches SET level = :level, changed_ms = :changed, seen = :seen, record = :record "
               "WHERE id = :id",
        use(level), use(changed.value, changed.state), use(seen), use(record), use(id);
    write_matches(session, watch);
    return {};
  });
}

Result<std::optional<Watch>> ScreeningWatchStore::watch(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<Watch>> {
    const std::string text = id.text();
    return first(fetch_all<WatchRow>(session, "SELECT record FROM screening_watches WHERE id = :id", use(text)));
  });
}

Result<std::optional<Watch>> ScreeningWatchStore::watch_about(const Hash& subject_key) {
  return database_.run([&](soci::session& session) -> Result<std::optional<Watch>> {
    const std::string key = to_hex(subject_key);
    return first(
        fetch_all<WatchRow>(session, "SELECT record FROM screening_watches WHERE subject_key = :key", use(key)));
  });
}

Result<Listed<Watch>> ScreeningWatchStore::watches(const screening::WatchFilter& filter) {
  TRY_ASSIGN(const std::string order, order_of(filter.page));
  return database_.run([&](soci::session& session) -> Result<Listed<Watch>> {
    Conditions conditions;
    if (filter.level) conditions.add("level = :level", {std::string(screening::level_name(*filter.level))});
    if (filter.changed) conditions.add("seen = :seen", {std::int64_t{*filter.changed ? 0 : 1}});
    if (!filter.page.search.empty()) {
      const std::string like = like_pattern(filter.page.search);
      conditions.add("(LOWER(name) LIKE :l1 ESCAPE '!' OR LOWER(numbers) LIKE :l2 ESCAPE '!')", {like, like});
    }
    Listed<Watch> listed;
    listed.total = fetch_bound<CountRow>(session, "SELECT COUNT(*) FROM screening_watches" + conditions.text(),
                                         conditions.values())
                       .front();
    auto values = conditions.values();
    values.emplace_back(std::int64_t{filter.page.limit});
    values.emplace_back(std::int64_t{filter.page.offset});
    listed.items = fetch_bound<WatchRow>(
        session, "SELECT record FROM screening_watches" + conditions.text() + order + " LIMIT :limit OFFSET :offset",
        values);
    return listed;
  });
}

Result<void> ScreeningWatchStore::remove_watch(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string text = id.text();
    session << "DELETE FROM screening_watch_changes WHERE watch_id = :id", use(text);
    session << "DELETE FROM screening_watch_matches WHERE watch_id = :id", use(text);
    session << "DELETE FROM screening_watches WHERE id = :id", use(text);
    return {};
  });
}

Result<std::vector<std::pair<Id, screening::CompanySubject>>> ScreeningWatchStore::watched_subjects() {
  return database_.run([&](soci::session& session) -> Result<std::vector<std::pair<Id, screening::CompanySubject>>> {
    std::vector<std::pair<Id, screening::CompanySubject>> subjects;
    for (Watch& watch : fetch_all<WatchRow>(session, "SELECT record FROM screening_watches"))
      subjects.emplace_back(watch.id, std::move(watch.subject));
    return subjects;
  });
}

Result<std::vector<Id>> ScreeningWatchStore::watches_matching(const Id& listing) {
  return database_.run([&](soci::session& session) -> Result<std::vector<Id>> {
    const std::string text = listing.text();
    return fetch_all<IdRow>(session, "SELECT watch_id FROM screening_watch_matches WHERE listing_id = :id", use(text));
  });
}

Result<void> ScreeningWatchStore::insert(const WatchChange& change) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = change.id.text(), watch = change.watch.text();
    const std::string record = screening::watch_change_record(change);
    session << "INSERT INTO screening_watch_changes (id, watch_id, time_ms, record) VALUES (:id, :watch, :time, "
               ":record)",
        use(id), use(watch), use(change.time_ms), use(record);
    return {};
  });
}

Result<std::vector<WatchChange>> ScreeningWatchStore::changes_of(const Id& watch, std::size_t limit) {
  return database_.run([&](soci::session& session) -> Result<std::vector<WatchChange>> {
    const std::string text = watch.text();
    const auto most = static_cast<std::int64_t>(limit);
    return fetch_all<ChangeRow>(
        session,
        "SELECT record FROM screening_watch_changes WHERE watch_id = :id ORDER BY time_ms DESC, "
        "id DESC LIMIT :most",
        use(text), use(most));
  });
}

}  // namespace probity::store
