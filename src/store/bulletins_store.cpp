#include "store/bulletins_store.h"

#include <array>
#include <sstream>

#include "bulletins/rules.h"
#include "store/bulletins_rows.h"

namespace probity::store {
namespace {

using bulletins::Bulletin;
using bulletins::BulletinFilter;
using soci::into;
using soci::use;

// Whatever hangs on a bulletin that still says something.
void write_parts(soci::session& session, const Bulletin& bulletin) {
  const std::string id = bulletin.id.text();
  session << "DELETE FROM bulletin_marks WHERE bulletin_id = :id", use(id);
  session << "DELETE FROM bulletin_pictures WHERE bulletin_id = :id", use(id);
  if (bulletin.versions.empty()) return;
  for (const bulletins::Mark& mark : bulletins::marks_of(bulletin.content()))
    session << "INSERT INTO bulletin_marks (bulletin_id, kind, value) VALUES (:id, :kind, :value)", use(id),
        use(mark.kind), use(mark.value);
  std::set<std::string> hashes;
  for (const auto& version : bulletin.versions)
    for (const auto& picture : version.content.pictures) hashes.insert(to_hex(picture.hash));
  for (const std::string& hash : hashes)
    session << "INSERT INTO bulletin_pictures (bulletin_id, hash) VALUES (:id, :hash)", use(id), use(hash);
}

void forget_words(soci::session& session, const std::string& id) {
  session << "DELETE FROM bulletin_receipts WHERE bulletin_id = :id", use(id);
  session << "DELETE FROM bulletin_sightings WHERE bulletin_id = :id", use(id);
  session << "DELETE FROM bulletin_replies WHERE bulletin_id = :id", use(id);
}

std::string order_of(const ListQuery& page) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kSorts{{{"number", "year {0}, serial {0}"},
                                                                                 {"title", "title {0}"},
                                                                                 {"published_at", "published_ms {0}"},
                                                                                 {"expires_at", "expires_ms {0}"}}};
  for (const auto& [name, columns] : kSorts) {
    if (name != page.sort) continue;
    std::string order(columns);
    for (std::size_t at = order.find("{0}"); at != std::string::npos; at = order.find("{0}"))
      order.replace(at, 3, page.descending ? "DESC" : "ASC");
    return order + ", id";
  }
  return "published_ms DESC, id";
}

// The audience first: nothing else of a filter can widen it.
Conditions conditions_of(const BulletinFilter& filter) {
  Conditions conditions;
  const std::string member = filter.reader.member.text();
  if (filter.reader.is_operator)
    conditions.add("(for_all = 1 OR author_id = :author)", {Id{}.text()});
  else
    conditions.add(
        "(for_all = 1 OR author_id = :author OR EXISTS (SELECT 1 FROM bulletin_audience a WHERE a.bulletin_id = "
        "bulletins.id AND a.member_id = :member))",
        {member, member});
  conditions.add("expires_ms > :now", {filter.now_ms});
  conditions.add("state <> 'expired'");
  if (filter.state) conditions.add("state = :state", {std::string(bulletins::state_name(*filter.state))});
  // What a withdrawn one was like is not to be found out by filters either.
  const bool asks_content = filter.kind || filter.tlp || !filter.brand.empty() || filter.unread || filter.for_export ||
                            !filter.page.search.empty() || filter.page.sort == "title";
  if (asks_content) conditions.add("state = 'published'");
  if (filter.kind) conditions.add("kind = :kind", {std::string(bulletins::kind_name(*filter.kind))});
  if (filter.tlp) conditions.add("tlp = :tlp", {std::string(bulletins::tlp_name(*filter.tlp))});
  if (filter.for_export) conditions.add("tlp <> 'RED'");
  if (filter.own) conditions.add("author_id = :own", {member});
  if (!filter.brand.empty())
    conditions.add(
        "EXISTS (SELECT 1 FROM bulletin_marks m WHERE m.bulletin_id = bulletins.id AND m.kind = 'brand' AND m.value = "
        ":brand)",
        {filter.brand});
  if (filter.unread)
    conditions.add(
        "author_id <> :reader AND NOT EXISTS (SELECT 1 FROM bulletin_receipts r WHERE r.bulletin_id = bulletins.id AND "
        "r.member_id = :reading AND r.account_id = :account AND r.version >= bulletins.version)",
        {member, member, filter.reader.account.text()});
  std::istringstream words(filter.page.search);
  int count = 0;
  for (std::string word; words >> word && count < 10; ++count)
    conditions.add("search LIKE :word" + std::to_string(count) + " ESCAPE '!'",
                   {like_pattern(bulletins::folded(word))});
  return conditions;
}

}  // namespace

Result<std::uint64_t> BulletinStore::next_number(int year) {
  return database_.run([&](soci::session& session) -> Result<std::uint64_t> {
    std::int64_t last = 0;
    const std::int64_t of = year;
    session << "SELECT COALESCE(MAX(serial), 0) FROM bulletins WHERE year = :year", into(last), use(of);
    return static_cast<std::uint64_t>(last + 1);
  });
}

Result<void> BulletinStore::insert(const Bulletin& bulletin, int year, std::uint64_t number) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = bulletin.id.text(), author = bulletin.author.text();
    const std::string kind(bulletins::kind_name(bulletin.kind)), tlp(bulletins::tlp_name(bulletin.tlp));
    const std::string state(bulletins::state_name(bulletin.state)), record = bulletins::bulletin_record(bulletin);
    const std::string search = bulletins::search_text(bulletin);
    const std::int64_t for_all = bulletin.audience.everybody ? 1 : 0, of = year;
    const auto serial = static_cast<std::int64_t>(number), version = static_cast<std::int64_t>(bulletin.version());
    session << "INSERT INTO bulletins (id, year, serial, number, kind, tlp, state, author_id, for_all, version, title, "
               "published_ms, expires_ms, search, record) VALUES (:id, :year, :serial, :number, :kind, :tlp, :state, "
               ":author, :for_all, :version, :title, :published, :expires, :search, :record)",
        use(id), use(of), use(serial), use(bulletin.number), use(kind), use(tlp), use(state), use(author), use(for_all),
        use(version), use(bulletin.content().title), use(bulletin.published_ms), use(bulletin.expires_ms), use(search),
        use(record);
    for (const Id& member : bulletin.audience.members) {
      const std::string reader = member.text();
      session << "INSERT INTO bulletin_audience (bulletin_id, member_id) VALUES (:id, :member)", use(id), use(reader);
    }
    write_parts(session, bulletin);
    return {};
  });
}

Result<void> BulletinStore::update(const Bulletin& bulletin) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = bulletin.id.text(), state(bulletins::state_name(bulletin.state));
    const std::string record = bulletins::bulletin_record(bulletin), search = bulletins::search_text(bulletin);
    const std::string title = bulletin.versions.empty() ? std::string() : bulletin.content().title;
    const auto version = static_cast<std::int64_t>(bulletin.version());
    session << "UPDATE bulletins SET state = :state, version = :version, title = :title, expires_ms = :expires, "
               "search = :search, record = :record WHERE id = :id",
        use(state), use(version), use(title), use(bulletin.expires_ms), use(search), use(record), use(id);
    write_parts(session, bulletin);
    if (bulletin.versions.empty()) forget_words(session, id);
    return {};
  });
}

Result<std::optional<Bulletin>> BulletinStore::bulletin(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<Bulletin>> {
    const std::string text = id.text();
    return first(fetch_all<BulletinRow>(session, "SELECT record FROM bulletins WHERE id = :id", use(text)));
  });
}

Result<Listed<Bulletin>> BulletinStore::bulletins(const BulletinFilter& filter) {
  return database_.run([&](soci::session& session) -> Result<Listed<Bulletin>> {
    const Conditions conditions = conditions_of(filter);
    Listed<Bulletin> listed;
    listed.total =
        fetch_bound<CountRow>(session, "SELECT COUNT(*) FROM bulletins" + conditions.text(), conditions.values())
            .front();
    auto values = conditions.values();
    values.emplace_back(std::int64_t{filter.page.limit});
    values.emplace_back(std::int64_t{filter.page.offset});
    listed.items = fetch_bound<BulletinRow>(session,
                                            "SELECT record FROM bulletins" + conditions.text() + " ORDER BY " +
                                                order_of(filter.page) + " LIMIT :limit OFFSET :offset",
                                            values);
    return listed;
  });
}

Result<std::vector<Bulletin>> BulletinStore::due(TimeMs now_ms, std::size_t limit) {
  return database_.run([&](soci::session& session) -> Result<std::vector<Bulletin>> {
    const auto most = static_cast<std::int64_t>(limit);
    return fetch_all<BulletinRow>(session,
                                  "SELECT record FROM bulletins WHERE state = 'published' AND expires_ms <= :now "
                                  "ORDER BY expires_ms LIMIT :most",
                                  use(now_ms), use(most));
  });
}

Result<std::vector<bulletins::SharedMark>> BulletinStore::sharing(const Id& bulletin, std::size_t limit) {
  return database_.run([&](soci::session& session) -> Result<std::vector<bulletins::SharedMark>> {
    const std::string id = bulletin.text();
    const auto most = static_cast<std::int64_t>(limit);
    return fetch_all<SharedMarkRow>(
        session,
        "SELECT b.bulletin_id, b.kind, b.value FROM bulletin_marks a JOIN bulletin_marks b ON b.kind = a.kind AND "
        "b.value = a.value AND b.bulletin_id <> a.bulletin_id JOIN bulletins x ON x.id = b.bulletin_id WHERE "
        "a.bulletin_id = :id ORDER BY x.published_ms DESC, b.bulletin_id, b.kind, b.value LIMIT :most",
        use(id), use(most));
  });
}

Result<bulletins::Tally> BulletinStore::tally(const Id& bulletin, const bulletins::Reader& reader) {
  return database_.run([&](soci::session& session) -> Result<bulletins::Tally> {
    const std::string id = bulletin.text(), member = reader.member.text(), account = reader.account.text();
    std::int64_t read = 0, seen = 0, denied = 0, replies = 0;
    session << "SELECT COALESCE(MAX(version), 0) FROM bulletin_receipts WHERE bulletin_id = :id AND member_id = "
               ":member AND account_id = :account",
        into(read), use(id), use(member), use(account);
    session << "SELECT CAST(COALESCE(SUM(count), 0) AS BIGINT) FROM bulletin_sightings WHERE bulletin_id = :id AND "
               "verdict = 'seen'",
        into(seen), use(id);
    session << "SELECT COUNT(*) FROM bulletin_sightings WHERE bulletin_id = :id AND verdict = 'false'", into(denied),
        use(id);
    session << "SELECT COUNT(*) FROM bulletin_replies WHERE bulletin_id = :id", into(replies), use(id);
    bulletins::Tally tally;
    tally.read_version = static_cast<std::size_t>(read);
    tally.seen = static_cast<std::uint64_t>(seen);
    tally.denied = static_cast<std::uint64_t>(denied);
    tally.replies = static_cast<std::uint64_t>(replies);
    const auto joint =
        first(fetch_all<JointCaseRow>(session, "SELECT record FROM joint_cases WHERE bulletin_id = :id", use(id)));
    if (joint) tally.joint_case = joint->id;
    tally.joint_case_open = joint && joint->state == bulletins::JointCase::State::open;
    return tally;
  });
}

}  // namespace probity::store
