#include "store/migrations.h"

namespace probity::store {
namespace {

constexpr std::string_view kStatements[] = {
    R"(CREATE TABLE screening_company_ordinals (
         kind TEXT NOT NULL CHECK (length(kind) <= 10),
         year BIGINT NOT NULL,
         last_ordinal BIGINT NOT NULL,
         PRIMARY KEY (kind, year)))",
    R"(CREATE TABLE screening_company_queries (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         number TEXT NOT NULL UNIQUE CHECK (length(number) <= 40),
         name TEXT NOT NULL CHECK (length(name) <= 1000),
         numbers TEXT NOT NULL CHECK (length(numbers) <= 200),
         purpose TEXT NOT NULL CHECK (length(purpose) <= 40),
         requisition TEXT NOT NULL CHECK (length(requisition) <= 400),
         outcome TEXT NOT NULL CHECK (length(outcome) <= 20),
         asked_ms BIGINT NOT NULL,
         record TEXT NOT NULL))",
    R"(CREATE INDEX screening_company_queries_by_time ON screening_company_queries (asked_ms))",
    // The list as this node last held it: a line for each entry, and what the hub signed.
    R"(CREATE TABLE screening_enterprises (
         listing_id TEXT PRIMARY KEY CHECK (length(listing_id) = 26),
         line TEXT NOT NULL))",
    R"(CREATE TABLE screening_enterprise_head (
         id BIGINT PRIMARY KEY CHECK (id = 1),
         head TEXT NOT NULL CHECK (length(head) <= 200),
         signature TEXT NOT NULL CHECK (length(signature) = 128)))",
    R"(CREATE TABLE screening_batches (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         number TEXT NOT NULL UNIQUE CHECK (length(number) <= 40),
         made_ms BIGINT NOT NULL,
         state TEXT NOT NULL CHECK (length(state) <= 20),
         record TEXT NOT NULL))",
    R"(CREATE TABLE screening_batch_rows (
         batch_id TEXT NOT NULL REFERENCES screening_batches (id),
         row_index BIGINT NOT NULL,
         level TEXT NOT NULL CHECK (length(level) <= 20),
         name TEXT NOT NULL,
         record TEXT NOT NULL,
         PRIMARY KEY (batch_id, row_index)))",
    R"(CREATE INDEX screening_batch_rows_by_level ON screening_batch_rows (batch_id, level, row_index))",
    R"(CREATE TABLE screening_watches (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         subject_key TEXT NOT NULL UNIQUE CHECK (length(subject_key) = 64),
         name TEXT NOT NULL CHECK (length(name) <= 1000),
         numbers TEXT NOT NULL CHECK (length(numbers) <= 200),
         level TEXT NOT NULL CHECK (length(level) <= 20),
         added_ms BIGINT NOT NULL,
         changed_ms BIGINT,
         seen BIGINT NOT NULL CHECK (seen IN (0, 1)),
         record TEXT NOT NULL))",
    R"(CREATE TABLE screening_watch_changes (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         watch_id TEXT NOT NULL,
         time_ms BIGINT NOT NULL,
         record TEXT NOT NULL))",
    R"(CREATE INDEX screening_watch_changes_by_watch ON screening_watch_changes (watch_id, time_ms))",
};

}  // namespace

Migration screening_companies_schema() { return {"screening-companies-1", kStatements}; }

}  // namespace probity::store
