#include "store/migrations.h"

namespace probity::store {
namespace {

constexpr std::string_view kStatements[] = {
    R"(CREATE TABLE projects (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
         description TEXT NOT NULL CHECK (length(description) <= 4000),
         state TEXT NOT NULL CHECK (state IN ('open', 'archived')),
         sample BIGINT NOT NULL CHECK (sample IN (0, 1)),
         sort_name TEXT NOT NULL CHECK (length(sort_name) <= 8000),
         search_text TEXT NOT NULL CHECK (length(search_text) <= 50000),
         created_ms BIGINT NOT NULL))",
    R"(CREATE INDEX projects_by_age ON projects (created_ms))",
    R"(CREATE TABLE project_people (
         project_id TEXT NOT NULL REFERENCES projects (id),
         position BIGINT NOT NULL,
         account_id TEXT NOT NULL CHECK (length(account_id) = 26),
         PRIMARY KEY (project_id, account_id)))",
    R"(CREATE TABLE embargoes (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         project_id TEXT NOT NULL REFERENCES projects (id),
         label TEXT NOT NULL CHECK (length(label) BETWEEN 1 AND 200),
         at_ms BIGINT NOT NULL,
         zone TEXT NOT NULL CHECK (length(zone) BETWEEN 1 AND 64)))",
    R"(CREATE INDEX embargoes_of_project ON embargoes (project_id, at_ms))",
    R"(CREATE INDEX embargoes_by_time ON embargoes (at_ms))",
    R"(CREATE TABLE project_assets (
         asset_id TEXT PRIMARY KEY REFERENCES assets (id),
         project_id TEXT NOT NULL REFERENCES projects (id),
         watermark BIGINT NOT NULL CHECK (watermark IN (0, 1)),
         embargo_id TEXT REFERENCES embargoes (id),
         not_before_ms BIGINT,
         state TEXT NOT NULL CHECK (state IN ('offered', 'withdrawn')),
         attached_ms BIGINT NOT NULL))",
    R"(CREATE INDEX assets_of_project ON project_assets (project_id, attached_ms))",
};

}  // namespace

Migration projects_schema() { return {"projects-1", kStatements}; }

}  // namespace probity::store
