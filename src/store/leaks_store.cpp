#include "store/leaks_store.h"

#include "parties/text.h"
#include "store/leaks_rows.h"

namespace probity::store {
namespace {

using leaks::Leak;
using leaks::LeakRow;
using soci::into;
using soci::use;

constexpr const char* kColumns =
    "l.id, l.number, l.title, l.note, l.project_id, l.state, l.closed_as, l.close_note, l.case_id, l.reporter_kind, "
    "l.reporter_id, l.reporter_name, l.reported_ms, l.first_seen_ms, l.files, l.outcome, l.trace_job_id, "
    "l.public_before, l.public_before_note, l.covered, l.covered_note, l.answered_ms, l.answered_by, l.version";
constexpr const char* kProjectName = ", COALESCE((SELECT p.name FROM projects p WHERE p.id = l.project_id), '')";

struct LeakColumns {
  std::string id, number, title, note, project, state, closed_as, close_note, case_id, outcome, job;
  std::string public_before, public_note, covered, covered_note, answered_by;
  ActorColumns reporter;
  std::int64_t reported = 0, first_seen = 0, files = 0, answered = 0, version = 0;

  auto columns() {
    return std::make_tuple(into(id), into(number), into(title), into(note), into(project), into(state), into(closed_as),
                           into(close_note), into(case_id), into(reporter.kind), into(reporter.id), into(reporter.name),
                           into(reported), into(first_seen), into(files), into(outcome), into(job), into(public_before),
                           into(public_note), into(covered), into(covered_note), into(answered), into(answered_by),
                           into(version));
  }
  Leak value() const {
    Leak leak;
    leak.id = read_id(id);
    leak.number = number;
    leak.title = title;
    leak.note = note;
    leak.project = id_of(project);
    leak.state = read_some(leaks::parse_state(state), "a leak has an unknown state");
    if (!closed_as.empty())
      leak.closed_as = read_some(leaks::parse_close_reason(closed_as), "a leak was closed for an unknown reason");
    leak.close_note = close_note;
    leak.case_id = id_of(case_id);
    leak.reporter = reporter.value();
    leak.reported_ms = reported;
    leak.first_seen_ms = time_of(first_seen);
    leak.files = static_cast<std::uint64_t>(files);
    if (!outcome.empty()) leak.outcome = read_some(leaks::parse_outcome(outcome), "a leak has an unknown outcome");
    leak.trace_job = id_of(job);
    leak.version = static_cast<std::uint64_t>(version);
    if (answered != 0)
      leak.answers = leaks::Answers{read_some(leaks::parse_answer(public_before), "an unknown answer"),
                                    public_note,
                                    read_some(leaks::parse_answer(covered), "an unknown answer"),
                                    covered_note,
                                    answered,
                                    answered_by};
    return leak;
  }
};

struct RowColumns {
  LeakColumns leak;
  std::string project_name;
  auto columns() { return std::tuple_cat(leak.columns(), std::make_tuple(into(project_name))); }
  LeakRow value() const { return {leak.value(), project_name}; }
};

std::string search_text(const Leak& leak) {
  return parties::fold_for_lookup(leak.number + '\n' + leak.title + '\n' + leak.note);
}

// What insert and update bind; lives as long as the statement.
struct Bound {
  explicit Bound(const Leak& leak)
      : id(leak.id.text()),
        project(id_text(leak.project)),
        state(leaks::state_name(leak.state)),
        closed_as(leak.closed_as ? leaks::close_reason_name(*leak.closed_as) : ""),
        case_id(id_text(leak.case_id)),
        outcome(leak.outcome ? leaks::outcome_name(*leak.outcome) : ""),
        job(id_text(leak.trace_job)),
        public_before(leak.answers ? leaks::answer_name(leak.answers->public_before) : ""),
        covered(leak.answers ? leaks::answer_name(leak.answers->covered) : ""),
        answers(leak.answers.value_or(leaks::Answers{})),
        sort_title(parties::fold_for_lookup(leak.title)),
        search(search_text(leak)),
        first_seen(leak.first_seen_ms.value_or(0)),
        files(static_cast<std::int64_t>(leak.files)),
        version(static_cast<std::int64_t>(leak.version)) {}
  std::string id, project, state, closed_as, case_id, outcome, job, public_before, covered;
  leaks::Answers answers;
  std::string sort_title, search;
  std::int64_t first_seen, files, version;
};

Result<std::string> order_of(const ListQuery& page) {
  static constexpr std::pair<const char*, const char*> kOrders[] = {{"number", "l.number"},
                                                                    {"title", "l.sort_title"},
                                                                    {"state", "l.state"},
                                                                    {"reported_at", "l.reported_ms"},
                                                                    {"first_seen_at", "l.first_seen_ms"},
                                                                    {"outcome", "l.outcome"}};
  if (page.sort.empty()) return std::string(" ORDER BY l.reported_ms DESC, l.id");
  for (const auto& [field, column] : kOrders)
    if (page.sort == field)
      return std::string(" ORDER BY ") + column + (page.descending ? " DESC" : "") + ", l.reported_ms DESC, l.id";
  return fail(ErrorCode::invalid_argument, "leaks cannot be sorted by that",
              "sort by number, title, state, reported_at, first_seen_at or outcome");
}

}  // namespace

Result<std::uint32_t> LeakStore::next_ordinal(int year) {
  return database_.run([&](soci::session& session) -> Result<std::uint32_t> {
    const std::int64_t which = year;
    std::int64_t last = 0;
    session << "INSERT INTO leak_numbers (year, last) VALUES (:year, 1) "
               "ON CONFLICT (year) DO UPDATE SET last = leak_numbers.last + 1 RETURNING last",
        use(which), into(last);
    return static_cast<std::uint32_t>(last);
  });
}

Result<void> LeakStore::insert(const Leak& leak) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const Bound bound(leak);
    const ActorColumns reporter = ActorColumns::of(leak.reporter);
    session << "INSERT INTO leaks (id, number, title, note, project_id, state, closed_as, close_note, case_id, "
               "reporter_kind, reporter_id, reporter_name, reported_ms, first_seen_ms, files, outcome, trace_job_id, "
               "public_before, public_before_note, covered, covered_note, answered_ms, answered_by, version, "
               "sort_title, search_text) VALUES (:id, :number, :title, :note, :project, :state, :closed, :close_note, "
               ":case, :kind, :reporter, :name, :reported, :seen, :files, :outcome, :job, :public, :public_note, "
               ":covered, :covered_note, :answered, :by, :version, :sort, :search)",
        use(bound.id), use(leak.number), use(leak.title), use(leak.note), use(bound.project), use(bound.state),
        use(bound.closed_as), use(leak.close_note), use(bound.case_id), use(reporter.kind), use(reporter.id),
        use(reporter.name), use(leak.reported_ms), use(bound.first_seen), use(bound.files), use(bound.outcome),
        use(bound.job), use(bound.public_before), use(bound.answers.public_before_note), use(bound.covered),
        use(bound.answers.covered_note), use(bound.answers.answered_ms), use(bound.answers.answered_by),
        use(bound.version), use(bound.sort_title), use(bound.search);
    return {};
  });
}

Result<void> LeakStore::update(const Leak& leak) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const Bound bound(leak);
    soci::statement statement =
        (session.prepare << "UPDATE leaks SET title = :title, note = :note, project_id = :project, state = :state, "
                            "closed_as = :closed, close_note = :close_note, case_id = :case, first_seen_ms = :seen, "
                            "files = :files, outcome = :outcome, trace_job_id = :job, public_before = :public, "
                            "public_before_note = :public_note, covered = :covered, covered_note = :covered_note, "
                            "answered_ms = :answered, answered_by = :by, sort_title = :sort, search_text = :search, "
                            "version = version + 1 WHERE id = :id AND version = :version",
         use(leak.title), use(leak.note), use(bound.project), use(bound.state), use(bound.closed_as),
         use(leak.close_note), use(bound.case_id), use(bound.first_seen), use(bound.files), use(bound.outcome),
         use(bound.job), use(bound.public_before), use(bound.answers.public_before_note), use(bound.covered),
         use(bound.answers.covered_note), use(bound.answers.answered_ms), use(bound.answers.answered_by),
         use(bound.sort_title), use(bound.search), use(bound.id), use(bound.version));
    statement.execute(true);
    if (statement.get_affected_rows() != 1)
      return fail(ErrorCode::conflict, "somebody changed this leak meanwhile", "load the page again");
    return {};
  });
}

Result<std::optional<Leak>> LeakStore::leak(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<Leak>> {
    return first(fetch_bound<LeakColumns>(session, std::string("SELECT ") + kColumns + " FROM leaks l WHERE l.id = :id",
                                          {id.text()}));
  });
}

Result<std::optional<Leak>> LeakStore::leak_by_number(const std::string& number) {
  return database_.run([&](soci::session& session) -> Result<std::optional<Leak>> {
    return first(fetch_bound<LeakColumns>(
        session, std::string("SELECT ") + kColumns + " FROM leaks l WHERE l.number = :number", {number}));
  });
}

Result<std::optional<LeakRow>> LeakStore::row(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<LeakRow>> {
    return first(fetch_bound<RowColumns>(
        session, std::string("SELECT ") + kColumns + kProjectName + " FROM leaks l WHERE l.id = :id", {id.text()}));
  });
}

Result<Listed<LeakRow>> LeakStore::list(const leaks::LeakFilter& filter) {
  TRY_ASSIGN(const std::string order, order_of(filter.page));
  return database_.run([&](soci::session& session) -> Result<Listed<LeakRow>> {
    Conditions where;
    if (filter.project) where.add("l.project_id = :project", {filter.project->text()});
    if (filter.state) where.add("l.state = :state", {std::string(leaks::state_name(*filter.state))});
    if (!filter.page.search.empty())
      where.add("l.search_text LIKE :search ESCAPE '!'", {like_pattern(parties::fold_for_lookup(filter.page.search))});
    Listed<LeakRow> listed;
    listed.total =
        fetch_bound<CountRow>(session, "SELECT COUNT(*) FROM leaks l" + where.text(), where.values()).front();
    std::vector<Conditions::Value> values = where.values();
    values.emplace_back(std::int64_t{filter.page.limit});
    values.emplace_back(std::int64_t{filter.page.offset});
    listed.items = fetch_bound<RowColumns>(session,
                                           std::string("SELECT ") + kColumns + kProjectName + " FROM leaks l" +
                                               where.text() + order + " LIMIT :limit OFFSET :offset",
                                           values);
    return listed;
  });
}

}  // namespace probity::store
