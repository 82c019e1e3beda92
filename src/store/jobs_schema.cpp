#include "store/migrations.h"

namespace probity::store {
namespace {

constexpr std::string_view kStatements[] = {
    R"(CREATE TABLE jobs (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
         title TEXT NOT NULL CHECK (length(title) <= 400),
         title_zh TEXT NOT NULL CHECK (length(title_zh) <= 400),
         project_id TEXT CHECK (length(project_id) = 26),
         subject_id TEXT CHECK (length(subject_id) = 26),
         payload TEXT NOT NULL CHECK (length(payload) <= 65536),
         once_key TEXT NOT NULL CHECK (length(once_key) <= 200),
         most_attempts BIGINT NOT NULL CHECK (most_attempts >= 1),
         state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
         steps_done BIGINT NOT NULL,
         steps_total BIGINT NOT NULL,
         stage TEXT NOT NULL CHECK (length(stage) <= 200),
         attempts BIGINT NOT NULL,
         error TEXT NOT NULL CHECK (length(error) <= 1000),
         cancel_requested BIGINT NOT NULL CHECK (cancel_requested IN (0, 1)),
         created_ms BIGINT NOT NULL,
         run_after_ms BIGINT NOT NULL,
         started_ms BIGINT,
         finished_ms BIGINT,
         worker TEXT NOT NULL CHECK (length(worker) <= 26),
         lease_until_ms BIGINT NOT NULL,
         changed BIGINT NOT NULL))",
    R"(CREATE INDEX jobs_due ON jobs (state, run_after_ms))",
    R"(CREATE INDEX jobs_by_change ON jobs (changed))",
    R"(CREATE INDEX jobs_by_age ON jobs (created_ms))",
    R"(CREATE INDEX jobs_of_project ON jobs (project_id, created_ms))",
    R"(CREATE UNIQUE INDEX jobs_once ON jobs (once_key) WHERE once_key <> '' AND state IN ('queued', 'running'))",
};

}  // namespace

Migration jobs_schema() { return {"jobs-1", kStatements}; }

}  // namespace probity::store
