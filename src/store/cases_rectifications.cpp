// Rectifications in SQL.
#include "parties/text.h"
#include "store/cases_store.h"
#include "store/nullable.h"
#include "store/query.h"

namespace probity::store {
namespace {

using cases::Rectification;
using cases::RectificationFilter;
using soci::into;
using soci::use;

struct RecordRow {
  std::string record;
  std::int64_t revision = 0;
  auto columns() { return std::make_tuple(into(record), into(revision)); }
  Rectification value() const {
    auto of = cases::rectification_from_record(record);
    if (!of) throw UnreadableRow("a rectification in the store is not readable");
    of->revision = revision;
    return std::move(*of);
  }
};

struct OverdueRow {
  std::string id;
  std::int64_t due = 0;
  auto columns() { return std::make_tuple(into(id), into(due)); }
  cases::OverdueAnswer value() const { return {read_id(id), due}; }
};

// What is waited for from the supplier has a day; what was handed in has none.
Nullable<std::int64_t> due_of(const Rectification& of) {
  const bool waits = !of.closed_ms && !of.is_submitted();
  return Nullable<std::int64_t>(waits ? std::optional<std::int64_t>(of.run().due_ms) : std::nullopt);
}

std::string search_text(const Rectification& of) {
  return parties::fold_for_lookup(of.number + "\n" + of.supplier_name + "\n" + of.leaf_name + "\n" + of.case_number +
                                  "\n" + of.case_title);
}

Result<std::string> order_of(const ListQuery& page) {
  const std::string direction = page.descending ? " DESC" : "";
  if (page.sort.empty()) return std::string(" ORDER BY r.year DESC, r.ordinal DESC");
  if (page.sort == "number") return " ORDER BY r.year" + direction + ", r.ordinal" + direction;
  if (page.sort == "due_at")
    return " ORDER BY CASE WHEN r.due_ms IS NULL THEN 1 ELSE 0 END, r.due_ms" + direction + ", r.id";
  if (page.sort == "supplier_name") return " ORDER BY r.supplier_name" + direction + ", r.id";
  if (page.sort == "state") return " ORDER BY r.state" + direction + ", r.id";
  return fail(ErrorCode::invalid_argument, "rectifications are sorted by number, supplier_name, state or due_at");
}

}  // namespace

Result<std::int64_t> SqlRectificationStore::next_ordinal(int year) {
  return database_.run([&](soci::session& session) -> Result<std::int64_t> {
    std::int64_t last = 0;
    session << "SELECT COALESCE(MAX(ordinal), 0) FROM rectifications WHERE year = :year", into(last), use(year);
    return last + 1;
  });
}

Result<void> SqlRectificationStore::insert(const Rectification& of) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = of.id.text(), case_id = of.case_id.text(), supplier = of.supplier.text();
    const std::string state(cases::name_of(cases::state_of(of))), search = search_text(of);
    const std::string record = cases::rectification_to_record(of);
    auto due = due_of(of);
    session << "INSERT INTO rectifications (id, year, ordinal, number, case_id, supplier_id, supplier_name, state, "
               "due_ms, updated_ms, search_text, revision, record) VALUES (:id, :year, :ordinal, :number, :case, "
               ":supplier, :name, :state, :due, :updated, :search, :revision, :record)",
        use(id), use(of.year), use(of.ordinal), use(of.number), use(case_id), use(supplier), use(of.supplier_name),
        use(state), use(due.value, due.state), use(of.updated_ms), use(search), use(of.revision), use(record);
    return {};
  });
}

Result<void> SqlRectificationStore::update(Rectification& of) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::int64_t before = of.revision;
    ++of.revision;
    const std::string id = of.id.text(), state(cases::name_of(cases::state_of(of))), search = search_text(of);
    const std::string record = cases::rectification_to_record(of);
    auto due = due_of(of);
    soci::statement statement =
        (session.prepare << "UPDATE rectifications SET state = :state, due_ms = :due, updated_ms = :updated, "
                            "search_text = :search, revision = :revision, record = :record WHERE id = :id AND "
                            "revision = :before",
         use(state), use(due.value, due.state), use(of.updated_ms), use(search), use(of.revision), use(record), use(id),
         use(before));
    statement.execute(true);
    if (statement.get_affected_rows() != 1)
      return fail(ErrorCode::conflict, "somebody changed this rectification meanwhile", "look at it again");
    return {};
  });
}

Result<std::optional<Rectification>> SqlRectificationStore::find(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<Rectification>> {
    return first(fetch_bound<RecordRow>(session, "SELECT r.record, r.revision FROM rectifications r WHERE r.id = :id",
                                        {id.text()}));
  });
}

Result<std::vector<Rectification>> SqlRectificationStore::of_case(const Id& case_id) {
  return database_.run([&](soci::session& session) -> Result<std::vector<Rectification>> {
    return fetch_bound<RecordRow>(
        session, "SELECT r.record, r.revision FROM rectifications r WHERE r.case_id = :case ORDER BY r.year, r.ordinal",
        {case_id.text()});
  });
}

Result<Listed<Rectification>> SqlRectificationStore::list(const RectificationFilter& filter) {
  TRY_ASSIGN(const std::string order, order_of(filter.page));
  return database_.run([&](soci::session& session) -> Result<Listed<Rectification>> {
    Conditions where;
    if (filter.state) where.add("r.state = :state", {std::string(cases::name_of(*filter.state))});
    if (filter.case_id) where.add("r.case_id = :case", {filter.case_id->text()});
    if (filter.party) where.add("r.supplier_id = :party", {filter.party->text()});
    if (filter.due_before_ms) where.add("r.due_ms <= :due", {*filter.due_before_ms});
    if (!filter.page.search.empty())
      where.add("r.search_text LIKE :search ESCAPE '!'", {like_pattern(parties::fold_for_lookup(filter.page.search))});
    Listed<Rectification> listed;
    listed.total =
        fetch_bound<CountRow>(session, "SELECT COUNT(*) FROM rectifications r" + where.text(), where.values()).front();
    auto values = where.values();
    values.emplace_back(std::int64_t{filter.page.limit});
    values.emplace_back(std::int64_t{filter.page.offset});
    listed.items = fetch_bound<RecordRow>(
        session,
        "SELECT r.record, r.revision FROM rectifications r" + where.text() + order + " LIMIT :limit OFFSET :offset",
        values);
    return listed;
  });
}

Result<std::vector<cases::OverdueAnswer>> SqlRectificationStore::overdue(
    TimeMs now_ms, const std::optional<cases::OverdueAnswer>& after, std::size_t limit) {
  const cases::OverdueAnswer from = after.value_or(cases::OverdueAnswer{});
  return database_.run([&](soci::session& session) -> Result<std::vector<cases::OverdueAnswer>> {
    return fetch_bound<OverdueRow>(
        session,
        "SELECT r.id, r.due_ms FROM rectifications r WHERE r.due_ms <= :now AND r.state <> "
        "'closed' AND (r.due_ms > :due OR (r.due_ms = :same AND r.id > :after)) ORDER BY "
        "r.due_ms, r.id LIMIT :limit",
        {now_ms, from.due_ms, from.due_ms, from.id.text(), static_cast<std::int64_t>(limit)});
  });
}

}  // namespace probity::store
