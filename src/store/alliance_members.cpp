#include "store/alliance_members.h"

#include "store/alliance_rows.h"

namespace probity::store {
namespace {

using alliance::MemberFacts;
using alliance::MemberStep;
using alliance::QuotaProposal;
using soci::into;
using soci::use;

struct LimitColumns {
  std::int64_t per_minute = 0, per_day = 0, all_per_day = 0;
  LimitColumns() = default;
  explicit LimitColumns(const alliance::QuotaLimits& limits)
      : per_minute(limits.user_per_minute), per_day(limits.user_per_day), all_per_day(limits.member_per_day) {}
  alliance::QuotaLimits value() const {
    return {static_cast<std::uint32_t>(per_minute), static_cast<std::uint32_t>(per_day),
            static_cast<std::uint32_t>(all_per_day)};
  }
};

struct FactsRow {
  static constexpr const char* kSelect =
      "SELECT id, name, identity, suspended, user_per_minute, user_per_day, member_per_day, contact, joined_ms "
      "FROM alliance_members";
  MemberRow member;
  std::string contact;
  std::int64_t joined_ms = 0;
  auto columns() { return std::tuple_cat(member.columns(), std::make_tuple(into(contact), into(joined_ms))); }
  MemberFacts value() const { return {member.value(), contact, joined_ms}; }
};

std::optional<Id> optional_id(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(read_id(text));
}
std::string optional_text(const std::optional<Id>& id) { return id ? id->text() : std::string(); }

struct StepRow {
  static constexpr const char* kSelect =
      "SELECT id, member_id, kind, by_account, agreed_by, reason, user_per_minute, user_per_day, member_per_day, "
      "time_ms, entry_id FROM alliance_member_steps ";
  std::string id, member, kind, by, agreed_by, reason, entry;
  LimitColumns limits;
  std::int64_t time_ms = 0;
  auto columns() {
    return std::make_tuple(into(id), into(member), into(kind), into(by), into(agreed_by), into(reason),
                           into(limits.per_minute), into(limits.per_day), into(limits.all_per_day), into(time_ms),
                           into(entry));
  }
  MemberStep value() const {
    return {read_id(id),
            read_id(member),
            read_some(alliance::parse_member_step(kind), "an unknown act of an operator"),
            read_id(by),
            optional_id(agreed_by),
            reason,
            limits.value(),
            time_ms,
            read_id(entry)};
  }
};

struct ProposalRow {
  static constexpr const char* kSelect =
      "SELECT id, member_id, state, before_per_minute, before_per_day, before_member_per_day, user_per_minute, "
      "user_per_day, member_per_day, reason, proposed_by, proposed_ms, decided_by, decided_ms, refusal "
      "FROM alliance_quota_proposals";
  std::string id, member, state, reason, by, decided_by, refusal;
  LimitColumns before, limits;
  std::int64_t proposed_ms = 0;
  Nullable<std::int64_t> decided_ms;
  auto columns() {
    return std::make_tuple(into(id), into(member), into(state), into(before.per_minute), into(before.per_day),
                           into(before.all_per_day), into(limits.per_minute), into(limits.per_day),
                           into(limits.all_per_day), into(reason), into(by), into(proposed_ms), into(decided_by),
                           decided_ms.column(), into(refusal));
  }
  QuotaProposal value() const {
    return {read_id(id),
            read_id(member),
            read_some(alliance::parse_proposal_state(state), "a proposal in an unknown state"),
            before.value(),
            limits.value(),
            reason,
            read_id(by),
            proposed_ms,
            optional_id(decided_by),
            decided_ms.get(),
            refusal};
  }
};

}  // namespace

Result<void> AllianceMemberStore::insert(const MemberFacts& member) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = member.entry.member.text(), identity = to_hex(member.entry.identity);
    std::int64_t known = 0;
    session << "SELECT COUNT(*) FROM alliance_members WHERE id = :id OR identity = :identity", into(known), use(id),
        use(identity);
    if (known != 0) return fail(ErrorCode::already_exists, "this member is on the roll already");
    const std::int64_t suspended = member.entry.suspended ? 1 : 0;
    const LimitColumns limits(member.entry.limits);
    session << "INSERT INTO alliance_members (id, name, identity, suspended, user_per_minute, user_per_day, "
               "member_per_day, joined_ms, contact) VALUES (:id, :name, :identity, :suspended, :minute, :day, :all, "
               ":joined, :contact)",
        use(id), use(member.entry.name), use(identity), use(suspended), use(limits.per_minute), use(limits.per_day),
        use(limits.all_per_day), use(member.since_ms), use(member.contact);
    return {};
  });
}

Result<void> AllianceMemberStore::update(const MemberFacts& member) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = member.entry.member.text();
    const std::int64_t suspended = member.entry.suspended ? 1 : 0;
    const LimitColumns limits(member.entry.limits);
    session << "UPDATE alliance_members SET suspended = :suspended, user_per_minute = :minute, user_per_day = :day, "
               "member_per_day = :all, contact = :contact WHERE id = :id",
        use(suspended), use(limits.per_minute), use(limits.per_day), use(limits.all_per_day), use(member.contact),
        use(id);
    return {};
  });
}

Result<std::optional<MemberFacts>> AllianceMemberStore::facts(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<MemberFacts>> {
    const std::string text = id.text();
    return first(fetch_all<FactsRow>(session, std::string(FactsRow::kSelect) + " WHERE id = :id", use(text)));
  });
}

Result<Listed<MemberFacts>> AllianceMemberStore::list(const ListQuery& query) {
  return database_.run([&](soci::session& session) -> Result<Listed<MemberFacts>> {
    Conditions conditions;
    if (!query.search.empty()) conditions.add("LOWER(name) LIKE :like ESCAPE '!'", {like_pattern(query.search)});
    Listed<MemberFacts> listed;
    listed.total =
        fetch_bound<CountRow>(session, "SELECT COUNT(*) FROM alliance_members" + conditions.text(), conditions.values())
            .front();
    auto values = conditions.values();
    values.emplace_back(std::int64_t{query.limit});
    values.emplace_back(std::int64_t{query.offset});
    listed.items = fetch_bound<FactsRow>(
        session, FactsRow::kSelect + conditions.text() + " ORDER BY name, id LIMIT :limit OFFSET :offset", values);
    return listed;
  });
}

Result<void> AllianceMemberStore::insert(const MemberStep& step) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = step.id.text(), member = step.member.text(), by = step.by.text();
    const std::string kind(alliance::member_step_name(step.kind)), agreed = optional_text(step.agreed_by);
    const std::string entry = step.entry.text();
    const LimitColumns limits(step.limits);
    std::int64_t number = 0;
    session << "SELECT COALESCE(MAX(number), 0) + 1 FROM alliance_member_steps", into(number);
    session << "INSERT INTO alliance_member_steps (number, id, member_id, kind, by_account, agreed_by, reason, "
               "user_per_minute, user_per_day, member_per_day, time_ms, entry_id) VALUES (:number, :id, :member, "
               ":kind, :by, "
               ":agreed, :reason, :minute, :day, :all, :time, :entry)",
        use(number), use(id), use(member), use(kind), use(by), use(agreed), use(step.reason), use(limits.per_minute),
        use(limits.per_day), use(limits.all_per_day), use(step.time_ms), use(entry);
    return {};
  });
}

Result<std::vector<MemberStep>> AllianceMemberStore::steps(const Id& member) {
  return database_.run([&](soci::session& session) -> Result<std::vector<MemberStep>> {
    const std::string id = member.text();
    return fetch_all<StepRow>(session, std::string(StepRow::kSelect) + "WHERE member_id = :id ORDER BY number",
                              use(id));
  });
}

Result<std::uint64_t> AllianceMemberStore::step_count() {
  return database_.run([&](soci::session& session) -> Result<std::uint64_t> {
    return fetch_all<CountRow>(session, "SELECT COUNT(*) FROM alliance_member_steps").front();
  });
}

Result<TimeMs> AllianceMemberStore::last_step_ms() {
  return database_.run([&](soci::session& session) -> Result<TimeMs> {
    std::int64_t time_ms = 0;
    session << "SELECT COALESCE(MAX(time_ms), 0) FROM alliance_member_steps", into(time_ms);
    return time_ms;
  });
}

Result<void> AllianceMemberStore::insert(const QuotaProposal& proposal) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = proposal.id.text(), member = proposal.member.text(), by = proposal.by.text();
    const std::string state(alliance::proposal_state_name(proposal.state)),
        decided = optional_text(proposal.decided_by);
    const LimitColumns before(proposal.before), limits(proposal.limits);
    Nullable<std::int64_t> decided_ms(proposal.decided_ms);
    session << "INSERT INTO alliance_quota_proposals (id, member_id, state, before_per_minute, before_per_day, "
               "before_member_per_day, user_per_minute, user_per_day, member_per_day, reason, proposed_by, "
               "proposed_ms, decided_by, decided_ms) VALUES (:id, :member, :state, :before_minute, :before_day, "
               ":before_all, :minute, :day, :all, :reason, :by, :proposed, :decided, :decided_ms)",
        use(id), use(member), use(state), use(before.per_minute), use(before.per_day), use(before.all_per_day),
        use(limits.per_minute), use(limits.per_day), use(limits.all_per_day), use(proposal.reason), use(by),
        use(proposal.proposed_ms), use(decided), use(decided_ms.value, decided_ms.state);
    return {};
  });
}

Result<void> AllianceMemberStore::update(const QuotaProposal& proposal) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = proposal.id.text(), decided = optional_text(proposal.decided_by);
    const std::string state(alliance::proposal_state_name(proposal.state));
    Nullable<std::int64_t> decided_ms(proposal.decided_ms);
    session << "UPDATE alliance_quota_proposals SET state = :state, decided_by = :decided, decided_ms = "
               ":decided_ms, refusal = :refusal WHERE id = :id",
        use(state), use(decided), use(decided_ms.value, decided_ms.state), use(proposal.refusal), use(id);
    return {};
  });
}

Result<std::optional<QuotaProposal>> AllianceMemberStore::proposal(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<QuotaProposal>> {
    const std::string text = id.text();
    return first(fetch_all<ProposalRow>(session, std::string(ProposalRow::kSelect) + " WHERE id = :id", use(text)));
  });
}

Result<Listed<QuotaProposal>> AllianceMemberStore::proposals(std::optional<QuotaProposal::State> state,
                                                             std::uint32_t offset, std::uint32_t limit) {
  return database_.run([&](soci::session& session) -> Result<Listed<QuotaProposal>> {
    Conditions conditions;
    if (state) conditions.add("state = :state", {std::string(alliance::proposal_state_name(*state))});
    Listed<QuotaProposal> listed;
    listed.total = fetch_bound<CountRow>(session, "SELECT COUNT(*) FROM alliance_quota_proposals" + conditions.text(),
                                         conditions.values())
                       .front();
    auto values = conditions.values();
    values.emplace_back(std::int64_t{limit});
    values.emplace_back(std::int64_t{offset});
    listed.items = fetch_bound<ProposalRow>(
        session,
        ProposalRow::kSelect + conditions.text() + " ORDER BY proposed_ms DESC, id LIMIT :limit OFFSET :offset",
        values);
    return listed;
  });
}

}  // namespace probity::store
