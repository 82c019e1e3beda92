// Jobs on a real database: the queue's verbs, claims and leases, and runners that share one queue.
#include "store/jobs_store.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <set>
#include <thread>

#include "jobs/runner.h"
#include "store/soci.h"
#include "support/memory_ports.h"

namespace probity::store {
namespace {

using jobs::JobContext;
using jobs::JobRequest;
using jobs::JobState;
using std::chrono::milliseconds;

class Jobs : public testing::Test {
 protected:
  Jobs() {
    std::string pattern = (std::filesystem::temp_directory_path() / "probity-jobs-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    database = Database::open_sqlite(folder + "/test.db").value();
    store = std::make_unique<SqlJobStore>(*database);
    service = std::make_unique<jobs::JobService>(jobs::Ports{*store, *database, clock, random});
  }
  ~Jobs() override { std::filesystem::remove_all(folder); }

  Id enqueue(const std::string& kind, int most_attempts = 5, const std::string& once_key = {}) {
    JobRequest request;
    request.kind = kind;
    request.title = "Work";
    request.most_attempts = most_attempts;
    request.once_key = once_key;
    return service->enqueue(request).value();
  }
  std::optional<jobs::Job> claim(const std::string& worker, TimeMs lease_ms = 1000) {
    std::optional<jobs::Job> job;
    EXPECT_TRUE(database->write([&]() -> Result<void> {
      TRY_ASSIGN(job, store->claim({worker, {"a", "b"}, clock.now_ms(), clock.now_ms() + lease_ms}));
      return {};
    }));
    return job;
  }
  jobs::Job job(const Id& id) { return service->find(id).value(); }
  template <class Condition>
  static bool soon(Condition condition) {
    for (int i = 0; i < 1000; ++i) {
      if (condition()) return true;
      std::this_thread::sleep_for(milliseconds(5));
    }
    return false;
  }

  std::string folder;
  std::unique_ptr<Database> database;
  std::unique_ptr<SqlJobStore> store;
  test::HandClock clock;
  test::SeededRandom random;
  std::unique_ptr<jobs::JobService> service;
};

TEST_F(Jobs, KeepsWhatWasAskedFor) {
  JobRequest request;
  request.kind = "a";
  request.title = "Prepare \"x\"";
  request.title_zh = "准备";
  request.project = Id::random(random);
  request.subject = Id::random(random);
  request.payload_json = R"({"x":1})";
  request.total = 7;
  request.once_key = "key";
  const Id id = service->enqueue(request).value();
  const auto kept = job(id);
  EXPECT_EQ(kept.request.kind, "a");
  EXPECT_EQ(kept.request.title, request.title);
  EXPECT_EQ(kept.request.title_zh, "准备");
  EXPECT_EQ(kept.request.project, request.project);
  EXPECT_EQ(kept.request.subject, request.subject);
  EXPECT_EQ(kept.request.payload_json, request.payload_json);
  EXPECT_EQ(kept.request.once_key, "key");
  EXPECT_EQ(kept.request.most_attempts, 5);
  EXPECT_EQ(kept.total, 7);
  EXPECT_EQ(kept.state, JobState::queued);
  EXPECT_FALSE(kept.started_ms);
  EXPECT_EQ(service->find(Id{}).error().code, ErrorCode::not_found);
}

TEST_F(Jobs, DoesNotDoTheSameWorkTwiceAtOnce) {
  const Id first = enqueue("a", 5, "asset-1");
  EXPECT_EQ(enqueue("a", 5, "asset-1"), first);
  EXPECT_NE(enqueue("a", 5, "asset-2"), first);
  const auto claimed = claim("w");
  ASSERT_TRUE(claimed);
  EXPECT_EQ(enqueue("a", 5, "asset-1"), first);
  ASSERT_TRUE(store->finish(first, "w", {.state = JobState::failed, .now_ms = 1}).value());
  const Id second = enqueue("a", 5, "asset-1");
  EXPECT_NE(second, first);
  EXPECT_EQ(service->retry(first).error().code, ErrorCode::conflict);
}

TEST_F(Jobs, IsGoneWhenItsTransactionFails) {
  const auto outcome = database->write([&]() -> Result<void> {
    enqueue("a");
    return fail(ErrorCode::cancelled, "on purpose");
  });
  EXPECT_FALSE(outcome);
  EXPECT_EQ(service->list({}).value().total, 0U);
}

TEST_F(Jobs, ClaimsInOrderAndOnce) {
  const Id first = enqueue("a");
  clock.advance(1);
  const Id second = enqueue("b");
  enqueue("not ours");
  EXPECT_EQ(claim("w1")->id, first);
  const auto claimed = claim("w2");
  EXPECT_EQ(claimed->id, second);
  EXPECT_EQ(claimed->attempts, 1);
  EXPECT_EQ(claimed->state, JobState::running);
  EXPECT_FALSE(claim("w3"));
}

TEST_F(Jobs, WaitsForItsTime) {
  JobRequest request;
  request.kind = "a";
  request.run_after_ms = clock.now_ms() + 100;
  ASSERT_TRUE(service->enqueue(request));
  EXPECT_EQ(store->next_due({"a"}).value(), request.run_after_ms);
  EXPECT_FALSE(store->next_due({"b"}).value());
  EXPECT_FALSE(claim("w"));
  clock.advance(100);
  EXPECT_TRUE(claim("w"));
}

TEST_F(Jobs, TakesAgainWhatAKilledProcessHeld) {
  const Id id = enqueue("a", 2);
  ASSERT_TRUE(claim("dead"));
  EXPECT_EQ(store->next_due({"a"}).value(), clock.now_ms() + 1001);
  clock.advance(1000);
  EXPECT_FALSE(claim("w"));
  clock.advance(1);
  EXPECT_EQ(claim("w")->attempts, 2);
  // The one believed dead comes back: it no longer has a say.
  EXPECT_FALSE(store->progress(id, "dead", {1, 2, "x"}, 0).value());
  EXPECT_FALSE(store->finish(id, "dead", {}).value());
  EXPECT_EQ(job(id).state, JobState::running);
  // And a job that kills its process each time is given up.
  clock.advance(1001);
  EXPECT_FALSE(claim("w3"));
  EXPECT_EQ(job(id).state, JobState::failed);
  EXPECT_FALSE(job(id).error.empty());
}

TEST_F(Jobs, HeartbeatsKeepALease) {
  const Id id = enqueue("a");
  ASSERT_TRUE(claim("w"));
  clock.advance(900);
  EXPECT_EQ(store->extend_leases("w", clock.now_ms() + 1000).value().at(0).id, id);
  clock.advance(900);
  EXPECT_FALSE(claim("other"));
}

TEST_F(Jobs, CancelsQueuedWorkAtOnceAndRunningWorkByItsFlag) {
  const Id queued = enqueue("a");
  EXPECT_EQ(service->cancel(queued).value().state, JobState::cancelled);
  EXPECT_EQ(service->cancel(queued).error().code, ErrorCode::conflict);
  EXPECT_EQ(service->cancel(Id{}).error().code, ErrorCode::not_found);
  const Id running = enqueue("a");
  ASSERT_TRUE(claim("w"));
  const auto asked = service->cancel(running).value();
  EXPECT_EQ(asked.state, JobState::running);
  EXPECT_TRUE(asked.cancel_requested);
  // An attempt that would go back to the queue is cancelled instead, and so is one whose process died.
  EXPECT_EQ(store->finish(running, "w", {.state = JobState::queued, .now_ms = 5}).value()->state, JobState::cancelled);
  EXPECT_EQ(job(running).finished_ms, 5);
  const Id lost = enqueue("a");
  ASSERT_TRUE(claim("w"));
  ASSERT_TRUE(service->cancel(lost));
  clock.advance(5000);
  EXPECT_FALSE(claim("w2"));
  EXPECT_EQ(job(lost).state, JobState::cancelled);
}

TEST_F(Jobs, RetriesByHand) {
  const Id id = enqueue("a", 1);
  EXPECT_EQ(service->retry(id).error().code, ErrorCode::conflict);
  ASSERT_TRUE(claim("w"));
  ASSERT_TRUE(store->finish(id, "w", {.state = JobState::failed, .error = "broken", .now_ms = 1}).value());
  const auto again = service->retry(id).value();
  EXPECT_EQ(again.state, JobState::queued);
  EXPECT_EQ(again.attempts, 0);
  EXPECT_TRUE(again.error.empty());
  EXPECT_FALSE(again.finished_ms);
  EXPECT_TRUE(claim("w"));
}

TEST_F(Jobs, ListsAndFollowsChanges) {
  const Id project = Id::random(random);
  for (int i = 0; i < 5; ++i) {
    JobRequest request;
    request.kind = "a";
    if (i % 2 == 0) request.project = project;
    ASSERT_TRUE(service->enqueue(request));
    clock.advance(1);
  }
  EXPECT_EQ(service->list({}).value().total, 5U);
  EXPECT_EQ(service->list({.project = project}).value().total, 3U);
  const auto page = service->list({.state = JobState::queued, .offset = 1, .limit = 2}).value();
  EXPECT_EQ(page.total, 5U);
  ASSERT_EQ(page.items.size(), 2U);
  EXPECT_GT(page.items[0].created_ms, page.items[1].created_ms);
  EXPECT_EQ(service->list({.state = JobState::failed}).value().total, 0U);

  const auto before = store->last_change().value();
  EXPECT_EQ(before, 5U);
  const auto claimed = claim("w");
  const auto changed = store->changed_after(before, 10).value();
  ASSERT_EQ(changed.size(), 1U);
  EXPECT_EQ(changed[0].id, claimed->id);
}

TEST_F(Jobs, ForgetsOldOnesButNeverGoesBackInItsCount) {
  const Id id = enqueue("a");
  ASSERT_TRUE(service->cancel(id));
  clock.advance(10);
  EXPECT_EQ(service->forget_finished(clock.now_ms()).value(), 0U);
  enqueue("a");
  const auto before = store->last_change().value();
  EXPECT_EQ(service->forget_finished(clock.now_ms()).value(), 1U);
  EXPECT_EQ(store->last_change().value(), before);
}

TEST_F(Jobs, RunnerRunsReportsAndRecords) {
  jobs::Runner runner(*service);
  runner.register_kind("a", [&](JobContext& context) -> Result<void> {
    EXPECT_EQ(context.payload(), "{}");
    context.progress(1, 3, "第一步");
    EXPECT_EQ(job(context.job().id).stage, "第一步");
    context.progress(2, 3, "throttled");
    EXPECT_EQ(job(context.job().id).done, 1);
    return context.check();
  });
  EXPECT_FALSE(runner.run_one().value());
  const Id id = enqueue("a");
  EXPECT_TRUE(runner.run_one().value());
  const auto done = job(id);
  EXPECT_EQ(done.state, JobState::done);
  EXPECT_EQ(done.done, 3);
  EXPECT_EQ(done.total, 3);
  EXPECT_TRUE(done.finished_ms);
  EXPECT_TRUE(done.error.empty());
}

TEST_F(Jobs, FailingWorkBacksOffAndIsGivenUp) {
  jobs::Runner runner(*service);
  int calls = 0;
  runner.register_kind("a", [&](JobContext&) -> Result<void> {
    ++calls;
    return fail(ErrorCode::storage, "no room", "make some");
  });
  runner.register_kind("b", [](JobContext&) -> Result<void> { return fail(ErrorCode::not_found, "gone for good"); });
  runner.register_kind("c", [](JobContext&) -> Result<void> { throw std::runtime_error("secret"); });
  const Id id = enqueue("a", 2);
  EXPECT_TRUE(runner.run_one().value());
  auto now = job(id);
  EXPECT_EQ(now.state, JobState::queued);
  EXPECT_EQ(now.error, "no room (make some)");
  EXPECT_FALSE(now.finished_ms);
  EXPECT_GE(now.run_after_ms, clock.now_ms() + 5000);
  EXPECT_FALSE(runner.run_one().value());
  clock.advance(10'000);
  EXPECT_TRUE(runner.run_one().value());
  EXPECT_EQ(job(id).state, JobState::failed);
  EXPECT_EQ(calls, 2);

  const Id hopeless = enqueue("b");
  EXPECT_TRUE(runner.run_one().value());
  EXPECT_EQ(job(hopeless).state, JobState::failed);
  const Id broken = enqueue("c", 1);
  EXPECT_TRUE(runner.run_one().value());
  EXPECT_EQ(job(broken).state, JobState::failed);
  EXPECT_EQ(job(broken).error.find("secret"), std::string::npos);
}

TEST_F(Jobs, TwoRunnersNeverDoOneJobTwice) {
  const auto other_database = Database::open_sqlite(folder + "/test.db").value();
  SqlJobStore other_store(*other_database);
  SystemRandom system_random;
  jobs::JobService other_service({other_store, *other_database, clock, system_random});
  std::mutex mutex;
  std::multiset<Id> ran;
  const auto work = [&](JobContext& context) -> Result<void> {
    const std::lock_guard lock(mutex);
    ran.insert(context.job().id);
    return {};
  };
  constexpr int kJobs = 100;
  std::vector<Id> ids;
  for (int i = 0; i < kJobs; ++i) ids.push_back(enqueue("a"));
  const jobs::RunnerOptions options{.workers = 2, .poll_ms = 20};
  jobs::Runner first(*service, options), second(other_service, options);
  for (auto* runner : {&first, &second}) {
    runner->register_kind("a", work);
    runner->start();
  }
  EXPECT_TRUE(soon([&] { return service->list({.state = JobState::done}).value().total == kJobs; }));
  first.stop();
  second.stop();
  EXPECT_EQ(ran.size(), ids.size());
  for (const Id& id : ids) EXPECT_EQ(ran.count(id), 1U);
}

TEST_F(Jobs, StartsAtOnceWhenTheAskingTransactionCommits) {
  std::atomic<int> ran = 0;
  jobs::Runner runner(*service, {.workers = 1, .poll_ms = 60'000});
  runner.register_kind("a", [&](JobContext&) -> Result<void> {
    ++ran;
    return {};
  });
  runner.start();
  std::this_thread::sleep_for(milliseconds(30));
  ASSERT_TRUE(database->write([&]() -> Result<void> {
    enqueue("a");
    std::this_thread::sleep_for(milliseconds(50));  // the worker is awake already, and must not give up
    EXPECT_EQ(ran, 0);
    return {};
  }));
  EXPECT_TRUE(soon([&] { return ran == 1; }));
}

TEST_F(Jobs, RunningWorkHearsOfItsCancellation) {
  std::atomic<bool> started = false;
  jobs::Runner runner(*service, {.workers = 1});
  runner.register_kind("a", [&](JobContext& context) -> Result<void> {
    started = true;
    while (true) {
      TRY(context.check());
      std::this_thread::sleep_for(milliseconds(5));
    }
  });
  runner.start();
  const Id id = enqueue("a");
  ASSERT_TRUE(soon([&] { return started.load(); }));
  ASSERT_TRUE(service->cancel(id));
  EXPECT_TRUE(soon([&] { return job(id).state == JobState::cancelled; }));
}

TEST_F(Jobs, StoppingGivesUnfinishedWorkBack) {
  std::atomic<bool> started = false;
  const auto work = [&](JobContext& context) -> Result<void> {
    started = true;
    context.progress(3, 9);
    while (true) {
      TRY(context.check());
      std::this_thread::sleep_for(milliseconds(5));
    }
  };
  const Id id = enqueue("a", 1);
  {
    jobs::Runner runner(*service, {.workers = 1});
    runner.register_kind("a", work);
    runner.start();
    ASSERT_TRUE(soon([&] { return started.load(); }));
    runner.stop();
  }
  EXPECT_EQ(job(id).state, JobState::queued);
  EXPECT_EQ(job(id).attempts, 0);
  EXPECT_EQ(job(id).done, 3);
  jobs::Runner next(*service);
  next.register_kind("a", [](JobContext&) { return Result<void>(); });
  EXPECT_TRUE(next.run_one().value());
  EXPECT_EQ(job(id).state, JobState::done);
}

TEST_F(Jobs, WorkWhoseLeaseWasLostIsToldToStop) {
  jobs::Runner runner(*service, {.workers = 1, .heartbeat_ms = 10});
  std::atomic<bool> stopped = false;
  runner.register_kind("a", [&](JobContext& context) -> Result<void> {
    EXPECT_TRUE(database->run([](soci::session& session) -> Result<void> {
      session << "UPDATE jobs SET worker = 'somebody else'";
      return {};
    }));
    while (!context.cancelled()) std::this_thread::sleep_for(milliseconds(5));
    stopped = true;
    return fail(ErrorCode::cancelled, "stopped");
  });
  const Id id = enqueue("a");
  EXPECT_TRUE(runner.run_one().value());
  EXPECT_TRUE(stopped);
  EXPECT_EQ(job(id).worker, "somebody else");
  EXPECT_EQ(job(id).state, JobState::running);
}

}  // namespace
}  // namespace probity::store
