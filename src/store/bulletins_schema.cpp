#include "store/migrations.h"

namespace probity::store {
namespace {

// The board at the hub. A bulletin that has ended keeps its row (number, dates, who may know that it was) and loses
// what it said: search text, marks, replies, sightings and receipts.
constexpr std::string_view kStatements[] = {
    R"(CREATE TABLE bulletins (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         year BIGINT NOT NULL,
         serial BIGINT NOT NULL,
         number TEXT NOT NULL UNIQUE CHECK (length(number) <= 20),
         kind TEXT NOT NULL CHECK (length(kind) <= 30),
         tlp TEXT NOT NULL CHECK (length(tlp) <= 20),
         state TEXT NOT NULL CHECK (length(state) <= 20),
         author_id TEXT NOT NULL CHECK (length(author_id) = 26),
         for_all BIGINT NOT NULL CHECK (for_all IN (0, 1)),
         version BIGINT NOT NULL,
         title TEXT NOT NULL,
         published_ms BIGINT NOT NULL,
         expires_ms BIGINT NOT NULL,
         search TEXT NOT NULL,
         record TEXT NOT NULL,
         UNIQUE (year, serial)))",
    R"(CREATE INDEX bulletins_by_end ON bulletins (state, expires_ms))",
    R"(CREATE TABLE bulletin_audience (
         bulletin_id TEXT NOT NULL REFERENCES bulletins (id),
         member_id TEXT NOT NULL CHECK (length(member_id) = 26),
         PRIMARY KEY (bulletin_id, member_id)))",
    R"(CREATE TABLE bulletin_marks (
         bulletin_id TEXT NOT NULL REFERENCES bulletins (id),
         kind TEXT NOT NULL CHECK (length(kind) <= 20),
         value TEXT NOT NULL,
         PRIMARY KEY (bulletin_id, kind, value)))",
    R"(CREATE INDEX bulletin_marks_by_value ON bulletin_marks (kind, value))",
    R"(CREATE TABLE bulletin_receipts (
         bulletin_id TEXT NOT NULL REFERENCES bulletins (id),
         member_id TEXT NOT NULL,
         account_id TEXT NOT NULL,
         version BIGINT NOT NULL,
         time_ms BIGINT NOT NULL,
         PRIMARY KEY (bulletin_id, member_id, account_id)))",
    R"(CREATE TABLE bulletin_sightings (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         bulletin_id TEXT NOT NULL REFERENCES bulletins (id),
         member_id TEXT NOT NULL,
         account_id TEXT NOT NULL,
         verdict TEXT NOT NULL CHECK (verdict IN ('seen', 'false')),
         count BIGINT NOT NULL,
         note TEXT NOT NULL,
         time_ms BIGINT NOT NULL,
         UNIQUE (bulletin_id, member_id)))",
    R"(CREATE TABLE bulletin_replies (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         bulletin_id TEXT NOT NULL REFERENCES bulletins (id),
         member_id TEXT NOT NULL,
         account_id TEXT NOT NULL,
         reply_to TEXT,
         words TEXT NOT NULL,
         time_ms BIGINT NOT NULL))",
    R"(CREATE INDEX bulletin_replies_by_bulletin ON bulletin_replies (bulletin_id, time_ms))",
    R"(CREATE TABLE bulletin_uploads (
         hash TEXT NOT NULL CHECK (length(hash) = 64),
         member_id TEXT NOT NULL,
         width_px BIGINT NOT NULL,
         height_px BIGINT NOT NULL,
         size_bytes BIGINT NOT NULL,
         time_ms BIGINT NOT NULL,
         PRIMARY KEY (hash, member_id)))",
    R"(CREATE TABLE bulletin_pictures (
         bulletin_id TEXT NOT NULL REFERENCES bulletins (id),
         hash TEXT NOT NULL CHECK (length(hash) = 64),
         PRIMARY KEY (bulletin_id, hash)))",
    R"(CREATE INDEX bulletin_pictures_by_hash ON bulletin_pictures (hash))",
    R"(CREATE TABLE joint_cases (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         bulletin_id TEXT NOT NULL UNIQUE REFERENCES bulletins (id),
         state TEXT NOT NULL CHECK (state IN ('open', 'closed')),
         opened_ms BIGINT NOT NULL,
         record TEXT NOT NULL))",
    R"(CREATE TABLE training_events (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         organiser_id TEXT NOT NULL,
         starts_ms BIGINT NOT NULL,
         ends_ms BIGINT NOT NULL,
         cancelled BIGINT NOT NULL CHECK (cancelled IN (0, 1)),
         search TEXT NOT NULL,
         record TEXT NOT NULL))",
    R"(CREATE INDEX training_events_by_end ON training_events (ends_ms))",
    R"(CREATE TABLE training_seats (
         training_id TEXT NOT NULL REFERENCES training_events (id),
         member_id TEXT NOT NULL,
         account_id TEXT NOT NULL,
         PRIMARY KEY (training_id, member_id, account_id)))",
    // From here on a node's own: drafts, who wants the daily mail, who is to be reminded of a training.
    R"(CREATE TABLE bulletin_drafts (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         account_id TEXT NOT NULL,
         author TEXT NOT NULL,
         updated_ms BIGINT NOT NULL,
         record TEXT NOT NULL))",
    R"(CREATE TABLE bulletin_mails (
         account_id TEXT PRIMARY KEY CHECK (length(account_id) = 26),
         daily_mail BIGINT NOT NULL CHECK (daily_mail IN (0, 1)),
         last_ms BIGINT NOT NULL))",
    R"(CREATE TABLE training_attendances (
         training_id TEXT NOT NULL CHECK (length(training_id) = 26),
         account_id TEXT NOT NULL CHECK (length(account_id) = 26),
         starts_ms BIGINT NOT NULL,
         seat TEXT NOT NULL CHECK (length(seat) <= 20),
         reminded BIGINT NOT NULL CHECK (reminded IN (0, 1)),
         PRIMARY KEY (training_id, account_id)))",
};

}  // namespace

Migration bulletins_schema() { return {"bulletins-1", kStatements}; }

}  // namespace probity::store
