// The routes of jobs and of the live stream, in process, over a real database.
#include "http/routes/jobs.h"

#include <chrono>
#include <mutex>
#include <thread>

#include "http/routes/events.h"
#include "jobs/live.h"
#include "support/route_fixture.h"

namespace probity::http::routes {
namespace {

using accounts::Permission;

class JobRoutes : public test::RouteTest {
 protected:
  JobRoutes() { add_job_routes(router, guard, service); }

  Id enqueue(std::optional<Id> project = std::nullopt) {
    jobs::JobRequest request;
    request.kind = "prepare_asset";
    request.title = "Prepare coast.jpg";
    request.project = project;
    return service.enqueue(request).value();
  }

  store::SqlJobStore store{*database};
  jobs::JobService service{jobs::Ports{store, *database, clock, random}};
};

TEST_F(JobRoutes, ListShowCancelAndRetry) {
  const Id project = Id::random(random);
  const Id ours = enqueue(project);
  enqueue();
  EXPECT_EQ(get("/jobs").json["total"], 2);
  EXPECT_EQ(get("/jobs?project=" + project.text()).json["items"][0]["id"], ours.text());
  EXPECT_EQ(get("/jobs?project=nonsense").json["total"], 0);
  EXPECT_EQ(get("/jobs?state=done").json["total"], 0);
  EXPECT_EQ(get("/jobs?state=lost").status, 400);
  const std::string path = "/jobs/" + ours.text();
  EXPECT_EQ(get(path).json["title"], "Prepare coast.jpg");
  EXPECT_FALSE(get(path).json.contains("payload"));
  EXPECT_EQ(send(Method::post, path + "/retry").status, 409);
  EXPECT_EQ(send(Method::post, path + "/cancel").json["state"], "cancelled");
  EXPECT_EQ(send(Method::post, path + "/cancel").status, 409);
  EXPECT_EQ(send(Method::post, path + "/retry").json["state"], "queued");
  for (const std::string& id : strange_ids()) {
    EXPECT_EQ(get("/jobs/" + id).status, 404) << id;
    EXPECT_EQ(send(Method::post, "/jobs/" + id + "/cancel").status, 404) << id;
  }
}

TEST_F(JobRoutes, AskForPermissions) {
  guard.caller.permissions = {Permission::read_jobs};
  const std::string path = "/jobs/" + enqueue().text();
  EXPECT_EQ(get(path).status, 200);
  EXPECT_EQ(send(Method::post, path + "/cancel").status, 403);
  guard.caller.permissions.clear();
  EXPECT_EQ(get("/jobs").status, 403);
}

class Sink final : public EventSink {
 public:
  bool send(std::string_view event, std::string_view data) override {
    const std::lock_guard lock(mutex_);
    events_.emplace_back(event, data);
    return !closed_;
  }
  void close() override {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  std::vector<std::pair<std::string, std::string>> wait_for(std::size_t count) {
    for (int i = 0; i < 1000; ++i) {
      {
        const std::lock_guard lock(mutex_);
        if (events_.size() >= count || closed_) return events_;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return {};
  }
  bool closed() {
    const std::lock_guard lock(mutex_);
    return closed_;
  }

 private:
  std::mutex mutex_;
  std::vector<std::pair<std::string, std::string>> events_;
  bool closed_ = false;
};

class EventRoutes : public JobRoutes {
 protected:
  EventRoutes() { add_event_routes(router, guard, feed); }

  std::shared_ptr<Sink> open(const std::string& query = "") {
    const Response response = router.handle(testing::make_request(Method::get, "/api/v1/events" + query));
    EXPECT_EQ(response.status, 200);
    auto sink = std::make_shared<Sink>();
    std::get<EventBody>(response.body).start(sink);
    EXPECT_FALSE(sink->wait_for(1).empty());
    return sink;
  }
  void append(const std::string& kind, std::optional<Id> project) {
    events::Event event;
    event.kind = kind;
    event.project = project;
    EXPECT_TRUE(log->append(event));
  }

  events::LiveFeed feed{{events::activity_source(*log), jobs::job_source(store)}, {.poll_ms = 5, .most_watchers = 2}};
};

TEST_F(EventRoutes, TellJobsAndActivity) {
  enqueue();
  const auto sink = open();
  append("asset.added", std::nullopt);
  ASSERT_EQ(sink->wait_for(2).size(), 2U);
  const Id job = enqueue();
  const auto events = sink->wait_for(3);
  ASSERT_EQ(events.size(), 3U);
  EXPECT_EQ(events[0].first, "ready");
  EXPECT_EQ(events[1].first, "activity");
  EXPECT_EQ(Json::parse(events[1].second)["kind"], "asset.added");
  EXPECT_EQ(events[2].first, "job");
  EXPECT_EQ(Json::parse(events[2].second)["id"], job.text());
}

TEST_F(EventRoutes, KeepToTheProjectAndToWhatMayBeRead) {
  const Id ours = Id::random(random), other = Id::random(random);
  const auto sink = open("?project=" + ours.text());
  guard.caller.permissions = {Permission::read_jobs};
  const auto jobs_only = open();
  append("asset.added", other);
  append("asset.changed", ours);
  enqueue(other);
  const Id job = enqueue(ours);
  const auto told = sink->wait_for(3);
  ASSERT_EQ(told.size(), 3U);
  EXPECT_EQ(Json::parse(told[1].second)["kind"], "asset.changed");
  EXPECT_EQ(Json::parse(told[2].second)["id"], job.text());
  const auto about_jobs = jobs_only->wait_for(3);
  ASSERT_EQ(about_jobs.size(), 3U);
  EXPECT_EQ(about_jobs[1].first, "job");
  EXPECT_EQ(about_jobs[2].first, "job");
}

TEST_F(EventRoutes, LimitHowManyWatch) {
  const auto first = open(), second = open();
  const Response third = router.handle(testing::make_request(Method::get, "/api/v1/events"));
  EXPECT_EQ(third.status, 429);
  feed.stop();
  EXPECT_EQ(router.handle(testing::make_request(Method::get, "/api/v1/events")).status, 503);
}

TEST_F(EventRoutes, CloseAStreamThatCameTooLate) {
  const Response response = router.handle(testing::make_request(Method::get, "/api/v1/events"));
  feed.stop();
  const auto sink = std::make_shared<Sink>();
  std::get<EventBody>(response.body).start(sink);
  EXPECT_TRUE(sink->closed());
}

TEST_F(EventRoutes, AskForPermission) {
  guard.caller.permissions = {Permission::read_projects};
  EXPECT_EQ(router.handle(testing::make_request(Method::get, "/api/v1/events")).status, 403);
}

}  // namespace
}  // namespace probity::http::routes
