#include "store/jobs_store.h"

#include "store/nullable.h"
#include "store/query.h"

namespace probity::store {
namespace {

using soci::into;
using soci::use;
using Found = Result<std::optional<jobs::Job>>;
using Values = std::vector<Conditions::Value>;

constexpr const char* kSelect =
    "SELECT id, kind, title, title_zh, project_id, subject_id, payload, once_key, most_attempts, state, steps_done, "
    "steps_total, stage, attempts, error, cancel_requested, created_ms, run_after_ms, started_ms, finished_ms, worker, "
    "lease_until_ms, changed FROM jobs";
// Part of every change, so that readers can follow.
constexpr const char* kBump = "changed = (SELECT COALESCE(MAX(changed), 0) + 1 FROM jobs)";

struct JobRow {
  std::string id, kind, title, title_zh, payload, once_key, state, stage, error, worker;
  Nullable<std::string> project, subject;
  Nullable<std::int64_t> started, finished;
  std::int64_t most_attempts = 0, done = 0, total = 0, attempts = 0, cancel = 0, created = 0, run_after = 0, lease = 0,
               changed = 0;

  auto columns() {
    return std::make_tuple(into(id), into(kind), into(title), into(title_zh), project.column(), subject.column(),
                           into(payload), into(once_key), into(most_attempts), into(state), into(done), into(total),
                           into(stage), into(attempts), into(error), into(cancel), into(created), into(run_after),
                           started.column(), finished.column(), into(worker), into(lease), into(changed));
  }

  jobs::Job value() const {
    jobs::Job job;
    job.id = read_id(id);
    job.request = {kind,      title, title_zh, read_optional_id(project), read_optional_id(subject), payload, total,
                   run_after, 0,     once_key};
    job.request.most_attempts = static_cast<int>(most_attempts);
    job.state = read_some(jobs::parse_job_state(state), "a job in the store has an unknown state");
    job.done = done;
    job.total = total;
    job.stage = stage;
    job.attempts = static_cast<int>(attempts);
    job.error = error;
    job.cancel_requested = cancel != 0;
    job.created_ms = created;
    job.run_after_ms = run_after;
    job.started_ms = started.get();
    job.finished_ms = finished.get();
    job.worker = worker;
    job.lease_until_ms = lease;
    job.changed = static_cast<std::uint64_t>(changed);
    return job;
  }
};

struct IdRow {
  std::string id;
  auto columns() { return std::make_tuple(into(id)); }
  Id value() const { return read_id(id); }
};

Found by_id(soci::session& session, const Id& id) {
  return first(fetch_bound<JobRow>(session, std::string(kSelect) + " WHERE id = :id", {id.text()}));
}

// Runs an UPDATE … RETURNING id and reads the job as it is now.
Found updated(soci::session& session, const std::string& update, const Values& values) {
  const auto id = first(fetch_bound<IdRow>(session, update, values));
  if (!id) return std::optional<jobs::Job>();
  return by_id(session, *id);
}

// "kind IN (:k0, :k1)" and its values.
std::string kinds_in(const std::vector<std::string>& kinds, const std::string& prefix, Values& values) {
  std::string text = "kind IN (";
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    text += (i == 0 ? ":" : ", :") + prefix + std::to_string(i);
    values.emplace_back(kinds[i]);
  }
  return text + ")";
}

void end_lost_attempts(soci::session& session, TimeMs now) {
  session << std::string("UPDATE jobs SET state = 'cancelled', worker = '', finished_ms = :finished, ") + kBump +
                 " WHERE state = 'running' AND lease_until_ms < :now AND cancel_requested = 1",
      use(now), use(now);
  const std::string error = "the program ended while it was at work, every time";
  session << std::string("UPDATE jobs SET state = 'failed', worker = '', error = :error, finished_ms = :finished, ") +
                 kBump + " WHERE state = 'running' AND lease_until_ms < :now AND attempts >= most_attempts",
      use(error), use(now), use(now);
}

}  // namespace

Result<void> SqlJobStore::insert(const jobs::Job& job) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = job.id.text(), state(jobs::job_state_name(job.state));
    auto project = nullable_id(job.request.project), subject = nullable_id(job.request.subject);
    const std::int64_t most_attempts = job.request.most_attempts;
    session << "INSERT INTO jobs (id, kind, title, title_zh, project_id, subject_id, payload, once_key, most_attempts, "
               "state, steps_done, steps_total, stage, attempts, error, cancel_requested, created_ms, run_after_ms, "
               "started_ms, finished_ms, worker, lease_until_ms, changed) VALUES (:id, :kind, :title, :title_zh, "
               ":project, :subject, :payload, :once, :most, :state, :done, :total, '', 0, '', 0, :created, :after, "
               "NULL, NULL, '', 0, (SELECT COALESCE(MAX(changed), 0) + 1 FROM jobs))",
        use(id), use(job.request.kind), use(job.request.title), use(job.request.title_zh),
        use(project.value, project.state), use(subject.value, subject.state), use(job.request.payload_json),
        use(job.request.once_key), use(most_attempts), use(state), use(job.done), use(job.total), use(job.created_ms),
        use(job.run_after_ms);
    return {};
  });
}

Found SqlJobStore::job(const Id& id) {
  return database_.run([&](soci::session& session) { return by_id(session, id); });
}

Result<std::optional<Id>> SqlJobStore::unfinished(const std::string& once_key) {
  return database_.run([&](soci::session& session) -> Result<std::optional<Id>> {
    return first(fetch_bound<IdRow>(
        session, "SELECT id FROM jobs WHERE once_key = :key AND once_key <> '' AND state IN ('queued', 'running')",
        {once_key}));
  });
}

Result<Listed<jobs::Job>> SqlJobStore::list(const jobs::JobFilter& filter) {
  return database_.run([&](soci::session& session) -> Result<Listed<jobs::Job>> {
    Conditions where;
    if (filter.state) where.add("state = :state", {std::string(jobs::job_state_name(*filter.state))});
    if (filter.project) where.add("project_id = :project", {filter.project->text()});
    Listed<jobs::Job> listed;
    listed.total = fetch_bound<CountRow>(session, "SELECT COUNT(*) FROM jobs" + where.text(), where.values()).front();
    Values values = where.values();
    values.emplace_back(std::int64_t{filter.limit});
    values.emplace_back(std::int64_t{filter.offset});
    listed.items = fetch_bound<JobRow>(
        session, kSelect + where.text() + " ORDER BY created_ms DESC, id DESC LIMIT :limit OFFSET :offset", values);
    return listed;
  });
}

Result<std::vector<jobs::Job>> SqlJobStore::changed_after(std::uint64_t changed, std::size_t limit) {
  return database_.run([&](soci::session& session) -> Result<std::vector<jobs::Job>> {
    return fetch_bound<JobRow>(session,
                               std::string(kSelect) + " WHERE changed > :changed ORDER BY changed LIMIT :limit",
                               {static_cast<std::int64_t>(changed), static_cast<std::int64_t>(limit)});
  });
}

Result<std::uint64_t> SqlJobStore::last_change() {
  return database_.run([&](soci::session& session) -> Result<std::uint64_t> {
    return fetch_bound<CountRow>(session, "SELECT COALESCE(MAX(changed), 0) FROM jobs", {}).front();
  });
}

Found SqlJobStore::claim(const jobs::Claim& claim) {
  if (claim.kinds.empty()) return std::optional<jobs::Job>();
  return database_.run([&](soci::session& session) -> Found {
    end_lost_attempts(session, claim.now_ms);
    // The conditions stand again outside: where writers do not queue, the second of two claims then finds nothing.
    Values values{claim.worker, claim.lease_until_ms, claim.now_ms};
    const std::string inner = kinds_in(claim.kinds, "k", values);
    for (int i = 0; i < 4; ++i) values.emplace_back(claim.now_ms);
    return updated(session,
                   std::string("UPDATE jobs SET state = 'running', worker = :worker, lease_until_ms = :lease, "
                               "started_ms = :started, attempts = attempts + 1, ") +
                       kBump + " WHERE id = (SELECT id FROM jobs WHERE " + inner +
                       " AND ((state = 'queued' AND run_after_ms <= :n0) OR (state = 'running' AND lease_until_ms < "
                       ":n1)) ORDER BY run_after_ms, changed LIMIT 1) AND ((state = 'queued' AND run_after_ms <= :n2) "
                       "OR (state = 'running' AND lease_until_ms < :n3)) RETURNING id",
                   values);
  });
}

Result<std::optional<TimeMs>> SqlJobStore::next_due(const std::vector<std::string>& kinds) {
  if (kinds.empty()) return std::optional<TimeMs>();
  return database_.run([&](soci::session& session) -> Result<std::optional<TimeMs>> {
    // Typed columns throughout: an aggregate over nothing is NULL, and of no type that databases agree on.
    Values values;
    const std::string in = kinds_in(kinds, "k", values);
    struct TimeRow {
      std::int64_t time = 0;
      auto columns() { return std::make_tuple(into(time)); }
      TimeMs value() const { return time; }
    };
    const auto queued = first(fetch_bound<TimeRow>(
        session, "SELECT run_after_ms FROM jobs WHERE state = 'queued' AND " + in + " ORDER BY run_after_ms LIMIT 1",
        values));
    const auto lost = first(fetch_bound<TimeRow>(
        session,
        "SELECT lease_until_ms + 1 FROM jobs WHERE state = 'running' AND " + in + " ORDER BY lease_until_ms LIMIT 1",
        values));
    if (!queued) return lost;
    return lost ? std::optional(std::min(*queued, *lost)) : queued;
  });
}

Found SqlJobStore::progress(const Id& id, const std::string& worker, const jobs::Progress& progress,
                            TimeMs lease_until_ms) {
  return database_.run([&](soci::session& session) {
    return updated(session,
                   std::string("UPDATE jobs SET steps_done = :done, steps_total = :total, stage = :stage, "
                               "lease_until_ms = :lease, ") +
                       kBump + " WHERE id = :id AND worker = :worker AND state = 'running' RETURNING id",
                   {progress.done, progress.total, progress.stage, lease_until_ms, id.text(), worker});
  });
}

Found SqlJobStore::finish(const Id& id, const std::string& worker, const jobs::Outcome& outcome) {
  return database_.run([&](soci::session& session) {
    // What goes back to the queue although somebody cancelled it meanwhile is cancelled.
    const std::string state(jobs::job_state_name(outcome.state));
    const std::string after_cancel = outcome.state == jobs::JobState::queued ? "cancelled" : state;
    const std::int64_t forgotten = outcome.forget_attempt ? 1 : 0;
    return updated(
        session,
        std::string("UPDATE jobs SET state = CASE WHEN cancel_requested = 1 THEN :after_cancel ELSE :state END, "
                    "worker = '', error = :error, run_after_ms = :after, attempts = attempts - :forgotten, "
                    "finished_ms = CASE WHEN cancel_requested = 0 AND :again = 'queued' THEN NULL ELSE "
                    "CAST(:now AS BIGINT) END, "
                    "steps_done = CASE WHEN :ended = 'done' THEN steps_total ELSE steps_done END, ") +
            kBump + " WHERE id = :id AND worker = :worker AND state = 'running' RETURNING id",
        {after_cancel, state, outcome.error, outcome.run_after_ms, forgotten, state, outcome.now_ms, state, id.text(),
         worker});
  });
}

Result<std::vector<jobs::Job>> SqlJobStore::extend_leases(const std::string& worker, TimeMs lease_until_ms) {
  return database_.run([&](soci::session& session) -> Result<std::vector<jobs::Job>> {
    session << "UPDATE jobs SET lease_until_ms = :lease WHERE worker = :worker AND state = 'running'",
        use(lease_until_ms), use(worker);
    return fetch_bound<JobRow>(session, std::string(kSelect) + " WHERE state = 'running' AND worker = :worker",
                               {worker});
  });
}

Found SqlJobStore::request_cancel(const Id& id, TimeMs now_ms) {
  return database_.run([&](soci::session& session) -> Found {
    TRY_ASSIGN(auto queued, updated(session,
                                    std::string("UPDATE jobs SET state = 'cancelled', finished_ms = :now, ") + kBump +
                                        " WHERE id = :id AND state = 'queued' RETURNING id",
                                    {now_ms, id.text()}));
    if (queued) return queued;
    return updated(session,
                   std::string("UPDATE jobs SET cancel_requested = 1, ") + kBump +
                       " WHERE id = :id AND state = 'running' RETURNING id",
                   {id.text()});
  });
}

Found SqlJobStore::requeue(const Id& id, TimeMs now_ms) {
  return database_.run([&](soci::session& session) {
    return updated(session,
                   std::string("UPDATE jobs SET state = 'queued', attempts = 0, error = '', cancel_requested = 0, "
                               "run_after_ms = :now, finished_ms = NULL, ") +
                       kBump + " WHERE id = :id AND state IN ('failed', 'cancelled') RETURNING id",
                   {now_ms, id.text()});
  });
}

Result<std::uint64_t> SqlJobStore::forget_finished(TimeMs before_ms) {
  return database_.run([&](soci::session& session) -> Result<std::uint64_t> {
    // The latest change stays, so that readers' positions never lie ahead of the table.
    return fetch_bound<IdRow>(session,
                              "DELETE FROM jobs WHERE state IN ('done', 'failed', 'cancelled') AND finished_ms < "
                              ":before AND changed < (SELECT MAX(changed) FROM jobs) RETURNING id",
                              {before_ms})
        .size();
  });
}

}  // namespace probity::store
