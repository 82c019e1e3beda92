// probity job, work and activity: what is to be done in the background, doing it, and what has happened.
#include <nlohmann/json.hpp>

#include "app/node_jobs.h"
#include "base/error_words.h"
#include "cli/find.h"
#include "cli/listing.h"
#include "cli/values.h"
#include "events/json.h"
#include "events/words.h"
#include "jobs/json.h"

namespace probity::cli {
namespace {

struct JobOptions {
  CommonOptions common;
  std::string job;
};
struct WorkOptions {
  CommonOptions common;
};
struct WorkDone {
  std::size_t ran = 0;
  std::uint64_t queued = 0, failed = 0;
};

void describe(Terminal& terminal, const jobs::Job& job) {
  const bool reads_chinese = terminal.words().language() == Language::zh;
  terminal.line(fmt::format("{}  {}  {:9} {}", job.id.text(), to_rfc3339(job.created_ms),
                            jobs::job_state_name(job.state), reads_chinese ? job.request.title_zh : job.request.title));
  if (!job.error.empty()) terminal.line("  " + (reads_chinese ? in_chinese(job.error) : job.error));
}

Result<void> run_list(Terminal& terminal, const ListOptions& options) {
  jobs::JobFilter filter;
  TRY_ASSIGN(filter.state, parse_state_option<jobs::JobState>(options.state, jobs::parse_job_state,
                                                              "queued, running, done, failed and cancelled are"));
  filter.limit = options.limit;
  filter.offset = options.offset;
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(filter.project, find_project_filter(*session.records, options.project));
  TRY_ASSIGN(const auto listed, session.records->jobs.list(filter));
  nlohmann::json items = nlohmann::json::array();
  for (const auto& job : listed.items) {
    items.push_back(jobs::to_json(job));
    describe(terminal, job);
  }
  finish_list(terminal, options, "jobs", items, listed.total, terminal.words()("No jobs.", "没有任务。"));
  return {};
}

Result<void> change(Terminal& terminal, const JobOptions& options,
                    Result<jobs::Job> (jobs::JobService::*verb)(const Id&)) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto found, find_job(*session.records, options.job));
  TRY_ASSIGN(const auto job, (session.records->jobs.*verb)(found.id));
  terminal.document(jobs::to_json(job));
  describe(terminal, job);
  return {};
}

Result<void> run_cancel(Terminal& terminal, const JobOptions& options) {
  return change(terminal, options, &jobs::JobService::cancel);
}

Result<void> run_retry(Terminal& terminal, const JobOptions& options) {
  return change(terminal, options, &jobs::JobService::retry);
}

Result<std::uint64_t> count_jobs(app::Records& records, jobs::JobState state) {
  jobs::JobFilter filter;
  filter.state = state;
  filter.limit = 1;
  return records.jobs.list(filter).map([](const auto& listed) { return listed.total; });
}

// Until nothing is due: what ran may have queued more, and events become webhook calls.
Result<WorkDone> work(app::Records& records) {
  jobs::Runner runner(records.jobs);
  app::register_jobs(runner, records);
  TRY(records.notices.tick());
  WorkDone done;
  for (bool ran = true; ran;) {
    ran = false;
    TRY(records.webhooks.read_events());
    for (;;) {
      if (interrupted()) return fail(ErrorCode::cancelled, "stopped between two jobs");
      TRY_ASSIGN(const bool ran_one, runner.run_one());
      if (!ran_one) break;
      ran = true;
      ++done.ran;
    }
  }
  TRY_ASSIGN(done.queued, count_jobs(records, jobs::JobState::queued));
  TRY_ASSIGN(done.failed, count_jobs(records, jobs::JobState::failed));
  return done;
}

Result<void> run_work(Terminal& terminal, const WorkOptions& options) {
  const Words& say = terminal.words();
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const WorkDone done, work(*session.records));
  terminal.document({{"ran", done.ran}, {"queued", done.queued}, {"failed", done.failed}});
  terminal.line(say("{} jobs run, {} wait for their time", "已执行 {} 个任务，{} 个待时间到", done.ran, done.queued));
  if (done.failed > 0)
    terminal.note(say("{} jobs have failed: `probity job list --state failed` shows why",
                      "{} 个任务失败：用 `probity job list --state failed` 查看原因", done.failed));
  return {};
}

Result<void> run_activity(Terminal& terminal, const ListOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  events::EventFilter filter;
  filter.limit = options.limit;
  filter.offset = options.offset;
  TRY_ASSIGN(filter.project, find_project_filter(*session.records, options.project));
  TRY_ASSIGN(const auto listed, session.records->events.list(filter));
  nlohmann::json items = nlohmann::json::array();
  for (const auto& event : listed.items) {
    items.push_back(events::to_json(event));
    const events::Sentence sentence = events::sentence_for(event);
    terminal.line(fmt::format("{}  {}", to_rfc3339(event.time_ms),
                              terminal.words().language() == Language::zh ? sentence.zh : sentence.en));
  }
  finish_list(terminal, options, "activity", items, listed.total,
              terminal.words()("Nothing has happened yet.", "尚无动态。"));
  return {};
}

}  // namespace

void add_job_commands(Grammar& grammar) {
  const auto work = grammar.command(nullptr, "work", "Run the jobs that are due, then end", run_work);
  work->footer(
      "Mails, sealed documents and copies are made by jobs. `probity serve` runs them by itself; without it, run this\n"
      "after `probity commitment send` and the like.");
  CLI::App* jobs = grammar.group("job", "Background work");
  const auto list = grammar.command(jobs, "list", "List jobs, the newest first", run_list);
  list->add_option("--project", list.options.project, "Of this project only");
  list->add_option("--state", list.options.state, "Only queued, running, done, failed or cancelled ones");
  add_paging(list);
  const auto cancel = grammar.command(jobs, "cancel", "Stop a job at its next safe point", run_cancel);
  cancel->add_option("job", cancel.options.job, "Its id, or the start of it")->required();
  const auto retry = grammar.command(jobs, "retry", "Queue a failed or cancelled job again", run_retry);
  retry->add_option("job", retry.options.job, "Its id, or the start of it")->required();
  const auto activity = grammar.command(nullptr, "activity", "What has happened, the newest first", run_activity);
  activity->add_option("--project", activity.options.project, "In this project only");
  add_paging(activity);
}

}  // namespace probity::cli
