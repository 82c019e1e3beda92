#include "store/migrations.h"

namespace probity::store {
namespace {

// A case and a rectification are read and written whole: `record` holds all of it, the other columns what lists need.
// `revision` refuses a write over something that changed since it was read. The ledger is only ever added to.
constexpr std::string_view kStatements[] = {
    R"(CREATE TABLE cases (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         year BIGINT NOT NULL,
         ordinal BIGINT NOT NULL,
         number TEXT NOT NULL UNIQUE CHECK (length(number) <= 20),
         title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
         kind TEXT NOT NULL CHECK (length(kind) <= 40),
         state TEXT NOT NULL CHECK (length(state) <= 40),
         severity BIGINT NOT NULL,
         project_id TEXT CHECK (length(project_id) = 26),
         leak_id TEXT CHECK (length(leak_id) = 26),
         owner_id TEXT CHECK (length(owner_id) = 26),
         opened_ms BIGINT NOT NULL,
         updated_ms BIGINT NOT NULL,
         due_ms BIGINT,
         search_text TEXT NOT NULL CHECK (length(search_text) <= 50000),
         revision BIGINT NOT NULL,
         record TEXT NOT NULL CHECK (length(record) <= 16000000),
         UNIQUE (year, ordinal)))",
    R"(CREATE INDEX cases_by_state ON cases (state, due_ms))",
    R"(CREATE INDEX cases_by_age ON cases (opened_ms))",
    R"(CREATE INDEX cases_by_owner ON cases (owner_id, state))",
    R"(CREATE INDEX cases_of_leak ON cases (leak_id))",
    R"(CREATE TABLE case_parties (
         case_id TEXT NOT NULL REFERENCES cases (id),
         party_id TEXT NOT NULL CHECK (length(party_id) = 26),
         PRIMARY KEY (case_id, party_id)))",
    R"(CREATE INDEX cases_of_party ON case_parties (party_id))",
    R"(CREATE TABLE case_deadlines (
         case_id TEXT NOT NULL REFERENCES cases (id),
         position BIGINT NOT NULL,
         what TEXT NOT NULL CHECK (length(what) <= 40),
         detail TEXT NOT NULL CHECK (length(detail) <= 400),
         due_ms BIGINT NOT NULL,
         PRIMARY KEY (case_id, position)))",
    R"(CREATE INDEX case_deadlines_by_time ON case_deadlines (due_ms))",
    R"(CREATE TABLE case_payments (
         case_id TEXT NOT NULL REFERENCES cases (id),
         sequence BIGINT NOT NULL,
         id TEXT NOT NULL UNIQUE CHECK (length(id) = 26),
         consequence_id TEXT NOT NULL CHECK (length(consequence_id) = 26),
         minor BIGINT NOT NULL,
         currency TEXT NOT NULL CHECK (length(currency) = 3),
         paid_ms BIGINT NOT NULL,
         payer TEXT NOT NULL CHECK (length(payer) <= 200),
         liable TEXT NOT NULL CHECK (liable IN ('person', 'organisation')),
         reference TEXT NOT NULL CHECK (length(reference) <= 200),
         note TEXT NOT NULL CHECK (length(note) <= 4000),
         corrects_id TEXT CHECK (length(corrects_id) = 26),
         recorded_by TEXT NOT NULL CHECK (length(recorded_by) <= 200),
         recorded_ms BIGINT NOT NULL,
         PRIMARY KEY (case_id, sequence)))",
    R"(CREATE TABLE rectifications (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         year BIGINT NOT NULL,
         ordinal BIGINT NOT NULL,
         number TEXT NOT NULL UNIQUE CHECK (length(number) <= 20),
         case_id TEXT NOT NULL REFERENCES cases (id),
         supplier_id TEXT NOT NULL CHECK (length(supplier_id) = 26),
         supplier_name TEXT NOT NULL CHECK (length(supplier_name) <= 200),
         state TEXT NOT NULL CHECK (length(state) <= 40),
         due_ms BIGINT,
         updated_ms BIGINT NOT NULL,
         search_text TEXT NOT NULL CHECK (length(search_text) <= 20000),
         revision BIGINT NOT NULL,
         record TEXT NOT NULL CHECK (length(record) <= 4000000),
         UNIQUE (year, ordinal)))",
    R"(CREATE INDEX rectifications_of_case ON rectifications (case_id))",
    R"(CREATE INDEX rectifications_by_due ON rectifications (due_ms))",
    R"(CREATE INDEX rectifications_of_supplier ON rectifications (supplier_id))",
    R"(CREATE TABLE case_links (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         token_hash TEXT NOT NULL UNIQUE CHECK (length(token_hash) = 64),
         kind TEXT NOT NULL CHECK (kind IN ('accused', 'rectifier')),
         subject_id TEXT NOT NULL CHECK (length(subject_id) = 26),
         case_id TEXT NOT NULL REFERENCES cases (id),
         case_number TEXT NOT NULL CHECK (length(case_number) <= 20),
         name TEXT NOT NULL CHECK (length(name) <= 400),
         email TEXT NOT NULL CHECK (length(email) <= 254),
         locale TEXT NOT NULL CHECK (locale IN ('en', 'zh')),
         created_ms BIGINT NOT NULL,
         expires_ms BIGINT NOT NULL,
         ended_ms BIGINT NOT NULL,
         opened_ms BIGINT NOT NULL))",
    R"(CREATE INDEX case_links_of_subject ON case_links (subject_id, created_ms))",
    R"(CREATE TABLE case_codes (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         link_id TEXT NOT NULL REFERENCES case_links (id),
         salt TEXT NOT NULL CHECK (length(salt) = 64),
         code_hash TEXT NOT NULL CHECK (length(code_hash) = 64),
         created_ms BIGINT NOT NULL,
         tries BIGINT NOT NULL,
         used_ms BIGINT NOT NULL))",
    R"(CREATE INDEX case_codes_of_link ON case_codes (link_id, created_ms))",
    R"(CREATE TABLE case_sessions (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         token_hash TEXT NOT NULL UNIQUE CHECK (length(token_hash) = 64),
         link_id TEXT NOT NULL REFERENCES case_links (id),
         created_ms BIGINT NOT NULL,
         address TEXT NOT NULL CHECK (length(address) <= 100),
         agent TEXT NOT NULL CHECK (length(agent) <= 400),
         ended_ms BIGINT NOT NULL))",
};

// told: whoever had to be told that it has passed was told. access_holds: what is withheld now; the case's record has
// all of them.
constexpr std::string_view kHolds[] = {
    R"(ALTER TABLE case_deadlines ADD COLUMN told BIGINT NOT NULL DEFAULT 0)",
    R"(CREATE TABLE access_holds (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         case_id TEXT NOT NULL REFERENCES cases (id),
         party_id TEXT NOT NULL CHECK (length(party_id) = 26),
         since_ms BIGINT NOT NULL))",
    R"(CREATE INDEX access_holds_of_party ON access_holds (party_id))",
    R"(CREATE INDEX access_holds_of_case ON access_holds (case_id))",
};

}  // namespace

Migration cases_holds_schema() { return {"cases-2", kHolds}; }
Migration cases_schema() { return {"cases-1", kStatements}; }

}  // namespace probity::store
