// Links, codes, sessions, slips and notices of the commitments in SQL.
#include "store/commitments_rows.h"
#include "store/commitments_store.h"
#include "store/query.h"
#include "store/soci.h"

namespace probity::store {
namespace {

using commitments::Code;
using commitments::Link;
using commitments::Session;
using commitments::Slip;
using soci::into;
using soci::use;

struct LinkRow {
  std::string id, token, commitment, signatory, party;
  std::int64_t created = 0, expires = 0, ended = 0;
  auto columns() {
    return std::make_tuple(into(id), into(token), into(commitment), into(signatory), into(party), into(created),
                           into(expires), into(ended));
  }
  Link value() const {
    return {read_id(id), read_hash(token), read_id(commitment), read_id(signatory), read_id(party),
            created,     expires,          optional_time(ended)};
  }
};

struct CodeRow {
  std::string id, link, salt, hash;
  std::int64_t told = 0, created = 0, tries = 0, used = 0;
  auto columns() {
    return std::make_tuple(into(id), into(link), into(salt), into(hash), into(told), into(created), into(tries),
                           into(used));
  }
  Code value() const {
    return {read_id(id), read_id(link), read_hash(salt),         read_hash(hash),
            told != 0,   created,       static_cast<int>(tries), optional_time(used)};
  }
};

struct SessionRow {
  std::string id, token, party, link, code, address, agent;
  std::int64_t created = 0, ended = 0;
  auto columns() {
    return std::make_tuple(into(id), into(token), into(party), into(link), into(code), into(created), into(address),
                           into(agent), into(ended));
  }
  Session value() const {
    return {read_id(id), read_hash(token), read_id(party), read_id(link),       read_id(code),
            created,     address,          agent,          optional_time(ended)};
  }
};

constexpr const char* kSelectSlip =
    "SELECT id, commitment_id, project_id, party_id, party_name, what, place, note, happened_ms, reported_ms, "
    "taken_down_ms, acknowledged_ms FROM slips ";

struct SlipRow {
  std::string id, commitment, project, party, party_name, what, place, note;
  std::int64_t happened = 0, reported = 0, taken_down = 0, acknowledged = 0;
  auto columns() {
    return std::make_tuple(into(id), into(commitment), into(project), into(party), into(party_name), into(what),
                           into(place), into(note), into(happened), into(reported), into(taken_down),
                           into(acknowledged));
  }
  Slip value() const {
    return {read_id(id),
            read_id(commitment),
            read_id(project),
            read_id(party),
            party_name,
            what,
            place,
            note,
            happened,
            reported,
            optional_time(taken_down),
            optional_time(acknowledged)};
  }
};

struct KeyRow {
  std::string key;
  auto columns() { return std::make_tuple(into(key)); }
  std::string value() const { return key; }
};

}  // namespace

Result<void> CommitmentsStore::insert(const Link& link) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = link.id.text(), token = to_hex(link.token), commitment = link.commitment.text();
    const std::string signatory = link.signatory.text(), party = link.party.text();
    const std::int64_t ended = time_column(link.ended_ms);
    session
        << "INSERT INTO recipient_links (id, token_hash, commitment_id, signatory_id, party_id, created_ms, "
           "expires_ms, ended_ms) VALUES (:id, :token, :commitment, :signatory, :party, :created, :expires, :ended)",
        use(id), use(token), use(commitment), use(signatory), use(party), use(link.created_ms), use(link.expires_ms),
        use(ended);
    return {};
  });
}

Result<std::optional<Link>> CommitmentsStore::link_by_token(const Hash& token) {
  return database_.run([&](soci::session& session) -> Result<std::optional<Link>> {
    const std::string hex = to_hex(token);
    return first(fetch_all<LinkRow>(session,
                                    "SELECT id, token_hash, commitment_id, signatory_id, party_id, created_ms, "
                                    "expires_ms, ended_ms FROM recipient_links WHERE token_hash = :token",
                                    use(hex)));
  });
}

Result<void> CommitmentsStore::end_links(const Id& signatory, TimeMs now_ms) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = signatory.text();
    session << "UPDATE recipient_links SET ended_ms = :now WHERE signatory_id = :id AND ended_ms = 0", use(now_ms),
        use(id);
    return {};
  });
}

Result<void> CommitmentsStore::insert(const Code& code) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = code.id.text(), link = code.link.text(), salt = to_hex(code.salt), hash = to_hex(code.hash);
    const std::int64_t told = code.told ? 1 : 0, tries = code.tries, used = time_column(code.used_ms);
    session << "INSERT INTO recipient_codes (id, link_id, salt, code_hash, told, created_ms, tries, used_ms) "
               "VALUES (:id, :link, :salt, :hash, :told, :created, :tries, :used)",
        use(id), use(link), use(salt), use(hash), use(told), use(code.created_ms), use(tries), use(used);
    return {};
  });
}

Result<void> CommitmentsStore::update(const Code& code) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = code.id.text();
    const std::int64_t tries = code.tries, used = time_column(code.used_ms);
    session << "UPDATE recipient_codes SET tries = :tries, used_ms = :used WHERE id = :id", use(tries), use(used),
        use(id);
    return {};
  });
}

Result<std::vector<Code>> CommitmentsStore::codes_since(const Id& link, TimeMs since_ms) {
  return database_.run([&](soci::session& session) -> Result<std::vector<Code>> {
    const std::string id = link.text();
    return fetch_all<CodeRow>(session,
                              "SELECT id, link_id, salt, code_hash, told, created_ms, tries, used_ms FROM "
                              "recipient_codes WHERE link_id = :link AND created_ms >= :since ORDER BY created_ms, id",
                              use(id), use(since_ms));
  });
}

Result<void> CommitmentsStore::insert(const Session& opened) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = opened.id.text(), token = to_hex(opened.token), party = opened.party.text();
    const std::string link = opened.link.text(), code = opened.code.text();
    const std::int64_t ended = time_column(opened.ended_ms);
    session << "INSERT INTO recipient_sessions (id, token_hash, party_id, link_id, code_id, created_ms, address, "
               "agent, ended_ms) VALUES (:id, :token, :party, :link, :code, :created, :address, :agent, :ended)",
        use(id), use(token), use(party), use(link), use(code), use(opened.created_ms), use(opened.address),
        use(opened.agent), use(ended);
    return {};
  });
}

Result<std::optional<Session>> CommitmentsStore::session_by_token(const Hash& token) {
  return database_.run([&](soci::session& session) -> Result<std::optional<Session>> {
    const std::string hex = to_hex(token);
    return first(fetch_all<SessionRow>(session,
                                       "SELECT id, token_hash, party_id, link_id, code_id, created_ms, address, "
                                       "agent, ended_ms FROM recipient_sessions WHERE token_hash = :token",
                                       use(hex)));
  });
}

Result<void> CommitmentsStore::end_session(const Id& id, TimeMs now_ms) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string text = id.text();
    session << "UPDATE recipient_sessions SET ended_ms = :now WHERE id = :id AND ended_ms = 0", use(now_ms), use(text);
    return {};
  });
}

Result<void> CommitmentsStore::insert(const Slip& slip) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = slip.id.text(), commitment = slip.commitment.text(), project = slip.project.text();
    const std::string party = slip.party.text();
    const std::int64_t down = time_column(slip.taken_down_ms), seen = time_column(slip.acknowledged_ms);
    session << "INSERT INTO slips (id, commitment_id, project_id, party_id, party_name, what, place, note, "
               "happened_ms, reported_ms, taken_down_ms, acknowledged_ms) VALUES (:id, :commitment, :project, :party, "
               ":name, :what, :place, :note, :happened, :reported, :down, :seen)",
        use(id), use(commitment), use(project), use(party), use(slip.party_name), use(slip.what), use(slip.where),
        use(slip.note), use(slip.happened_ms), use(slip.reported_ms), use(down), use(seen);
    return {};
  });
}

Result<void> CommitmentsStore::update(const Slip& slip) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = slip.id.text();
    const std::int64_t down = time_column(slip.taken_down_ms), seen = time_column(slip.acknowledged_ms);
    session << "UPDATE slips SET note = :note, taken_down_ms = :down, acknowledged_ms = :seen WHERE id = :id",
        use(slip.note), use(down), use(seen), use(id);
    return {};
  });
}

Result<std::optional<Slip>> CommitmentsStore::find_slip(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<Slip>> {
    const std::string text = id.text();
    return first(fetch_all<SlipRow>(session, std::string(kSelectSlip) + "WHERE id = :id", use(text)));
  });
}

Result<Listed<Slip>> CommitmentsStore::list_slips(const Id& project, const ListQuery& query) {
  return database_.run([&](soci::session& session) -> Result<Listed<Slip>> {
    const std::string id = project.text(), search = like_pattern(query.search);
    const std::string where =
        "WHERE project_id = :project AND (LOWER(party_name) LIKE LOWER(:s1) ESCAPE '!' OR LOWER(what) LIKE LOWER(:s2) "
        "ESCAPE '!') ";
    const auto most = static_cast<std::int64_t>(query.limit), skip = static_cast<std::int64_t>(query.offset);
    std::int64_t total = 0;
    session << "SELECT COUNT(*) FROM slips " + where, use(id), use(search), use(search), into(total);
    return Listed<Slip>{
        fetch_all<SlipRow>(session, kSelectSlip + where + "ORDER BY reported_ms DESC, id LIMIT :most OFFSET :skip",
                           use(id), use(search), use(search), use(most), use(skip)),
        static_cast<std::uint64_t>(total)};
  });
}

Result<std::vector<Slip>> CommitmentsStore::slips_of(const Id& party) {
  return database_.run([&](soci::session& session) -> Result<std::vector<Slip>> {
    const std::string id = party.text();
    return fetch_all<SlipRow>(session, std::string(kSelectSlip) + "WHERE party_id = :id ORDER BY reported_ms DESC, id",
                              use(id));
  });
}

Result<bool> CommitmentsStore::record_notice(const std::string& key, TimeMs now_ms) {
  return database_.run([&](soci::session& session) -> Result<bool> {
    return !fetch_all<KeyRow>(session,
                              "INSERT INTO commitment_notices (key, made_ms) VALUES (:key, :now) ON CONFLICT (key) DO "
                              "NOTHING RETURNING key",
                              use(key), use(now_ms))
                .empty();
  });
}

Result<bool> CommitmentsStore::has_notice(const std::string& key) {
  return database_.run([&](soci::session& session) -> Result<bool> {
    return !fetch_all<KeyRow>(session, "SELECT key FROM commitment_notices WHERE key = :key", use(key)).empty();
  });
}

Result<void> CommitmentsStore::forget_access(TimeMs before_ms) {
  return database_.run([&](soci::session& session) -> Result<void> {
    session << "DELETE FROM recipient_sessions WHERE created_ms < :before", use(before_ms);
    session << "DELETE FROM recipient_codes WHERE created_ms < :before", use(before_ms);
    return {};
  });
}

}  // namespace probity::store
