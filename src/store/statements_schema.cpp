#include "store/migrations.h"

namespace probity::store {
namespace {

// `content` holds what is approved and sealed; titles, kind and relation stand in columns of their own for lists.
constexpr std::string_view kStatements[] = {
    R"(CREATE TABLE statements (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         number TEXT NOT NULL UNIQUE CHECK (length(number) <= 20),
         case_id TEXT NOT NULL CHECK (length(case_id) = 26),
         case_number TEXT NOT NULL CHECK (length(case_number) <= 40),
         project_id TEXT CHECK (length(project_id) = 26),
         state TEXT NOT NULL CHECK (length(state) <= 20),
         chain_id TEXT NOT NULL CHECK (length(chain_id) = 26),
         follows_id TEXT CHECK (length(follows_id) = 26),
         content TEXT NOT NULL CHECK (length(content) <= 4000000),
         title_en TEXT NOT NULL CHECK (length(title_en) <= 200),
         title_zh TEXT NOT NULL CHECK (length(title_zh) <= 200),
         search_text TEXT NOT NULL CHECK (length(search_text) <= 100000),
         drafter_id TEXT CHECK (length(drafter_id) = 26),
         drafter_name TEXT NOT NULL CHECK (length(drafter_name) <= 200),
         approvals TEXT NOT NULL CHECK (length(approvals) <= 4000),
         pdf TEXT CHECK (length(pdf) = 64),
         pdf_bytes BIGINT NOT NULL,
         log_entry TEXT CHECK (length(log_entry) = 26),
         log_index BIGINT,
         created_ms BIGINT NOT NULL,
         submitted_ms BIGINT,
         approved_ms BIGINT,
         sealed_ms BIGINT,
         published_ms BIGINT,
         withdrawn_reason TEXT NOT NULL CHECK (length(withdrawn_reason) <= 1000),
         waits_for TEXT NOT NULL CHECK (length(waits_for) <= 2000),
         tombstone_ms BIGINT,
         tombstone_grounds TEXT NOT NULL CHECK (length(tombstone_grounds) <= 20),
         tombstone_reason TEXT NOT NULL CHECK (length(tombstone_reason) <= 1000),
         tombstone_by TEXT NOT NULL CHECK (length(tombstone_by) <= 200)))",
    R"(CREATE INDEX statements_by_age ON statements (created_ms))",
    R"(CREATE INDEX statements_by_state ON statements (state, published_ms))",
    R"(CREATE INDEX statements_of_case ON statements (case_id, created_ms))",
    R"(CREATE INDEX statements_of_chain ON statements (chain_id, created_ms))",
    R"(CREATE INDEX statements_by_pdf ON statements (pdf))",
    R"(CREATE TABLE statement_numbers (
         year BIGINT PRIMARY KEY,
         last BIGINT NOT NULL CHECK (last > 0)))",
};

// The request of one person to remove the statement, as JSON; empty while there is none.
constexpr std::string_view kRemoval[] = {
    R"(ALTER TABLE statements ADD COLUMN removal TEXT NOT NULL DEFAULT '' CHECK (length(removal) <= 20000))",
};

}  // namespace

Migration statements_removal_schema() { return {"statements-2", kRemoval}; }
Migration statements_schema() { return {"statements-1", kStatements}; }

}  // namespace probity::store
