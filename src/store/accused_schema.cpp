#include "store/migrations.h"

namespace probity::store {
namespace {

constexpr std::string_view kStatements[] = {
    R"(CREATE TABLE accused_documents (
         case_party_id TEXT NOT NULL CHECK (length(case_party_id) = 26),
         item_id TEXT NOT NULL CHECK (length(item_id) = 26),
         case_id TEXT NOT NULL REFERENCES cases (id),
         name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
         sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
         size_bytes BIGINT NOT NULL,
         at_ms BIGINT NOT NULL,
         PRIMARY KEY (case_party_id, item_id)))",
};

}  // namespace

Migration accused_schema() { return {"accused-1", kStatements}; }

}  // namespace probity::store
