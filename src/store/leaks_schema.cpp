#include "store/migrations.h"

namespace probity::store {
namespace {

// '' where there is no id or word, 0 where there is no time; flags 0 or 1.
constexpr std::string_view kStatements[] = {
    R"(CREATE TABLE leak_numbers (
         year BIGINT PRIMARY KEY,
         last BIGINT NOT NULL CHECK (last > 0)))",
    R"(CREATE TABLE leaks (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         number TEXT NOT NULL UNIQUE CHECK (length(number) <= 40),
         title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
         note TEXT NOT NULL CHECK (length(note) <= 4000),
         project_id TEXT NOT NULL CHECK (length(project_id) IN (0, 26)),
         state TEXT NOT NULL CHECK (length(state) <= 20),
         closed_as TEXT NOT NULL CHECK (length(closed_as) <= 20),
         close_note TEXT NOT NULL CHECK (length(close_note) <= 4000),
         case_id TEXT NOT NULL CHECK (length(case_id) IN (0, 26)),
         reporter_kind TEXT NOT NULL CHECK (length(reporter_kind) <= 20),
         reporter_id TEXT NOT NULL CHECK (length(reporter_id) IN (0, 26)),
         reporter_name TEXT NOT NULL CHECK (length(reporter_name) <= 400),
         reported_ms BIGINT NOT NULL,
         first_seen_ms BIGINT NOT NULL,
         files BIGINT NOT NULL CHECK (files >= 0),
         outcome TEXT NOT NULL CHECK (length(outcome) <= 20),
         trace_job_id TEXT NOT NULL CHECK (length(trace_job_id) IN (0, 26)),
         public_before TEXT NOT NULL CHECK (length(public_before) <= 10),
         public_before_note TEXT NOT NULL CHECK (length(public_before_note) <= 4000),
         covered TEXT NOT NULL CHECK (length(covered) <= 10),
         covered_note TEXT NOT NULL CHECK (length(covered_note) <= 4000),
         answered_ms BIGINT NOT NULL,
         answered_by TEXT NOT NULL CHECK (length(answered_by) <= 400),
         version BIGINT NOT NULL CHECK (version > 0),
         sort_title TEXT NOT NULL CHECK (length(sort_title) <= 8000),
         search_text TEXT NOT NULL CHECK (length(search_text) <= 50000)))",
    R"(CREATE INDEX leaks_by_age ON leaks (reported_ms))",
    R"(CREATE INDEX leaks_by_state ON leaks (state, reported_ms))",
    R"(CREATE INDEX leaks_of_project ON leaks (project_id, reported_ms))",
    R"(CREATE TABLE leak_sightings (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         leak_id TEXT NOT NULL REFERENCES leaks (id),
         address TEXT NOT NULL CHECK (length(address) BETWEEN 1 AND 1000),
         platform TEXT NOT NULL CHECK (length(platform) <= 200),
         account TEXT NOT NULL CHECK (length(account) <= 200),
         channel TEXT NOT NULL CHECK (length(channel) <= 20),
         seen_ms BIGINT NOT NULL,
         captured_by TEXT NOT NULL CHECK (length(captured_by) <= 200),
         captured_how TEXT NOT NULL CHECK (length(captured_how) <= 1000),
         note TEXT NOT NULL CHECK (length(note) <= 4000),
         item_id TEXT NOT NULL CHECK (length(item_id) IN (0, 26)),
         taken_down_ms BIGINT NOT NULL,
         recorded_ms BIGINT NOT NULL,
         recorded_by TEXT NOT NULL CHECK (length(recorded_by) <= 400)))",
    R"(CREATE INDEX sightings_of_leak ON leak_sightings (leak_id, seen_ms))",
    R"(CREATE TABLE leak_publications (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         leak_id TEXT NOT NULL REFERENCES leaks (id),
         place TEXT NOT NULL CHECK (length(place) BETWEEN 1 AND 200),
         address TEXT NOT NULL CHECK (length(address) <= 1000),
         published_ms BIGINT NOT NULL,
         note TEXT NOT NULL CHECK (length(note) <= 4000),
         recorded_ms BIGINT NOT NULL,
         recorded_by TEXT NOT NULL CHECK (length(recorded_by) <= 400)))",
    R"(CREATE INDEX publications_of_leak ON leak_publications (leak_id, published_ms))",
    R"(CREATE TABLE leak_files (
         item_id TEXT PRIMARY KEY REFERENCES evidence_items (id),
         leak_id TEXT NOT NULL REFERENCES leaks (id),
         picture_id TEXT NOT NULL CHECK (length(picture_id) IN (0, 26)),
         problem TEXT NOT NULL CHECK (length(problem) <= 4000),
         width_px BIGINT NOT NULL,
         height_px BIGINT NOT NULL,
         recorded_ms BIGINT NOT NULL))",
    R"(CREATE INDEX files_of_leak ON leak_files (leak_id))",
    R"(CREATE TABLE leak_releases (
         item_id TEXT NOT NULL REFERENCES evidence_items (id),
         release_id TEXT NOT NULL CHECK (length(release_id) = 26),
         leak_id TEXT NOT NULL REFERENCES leaks (id),
         title TEXT NOT NULL CHECK (length(title) <= 400),
         released_ms BIGINT NOT NULL,
         same_picture BIGINT NOT NULL CHECK (same_picture IN (0, 1)),
         words_en TEXT NOT NULL CHECK (length(words_en) <= 4000),
         words_zh TEXT NOT NULL CHECK (length(words_zh) <= 4000),
         PRIMARY KEY (item_id, release_id)))",
    R"(CREATE INDEX releases_of_leak ON leak_releases (leak_id))",
    R"(CREATE TABLE leak_traces (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         leak_id TEXT NOT NULL REFERENCES leaks (id),
         position BIGINT NOT NULL,
         outcome TEXT NOT NULL CHECK (length(outcome) <= 20),
         created_ms BIGINT NOT NULL,
         asked_by TEXT NOT NULL CHECK (length(asked_by) <= 400),
         report_json_id TEXT NOT NULL REFERENCES evidence_items (id),
         report_html_id TEXT NOT NULL REFERENCES evidence_items (id),
         report_readme_id TEXT NOT NULL REFERENCES evidence_items (id),
         report_sha256 TEXT NOT NULL CHECK (length(report_sha256) = 64),
         files TEXT NOT NULL CHECK (length(files) <= 100000),
         UNIQUE (leak_id, position)))",
    R"(CREATE TABLE leak_unmaskings (
         id TEXT PRIMARY KEY CHECK (length(id) = 26),
         leak_id TEXT NOT NULL REFERENCES leaks (id),
         position BIGINT NOT NULL,
         trace_id TEXT NOT NULL REFERENCES leak_traces (id),
         state TEXT NOT NULL CHECK (length(state) <= 20),
         requester_kind TEXT NOT NULL CHECK (length(requester_kind) <= 20),
         requester_id TEXT NOT NULL CHECK (length(requester_id) IN (0, 26)),
         requester_name TEXT NOT NULL CHECK (length(requester_name) <= 400),
         requested_ms BIGINT NOT NULL,
         reason TEXT NOT NULL CHECK (length(reason) <= 4000),
         decider_kind TEXT NOT NULL CHECK (length(decider_kind) <= 20),
         decider_id TEXT NOT NULL CHECK (length(decider_id) IN (0, 26)),
         decider_name TEXT NOT NULL CHECK (length(decider_name) <= 400),
         decided_ms BIGINT NOT NULL,
         decision_reason TEXT NOT NULL CHECK (length(decision_reason) <= 4000),
         UNIQUE (leak_id, position),
         CHECK (state <> 'agreed' OR (decider_id <> '' AND requester_id <> '' AND decider_id <> requester_id))))",
};

// Each act on a sighting after it was written down, with what it said before.
constexpr std::string_view kSightingChanges[] = {
    R"(CREATE TABLE leak_sighting_changes (
         sighting_id TEXT NOT NULL REFERENCES leak_sightings (id),
         position BIGINT NOT NULL,
         leak_id TEXT NOT NULL REFERENCES leaks (id),
         deed TEXT NOT NULL CHECK (length(deed) <= 20),
         at_ms BIGINT NOT NULL,
         done_by TEXT NOT NULL CHECK (length(done_by) <= 400),
         reason TEXT NOT NULL CHECK (length(reason) <= 4000),
         before_values TEXT NOT NULL CHECK (length(before_values) <= 100000),
         PRIMARY KEY (sighting_id, position)))",
    R"(CREATE INDEX sighting_changes_of_leak ON leak_sighting_changes (leak_id, position))",
};

}  // namespace

Migration leaks_sightings_schema() { return {"leaks-sightings-1", kSightingChanges}; }
Migration leaks_schema() { return {"leaks-1", kStatements}; }

}  // namespace probity::store
