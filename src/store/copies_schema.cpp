#include "store/migrations.h"

namespace probity::store {
namespace {

// Ids are their 26-character text, hashes and salts 64 hex digits, times milliseconds since 1970.
constexpr std::string_view kStatements[] = {
    R"(CREATE TABLE register_entries (
         sequence BIGINT PRIMARY KEY CHECK (sequence > 0),
         time_ms BIGINT NOT NULL,
         kind TEXT NOT NULL CHECK (length(kind) <= 40),
         payload TEXT NOT NULL CHECK (length(payload) <= 4096),
         previous_hash TEXT NOT NULL CHECK (length(previous_hash) = 64),
         hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64)))",
    R"(CREATE TABLE recipients (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
         outlet TEXT NOT NULL CHECK (length(outlet) BETWEEN 1 AND 200),
         email TEXT NOT NULL CHECK (length(email) <= 254),
         lookup_key TEXT NOT NULL UNIQUE CHECK (length(lookup_key) <= 8000),
         created_ms BIGINT NOT NULL,
         party_id TEXT CHECK (length(party_id) = 26)))",
    R"(CREATE INDEX recipients_of_party ON recipients (party_id))",
    R"(CREATE TABLE assets (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         register_sequence BIGINT NOT NULL UNIQUE REFERENCES register_entries (sequence),
         title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
         file_name TEXT NOT NULL CHECK (length(file_name) BETWEEN 1 AND 200),
         media_type TEXT NOT NULL CHECK (length(media_type) <= 100),
         copy_size_bytes BIGINT NOT NULL CHECK (copy_size_bytes >= 0),
         plan TEXT NOT NULL CHECK (length(plan) <= 4096),
         law BIGINT NOT NULL CHECK (law BETWEEN 1 AND 255),
         bias_seed TEXT NOT NULL CHECK (length(bias_seed) = 64),
         key_salt TEXT NOT NULL CHECK (length(key_salt) = 64),
         original_blob TEXT NOT NULL UNIQUE CHECK (length(original_blob) = 64),
         tally_blob TEXT NOT NULL CHECK (length(tally_blob) = 64),
         tally_digest TEXT NOT NULL CHECK (length(tally_digest) = 64),
         reference_blob TEXT NOT NULL CHECK (length(reference_blob) = 64),
         stats TEXT NOT NULL CHECK (length(stats) <= 65536),
         created_ms BIGINT NOT NULL,
         commitment_salt TEXT NOT NULL CHECK (length(commitment_salt) = 64)))",
    R"(CREATE TABLE copies (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         register_sequence BIGINT NOT NULL UNIQUE REFERENCES register_entries (sequence),
         asset_id TEXT NOT NULL REFERENCES assets (id),
         recipient_id TEXT NOT NULL REFERENCES recipients (id),
         seed_commitment TEXT NOT NULL CHECK (length(seed_commitment) = 64),
         recipient_commitment TEXT NOT NULL CHECK (length(recipient_commitment) = 64),
         commitment_salt TEXT NOT NULL CHECK (length(commitment_salt) = 64),
         issued_ms BIGINT NOT NULL,
         UNIQUE (asset_id, recipient_id)))",
    R"(CREATE INDEX copies_of_recipient ON copies (recipient_id))",
    R"(CREATE TABLE makings (
         register_sequence BIGINT PRIMARY KEY REFERENCES register_entries (sequence),
         copy_id TEXT NOT NULL REFERENCES copies (id),
         purpose TEXT NOT NULL CHECK (length(purpose) <= 40),
         operator_name TEXT NOT NULL CHECK (length(operator_name) <= 200),
         operator_salt TEXT NOT NULL CHECK (length(operator_salt) = 64),
         made_ms BIGINT NOT NULL))",
    R"(CREATE INDEX makings_of_copy ON makings (copy_id))",
    R"(CREATE INDEX copies_of_asset ON copies (asset_id, register_sequence))",
};

}  // namespace

Migration copies_schema() { return {"copies-1", kStatements}; }

}  // namespace probity::store
