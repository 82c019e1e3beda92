#include "store/migrations.h"

namespace probity::store {
namespace {

// The sealed bytes stand in files of the paper's id.
constexpr std::string_view kStatements[] = {
    R"(CREATE TABLE alliance_papers (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         listing_id TEXT NOT NULL REFERENCES alliance_listings (id),
         from_role TEXT NOT NULL CHECK (length(from_role) <= 20),
         from_member TEXT NOT NULL CHECK (length(from_member) = 26),
         from_account TEXT NOT NULL CHECK (length(from_account) = 26),
         reader_id TEXT NOT NULL REFERENCES alliance_members (id),
         kind TEXT NOT NULL CHECK (length(kind) <= 20),
         commitment TEXT NOT NULL CHECK (length(commitment) = 64),
         sealed_bytes BIGINT NOT NULL,
         filed_ms BIGINT NOT NULL))",
    R"(CREATE INDEX alliance_papers_of_listing ON alliance_papers (listing_id, filed_ms))",
    R"(CREATE INDEX alliance_papers_for_reader ON alliance_papers (reader_id, filed_ms))",
};

}  // namespace

Migration paperwork_schema() { return {"alliance-papers-1", kStatements}; }

}  // namespace probity::store
