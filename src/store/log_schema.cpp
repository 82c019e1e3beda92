#include "store/migrations.h"

namespace probity::store {
namespace {

// idx is the entry's place in the log; it is not unique here, so that a log that was lost and founded anew can be told.
constexpr std::string_view kStatements[] = {
    R"(CREATE TABLE log_entries (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         sequence BIGINT NOT NULL,
         kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 64),
         subject_id TEXT NOT NULL CHECK (length(subject_id) = 26),
         content TEXT NOT NULL CHECK (length(content) <= 200000),
         salt TEXT NOT NULL CHECK (length(salt) = 64),
         commitment TEXT NOT NULL UNIQUE CHECK (length(commitment) = 64),
         time_ms BIGINT NOT NULL,
         idx BIGINT))",
    R"(CREATE INDEX log_entries_in_order ON log_entries (sequence))",
    R"(CREATE INDEX log_entries_waiting ON log_entries (sequence) WHERE idx IS NULL)",
    R"(CREATE INDEX log_entries_by_place ON log_entries (idx))",
    R"(CREATE INDEX log_entries_of_subject ON log_entries (subject_id, sequence))",
};

}  // namespace

Migration log_schema() { return {"log-1", kStatements}; }

}  // namespace probity::store
