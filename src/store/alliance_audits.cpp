// Consent commitments as members report them, and the audits that draw from them.
#include "store/alliance_rows.h"
#include "store/alliance_watch.h"

namespace probity::store {
namespace {

using alliance::Audit;
using alliance::AuditDraw;
using soci::into;
using soci::use;

struct CommitmentRow {
  std::string commitment;
  auto columns() { return std::make_tuple(into(commitment)); }
  Hash value() const { return read_hash(commitment); }
};

struct DrawRow {
  std::string commitment, opening;
  Nullable<std::int64_t> opened_ms;
  auto columns() { return std::make_tuple(into(commitment), opened_ms.column(), into(opening)); }
  AuditDraw value() const { return {read_hash(commitment), opened_ms.get(), opening}; }
};

struct AuditRow {
  static constexpr const char* kSelect =
      "SELECT id, member_id, quarter, reported, drawn_by, drawn_ms, due_ms FROM alliance_audits";
  std::string id, member, quarter, by;
  std::int64_t reported = 0, drawn_ms = 0, due_ms = 0;
  auto columns() {
    return std::make_tuple(into(id), into(member), into(quarter), into(reported), into(by), into(drawn_ms),
                           into(due_ms));
  }
  Audit value() const {
    return {read_id(id), read_id(member), quarter, static_cast<std::uint64_t>(reported),
            read_id(by), drawn_ms,        due_ms,  {}};
  }
};

void read_draws(soci::session& session, Audit& audit) {
  const std::string id = audit.id.text();
  audit.draws = fetch_all<DrawRow>(
      session, "SELECT commitment, opened_ms, opening FROM alliance_draws WHERE audit_id = :id ORDER BY commitment",
      use(id));
}

}  // namespace

Result<std::uint64_t> AllianceWatchStore::report(const Id& member, const std::string& quarter,
                                                 const std::vector<Hash>& commitments, TimeMs now_ms) {
  return database_.run([&](soci::session& session) -> Result<std::uint64_t> {
    const std::string who = member.text();
    std::uint64_t taken = 0;
    for (const Hash& commitment : commitments) {
      const std::string text = to_hex(commitment);
      std::int64_t known = 0;
      session << "SELECT COUNT(*) FROM alliance_commitments WHERE member_id = :member AND commitment = :commitment",
          into(known), use(who), use(text);
      if (known != 0) continue;
      session << "INSERT INTO alliance_commitments (member_id, commitment, quarter, reported_ms) VALUES (:member, "
                 ":commitment, :quarter, :reported)",
          use(who), use(text), use(quarter), use(now_ms);
      ++taken;
    }
    return taken;
  });
}

Result<std::uint64_t> AllianceWatchStore::reported_since(const Id& member, TimeMs since_ms) {
  return database_.run([&](soci::session& session) -> Result<std::uint64_t> {
    const std::string who = member.text();
    return fetch_all<CountRow>(
               session, "SELECT COUNT(*) FROM alliance_commitments WHERE member_id = :member AND reported_ms >= :since",
               use(who), use(since_ms))
        .front();
  });
}

Result<std::vector<Hash>> AllianceWatchStore::commitments(const Id& member, const std::string& quarter) {
  return database_.run([&](soci::session& session) -> Result<std::vector<Hash>> {
    const std::string who = member.text();
    return fetch_all<CommitmentRow>(session,
                                    "SELECT commitment FROM alliance_commitments WHERE member_id = :member AND "
                                    "quarter = :quarter ORDER BY commitment",
                                    use(who), use(quarter));
  });
}

Result<void> AllianceWatchStore::insert(const Audit& audit) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = audit.id.text(), member = audit.member.text(), by = audit.drawn_by.text();
    const auto reported = static_cast<std::int64_t>(audit.reported);
    session << "INSERT INTO alliance_audits (id, member_id, quarter, reported, drawn_by, drawn_ms, due_ms) VALUES "
               "(:id, :member, :quarter, :reported, :by, :drawn, :due)",
        use(id), use(member), use(audit.quarter), use(reported), use(by), use(audit.drawn_ms), use(audit.due_ms);
    for (const AuditDraw& draw : audit.draws) {
      const std::string commitment = to_hex(draw.commitment);
      session << "INSERT INTO alliance_draws (audit_id, commitment) VALUES (:id, :commitment)", use(id),
          use(commitment);
    }
    return {};
  });
}

Result<void> AllianceWatchStore::open(const Id& audit, const AuditDraw& draw) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = audit.text(), commitment = to_hex(draw.commitment);
    Nullable<std::int64_t> at(draw.opened_ms);
    session << "UPDATE alliance_draws SET opened_ms = :at, opening = :opening WHERE audit_id = :id AND commitment = "
               ":commitment",
        use(at.value, at.state), use(draw.opening), use(id), use(commitment);
    return {};
  });
}

Result<std::optional<Audit>> AllianceWatchStore::audit(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<Audit>> {
    const std::string text = id.text();
    auto found = first(fetch_all<AuditRow>(session, std::string(AuditRow::kSelect) + " WHERE id = :id", use(text)));
    if (found) read_draws(session, *found);
    return found;
  });
}

Result<Listed<Audit>> AllianceWatchStore::audits(const std::optional<Id>& member, std::uint32_t offset,
                                                 std::uint32_t limit) {
  return database_.run([&](soci::session& session) -> Result<Listed<Audit>> {
    Conditions conditions;
    if (member) conditions.add("member_id = :member", {member->text()});
    Listed<Audit> listed;
    listed.total =
        fetch_bound<CountRow>(session, "SELECT COUNT(*) FROM alliance_audits" + conditions.text(), conditions.values())
            .front();
    auto values = conditions.values();
    values.emplace_back(std::int64_t{limit});
    values.emplace_back(std::int64_t{offset});
    listed.items = fetch_bound<AuditRow>(
        session, AuditRow::kSelect + conditions.text() + " ORDER BY drawn_ms DESC, id LIMIT :limit OFFSET :offset",
        values);
    for (Audit& audit : listed.items) read_draws(session, audit);
    return listed;
  });
}

}  // namespace probity::store
