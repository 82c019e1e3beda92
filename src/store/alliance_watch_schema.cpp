#include "store/migrations.h"

namespace probity::store {
namespace {

constexpr std::string_view kStatements[] = {
    // Appeals that have come to their end.
    R"(CREATE TABLE alliance_decisions (
         listing_id TEXT NOT NULL REFERENCES alliance_listings (id),
         filer_id TEXT NOT NULL REFERENCES alliance_members (id),
         outcome TEXT NOT NULL CHECK (length(outcome) <= 20),
         decided_by TEXT NOT NULL CHECK (length(decided_by) <= 20),
         opened_ms BIGINT NOT NULL,
         decided_ms BIGINT NOT NULL))",
    R"(CREATE INDEX alliance_decisions_by_time ON alliance_decisions (decided_ms))",
    // One a member, rule and day.
    R"(CREATE TABLE alliance_alarms (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         member_id TEXT NOT NULL REFERENCES alliance_members (id),
         rule TEXT NOT NULL CHECK (length(rule) <= 20),
         day BIGINT NOT NULL,
         observed DOUBLE PRECISION NOT NULL,
         expected DOUBLE PRECISION NOT NULL,
         raised_ms BIGINT NOT NULL,
         acknowledged_by TEXT NOT NULL DEFAULT '',
         acknowledged_ms BIGINT,
         note TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 4000),
         UNIQUE (member_id, rule, day)))",
    R"(CREATE INDEX alliance_alarms_by_time ON alliance_alarms (raised_ms))",
    R"(CREATE TABLE alliance_plantings (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         epoch BIGINT NOT NULL,
         records BIGINT NOT NULL,
         state TEXT NOT NULL CHECK (length(state) <= 20),
         proposed_by TEXT NOT NULL CHECK (length(proposed_by) = 26),
         proposed_ms BIGINT NOT NULL,
         decided_by TEXT NOT NULL DEFAULT '',
         decided_ms BIGINT))",
    // Tags of nobody, with labels that nothing opens.
    R"(CREATE TABLE alliance_canaries (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         planting_id TEXT NOT NULL REFERENCES alliance_plantings (id),
         epoch BIGINT NOT NULL,
         prefix28 BIGINT NOT NULL,
         label TEXT NOT NULL CHECK (length(label) <= 2000),
         starts_ms BIGINT NOT NULL,
         ends_ms BIGINT NOT NULL,
         findable BIGINT NOT NULL CHECK (findable IN (0, 1))))",
    R"(CREATE INDEX alliance_canaries_by_prefix ON alliance_canaries (epoch, findable, prefix28))",
    // What members say they asked: hashes, one a question.
    R"(CREATE TABLE alliance_commitments (
         member_id TEXT NOT NULL REFERENCES alliance_members (id),
         commitment TEXT NOT NULL CHECK (length(commitment) = 64),
         quarter TEXT NOT NULL CHECK (length(quarter) = 7),
         reported_ms BIGINT NOT NULL,
         PRIMARY KEY (member_id, commitment)))",
    R"(CREATE INDEX alliance_commitments_by_quarter ON alliance_commitments (member_id, quarter))",
    R"(CREATE TABLE alliance_audits (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         member_id TEXT NOT NULL REFERENCES alliance_members (id),
         quarter TEXT NOT NULL CHECK (length(quarter) = 7),
         reported BIGINT NOT NULL,
         drawn_by TEXT NOT NULL CHECK (length(drawn_by) = 26),
         drawn_ms BIGINT NOT NULL,
         due_ms BIGINT NOT NULL))",
    R"(CREATE INDEX alliance_audits_by_time ON alliance_audits (drawn_ms))",
    R"(CREATE TABLE alliance_draws (
         audit_id TEXT NOT NULL REFERENCES alliance_audits (id),
         commitment TEXT NOT NULL CHECK (length(commitment) = 64),
         opened_ms BIGINT,
         opening TEXT NOT NULL DEFAULT '' CHECK (length(opening) <= 8000),
         PRIMARY KEY (audit_id, commitment)))",
};

}  // namespace

Migration alliance_watch_schema() { return {"alliance-3", kStatements}; }

}  // namespace probity::store
