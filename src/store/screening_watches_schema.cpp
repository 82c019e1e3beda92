#include "store/migrations.h"

namespace probity::store {
namespace {

// Which watched partners a listing is known to match: those that hear when it changes or goes.
constexpr std::string_view kStatements[] = {
    R"(CREATE TABLE screening_watch_matches (
         watch_id TEXT NOT NULL CHECK (length(watch_id) = 26),
         listing_id TEXT NOT NULL CHECK (length(listing_id) = 26),
         PRIMARY KEY (listing_id, watch_id)))",
    R"(CREATE INDEX screening_watch_matches_by_watch ON screening_watch_matches (watch_id))",
};

}  // namespace

Migration screening_watches_schema() { return {"screening-watches-1", kStatements}; }

}  // namespace probity::store
