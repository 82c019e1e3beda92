#include "store/migrations.h"

namespace probity::store {
namespace {

constexpr std::string_view kStatements[] = {
    R"(CREATE TABLE mails (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         to_address TEXT NOT NULL CHECK (length(to_address) <= 254),
         to_name TEXT NOT NULL CHECK (length(to_name) <= 500),
         kind TEXT NOT NULL CHECK (length(kind) <= 60),
         subject TEXT NOT NULL CHECK (length(subject) <= 500),
         body TEXT NOT NULL CHECK (length(body) <= 100000),
         link TEXT NOT NULL CHECK (length(link) <= 1000),
         project_id TEXT,
         attachments TEXT NOT NULL CHECK (length(attachments) <= 20000),
         state TEXT NOT NULL CHECK (length(state) <= 20),
         attempts BIGINT NOT NULL,
         last_error TEXT NOT NULL CHECK (length(last_error) <= 1000),
         next_attempt_ms BIGINT,
         created_ms BIGINT NOT NULL,
         sent_ms BIGINT,
         changed BIGINT NOT NULL))",
    R"(CREATE INDEX mails_by_time ON mails (created_ms))",
    R"(CREATE INDEX mails_by_change ON mails (changed))",
    R"(CREATE TABLE webhooks (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         url TEXT NOT NULL CHECK (length(url) <= 500),
         events TEXT NOT NULL CHECK (length(events) <= 2000),
         secret TEXT NOT NULL CHECK (length(secret) <= 200),
         active BIGINT NOT NULL CHECK (active IN (0, 1)),
         created_ms BIGINT NOT NULL,
         last_status BIGINT))",
    R"(CREATE TABLE webhook_deliveries (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         webhook_id TEXT NOT NULL REFERENCES webhooks (id),
         event TEXT NOT NULL CHECK (length(event) <= 60),
         body TEXT NOT NULL CHECK (length(body) <= 100000),
         state TEXT NOT NULL CHECK (length(state) <= 20),
         status BIGINT,
         attempts BIGINT NOT NULL,
         error TEXT NOT NULL CHECK (length(error) <= 1000),
         created_ms BIGINT NOT NULL))",
    R"(CREATE INDEX webhook_deliveries_by_time ON webhook_deliveries (webhook_id, created_ms))",
};

}  // namespace

Migration outbox_schema() { return {"outbox-1", kStatements}; }

}  // namespace probity::store
