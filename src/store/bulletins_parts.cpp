// What hangs on bulletins: receipts, sightings, replies, pictures and joint cases.
#include "store/bulletins_rows.h"
#include "store/bulletins_store.h"

namespace probity::store {

using soci::use;

Result<void> BulletinStore::put(const bulletins::Receipt& receipt) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = receipt.bulletin.text(), member = receipt.member.text(), account = receipt.account.text();
    const auto version = static_cast<std::int64_t>(receipt.version);
    session << "INSERT INTO bulletin_receipts (bulletin_id, member_id, account_id, version, time_ms) VALUES (:id, "
               ":member, :account, :version, :time) ON CONFLICT (bulletin_id, member_id, account_id) DO UPDATE SET "
               "version = EXCLUDED.version, time_ms = EXCLUDED.time_ms",
        use(id), use(member), use(account), use(version), use(receipt.time_ms);
    return {};
  });
}

Result<std::vector<bulletins::Receipt>> BulletinStore::receipts(const Id& bulletin) {
  return database_.run([&](soci::session& session) -> Result<std::vector<bulletins::Receipt>> {
    const std::string id = bulletin.text();
    return fetch_all<ReceiptRow>(session, std::string(ReceiptRow::kSelect) + "WHERE bulletin_id = :id ORDER BY time_ms",
                                 use(id));
  });
}

Result<void> BulletinStore::put(const bulletins::Sighting& sighting) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = sighting.id.text(), bulletin = sighting.bulletin.text(), member = sighting.member.text();
    const std::string account = sighting.account.text(), verdict(bulletins::verdict_name(sighting.verdict));
    const std::int64_t count = sighting.count;
    session << "INSERT INTO bulletin_sightings (id, bulletin_id, member_id, account_id, verdict, count, note, time_ms) "
               "VALUES (:id, :bulletin, :member, :account, :verdict, :count, :note, :time) ON CONFLICT (bulletin_id, "
               "member_id) DO UPDATE SET id = EXCLUDED.id, account_id = EXCLUDED.account_id, verdict = "
               "EXCLUDED.verdict, count = EXCLUDED.count, note = EXCLUDED.note, time_ms = EXCLUDED.time_ms",
        use(id), use(bulletin), use(member), use(account), use(verdict), use(count), use(sighting.note),
        use(sighting.time_ms);
    return {};
  });
}

Result<std::vector<bulletins::Sighting>> BulletinStore::sightings(const Id& bulletin) {
  return database_.run([&](soci::session& session) -> Result<std::vector<bulletins::Sighting>> {
    const std::string id = bulletin.text();
    return fetch_all<SightingRow>(
        session, std::string(SightingRow::kSelect) + "WHERE bulletin_id = :id ORDER BY time_ms, id", use(id));
  });
}

Result<void> BulletinStore::insert(const bulletins::Reply& reply) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = reply.id.text(), bulletin = reply.bulletin.text(), member = reply.member.text();
    const std::string account = reply.account.text();
    Nullable<std::string> to = nullable_id(reply.to);
    session << "INSERT INTO bulletin_replies (id, bulletin_id, member_id, account_id, reply_to, words, time_ms) VALUES "
               "(:id, :bulletin, :member, :account, :to, :words, :time)",
        use(id), use(bulletin), use(member), use(account), use(to.value, to.state), use(reply.text), use(reply.time_ms);
    return {};
  });
}

Result<std::vector<bulletins::Reply>> BulletinStore::replies(const Id& bulletin) {
  return database_.run([&](soci::session& session) -> Result<std::vector<bulletins::Reply>> {
    const std::string id = bulletin.text();
    return fetch_all<ReplyRow>(session, std::string(ReplyRow::kSelect) + "WHERE bulletin_id = :id ORDER BY time_ms, id",
                               use(id));
  });
}

Result<void> BulletinStore::put_picture(const bulletins::Picture& picture, const Id& member, TimeMs time_ms) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string hash = to_hex(picture.hash), id = member.text();
    const std::int64_t width = picture.width_px, height = picture.height_px;
    const auto size = static_cast<std::int64_t>(picture.size_bytes);
    session
        << "INSERT INTO bulletin_uploads (hash, member_id, width_px, height_px, size_bytes, time_ms) VALUES (:hash, "
           ":member, :width, :height, :size, :time) ON CONFLICT (hash, member_id) DO UPDATE SET time_ms = "
           "EXCLUDED.time_ms",
        use(hash), use(id), use(width), use(height), use(size), use(time_ms);
    return {};
  });
}

Result<std::optional<bulletins::Picture>> BulletinStore::picture(const Hash& hash, const Id& member) {
  return database_.run([&](soci::session& session) -> Result<std::optional<bulletins::Picture>> {
    const std::string hex = to_hex(hash), id = member.text();
    return first(fetch_all<PictureRow>(
        session, std::string(PictureRow::kSelect) + "WHERE hash = :hash AND member_id = :member", use(hex), use(id)));
  });
}

Result<std::uint64_t> BulletinStore::pictures_since(const Id& member, TimeMs since_ms) {
  return database_.run([&](soci::session& session) -> Result<std::uint64_t> {
    std::int64_t count = 0;
    const std::string id = member.text();
    session << "SELECT COUNT(*) FROM bulletin_uploads WHERE member_id = :member AND time_ms > :since",
        soci::into(count), use(id), use(since_ms);
    return static_cast<std::uint64_t>(count);
  });
}

Result<std::uint64_t> BulletinStore::published_since(const Id& member, TimeMs since_ms) {
  return database_.run([&](soci::session& session) -> Result<std::uint64_t> {
    std::int64_t count = 0;
    const std::string id = member.text();
    session << "SELECT COUNT(*) FROM bulletins WHERE author_id = :member AND published_ms > :since", soci::into(count),
        use(id), use(since_ms);
    return static_cast<std::uint64_t>(count);
  });
}

Result<std::vector<Hash>> BulletinStore::idle_pictures(TimeMs before_ms, std::size_t limit) {
  return database_.run([&](soci::session& session) -> Result<std::vector<Hash>> {
    const auto most = static_cast<std::int64_t>(limit);
    return fetch_all<HashRow>(session,
                              "SELECT hash FROM bulletin_uploads u WHERE NOT EXISTS (SELECT 1 FROM bulletin_pictures p "
                              "WHERE p.hash = u.hash) GROUP BY hash HAVING MAX(time_ms) < :before LIMIT :most",
                              use(before_ms), use(most));
  });
}

Result<void> BulletinStore::forget_picture(const Hash& hash) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string hex = to_hex(hash);
    session << "DELETE FROM bulletin_uploads WHERE hash = :hash", use(hex);
    return {};
  });
}

Result<void> BulletinStore::insert(const bulletins::JointCase& joint) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = joint.id.text(), bulletin = joint.bulletin.text();
    const std::string state(bulletins::joint_state_name(joint.state)), record = bulletins::joint_case_record(joint);
    session << "INSERT INTO joint_cases (id, bulletin_id, state, opened_ms, record) VALUES (:id, :bulletin, :state, "
               ":opened, :record)",
        use(id), use(bulletin), use(state), use(joint.opened_ms), use(record);
    return {};
  });
}

Result<void> BulletinStore::update(const bulletins::JointCase& joint) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = joint.id.text(), state(bulletins::joint_state_name(joint.state));
    const std::string record = bulletins::joint_case_record(joint);
    session << "UPDATE joint_cases SET state = :state, record = :record WHERE id = :id", use(state), use(record),
        use(id);
    return {};
  });
}

Result<std::optional<bulletins::JointCase>> BulletinStore::joint_case(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<bulletins::JointCase>> {
    const std::string text = id.text();
    return first(fetch_all<JointCaseRow>(session, "SELECT record FROM joint_cases WHERE id = :id", use(text)));
  });
}

Result<std::optional<bulletins::JointCase>> BulletinStore::joint_case_of(const Id& bulletin) {
  return database_.run([&](soci::session& session) -> Result<std::optional<bulletins::JointCase>> {
    const std::string id = bulletin.text();
    return first(fetch_all<JointCaseRow>(session, "SELECT record FROM joint_cases WHERE bulletin_id = :id", use(id)));
  });
}

Result<std::vector<bulletins::JointCase>> BulletinStore::joint_cases() {
  return database_.run([&](soci::session& session) -> Result<std::vector<bulletins::JointCase>> {
    return fetch_all<JointCaseRow>(session, "SELECT record FROM joint_cases ORDER BY opened_ms DESC, id");
  });
}

}  // namespace probity::store
