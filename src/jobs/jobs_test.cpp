// The rules of jobs: states, pauses, and what the verbs refuse.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "jobs/json.h"
#include "jobs/service.h"

namespace probity::jobs {
namespace {

TEST(Job, StatesHaveNames) {
  for (const JobState state :
       {JobState::queued, JobState::running, JobState::done, JobState::failed, JobState::cancelled})
    EXPECT_EQ(parse_job_state(job_state_name(state)), state);
  EXPECT_FALSE(parse_job_state("Queued"));
  EXPECT_FALSE(is_finished(JobState::running));
  EXPECT_TRUE(is_finished(JobState::cancelled));
}

TEST(Job, PausesDoubleUpToAnHour) {
  EXPECT_EQ(backoff_ms(1, 0), 5'000);
  EXPECT_EQ(backoff_ms(2, 0), 10'000);
  EXPECT_EQ(backoff_ms(4, 0), 40'000);
  EXPECT_EQ(backoff_ms(30, 0), 3'600'000);
  EXPECT_EQ(backoff_ms(2, 0.5), 11'250);
  EXPECT_EQ(backoff_ms(0, 0), 5'000);
}

TEST(Job, JsonHasNoPayload) {
  Job job;
  job.request.kind = "send_mail";
  job.request.title_zh = "发送邮件";
  job.request.payload_json = R"({"secret":1})";
  job.started_ms = 1'800'000'000'000;
  const auto json = to_json(job);
  EXPECT_EQ(json.dump().find("secret"), std::string::npos);
  EXPECT_EQ(json["state"], "queued");
  EXPECT_EQ(json["title_zh"], "发送邮件");
  EXPECT_EQ(json["started_at"], "2027-01-15T08:00:00.000Z");
  EXPECT_TRUE(json["finished_at"].is_null());
  EXPECT_TRUE(json["error"].is_null());
  EXPECT_TRUE(json["error_zh"].is_null());
  job.error = "the job was stopped (try again in a moment)";
  EXPECT_EQ(to_json(job)["error_zh"], "任务已停止（请稍后再试）");
}

TEST(Listeners, StopWhenTheirHandleIsDropped) {
  Listeners listeners;
  int calls = 0;
  auto first = listeners.add([&] { ++calls; });
  const auto second = listeners.add([&] { calls += 10; });
  listeners.notify();
  EXPECT_EQ(calls, 11);
  first.reset();
  listeners.notify();
  EXPECT_EQ(calls, 21);
}

}  // namespace
}  // namespace probity::jobs
