#include "store/migrations.h"

namespace probity::store {
namespace {

// A record is whole in its text; what is searched for stands beside it. No column holds an identifier or a hash of one.
constexpr std::string_view kStatements[] = {
    R"(CREATE TABLE screening_numbers (
         kind TEXT NOT NULL CHECK (length(kind) <= 4),
         year BIGINT NOT NULL,
         last BIGINT NOT NULL,
         PRIMARY KEY (kind, year)))",
    R"(CREATE TABLE screening_queries (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         number TEXT NOT NULL UNIQUE CHECK (length(number) <= 20),
         requisition TEXT NOT NULL,
         search_text TEXT NOT NULL,
         purpose TEXT NOT NULL CHECK (length(purpose) <= 40),
         outcome TEXT NOT NULL CHECK (length(outcome) <= 20),
         same_person TEXT NOT NULL CHECK (length(same_person) IN (0, 32)),
         consent_commitment TEXT NOT NULL UNIQUE CHECK (length(consent_commitment) = 64),
         told BIGINT NOT NULL CHECK (told IN (0, 1)),
         asked_ms BIGINT NOT NULL,
         record TEXT NOT NULL CHECK (length(record) <= 400000)))",
    R"(CREATE INDEX screening_queries_by_time ON screening_queries (asked_ms))",
    R"(CREATE INDEX screening_queries_by_person ON screening_queries (same_person))",
    R"(CREATE INDEX screening_queries_untold ON screening_queries (told, asked_ms))",
    R"(CREATE TABLE screening_hits (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         number TEXT NOT NULL UNIQUE CHECK (length(number) <= 20),
         search_text TEXT NOT NULL,
         state TEXT NOT NULL CHECK (length(state) <= 20),
         pending BIGINT NOT NULL CHECK (pending IN (0, 1)),
         changed BIGINT NOT NULL CHECK (changed IN (0, 1)),
         same_person TEXT NOT NULL CHECK (length(same_person) = 32),
         wait_until_ms BIGINT NOT NULL,
         found_ms BIGINT NOT NULL,
         record TEXT NOT NULL CHECK (length(record) <= 400000)))",
    R"(CREATE INDEX screening_hits_by_time ON screening_hits (found_ms))",
    R"(CREATE INDEX screening_hits_by_person ON screening_hits (same_person))",
    // The bucket as a range of the first 28 bits, so that buckets of other sizes are compared with it.
    R"(CREATE TABLE screening_hit_places (
         hit_id TEXT NOT NULL REFERENCES screening_hits (id),
         epoch BIGINT NOT NULL,
         first28 BIGINT NOT NULL,
         last28 BIGINT NOT NULL,
         PRIMARY KEY (hit_id, epoch, first28, last28)))",
    R"(CREATE INDEX screening_hit_places_by_place ON screening_hit_places (epoch, first28, last28))",
    R"(CREATE TABLE screening_audits (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         drawn_ms BIGINT NOT NULL,
         due_ms BIGINT NOT NULL,
         opened_ms BIGINT,
         commitments TEXT NOT NULL CHECK (length(commitments) <= 400000)))",
};

}  // namespace

Migration screening_persons_schema() { return {"screening-persons-1", kStatements}; }

}  // namespace probity::store
