#include "store/migrations.h"

namespace probity::store {
namespace {

// A tag's first 28 bits stand apart, so that a bucket is a range of an index: bits b of them are prefix28 >> (28 - b).
constexpr std::string_view kStatements[] = {
    R"(CREATE TABLE alliance_members (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         name TEXT NOT NULL CHECK (length(name) <= 200),
         identity TEXT NOT NULL UNIQUE CHECK (length(identity) = 64),
         suspended BIGINT NOT NULL CHECK (suspended IN (0, 1)),
         user_per_minute BIGINT NOT NULL,
         user_per_day BIGINT NOT NULL,
         member_per_day BIGINT NOT NULL,
         joined_ms BIGINT NOT NULL))",
    R"(CREATE TABLE alliance_listings (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         filer_id TEXT NOT NULL REFERENCES alliance_members (id),
         state TEXT NOT NULL CHECK (length(state) <= 20),
         conduct TEXT NOT NULL CHECK (length(conduct) <= 40),
         epoch BIGINT NOT NULL,
         tag TEXT NOT NULL CHECK (length(tag) = 32),
         prefix28 BIGINT NOT NULL,
         findable BIGINT NOT NULL CHECK (findable IN (0, 1)),
         next_change_ms BIGINT,
         created_ms BIGINT NOT NULL,
         record TEXT NOT NULL CHECK (length(record) <= 200000)))",
    R"(CREATE INDEX alliance_listings_by_tag ON alliance_listings (epoch, tag))",
    R"(CREATE INDEX alliance_listings_by_prefix ON alliance_listings (epoch, findable, prefix28))",
    R"(CREATE INDEX alliance_listings_due ON alliance_listings (next_change_ms))",
    // Where a listing could be found, and since when: a tag for each epoch.
    R"(CREATE TABLE alliance_places (
         listing_id TEXT NOT NULL REFERENCES alliance_listings (id),
         epoch BIGINT NOT NULL,
         prefix28 BIGINT NOT NULL,
         PRIMARY KEY (listing_id, epoch, prefix28)))",
    R"(CREATE TABLE alliance_fetches (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         member_id TEXT NOT NULL REFERENCES alliance_members (id),
         epoch BIGINT NOT NULL,
         bits BIGINT NOT NULL,
         prefix BIGINT NOT NULL,
         first28 BIGINT NOT NULL,
         last28 BIGINT NOT NULL,
         time_ms BIGINT NOT NULL))",
    R"(CREATE INDEX alliance_fetches_by_place ON alliance_fetches (epoch, first28, last28))",
    R"(CREATE TABLE alliance_notices (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         member_id TEXT NOT NULL REFERENCES alliance_members (id),
         epoch BIGINT NOT NULL,
         bits BIGINT NOT NULL,
         prefix BIGINT NOT NULL,
         what TEXT NOT NULL CHECK (length(what) <= 40),
         time_ms BIGINT NOT NULL))",
    R"(CREATE INDEX alliance_notices_by_member ON alliance_notices (member_id, time_ms))",
    R"(CREATE TABLE alliance_links (
         token_hash TEXT PRIMARY KEY CHECK (length(token_hash) = 64),
         code_hash TEXT NOT NULL CHECK (length(code_hash) = 64),
         listing_id TEXT NOT NULL REFERENCES alliance_listings (id),
         made_ms BIGINT NOT NULL,
         wrong_codes BIGINT NOT NULL))",
    R"(CREATE TABLE alliance_heads (
         epoch BIGINT NOT NULL,
         version BIGINT NOT NULL,
         head TEXT NOT NULL CHECK (length(head) <= 200),
         signature TEXT NOT NULL CHECK (length(signature) = 128),
         time_ms BIGINT NOT NULL,
         PRIMARY KEY (epoch, version)))",
};

}  // namespace

Migration alliance_schema() { return {"alliance-1", kStatements}; }

}  // namespace probity::store
