#include "store/cases_access.h"

#include "store/commitments_rows.h"
#include "store/query.h"
#include "store/soci.h"

namespace probity::store {
namespace {

using cases::AccessLink;
using cases::AccessSession;
using commitments::Code;
using soci::into;
using soci::use;

constexpr const char* kSelectLink =
    "SELECT id, token_hash, kind, subject_id, case_id, case_number, name, email, locale, created_ms, expires_ms, "
    "ended_ms, opened_ms FROM case_links ";

struct LinkRow {
  std::string id, token, kind, subject, case_id, number, name, email, locale;
  std::int64_t created = 0, expires = 0, ended = 0, opened = 0;
  auto columns() {
    return std::make_tuple(into(id), into(token), into(kind), into(subject), into(case_id), into(number), into(name),
                           into(email), into(locale), into(created), into(expires), into(ended), into(opened));
  }
  AccessLink value() const {
    AccessLink link;
    link.id = read_id(id);
    link.token = read_hash(token);
    link.kind = read_some(cases::parse_subject_kind(kind), "a link opens a page of an unknown kind");
    link.subject = read_id(subject);
    link.case_id = read_id(case_id);
    link.case_number = number;
    link.name = name;
    link.email = email;
    link.locale = read_some(commitments::parse_locale(locale), "a link has an unknown language");
    link.created_ms = created;
    link.expires_ms = expires;
    link.ended_ms = optional_time(ended);
    link.opened_ms = optional_time(opened);
    return link;
  }
};

struct CodeRow {
  std::string id, link, salt, hash;
  std::int64_t created = 0, tries = 0, used = 0;
  auto columns() {
    return std::make_tuple(into(id), into(link), into(salt), into(hash), into(created), into(tries), into(used));
  }
  Code value() const {
    return {read_id(id), read_id(link), read_hash(salt),         read_hash(hash),
            false,       created,       static_cast<int>(tries), optional_time(used)};
  }
};

struct SessionRow {
  std::string id, token, link, address, agent;
  std::int64_t created = 0, ended = 0;
  auto columns() {
    return std::make_tuple(into(id), into(token), into(link), into(created), into(address), into(agent), into(ended));
  }
  AccessSession value() const {
    return {read_id(id), read_hash(token), read_id(link), created, address, agent, optional_time(ended)};
  }
};

}  // namespace

Result<void> SqlCaseAccess::insert(const AccessLink& link) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = link.id.text(), token = to_hex(link.token), subject = link.subject.text();
    const std::string case_id = link.case_id.text();
    const std::string kind(cases::subject_kind_name(link.kind)), locale(commitments::locale_name(link.locale));
    const std::int64_t ended = time_column(link.ended_ms), opened = time_column(link.opened_ms);
    session << "INSERT INTO case_links (id, token_hash, kind, subject_id, case_id, case_number, name, email, locale, "
               "created_ms, expires_ms, ended_ms, opened_ms) VALUES (:id, :token, :kind, :subject, :case, :number, "
               ":name, :email, :locale, :created, :expires, :ended, :opened)",
        use(id), use(token), use(kind), use(subject), use(case_id), use(link.case_number), use(link.name),
        use(link.email), use(locale), use(link.created_ms), use(link.expires_ms), use(ended), use(opened);
    return {};
  });
}

Result<void> SqlCaseAccess::update(const AccessLink& link) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = link.id.text();
    const std::int64_t ended = time_column(link.ended_ms), opened = time_column(link.opened_ms);
    session << "UPDATE case_links SET ended_ms = :ended, opened_ms = :opened WHERE id = :id", use(ended), use(opened),
        use(id);
    return {};
  });
}

Result<std::optional<AccessLink>> SqlCaseAccess::link(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<AccessLink>> {
    const std::string text = id.text();
    return first(fetch_all<LinkRow>(session, std::string(kSelectLink) + "WHERE id = :id", use(text)));
  });
}

Result<std::optional<AccessLink>> SqlCaseAccess::link_by_token(const Hash& token) {
  return database_.run([&](soci::session& session) -> Result<std::optional<AccessLink>> {
    const std::string hex = to_hex(token);
    return first(fetch_all<LinkRow>(session, std::string(kSelectLink) + "WHERE token_hash = :token", use(hex)));
  });
}

Result<std::vector<AccessLink>> SqlCaseAccess::links_of(const Id& subject) {
  return database_.run([&](soci::session& session) -> Result<std::vector<AccessLink>> {
    const std::string text = subject.text();
    return fetch_all<LinkRow>(
        session, std::string(kSelectLink) + "WHERE subject_id = :subject ORDER BY created_ms DESC, id", use(text));
  });
}

Result<void> SqlCaseAccess::insert(const Code& code) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = code.id.text(), link = code.link.text(), salt = to_hex(code.salt), hash = to_hex(code.hash);
    const std::int64_t tries = code.tries, used = time_column(code.used_ms);
    session << "INSERT INTO case_codes (id, link_id, salt, code_hash, created_ms, tries, used_ms) VALUES (:id, :link, "
               ":salt, :hash, :created, :tries, :used)",
        use(id), use(link), use(salt), use(hash), use(code.created_ms), use(tries), use(used);
    return {};
  });
}

Result<void> SqlCaseAccess::update(const Code& code) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = code.id.text();
    const std::int64_t tries = code.tries, used = time_column(code.used_ms);
    session << "UPDATE case_codes SET tries = :tries, used_ms = :used WHERE id = :id", use(tries), use(used), use(id);
    return {};
  });
}

Result<std::vector<Code>> SqlCaseAccess::codes_since(const Id& link, TimeMs since_ms) {
  return database_.run([&](soci::session& session) -> Result<std::vector<Code>> {
    const std::string id = link.text();
    return fetch_all<CodeRow>(session,
                              "SELECT id, link_id, salt, code_hash, created_ms, tries, used_ms FROM case_codes WHERE "
                              "link_id = :link AND created_ms >= :since ORDER BY created_ms, id",
                              use(id), use(since_ms));
  });
}

Result<void> SqlCaseAccess::insert(const AccessSession& opened) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = opened.id.text(), token = to_hex(opened.token), link = opened.link.text();
    const std::int64_t ended = time_column(opened.ended_ms);
    session << "INSERT INTO case_sessions (id, token_hash, link_id, created_ms, address, agent, ended_ms) VALUES (:id, "
               ":token, :link, :created, :address, :agent, :ended)",
        use(id), use(token), use(link), use(opened.created_ms), use(opened.address), use(opened.agent), use(ended);
    return {};
  });
}

Result<std::optional<AccessSession>> SqlCaseAccess::session_by_token(const Hash& token) {
  return database_.run([&](soci::session& session) -> Result<std::optional<AccessSession>> {
    const std::string hex = to_hex(token);
    return first(fetch_all<SessionRow>(session,
                                       "SELECT id, token_hash, link_id, created_ms, address, agent, ended_ms FROM "
                                       "case_sessions WHERE token_hash = :token",
                                       use(hex)));
  });
}

Result<void> SqlCaseAccess::end_session(const Id& ended, TimeMs now_ms) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = ended.text();
    session << "UPDATE case_sessions SET ended_ms = :now WHERE id = :id AND ended_ms = 0", use(now_ms), use(id);
    return {};
  });
}

}  // namespace probity::store
