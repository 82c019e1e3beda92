// The matter of a leak over a database of its own, for the tests of its store: people, a copy that was issued, jobs
// that are only queued, and what a trace of a small picture finds.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <opencv2/imgproc.hpp>

#include "base/check.h"
#include "leaks/leak_files.h"
#include "leaks/leak_service.h"
#include "leaks/leak_traces.h"
#include "leaks/test_workspace.h"
#include "leaks/unmasking.h"
#include "media/preview_jpeg.h"
#include "store/commitments_store.h"
#include "store/events_store.h"
#include "store/evidence_store.h"
#include "store/file_blob_store.h"
#include "store/leaks_store.h"
#include "store/projects_store.h"
#include "support/copies_fixture.h"

namespace probity::test {

using events::Actor;
using store::CommitmentsStore, store::Database, store::EvidenceStore, store::FileBlobStore, store::LeakStore;
using store::SqlEventLog, store::SqlProjectStore;

class HandClock final : public Clock {
 public:
  explicit HandClock(TimeMs start_ms) : now_(start_ms) {}
  TimeMs now_ms() override { return now_; }
  void advance(TimeMs by_ms) { now_ += by_ms; }

 private:
  TimeMs now_;
};

class QueuedJobs final : public jobs::Queue {
 public:
  Result<Id> enqueue(const jobs::JobRequest& request) override {
    requests.push_back(request);
    return Id{{88}};
  }
  std::vector<jobs::JobRequest> requests;
};

class SilentLog final : public log::LogBook {
 public:
  Result<Id> record(const log::LogRecord&) override { return Id{}; }
  Result<std::optional<log::Opening>> opening(const Id&) override { return std::nullopt; }
  Result<std::vector<log::Opening>> openings_of(const Id&) override { return std::vector<log::Opening>{}; }
  Result<std::optional<std::string>> proof(const Id&) override { return std::nullopt; }
  Result<void> erase(const Id&) override { return {}; }
};

// Deliveries of copies that tests say were delivered.
class SomeDeliveries final : public copies::DeliveryStore {
 public:
  Result<void> insert(const copies::Delivery&) override { return {}; }
  Result<void> update(const copies::Delivery&) override { return {}; }
  Result<std::optional<copies::DeliveryRow>> row(const Id& copy) override {
    if (!delivered || delivered->copy != copy) return std::optional<copies::DeliveryRow>();
    copies::DeliveryRow found;
    found.delivery = *delivered;
    return std::optional(found);
  }
  Result<std::optional<copies::Delivery>> delivery_for(const Id&, const Id&) override { return delivered; }
  Result<Listed<copies::DeliveryRow>> rows(const copies::DeliveryFilter&) override {
    return Listed<copies::DeliveryRow>{};
  }
  Result<void> count(const Id&, copies::OpenKind, TimeMs) override { return {}; }
  Result<std::vector<Id>> parties_in_force(const Id&) override { return std::vector<Id>{}; }
  std::optional<copies::Delivery> delivered;
};

// A release is found for whatever has this hash.
class OneRelease final : public shoots::ReleaseSearch {
 public:
  Result<shoots::ReleaseAnswer> search(BytesView file) override {
    shoots::ReleaseAnswer answer;
    if (sha256(file) != known) return answer;
    shoots::ReleaseMatch match;
    match.release.id = Id{{42}};
    match.release.title = "Press kit 1";
    match.kind = shoots::ReleaseMatchKind::same_file;
    match.en = "The very file was released before.";
    match.zh = "该文件此前已发布。";
    answer.matches.push_back(match);
    return answer;
  }
  Hash known{};
};

// What a trace of a small synthetic leak finds; made once, since it takes a second.
inline const leaks::Investigation& sample_investigation() {
  static const leaks::Investigation found = [] {
    leaks::testing::TestWorkspace workspace;
    const Id asset = workspace.add_master("Coast road", leaks::testing::textured_picture(1, {1024, 768}));
    std::vector<Id> copies;
    for (std::size_t i = 0; i < 20; ++i) copies.push_back(workspace.issue(asset, i));
    const std::vector<leaks::LeakFile> files{leaks::testing::leak_file("found.jpg", workspace.copy_luma(copies[3]))};
    leaks::InvestigateOptions options;
    options.threads = 2;
    auto made = leaks::investigate(files, workspace, leaks::testing::kTracedMs, options);
    PROBITY_CHECK(made && made->report.outcome == leaks::Outcome::identified);
    return std::move(*made);
  }();
  return found;
}

inline Bytes picture(std::uint64_t seed, const cv::Size& size = {320, 240}) {
  cv::Mat pixels;
  leaks::testing::textured_picture(seed, size).convertTo(pixels, CV_8U);
  return media::encode_preview_jpeg(pixels, 95).value();
}

class LeakMatters : public testing::Test {
 protected:
  LeakMatters() {
    std::string pattern = (std::filesystem::temp_directory_path() / "probity-leaks-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    database = Database::open_sqlite(folder + "/test.db").value();
    blobs = FileBlobStore::open(folder + "/blobs").value();
    events = std::make_unique<SqlEventLog>(*database);
    evidence_store = std::make_unique<EvidenceStore>(*database);
    leak_store = std::make_unique<LeakStore>(*database);
    commitments = std::make_unique<CommitmentsStore>(*database);
    project_store = std::make_unique<SqlProjectStore>(*database);
    projects =
        std::make_unique<projects::ProjectService>(projects::Ports{*project_store, *database, *events, clock, random});
    evidence = std::make_unique<evidence::EvidenceService>(
        evidence::Ports{*evidence_store, *blobs, *database, log, clock, random});
    ports = std::make_unique<leaks::LeakPorts>(leaks::LeakPorts{*leak_store, *evidence, *database, *events, jobs,
                                                                *projects, *commitments, copies.service, deliveries,
                                                                &releases, clock, random});
    service = std::make_unique<leaks::LeakService>(*ports);
    files = std::make_unique<leaks::LeakFiles>(*ports);
    traces = std::make_unique<leaks::LeakTraces>(*ports);
    unmasking = std::make_unique<leaks::Unmasking>(*ports);
    issued = copies.service
                 .issue_copies(std::vector{test::add_letter_asset(copies.service, "coast")}, test::some_recipients(1))
                 .value()
                 .front()
                 .issued;
    deliveries.delivered = copies::Delivery{};
    deliveries.delivered->copy = issued.copy.id;
    deliveries.delivered->asset = issued.copy.asset_id;
    deliveries.delivered->party = party;
    deliveries.delivered->project = Id{{77}};
    clock.advance(1000);
  }
  ~LeakMatters() override { std::filesystem::remove_all(folder); }

  leaks::Leak report(const std::string& title = "A leak") {
    leaks::NewLeak leak;
    leak.title = title;
    leaks::NewSighting seen;
    seen.address = "https://forum.example/t/1";
    seen.channel = "groups";
    seen.seen_ms = clock.now_ms() - 5000;
    leak.sighting = seen;
    return service->report(leak, ada).value().leak;
  }
  Result<evidence::Item> try_to_take(const Id& leak, const std::string& name, BytesView bytes,
                                     evidence::Kind kind = evidence::Kind::original) {
    leaks::TakenFile file;
    file.leak = leak;
    file.name = name;
    file.kind = kind;
    file.tool = "a test";
    return files->take(file, bytes, ada);
  }
  evidence::Item take(const Id& leak, const std::string& name, BytesView bytes) {
    return try_to_take(leak, name, bytes).value();
  }
  // The sample's finding, made about the copy that was really issued here.
  leaks::Investigation investigation() const {
    leaks::Investigation found = sample_investigation();
    leaks::CopyEvidence& copy = found.report.findings.front().copies.front();
    copy.copy = issued.copy.id;
    copy.recipient = issued.copy.recipient_id;
    copy.recipient_commitment = issued.copy.recipient_commitment;
    return found;
  }
  // Reported, with a file, answered and traced.
  leaks::Leak traced(const leaks::Investigation& found) {
    const leaks::Leak leak = report();
    const evidence::Item item = take(leak.id, "found.jpg", picture(1));
    EXPECT_TRUE(service->answer(leak.id, {}, ada));
    EXPECT_TRUE(traces->record(leak.id, {item}, found, ada));
    return service->find(leak.id)->leak;
  }
  leaks::Leak asked() {
    const leaks::Leak leak = traced(investigation());
    EXPECT_TRUE(traces->look(leak.id, ada));
    EXPECT_TRUE(traces->look(leak.id, ben));
    EXPECT_TRUE(unmasking->request(leak.id, "the bound is low", ada));
    return leak;
  }
  leaks::State state_of(const Id& leak) { return service->find(leak)->leak.state; }

  std::string folder;
  std::unique_ptr<Database> database;
  std::unique_ptr<FileBlobStore> blobs;
  std::unique_ptr<SqlEventLog> events;
  std::unique_ptr<EvidenceStore> evidence_store;
  std::unique_ptr<LeakStore> leak_store;
  std::unique_ptr<CommitmentsStore> commitments;
  std::unique_ptr<SqlProjectStore> project_store;
  HandClock clock{leaks::testing::kTracedMs + 1000};
  test::SeededRandom random{2};  // other ids than those of the copies
  SilentLog log;
  QueuedJobs jobs;
  CopiesBench copies;
  SomeDeliveries deliveries;
  OneRelease releases;
  std::unique_ptr<projects::ProjectService> projects;
  std::unique_ptr<evidence::EvidenceService> evidence;
  std::unique_ptr<leaks::LeakPorts> ports;
  std::unique_ptr<leaks::LeakService> service;
  std::unique_ptr<leaks::LeakFiles> files;
  std::unique_ptr<leaks::LeakTraces> traces;
  std::unique_ptr<leaks::Unmasking> unmasking;
  copies::CopyWithRecipient issued;
  const Id party{{55}};
  const Actor ada{Actor::Kind::account, Id{{1}}, "Ada Sample"}, ben{Actor::Kind::account, Id{{2}}, "Ben Sample"},
      cleo{Actor::Kind::account, Id{{3}}, "Cleo Sample"};
};

}  // namespace probity::test
