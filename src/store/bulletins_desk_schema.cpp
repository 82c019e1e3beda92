#include "store/migrations.h"

namespace probity::store {
namespace {

// A node's own: groups that bulletins are addressed to, and what it has received for when the hub is silent.
constexpr std::string_view kStatements[] = {
    R"(CREATE TABLE bulletin_groups (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         name TEXT NOT NULL CHECK (length(name) <= 100),
         folded TEXT NOT NULL UNIQUE,
         updated_by TEXT NOT NULL,
         updated_ms BIGINT NOT NULL,
         members TEXT NOT NULL))",
    // As the hub gave it; gone when the bulletin ends.
    R"(CREATE TABLE bulletins_received (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         published_ms BIGINT NOT NULL,
         expires_ms BIGINT NOT NULL,
         received_ms BIGINT NOT NULL,
         bulletin TEXT NOT NULL))",
    R"(CREATE INDEX bulletins_received_by_end ON bulletins_received (expires_ms))",
    // When all that stands above was last what the hub says. At most one row, with id 1.
    R"(CREATE TABLE bulletins_received_at (
         id BIGINT PRIMARY KEY CHECK (id = 1),
         time_ms BIGINT NOT NULL))",
};

}  // namespace

Migration bulletins_desk_schema() { return {"bulletins-desk-1", kStatements}; }

}  // namespace probity::store
