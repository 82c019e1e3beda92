#include "store/migrations.h"

namespace probity::store {
namespace {

constexpr std::string_view kStatements[] = {
    R"(CREATE TABLE events (
         sequence BIGINT PRIMARY KEY CHECK (sequence > 0),
         time_ms BIGINT NOT NULL,
         kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 60),
         actor_kind TEXT NOT NULL CHECK (length(actor_kind) <= 20),
         actor_id TEXT CHECK (length(actor_id) = 26),
         actor_name TEXT NOT NULL CHECK (length(actor_name) <= 200),
         project_id TEXT CHECK (length(project_id) = 26),
         party_id TEXT CHECK (length(party_id) = 26),
         commitment_id TEXT CHECK (length(commitment_id) = 26),
         asset_id TEXT CHECK (length(asset_id) = 26),
         copy_id TEXT CHECK (length(copy_id) = 26),
         data TEXT NOT NULL CHECK (length(data) <= 16384)))",
    R"(CREATE INDEX events_of_project ON events (project_id, sequence))",
    R"(CREATE INDEX events_of_party ON events (party_id, sequence))",
    R"(CREATE TABLE event_readers (
         name TEXT PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 100),
         sequence BIGINT NOT NULL))",
};

}  // namespace

Migration events_schema() { return {"events-1", kStatements}; }

}  // namespace probity::store
