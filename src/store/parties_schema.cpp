#include "store/migrations.h"

namespace probity::store {
namespace {

constexpr std::string_view kStatements[] = {
    R"(CREATE TABLE parties (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         kind TEXT NOT NULL CHECK (kind IN ('person', 'outlet', 'employer', 'supplier', 'other')),
         name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
         parent_id TEXT REFERENCES parties (id),
         tier BIGINT NOT NULL CHECK (tier >= 0),
         job_title TEXT NOT NULL CHECK (length(job_title) <= 200),
         email TEXT NOT NULL CHECK (length(email) <= 254),
         phone TEXT NOT NULL CHECK (length(phone) <= 40),
         locale TEXT NOT NULL CHECK (locale IN ('en', 'zh')),
         may_bind BIGINT NOT NULL CHECK (may_bind IN (0, 1)),
         notes TEXT NOT NULL CHECK (length(notes) <= 4000),
         lookup_key TEXT NOT NULL UNIQUE CHECK (length(lookup_key) <= 8000),
         sort_name TEXT NOT NULL CHECK (length(sort_name) <= 8000),
         search_text TEXT NOT NULL CHECK (length(search_text) <= 16000),
         created_ms BIGINT NOT NULL))",
    R"(CREATE INDEX parties_of_parent ON parties (parent_id, sort_name))",
    R"(CREATE INDEX parties_by_name ON parties (sort_name))",
    R"(CREATE INDEX parties_by_age ON parties (created_ms))",
    R"(CREATE TABLE trainings (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         party_id TEXT NOT NULL REFERENCES parties (id),
         title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
         given_ms BIGINT NOT NULL,
         note TEXT NOT NULL CHECK (length(note) <= 4000),
         recorded_by TEXT NOT NULL CHECK (length(recorded_by) <= 200),
         recorded_ms BIGINT NOT NULL))",
    R"(CREATE INDEX trainings_of_party ON trainings (party_id, given_ms))",
};

}  // namespace

Migration parties_schema() { return {"parties-1", kStatements}; }

}  // namespace probity::store
