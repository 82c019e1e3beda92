#include "store/migrations.h"

namespace probity::store {
namespace {

constexpr std::string_view kStatements[] = {
    // The entry of the transparency log that says it was published.
    R"(ALTER TABLE alliance_heads ADD COLUMN entry_id TEXT NOT NULL DEFAULT '')",
    R"(ALTER TABLE alliance_members ADD COLUMN contact TEXT NOT NULL DEFAULT '')",
    R"(ALTER TABLE alliance_fetches ADD COLUMN account_id TEXT NOT NULL DEFAULT '')",
    R"(CREATE INDEX alliance_fetches_by_member ON alliance_fetches (member_id, time_ms))",
    // What was done with a member, in order. The number of rows is the version of the roll.
    R"(CREATE TABLE alliance_member_steps (
         number BIGINT PRIMARY KEY,
         id TEXT NOT NULL UNIQUE CHECK (length(id) = 26),
         member_id TEXT NOT NULL REFERENCES alliance_members (id),
         kind TEXT NOT NULL CHECK (length(kind) <= 40),
         by_account TEXT NOT NULL CHECK (length(by_account) = 26),
         agreed_by TEXT NOT NULL DEFAULT '',
         reason TEXT NOT NULL CHECK (length(reason) <= 4000),
         user_per_minute BIGINT NOT NULL,
         user_per_day BIGINT NOT NULL,
         member_per_day BIGINT NOT NULL,
         time_ms BIGINT NOT NULL,
         entry_id TEXT NOT NULL CHECK (length(entry_id) = 26)))",
    R"(CREATE INDEX alliance_member_steps_by_member ON alliance_member_steps (member_id, number))",
    R"(CREATE TABLE alliance_quota_proposals (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         member_id TEXT NOT NULL REFERENCES alliance_members (id),
         state TEXT NOT NULL CHECK (length(state) <= 20),
         before_per_minute BIGINT NOT NULL,
         before_per_day BIGINT NOT NULL,
         before_member_per_day BIGINT NOT NULL,
         user_per_minute BIGINT NOT NULL,
         user_per_day BIGINT NOT NULL,
         member_per_day BIGINT NOT NULL,
         reason TEXT NOT NULL CHECK (length(reason) <= 4000),
         proposed_by TEXT NOT NULL CHECK (length(proposed_by) = 26),
         proposed_ms BIGINT NOT NULL,
         decided_by TEXT NOT NULL DEFAULT '',
         decided_ms BIGINT))",
    R"(CREATE INDEX alliance_quota_proposals_by_state ON alliance_quota_proposals (state, proposed_ms))",
};

constexpr std::string_view kRefusals[] = {
    R"(ALTER TABLE alliance_quota_proposals ADD COLUMN refusal TEXT NOT NULL DEFAULT '')",
};

}  // namespace

Migration alliance_refusals_schema() { return {"alliance-quota-refusals", kRefusals}; }
Migration alliance_governance_schema() { return {"alliance-2", kStatements}; }

}  // namespace probity::store
