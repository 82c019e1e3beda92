#include "store/ombudsman_store.h"

#include "store/nullable.h"
#include "store/query.h"

namespace probity::store {
namespace {

using filings::Decision;
using filings::KeptAnswer;
using soci::into;
using soci::use;

struct DecisionRow {
  static constexpr const char* kSelect =
      "SELECT id, listing_id, verb, outcome, waited_ms, late, reasons, account_id, account_name, conduct, filer_id, "
      "time_ms, told FROM ombudsman_decisions ";
  std::string id, listing, verb, outcome, reasons, account, name, conduct, filer;
  std::int64_t waited = 0, late = 0, time_ms = 0, told = 0;
  auto columns() {
    return std::make_tuple(into(id), into(listing), into(verb), into(outcome), into(waited), into(late), into(reasons),
                           into(account), into(name), into(conduct), into(filer), into(time_ms), into(told));
  }
  Decision value() const {
    const auto parsed = alliance::parse_conduct(conduct);
    if (!parsed) throw UnreadableRow("a decision is about unknown conduct");
    return {read_id(id), read_id(listing),         verb,    outcome,        waited,  late != 0,
            reasons,     {read_id(account), name}, *parsed, read_id(filer), time_ms, told != 0};
  }
};

struct AnswerRow {
  static constexpr const char* kSelect =
      "SELECT id, token_hash, sealed, wrong_codes, made_ms, expires_ms, opened_ms, made_by, papers_seen FROM "
      "ombudsman_answers ";
  std::string id, token, sealed, by, papers;
  std::int64_t wrong = 0, made = 0, expires = 0, opened = 0;
  auto columns() {
    return std::make_tuple(into(id), into(token), into(sealed), into(wrong), into(made), into(expires), into(opened),
                           into(by), into(papers));
  }
  KeptAnswer value() const {
    const auto bytes = from_hex(sealed);
    if (!bytes) throw UnreadableRow("an answer is not readable");
    return {read_id(id),
            read_hash(token),
            *bytes,
            static_cast<int>(wrong),
            made,
            expires,
            opened == 0 ? std::nullopt : std::optional<TimeMs>(opened),
            by,
            papers};
  }
};

}  // namespace

Result<void> SqlOmbudsmanStore::insert(const Decision& one) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = one.id.text(), listing = one.listing.text(), account = one.by.account.text();
    const std::string conduct(alliance::conduct_entry(one.conduct).name), filer = one.filer.text();
    const std::int64_t late = one.late ? 1 : 0, told = one.told ? 1 : 0;
    session << "INSERT INTO ombudsman_decisions (id, listing_id, verb, outcome, waited_ms, late, reasons, account_id, "
               "account_name, conduct, filer_id, time_ms, told) VALUES (:id, :listing, :verb, :outcome, :waited, "
               ":late, :reasons, :account, :name, :conduct, :filer, :time, :told)",
        use(id), use(listing), use(one.verb), use(one.outcome), use(one.waited_ms), use(late), use(one.reasons),
        use(account), use(one.by.name), use(conduct), use(filer), use(one.time_ms), use(told);
    return {};
  });
}

Result<void> SqlOmbudsmanStore::set_told(const Id& decision) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = decision.text();
    session << "UPDATE ombudsman_decisions SET told = 1 WHERE id = :id", use(id);
    return {};
  });
}

Result<std::vector<Decision>> SqlOmbudsmanStore::decisions_of(const Id& listing) {
  return database_.run([&](soci::session& session) -> Result<std::vector<Decision>> {
    return fetch_bound<DecisionRow>(
        session, std::string(DecisionRow::kSelect) + "WHERE listing_id = :listing ORDER BY time_ms, id",
        {listing.text()});
  });
}

Result<std::vector<Decision>> SqlOmbudsmanStore::untold() {
  return database_.run([&](soci::session& session) -> Result<std::vector<Decision>> {
    return fetch_bound<DecisionRow>(
        session, std::string(DecisionRow::kSelect) + "WHERE told = 0 ORDER BY time_ms, id LIMIT 50", {});
  });
}

Result<Listed<Decision>> SqlOmbudsmanStore::decisions(std::uint32_t offset, std::uint32_t limit) {
  return database_.run([&](soci::session& session) -> Result<Listed<Decision>> {
    Listed<Decision> listed;
    listed.total = fetch_bound<CountRow>(session, "SELECT COUNT(*) FROM ombudsman_decisions", {}).front();
    listed.items = fetch_bound<DecisionRow>(
        session, std::string(DecisionRow::kSelect) + "ORDER BY time_ms DESC, id LIMIT :limit OFFSET :offset",
        {std::int64_t{limit}, std::int64_t{offset}});
    return listed;
  });
}

Result<void> SqlOmbudsmanStore::insert(const KeptAnswer& one) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = one.id.text(), token = to_hex(one.token_hash), sealed = to_hex(one.sealed);
    const std::int64_t wrong = one.wrong_codes, opened = one.opened_ms.value_or(0);
    session << "INSERT INTO ombudsman_answers (id, token_hash, sealed, wrong_codes, made_ms, expires_ms, opened_ms, "
               "made_by, papers_seen) VALUES (:id, :token, :sealed, :wrong, :made, :expires, :opened, :by, :papers)",
        use(id), use(token), use(sealed), use(wrong), use(one.made_ms), use(one.expires_ms), use(opened),
        use(one.made_by), use(one.papers_seen);
    return {};
  });
}

Result<void> SqlOmbudsmanStore::update(const KeptAnswer& one) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = one.id.text(), sealed = to_hex(one.sealed);
    const std::int64_t wrong = one.wrong_codes, opened = one.opened_ms.value_or(0);
    session << "UPDATE ombudsman_answers SET sealed = :sealed, wrong_codes = :wrong, opened_ms = :opened WHERE id = "
               ":id",
        use(sealed), use(wrong), use(opened), use(id);
    return {};
  });
}

Result<std::optional<KeptAnswer>> SqlOmbudsmanStore::answer(const Hash& token_hash) {
  return database_.run([&](soci::session& session) -> Result<std::optional<KeptAnswer>> {
    return first(fetch_bound<AnswerRow>(session, std::string(AnswerRow::kSelect) + "WHERE token_hash = :token",
                                        {to_hex(token_hash)}));
  });
}

Result<Listed<KeptAnswer>> SqlOmbudsmanStore::answers(std::uint32_t offset, std::uint32_t limit) {
  return database_.run([&](soci::session& session) -> Result<Listed<KeptAnswer>> {
    Listed<KeptAnswer> listed;
    listed.total = fetch_bound<CountRow>(session, "SELECT COUNT(*) FROM ombudsman_answers", {}).front();
    listed.items = fetch_bound<AnswerRow>(
        session, std::string(AnswerRow::kSelect) + "ORDER BY made_ms DESC, id LIMIT :limit OFFSET :offset",
        {std::int64_t{limit}, std::int64_t{offset}});
    return listed;
  });
}

Result<void> SqlOmbudsmanStore::forget_answers(TimeMs expired_before_ms) {
  return database_.run([&](soci::session& session) -> Result<void> {
    session << "UPDATE ombudsman_answers SET sealed = '' WHERE expires_ms < :now AND sealed <> ''",
        use(expired_before_ms);
    return {};
  });
}

}  // namespace probity::store
