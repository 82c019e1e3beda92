#include "store/migrations.h"

namespace probity::store {
namespace {

constexpr std::string_view kStatements[] = {
    R"(CREATE TABLE deliveries (
         copy_id TEXT PRIMARY KEY REFERENCES copies (id),
         asset_id TEXT NOT NULL REFERENCES assets (id),
         party_id TEXT NOT NULL REFERENCES parties (id),
         project_id TEXT NOT NULL REFERENCES projects (id),
         issued_ms BIGINT NOT NULL,
         revoked_ms BIGINT,
         revoke_reason TEXT NOT NULL CHECK (length(revoke_reason) <= 2000),
         until_ms BIGINT,
         views BIGINT NOT NULL,
         downloads BIGINT NOT NULL,
         first_opened_ms BIGINT,
         last_opened_ms BIGINT,
         UNIQUE (asset_id, party_id)))",
    R"(CREATE INDEX deliveries_of_project ON deliveries (project_id, issued_ms))",
    R"(CREATE INDEX deliveries_of_party ON deliveries (party_id))",
    R"(CREATE TABLE uploads (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         job_kind TEXT NOT NULL CHECK (length(job_kind) <= 40),
         project_id TEXT REFERENCES projects (id),
         subject_id TEXT CHECK (length(subject_id) = 26),
         data TEXT NOT NULL CHECK (length(data) <= 65536),
         sender_kind TEXT NOT NULL CHECK (length(sender_kind) <= 20),
         sender_id TEXT CHECK (length(sender_id) = 26),
         sender_name TEXT NOT NULL CHECK (length(sender_name) <= 400),
         file_name TEXT NOT NULL CHECK (length(file_name) BETWEEN 1 AND 200),
         title TEXT NOT NULL CHECK (length(title) <= 200),
         size_bytes BIGINT NOT NULL CHECK (size_bytes > 0),
         offset_bytes BIGINT NOT NULL CHECK (offset_bytes BETWEEN 0 AND size_bytes),
         state TEXT NOT NULL CHECK (length(state) <= 20),
         job_id TEXT,
         created_ms BIGINT NOT NULL,
         changed_ms BIGINT NOT NULL))",
    R"(CREATE INDEX uploads_by_state ON uploads (state, job_kind, project_id, subject_id))",
};

}  // namespace

Migration deliveries_schema() { return {"deliveries-1", kStatements}; }

}  // namespace probity::store
