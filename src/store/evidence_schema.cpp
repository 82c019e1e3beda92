#include "store/migrations.h"

namespace probity::store {
namespace {

// '' where there is no id. Rows are only ever added.
constexpr std::string_view kStatements[] = {
    R"(CREATE TABLE evidence_matters (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         number TEXT NOT NULL CHECK (length(number) <= 40),
         opened_ms BIGINT NOT NULL))",
    R"(CREATE TABLE evidence_items (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         matter_id TEXT NOT NULL REFERENCES evidence_matters (id),
         position BIGINT NOT NULL,
         kind TEXT NOT NULL CHECK (length(kind) <= 20),
         parent_id TEXT NOT NULL CHECK (length(parent_id) IN (0, 26)),
         name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
         media_type TEXT NOT NULL CHECK (length(media_type) <= 100),
         size_bytes BIGINT NOT NULL CHECK (size_bytes >= 0),
         content_blob TEXT NOT NULL CHECK (length(content_blob) = 64),
         added_ms BIGINT NOT NULL,
         added_by TEXT NOT NULL CHECK (length(added_by) <= 400),
         UNIQUE (matter_id, position),
         UNIQUE (matter_id, content_blob)))",
    R"(CREATE INDEX evidence_by_content ON evidence_items (content_blob))",
    R"(CREATE TABLE custody_steps (
         matter_id TEXT NOT NULL REFERENCES evidence_matters (id),
         sequence BIGINT NOT NULL CHECK (sequence > 0),
         time_ms BIGINT NOT NULL,
         action TEXT NOT NULL CHECK (length(action) BETWEEN 1 AND 40),
         item_id TEXT NOT NULL CHECK (length(item_id) IN (0, 26)),
         actor_kind TEXT NOT NULL CHECK (length(actor_kind) <= 20),
         actor_id TEXT NOT NULL CHECK (length(actor_id) IN (0, 26)),
         actor_name TEXT NOT NULL CHECK (length(actor_name) <= 400),
         why TEXT NOT NULL CHECK (length(why) <= 16000),
         tool TEXT NOT NULL CHECK (length(tool) <= 400),
         data TEXT NOT NULL CHECK (length(data) <= 262144),
         previous_hash TEXT NOT NULL CHECK (length(previous_hash) = 64),
         hash TEXT NOT NULL CHECK (length(hash) = 64),
         PRIMARY KEY (matter_id, sequence)))",
    R"(CREATE INDEX custody_by_action ON custody_steps (matter_id, action, sequence))",
};

}  // namespace

Migration evidence_schema() { return {"evidence-1", kStatements}; }

}  // namespace probity::store
