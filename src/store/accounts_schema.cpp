#include "store/migrations.h"

namespace probity::store {
namespace {

// Ids are their 26-character text, hashes 64 hex digits, times milliseconds since 1970 (0: never), lists of names
// joined by commas. Nothing here opens anything by itself: secrets stand as hashes, seeds of second factors sealed.
constexpr std::string_view kStatements[] = {
    R"(CREATE TABLE accounts (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         email TEXT NOT NULL UNIQUE CHECK (length(email) BETWEEN 3 AND 254),
         name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
         roles TEXT NOT NULL CHECK (length(roles) BETWEEN 1 AND 200),
         state TEXT NOT NULL CHECK (length(state) <= 40),
         locale TEXT NOT NULL CHECK (length(locale) <= 10),
         password_hash TEXT NOT NULL CHECK (length(password_hash) <= 200),
         totp_seed TEXT NOT NULL CHECK (length(totp_seed) <= 400),
         totp_new_seed TEXT NOT NULL CHECK (length(totp_new_seed) <= 400),
         totp_used_step BIGINT NOT NULL,
         created_ms BIGINT NOT NULL,
         last_seen_ms BIGINT NOT NULL))",
    R"(CREATE TABLE account_sessions (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         account_id TEXT NOT NULL REFERENCES accounts (id),
         reference_hash TEXT NOT NULL UNIQUE CHECK (length(reference_hash) = 64),
         previous_hash TEXT NOT NULL CHECK (length(previous_hash) = 64),
         rotated_ms BIGINT NOT NULL,
         csrf_token TEXT NOT NULL CHECK (length(csrf_token) <= 64),
         created_ms BIGINT NOT NULL,
         last_seen_ms BIGINT NOT NULL,
         stepped_up_ms BIGINT NOT NULL,
         address TEXT NOT NULL CHECK (length(address) <= 300),
         agent TEXT NOT NULL CHECK (length(agent) <= 300)))",
    R"(CREATE INDEX sessions_of_account ON account_sessions (account_id, last_seen_ms))",
    R"(CREATE INDEX sessions_by_previous ON account_sessions (previous_hash))",
    R"(CREATE TABLE recovery_codes (
         account_id TEXT NOT NULL REFERENCES accounts (id),
         hash TEXT NOT NULL CHECK (length(hash) = 64),
         PRIMARY KEY (account_id, hash)))",
    R"(CREATE TABLE account_invitations (
         account_id TEXT PRIMARY KEY REFERENCES accounts (id),
         token_hash TEXT NOT NULL UNIQUE CHECK (length(token_hash) = 64),
         created_ms BIGINT NOT NULL,
         expires_ms BIGINT NOT NULL))",
    R"(CREATE TABLE api_keys (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         account_id TEXT NOT NULL REFERENCES accounts (id),
         name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
         scopes TEXT NOT NULL CHECK (length(scopes) BETWEEN 1 AND 400),
         secret_hash TEXT NOT NULL CHECK (length(secret_hash) = 64),
         created_ms BIGINT NOT NULL,
         expires_ms BIGINT NOT NULL,
         last_used_ms BIGINT NOT NULL,
         revoked BIGINT NOT NULL CHECK (revoked IN (0, 1))))",
    R"(CREATE INDEX api_keys_by_age ON api_keys (created_ms))",
    R"(CREATE TABLE audit_entries (
         id BIGINT PRIMARY KEY CHECK (id > 0),
         time_ms BIGINT NOT NULL,
         kind TEXT NOT NULL CHECK (length(kind) <= 60),
         actor TEXT NOT NULL CHECK (length(actor) <= 300),
         address TEXT NOT NULL CHECK (length(address) <= 300),
         done BIGINT NOT NULL CHECK (done IN (0, 1)),
         detail TEXT NOT NULL CHECK (length(detail) <= 2000)))",
    R"(CREATE TABLE settings (
         name TEXT PRIMARY KEY CHECK (length(name) <= 60),
         value TEXT NOT NULL CHECK (length(value) <= 1000)))",
};

}  // namespace

Migration accounts_schema() { return {"accounts-1", kStatements}; }

}  // namespace probity::store
