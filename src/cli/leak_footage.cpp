// probity leak footage…: a leak beside the frames that attendees of shoots handed in: begin the comparison, stop it,
// and see whose frames it is like. Leads, never a verdict.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <thread>

#include "base/error_words.h"
#include "cli/leak_person.h"
#include "cli/shoot_common.h"
#include "jobs/json.h"
#include "shoots/json.h"

namespace probity::cli {
namespace {

using accounts::Permission;

constexpr std::chrono::milliseconds kFootageLook{200};

struct FootageOptions {
  CommonOptions common;
  std::string leak;
  std::optional<std::string> email, code;
};
struct FootageFindOptions {
  CommonOptions common;
  std::string leak;
  std::vector<std::string> shoots;
  bool queue = false;
  std::optional<std::string> email, code;
};

Result<void> run_footage(Terminal& terminal, const FootageOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto row, find_leak(*session.records, options.leak));
  TRY_ASSIGN(const auto report, session.records->shoots.footage.latest(row.leak.id));
  show_footage(terminal, report);
  return {};
}

// Until it has ended, wherever it runs: here, or in a `probity serve` that was faster.
Result<jobs::Job> wait_for(Terminal& terminal, app::Records& records, const Id& id) {
  const std::string what = terminal.words()("Comparing", "比对中");
  bool stopping = false;
  while (true) {
    TRY_ASSIGN(const jobs::Job job, records.jobs.find(id));
    if (jobs::is_finished(job.state)) return job;
    if (interrupted() && !stopping) {
      stopping = true;
      const auto stopped = records.jobs.cancel(id);
      if (!stopped && stopped.error().code != ErrorCode::conflict) return tl::unexpected<Error>(stopped.error());
    }
    terminal.progress(what, static_cast<double>(job.done) / static_cast<double>(std::max<std::int64_t>(1, job.total)));
    std::this_thread::sleep_for(kFootageLook);
  }
}

Result<void> compare_here(Terminal& terminal, app::Records& records, const Id& leak, const Id& id) {
  jobs::RunnerOptions one;
  one.workers = 1;
  jobs::Runner runner(records.jobs, one);
  app::register_shoot_jobs(runner, records.shoots);
  runner.start();
  const auto ended = wait_for(terminal, records, id);
  terminal.end_progress();
  runner.stop();
  if (!ended) return tl::unexpected<Error>(ended.error());
  if (ended->state == jobs::JobState::cancelled)
    return fail(ErrorCode::cancelled, "the comparison was stopped", "the same command again begins another");
  if (ended->state == jobs::JobState::failed)
    return fail(ErrorCode::unavailable, "the comparison failed: " + ended->error,
                "the same command again tries once more");
  TRY_ASSIGN(const auto report, records.shoots.footage.latest(leak));
  show_footage(terminal, report);
  return {};
}

Result<void> run_footage_find(Terminal& terminal, const FootageFindOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  app::Records& records = *session.records;
  TRY_ASSIGN(const auto row, find_leak(records, options.leak));
  if (row.leak.state == leaks::State::closed)
    return fail(ErrorCode::conflict, "this matter is closed", "open it again first");
  if (row.leak.files == 0)
    return fail(ErrorCode::conflict, "there is no picture to compare", "`probity leak add` adds one");
  std::vector<Id> shoots;
  for (const std::string& text : options.shoots) {
    TRY_ASSIGN(const auto shoot, find_shoot(records, text));
    shoots.push_back(shoot.shoot.id);
  }
  TRY_ASSIGN(const auto actor, act_as(records, options.email, options.code, Permission::write_leaks));
  TRY_ASSIGN(const Id id, records.shoots.footage.begin(row.leak.id, shoots, actor));
  if (!options.queue) return compare_here(terminal, records, row.leak.id, id);
  TRY_ASSIGN(const jobs::Job job, records.jobs.find(id));
  terminal.document(jobs::to_json(job));
  terminal.line(terminal.words()(
      "{}  queued; `probity serve` or `probity work` compares, `probity leak footage` shows",
      "{}  已排队；由 `probity serve` 或 `probity work` 比对，用 `probity leak footage` 查看", job.id.text()));
  return {};
}

Result<void> run_footage_stop(Terminal& terminal, const FootageOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto row, find_leak(*session.records, options.leak));
  TRY(act_as(*session.records, options.email, options.code, Permission::write_leaks));
  TRY_ASSIGN(const auto report, session.records->shoots.footage.stop(row.leak.id));
  terminal.document(shoots::to_json(report));
  terminal.line(report.search.state == shoots::FootageState::running
                    ? terminal.words()("It stops at the next safe point.", "将在下一个安全点停止。")
                    : terminal.words()("Stopped.", "已停止。"));
  return {};
}

template <class Options>
void add_footage_leak(const Command<Options>& command) {
  command->add_option("leak", command.options.leak, "Its number (L-2026-0001), id or title")->required();
  command->add_option("--as", command.options.email,
                      "The account of this address does it; its password comes from $PROBITY_PASSWORD or is asked for");
  command->add_option("--code", command.options.code, "The account's one-time code");
}

}  // namespace

void add_leak_footage_commands(Grammar& grammar) {
  CLI::App* group = grammar.group("leak", "Leaked pictures");
  add_footage_leak(
      grammar.command(group, "footage", "Whose handed-in frames it is like: leads, no verdict", run_footage));
  const auto find =
      grammar.command(group, "footage-find", "Compare a leak with the frames handed in at shoots, and show the leads",
                      run_footage_find);
  add_footage_leak(find);
  find->add_option("--shoot", find.options.shoots, "Only this shoot of its project; may be repeated")->repeatable();
  find->add_flag("--queue", find.options.queue, "Only ask for it: `probity serve` or `probity work` compares");
  find->footer(
      "Ctrl-C stops it; so does `probity leak footage-stop` from elsewhere. One comparison of a leak runs at a time:\n"
      "while one is under way, this waits for it.\n"
      "Exit codes: 0 compared, with or without leads, 130 stopped, 35 failed.");
  add_footage_leak(
      grammar.command(group, "footage-stop", "Stop the comparison with frames that is under way", run_footage_stop));
}

}  // namespace probity::cli
