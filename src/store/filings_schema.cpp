#include "store/migrations.h"

namespace probity::store {
namespace {

// `record` is the whole of a filing; what lists sort and look for stands in columns of its own.
constexpr std::string_view kStatements[] = {
    R"(CREATE TABLE filings (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         year BIGINT NOT NULL,
         ordinal BIGINT NOT NULL,
         number TEXT NOT NULL UNIQUE CHECK (length(number) <= 20),
         case_id TEXT CHECK (length(case_id) = 26),
         listing_id TEXT UNIQUE CHECK (length(listing_id) = 26),
         state TEXT NOT NULL CHECK (length(state) <= 20),
         live BIGINT NOT NULL CHECK (live IN (0, 1)),
         ended BIGINT NOT NULL CHECK (ended IN (0, 1)),
         due_ms BIGINT,
         updated_ms BIGINT NOT NULL,
         search_text TEXT NOT NULL CHECK (length(search_text) <= 2000),
         revision BIGINT NOT NULL,
         record TEXT NOT NULL CHECK (length(record) <= 4000000)))",
    R"(CREATE INDEX filings_by_number ON filings (year, ordinal))",
    R"(CREATE INDEX filings_live ON filings (live))",
    R"(CREATE INDEX filings_of_case ON filings (case_id))",
    // The one key that is believed to be the ombudsman's.
    R"(CREATE TABLE filing_ombudsman (
         place BIGINT PRIMARY KEY CHECK (place = 1),
         identity TEXT NOT NULL CHECK (length(identity) = 64)))",
    R"(CREATE TABLE ombudsman_decisions (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         listing_id TEXT NOT NULL CHECK (length(listing_id) = 26),
         verb TEXT NOT NULL CHECK (length(verb) <= 20),
         outcome TEXT NOT NULL CHECK (length(outcome) <= 20),
         waited_ms BIGINT NOT NULL,
         late BIGINT NOT NULL CHECK (late IN (0, 1)),
         reasons TEXT NOT NULL CHECK (length(reasons) <= 40000),
         account_id TEXT NOT NULL CHECK (length(account_id) = 26),
         account_name TEXT NOT NULL CHECK (length(account_name) <= 200),
         conduct TEXT NOT NULL CHECK (length(conduct) <= 40),
         filer_id TEXT NOT NULL CHECK (length(filer_id) = 26),
         time_ms BIGINT NOT NULL,
         told BIGINT NOT NULL CHECK (told IN (0, 1))))",
    R"(CREATE INDEX ombudsman_decisions_by_age ON ombudsman_decisions (time_ms))",
    R"(CREATE INDEX ombudsman_decisions_of_listing ON ombudsman_decisions (listing_id, time_ms))",
    // What is told to a person, readable only with the link and the code together.
    R"(CREATE TABLE ombudsman_answers (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         token_hash TEXT NOT NULL UNIQUE CHECK (length(token_hash) = 64),
         sealed TEXT NOT NULL CHECK (length(sealed) <= 200000),
         wrong_codes BIGINT NOT NULL,
         made_ms BIGINT NOT NULL,
         expires_ms BIGINT NOT NULL,
         opened_ms BIGINT NOT NULL,
         made_by TEXT NOT NULL CHECK (length(made_by) <= 200),
         papers_seen TEXT NOT NULL CHECK (length(papers_seen) <= 200)))",
    R"(CREATE INDEX ombudsman_answers_by_age ON ombudsman_answers (made_ms))",
};

}  // namespace

Migration filings_schema() { return {"filings-1", kStatements}; }

}  // namespace probity::store
