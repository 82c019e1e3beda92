#include "store/bulletins_received.h"

#include "store/query.h"
#include "store/row.h"

namespace probity::store {
namespace {

using soci::into;
using soci::use;

struct ReceivedRow {
  static constexpr const char* kSelect =
      "SELECT id, published_ms, expires_ms, received_ms, bulletin FROM bulletins_received ";
  std::string id, bulletin;
  std::int64_t published_ms = 0, expires_ms = 0, received_ms = 0;
  auto columns() {
    return std::make_tuple(into(id), into(published_ms), into(expires_ms), into(received_ms), into(bulletin));
  }
  bulletins::Received value() const { return {read_id(id), published_ms, expires_ms, received_ms, bulletin}; }
};

struct AsOfRow {
  std::int64_t time_ms = 0;
  auto columns() { return std::make_tuple(into(time_ms)); }
  TimeMs value() const { return time_ms; }
};

}  // namespace

Result<void> ReceivedBulletinStore::put(const bulletins::Received& received) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = received.id.text();
    session
        << "INSERT INTO bulletins_received (id, published_ms, expires_ms, received_ms, bulletin) VALUES (:id, "
           ":published, :expires, :received, :bulletin) ON CONFLICT (id) DO UPDATE SET published_ms = "
           "EXCLUDED.published_ms, expires_ms = EXCLUDED.expires_ms, received_ms = EXCLUDED.received_ms, bulletin = "
           "EXCLUDED.bulletin",
        use(id), use(received.published_ms), use(received.expires_ms), use(received.received_ms),
        use(received.bulletin);
    return {};
  });
}

Result<void> ReceivedBulletinStore::remove(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string text = id.text();
    session << "DELETE FROM bulletins_received WHERE id = :id", use(text);
    return {};
  });
}

Result<std::optional<bulletins::Received>> ReceivedBulletinStore::received(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<bulletins::Received>> {
    const std::string text = id.text();
    return first(fetch_all<ReceivedRow>(session, std::string(ReceivedRow::kSelect) + "WHERE id = :id", use(text)));
  });
}

Result<std::vector<bulletins::Received>> ReceivedBulletinStore::all() {
  return database_.run([&](soci::session& session) -> Result<std::vector<bulletins::Received>> {
    return fetch_all<ReceivedRow>(session, std::string(ReceivedRow::kSelect) + "ORDER BY published_ms DESC, id DESC");
  });
}

Result<std::optional<TimeMs>> ReceivedBulletinStore::as_of() {
  return database_.run([&](soci::session& session) -> Result<std::optional<TimeMs>> {
    return first(fetch_all<AsOfRow>(session, "SELECT time_ms FROM bulletins_received_at"));
  });
}

Result<void> ReceivedBulletinStore::set_as_of(TimeMs time_ms) {
  return database_.run([&](soci::session& session) -> Result<void> {
    session << "INSERT INTO bulletins_received_at (id, time_ms) VALUES (1, :time) ON CONFLICT (id) DO UPDATE SET "
               "time_ms = EXCLUDED.time_ms",
        use(time_ms);
    return {};
  });
}

}  // namespace probity::store
