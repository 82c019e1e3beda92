#include "store/cases_store.h"

#include <algorithm>
#include <set>

#include "cases/record.h"
#include "parties/text.h"
#include "store/nullable.h"
#include "store/query.h"

namespace probity::store {
namespace {

using cases::Case;
using cases::CaseFilter;
using cases::CaseRow;
using cases::Deadline;
using cases::Payment;
using soci::into;
using soci::use;
using Values = std::vector<Conditions::Value>;

constexpr std::size_t kMostSearchBytes = 40'000, kMostDetailBytes = 380;

struct RecordRow {
  std::string record;
  std::int64_t revision = 0;
  auto columns() { return std::make_tuple(into(record), into(revision)); }
  Case value() const {
    auto of = cases::case_from_record(record);
    if (!of) throw UnreadableRow("a case in the store is not readable");
    of->revision = revision;
    return std::move(*of);
  }
};

struct DeadlineRow {
  std::string case_id, number, title, what, detail;
  std::int64_t due = 0;
  auto columns() {
    return std::make_tuple(into(case_id), into(number), into(title), into(what), into(detail), into(due));
  }
  Deadline value() const { return {read_id(case_id), number, title, what, detail, due}; }
};
constexpr const char* kSelectDeadline =
    "SELECT d.case_id, c.number, c.title, d.what, d.detail, d.due_ms FROM case_deadlines d JOIN cases c ON c.id = "
    "d.case_id ";

struct PaymentRow {
  std::string case_id, id, consequence, currency, payer, liable, reference, note, recorded_by;
  Nullable<std::string> corrects;
  std::int64_t sequence = 0, minor = 0, paid = 0, recorded = 0;
  auto columns() {
    return std::make_tuple(into(case_id), into(sequence), into(id), into(consequence), into(minor), into(currency),
                           into(paid), into(payer), into(liable), into(reference), into(note), corrects.column(),
                           into(recorded_by), into(recorded));
  }
  Payment value() const {
    Payment entry;
    entry.id = read_id(id);
    entry.case_id = read_id(case_id);
    entry.consequence = read_id(consequence);
    entry.sequence = sequence;
    entry.corrects = read_optional_id(corrects);
    entry.kind = entry.corrects ? cases::EntryKind::correction : cases::EntryKind::payment;
    entry.amount = {minor, currency};
    entry.paid_ms = paid;
    entry.payer = payer;
    entry.by_organisation = liable == "organisation";
    entry.reference = reference;
    entry.note = note;
    entry.recorded_by = recorded_by;
    entry.recorded_ms = recorded;
    return entry;
  }
};

struct StateRow {
  std::string state;
  std::int64_t count = 0;
  auto columns() { return std::make_tuple(into(state), into(count)); }
  std::pair<cases::State, std::uint64_t> value() const {
    return {read_some(cases::parse<cases::State>(state), "a case has an unknown state"),
            static_cast<std::uint64_t>(count)};
  }
};

struct OverdueRow {
  std::string id;
  std::int64_t due = 0;
  auto columns() { return std::make_tuple(into(id), into(due)); }
  cases::Overdue value() const { return {read_id(id), due}; }
};

std::string clipped(std::string text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0U) == 0x80U) --most;
  text.resize(most);
  return text;
}

std::string search_text(const Case& of) {
  std::string text = of.number + "\n" + of.title + "\n" + of.leak_number + "\n" + of.owner.name;
  for (const auto& party : of.parties) text += "\n" + party.name + "\n" + party.organisation_name;
  return clipped(parties::fold_for_lookup(text), kMostSearchBytes);
}

// What the columns beside the record hold; SOCI borrows it for the statement.
struct Columns {
  explicit Columns(const Case& of, const std::vector<Deadline>& deadlines)
      : id(of.id.text()),
        kind(cases::name_of(of.kind)),
        state(cases::name_of(of.state)),
        search(search_text(of)),
        record(cases::case_to_record(of)),
        severity(static_cast<std::int64_t>(of.severity)),
        project(nullable_id(of.project)),
        leak(nullable_id(of.leak)),
        owner(nullable_id(of.owner.account)),
        due(deadlines.empty() ? std::nullopt : std::optional<std::int64_t>(deadlines.front().due_ms)) {}
  std::string id, kind, state, search, record;
  std::int64_t severity;
  Nullable<std::string> project, leak, owner;
  Nullable<std::int64_t> due;
};

void write_parts(soci::session& session, const Case& of, const std::vector<Deadline>& deadlines) {
  const std::string id = of.id.text();
  session << "DELETE FROM case_parties WHERE case_id = :id", use(id);
  std::set<Id> parties;
  for (const auto& party : of.parties) {
    if (party.party) parties.insert(*party.party);
    if (party.organisation) parties.insert(*party.organisation);
  }
  for (const Id& party : parties) {
    const std::string text = party.text();
    session << "INSERT INTO case_parties (case_id, party_id) VALUES (:id, :party)", use(id), use(text);
  }
  session << "DELETE FROM case_deadlines WHERE case_id = :id", use(id);
  std::int64_t position = 0;
  for (const Deadline& one : deadlines) {
    const std::string detail = clipped(one.detail, kMostDetailBytes);
    const std::int64_t told = one.told ? 1 : 0;
    session << "INSERT INTO case_deadlines (case_id, position, what, detail, due_ms, told) VALUES (:id, :position, "
               ":what, :detail, :due, :told)",
        use(id), use(position), use(one.what), use(detail), use(one.due_ms), use(told);
    ++position;
  }
  session << "DELETE FROM access_holds WHERE case_id = :id", use(id);
  for (const auto& hold : of.holds) {
    if (hold.ended_ms) continue;
    const std::string hold_id = hold.id.text(), party = hold.party.text();
    session << "INSERT INTO access_holds (id, case_id, party_id, since_ms) VALUES (:hold, :id, :party, :since)",
        use(hold_id), use(id), use(party), use(hold.since_ms);
  }
}

Result<std::string> order_of(const ListQuery& page) {
  const std::string direction = page.descending ? " DESC" : "";
  if (page.sort.empty()) return std::string(" ORDER BY c.opened_ms DESC, c.id");
  if (page.sort == "number") return " ORDER BY c.year" + direction + ", c.ordinal" + direction;
  if (page.sort == "due_at")  // what has no day comes last
    return " ORDER BY CASE WHEN c.due_ms IS NULL THEN 1 ELSE 0 END, c.due_ms" + direction + ", c.id";
  for (const auto& [name, column] :
       {std::pair("title", "c.title"), std::pair("state", "c.state"), std::pair("severity", "c.severity"),
        std::pair("kind", "c.kind"), std::pair("opened_at", "c.opened_ms"), std::pair("updated_at", "c.updated_ms")})
    if (page.sort == name) return std::string(" ORDER BY ") + column + direction + ", c.id";
  return fail(ErrorCode::invalid_argument, "cases are sorted by number, title, state, severity, opened_at or due_at");
}

Conditions conditions_of(const CaseFilter& filter) {
  Conditions where;
  if (filter.state) where.add("c.state = :state", {std::string(cases::name_of(*filter.state))});
  if (filter.open_only) where.add("c.state NOT IN ('closed', 'overturned')");
  if (filter.kind) where.add("c.kind = :kind", {std::string(cases::name_of(*filter.kind))});
  if (filter.owner) where.add("c.owner_id = :owner", {filter.owner->text()});
  if (filter.project) where.add("c.project_id = :project", {filter.project->text()});
  if (filter.leak) where.add("c.leak_id = :leak", {filter.leak->text()});
  if (filter.party)
    where.add("c.id IN (SELECT p.case_id FROM case_parties p WHERE p.party_id = :party)", {filter.party->text()});
  if (filter.due_before_ms) where.add("c.due_ms <= :due", {*filter.due_before_ms});
  if (!filter.page.search.empty())
    where.add("c.search_text LIKE :search ESCAPE '!'", {like_pattern(parties::fold_for_lookup(filter.page.search))});
  return where;
}

}  // namespace

Result<std::int64_t> SqlCaseStore::next_ordinal(int year) {
  return database_.run([&](soci::session& session) -> Result<std::int64_t> {
    std::int64_t last = 0;
    session << "SELECT COALESCE(MAX(ordinal), 0) FROM cases WHERE year = :year", into(last), use(year);
    return last + 1;
  });
}

Result<void> SqlCaseStore::insert(const Case& of, const std::vector<Deadline>& deadlines) {
  return database_.run([&](soci::session& session) -> Result<void> {
    Columns row(of, deadlines);
    session << "INSERT INTO cases (id, year, ordinal, number, title, kind, state, severity, project_id, leak_id, "
               "owner_id, opened_ms, updated_ms, due_ms, search_text, revision, record) VALUES (:id, :year, :ordinal, "
               ":number, :title, :kind, :state, :severity, :project, :leak, :owner, :opened, :updated, :due, :search, "
               ":revision, :record)",
        use(row.id), use(of.year), use(of.ordinal), use(of.number), use(of.title), use(row.kind), use(row.state),
        use(row.severity), use(row.project.value, row.project.state), use(row.leak.value, row.leak.state),
        use(row.owner.value, row.owner.state), use(of.opened_ms), use(of.updated_ms), use(row.due.value, row.due.state),
        use(row.search), use(of.revision), use(row.record);
    write_parts(session, of, deadlines);
    return {};
  });
}

Result<void> SqlCaseStore::update(Case& of, const std::vector<Deadline>& deadlines) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::int64_t before = of.revision;
    ++of.revision;
    Columns row(of, deadlines);
    soci::statement statement =
        (session.prepare << "UPDATE cases SET title = :title, kind = :kind, state = :state, severity = :severity, "
                            "project_id = :project, owner_id = :owner, updated_ms = :updated, due_ms = :due, "
                            "search_text = :search, revision = :revision, record = :record WHERE id = :id AND "
                            "revision = :before",
         use(of.title), use(row.kind), use(row.state), use(row.severity), use(row.project.value, row.project.state),
         use(row.owner.value, row.owner.state), use(of.updated_ms), use(row.due.value, row.due.state), use(row.search),
         use(of.revision), use(row.record), use(row.id), use(before));
    statement.execute(true);
    if (statement.get_affected_rows() != 1)
      return fail(ErrorCode::conflict, "somebody changed this case meanwhile", "look at it again");
    write_parts(session, of, deadlines);
    return {};
  });
}

Result<std::optional<Case>> SqlCaseStore::find(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<Case>> {
    return first(
        fetch_bound<RecordRow>(session, "SELECT c.record, c.revision FROM cases c WHERE c.id = :id", {id.text()}));
  });
}

Result<std::optional<Case>> SqlCaseStore::find_number(const std::string& number) {
  return database_.run([&](soci::session& session) -> Result<std::optional<Case>> {
    return first(
        fetch_bound<RecordRow>(session, "SELECT c.record, c.revision FROM cases c WHERE c.number = :number", {number}));
  });
}

Result<Listed<CaseRow>> SqlCaseStore::list(const CaseFilter& filter) {
  TRY_ASSIGN(const std::string order, order_of(filter.page));
  return database_.run([&](soci::session& session) -> Result<Listed<CaseRow>> {
    const Conditions where = conditions_of(filter);
    Listed<CaseRow> listed;
    listed.total =
        fetch_bound<CountRow>(session, "SELECT COUNT(*) FROM cases c" + where.text(), where.values()).front();
    Values values = where.values();
    values.emplace_back(std::int64_t{filter.page.limit});
    values.emplace_back(std::int64_t{filter.page.offset});
    for (Case& of : fetch_bound<RecordRow>(
             session,
             "SELECT c.record, c.revision FROM cases c" + where.text() + order + " LIMIT :limit OFFSET :offset",
             values)) {
      CaseRow row;
      row.due = first(fetch_bound<DeadlineRow>(
          session, std::string(kSelectDeadline) + "WHERE d.case_id = :id AND d.position = 0", {of.id.text()}));
      row.rectifications_open =
          fetch_bound<CountRow>(session,
                                "SELECT COUNT(*) FROM rectifications r WHERE r.case_id = :id AND r.state <> 'closed'",
                                {of.id.text()})
              .front();
      row.of = std::move(of);
      listed.items.push_back(std::move(row));
    }
    return listed;
  });
}

Result<std::map<cases::State, std::uint64_t>> SqlCaseStore::count_by_state() {
  return database_.run([&](soci::session& session) -> Result<std::map<cases::State, std::uint64_t>> {
    std::map<cases::State, std::uint64_t> counts;
    for (const auto& [state, count] :
         fetch_bound<StateRow>(session, "SELECT state, COUNT(*) FROM cases GROUP BY state", {}))
      counts[state] = count;
    return counts;
  });
}

Result<std::vector<Deadline>> SqlCaseStore::deadlines(TimeMs before_ms, std::size_t limit) {
  return database_.run([&](soci::session& session) -> Result<std::vector<Deadline>> {
    return fetch_bound<DeadlineRow>(
        session,
        std::string(kSelectDeadline) +
            "WHERE d.due_ms <= :before ORDER BY d.due_ms, d.case_id, d.position LIMIT :limit",
        {before_ms, static_cast<std::int64_t>(limit)});
  });
}

Result<std::vector<cases::Overdue>> SqlCaseStore::overdue(TimeMs now_ms, const std::optional<cases::Overdue>& after,
                                                          std::size_t limit) {
  const cases::Overdue from = after.value_or(cases::Overdue{});
  return database_.run([&](soci::session& session) -> Result<std::vector<cases::Overdue>> {
    return fetch_bound<OverdueRow>(
        session,
        "SELECT w.case_id, w.due_ms FROM (SELECT d.case_id AS case_id, MIN(d.due_ms) AS due_ms FROM case_deadlines d "
        "WHERE d.due_ms <= :now AND d.told = 0 GROUP BY d.case_id) w WHERE w.due_ms > :due OR (w.due_ms = :same AND "
        "w.case_id > :after) ORDER BY w.due_ms, w.case_id LIMIT :limit",
        {now_ms, from.due_ms, from.due_ms, from.case_id.text(), static_cast<std::int64_t>(limit)});
  });
}

Result<void> SqlCaseStore::append(const Payment& entry) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string case_id = entry.case_id.text(), id = entry.id.text(), consequence = entry.consequence.text();
    const std::string liable = entry.by_organisation ? "organisation" : "person";
    auto corrects = nullable_id(entry.corrects);
    session << "INSERT INTO case_payments (case_id, sequence, id, consequence_id, minor, currency, paid_ms, payer, "
               "liable, reference, note, corrects_id, recorded_by, recorded_ms) VALUES (:case, :sequence, :id, "
               ":consequence, :minor, :currency, :paid, :payer, :liable, :reference, :note, :corrects, :by, :recorded)",
        use(case_id), use(entry.sequence), use(id), use(consequence), use(entry.amount.minor),
        use(entry.amount.currency), use(entry.paid_ms), use(entry.payer), use(liable), use(entry.reference),
        use(entry.note), use(corrects.value, corrects.state), use(entry.recorded_by), use(entry.recorded_ms);
    return {};
  });
}

Result<std::vector<Payment>> SqlCaseStore::ledger(const Id& case_id) {
  return database_.run([&](soci::session& session) -> Result<std::vector<Payment>> {
    return fetch_bound<PaymentRow>(
        session,
        "SELECT case_id, sequence, id, consequence_id, minor, currency, paid_ms, payer, liable, reference, note, "
        "corrects_id, recorded_by, recorded_ms FROM case_payments WHERE case_id = :case ORDER BY sequence",
        {case_id.text()});
  });
}

}  // namespace probity::store
