#include "jobs/runner.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <thread>

#include "base/check.h"

namespace probity::jobs {
namespace {

using SteadyClock = std::chrono::steady_clock;
using Milliseconds = std::chrono::milliseconds;

constexpr std::size_t kMostErrorBytes = 1000;
constexpr auto kCancelLookEvery = Milliseconds(200);

// A job of ours while it runs; shared between its worker and the heartbeat.
struct Held {
  std::atomic<bool> stop_asked = false;  // cancelled by somebody, or the lease is lost
};

bool ends_the_same_way(ErrorCode code) {
  static constexpr std::array kCodes{ErrorCode::invalid_argument, ErrorCode::not_found,     ErrorCode::unsupported,
                                     ErrorCode::corrupt,          ErrorCode::gone,          ErrorCode::not_a_picture,
                                     ErrorCode::too_large,        ErrorCode::already_exists};
  return std::ranges::find(kCodes, code) != kCodes.end();
}

std::string error_text(const Error& error) {
  std::string text = error.hint.empty() ? error.message : error.message + " (" + error.hint + ")";
  if (text.size() <= kMostErrorBytes) return text;
  std::size_t end = kMostErrorBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;  // not inside a character
  return text.substr(0, end);
}

double spread_of(Random& random) {
  std::uint8_t byte = 0;
  random.fill({&byte, 1});
  return byte / 256.0;
}

}  // namespace

Result<void> JobContext::check() {
  if (cancelled()) return fail(ErrorCode::cancelled, "the job was stopped");
  return {};
}

class Runner::Pool {
 public:
  Pool(JobService& service, RunnerOptions options)
      : service_(service),
        ports_(service.ports()),
        options_(std::move(options)),
        worker_(Id::random(ports_.random).text()) {
    listening_ = service.listeners().add([this] { wake(); });
  }
  ~Pool() { stop(); }

  void register_kind(std::string kind, WorkFunction work) {
    PROBITY_CHECK(threads_.empty());
    kinds_.push_back(kind);
    works_.emplace(std::move(kind), std::move(work));
  }

  void start() {
    PROBITY_CHECK(threads_.empty());
    start_heartbeat();
    for (int i = 0; i < options_.workers; ++i) threads_.emplace_back([this] { work_until_stopped(); });
  }

  void stop() {
    listening_.reset();
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_up_.notify_all();
    for (auto& thread : threads_) thread.join();
    threads_.clear();
    // Last, so that leases of jobs on their way to a safe point are still extended.
    {
      const std::lock_guard lock(mutex_);
      heartbeat_stopping_ = true;
    }
    wake_up_.notify_all();
    if (heartbeat_.joinable()) heartbeat_.join();
  }

  Result<bool> run_one() {
    start_heartbeat();
    TRY_ASSIGN(const std::optional<Job> job, claim());
    if (!job) return false;
    TRY(run(*job));
    return true;
  }

 private:
  class Context final : public JobContext {
   public:
    Context(Pool& pool, const Job& job, Held& held) : pool_(pool), job_(job), held_(held) {}

    const Job& job() const override { return job_; }

    void progress(std::int64_t done, std::int64_t total, const std::string& stage) override {
      latest_ = {done, total, stage};
      unwritten_ = true;
      if (SteadyClock::now() - written_ >= Milliseconds(pool_.options_.progress_every_ms)) write_progress();
    }

    bool cancelled() override {
      if (held_.stop_asked || pool_.stopping_) return true;
      if (SteadyClock::now() - looked_ >= kCancelLookEvery) {
        looked_ = SteadyClock::now();
        const auto now = pool_.ports_.store.job(job_.id);
        if (now) take_note(*now);
      }
      return held_.stop_asked;
    }

    void write_progress() {
      if (!unwritten_) return;
      unwritten_ = false;
      written_ = SteadyClock::now();
      std::optional<Job> now;
      const auto outcome = pool_.ports_.transactions.write([&]() -> Result<void> {
        TRY_ASSIGN(now, pool_.ports_.store.progress(job_.id, pool_.worker_, latest_, pool_.lease_end()));
        return {};
      });
      if (outcome)
        take_note(now);
      else
        pool_.report(outcome.error());
    }

   private:
    void take_note(const std::optional<Job>& now) {
      const bool ours = now && now->state == JobState::running && now->worker == pool_.worker_;
      if (!ours || now->cancel_requested) held_.stop_asked = true;
    }

    Pool& pool_;
    const Job& job_;
    Held& held_;
    Progress latest_;
    bool unwritten_ = false;
    SteadyClock::time_point written_{}, looked_ = SteadyClock::now();
  };

  TimeMs lease_end() { return ports_.clock.now_ms() + options_.lease_ms; }
  void report(const Error& error) const {
    if (options_.on_error) options_.on_error(error);
  }

  void wake() {
    {
      const std::lock_guard lock(mutex_);
      ++wakes_;
    }
    wake_up_.notify_all();
  }

  // Claiming waits for a writer that is at work, so a wake-up from inside the transaction that queues is not too early.
  Result<std::optional<Job>> claim() {
    std::optional<Job> job;
    TRY(ports_.transactions.write([&]() -> Result<void> {
      TRY_ASSIGN(job, ports_.store.claim({worker_, kinds_, ports_.clock.now_ms(), lease_end()}));
      return {};
    }));
    return job;
  }

  Result<bool> is_something_due() {
    TRY_ASSIGN(const auto due, ports_.store.next_due(kinds_));
    return due && *due <= ports_.clock.now_ms();
  }

  void work_until_stopped() {
    std::uint64_t seen = 0;
    for (bool first = true;; first = false) {
      bool woken = first;
      if (!first) {
        std::unique_lock lock(mutex_);
        woken = wake_up_.wait_for(lock, Milliseconds(options_.poll_ms), [&] { return stopping_ || wakes_ != seen; });
        seen = wakes_;
      }
      if (stopping_) return;
      drain(woken);
    }
  }

  void drain(bool woken) {
    if (!woken) {
      const auto due = is_something_due();
      if (!due) report(due.error());
      if (!due || !*due) return;
    }
    while (!stopping_) {
      const auto ran = run_one();
      if (!ran) report(ran.error());
      if (!ran || !*ran) return;
    }
  }

  Result<void> run(const Job& job) {
    const auto held = std::make_shared<Held>();
    {
      const std::lock_guard lock(mutex_);
      held_[job.id] = held;
    }
    Context context(*this, job, *held);
    const Result<void> result = call(job, context);
    context.write_progress();
    const Outcome outcome = outcome_of(job, result, *held);
    const auto written = ports_.transactions.write([&]() -> Result<void> {
      TRY(ports_.store.finish(job.id, worker_, outcome));
      return {};
    });
    {
      const std::lock_guard lock(mutex_);
      held_.erase(job.id);
    }
    service_.listeners().notify();
    return written;
  }

  Result<void> call(const Job& job, JobContext& context) {
    try {
      return works_.at(job.request.kind)(context);
    } catch (const std::exception&) {
      // The text of a library's exception may quote what should stay secret.
      return fail(ErrorCode::internal, "the work broke off: a fault in the program");
    }
  }

  Outcome outcome_of(const Job& job, const Result<void>& result, const Held& held) {
    Outcome outcome;
    outcome.now_ms = outcome.run_after_ms = ports_.clock.now_ms();
    if (result) return outcome;
    const bool is_last = ends_the_same_way(result.error().code) || job.attempts >= job.request.most_attempts;
    if (result.error().code == ErrorCode::cancelled && stopping_ && !held.stop_asked) {
      outcome.state = JobState::queued;
      outcome.forget_attempt = true;
    } else if (result.error().code == ErrorCode::cancelled || held.stop_asked) {
      outcome.state = JobState::cancelled;
    } else {
      outcome.state = is_last ? JobState::failed : JobState::queued;
      outcome.error = error_text(result.error());
      outcome.run_after_ms += backoff_ms(job.attempts, spread_of(ports_.random));
    }
    return outcome;
  }

  void start_heartbeat() {
    const std::lock_guard lock(mutex_);
    if (!heartbeat_.joinable() && !heartbeat_stopping_) heartbeat_ = std::thread([this] { beat_until_stopped(); });
  }

  void beat_until_stopped() {
    std::unique_lock lock(mutex_);
    while (!wake_up_.wait_for(lock, Milliseconds(options_.heartbeat_ms), [&] { return heartbeat_stopping_; })) {
      if (held_.empty()) continue;
      const auto held = held_;
      lock.unlock();
      beat(held);
      lock.lock();
    }
  }

  void beat(const std::map<Id, std::shared_ptr<Held>>& held) {
    std::vector<Job> ours;
    const auto outcome = ports_.transactions.write([&]() -> Result<void> {
      TRY_ASSIGN(ours, ports_.store.extend_leases(worker_, lease_end()));
      return {};
    });
    if (!outcome) return report(outcome.error());
    for (const auto& [id, state] : held) {
      const auto job = std::ranges::find(ours, id, &Job::id);
      if (job == ours.end() || job->cancel_requested) state->stop_asked = true;
    }
  }

  JobService& service_;
  Ports ports_;
  RunnerOptions options_;
  std::string worker_;
  std::vector<std::string> kinds_;
  std::map<std::string, WorkFunction> works_;
  std::shared_ptr<void> listening_;

  std::mutex mutex_;
  std::condition_variable wake_up_;
  std::uint64_t wakes_ = 0;
  std::atomic<bool> stopping_ = false;
  bool heartbeat_stopping_ = false;
  std::map<Id, std::shared_ptr<Held>> held_;
  std::vector<std::thread> threads_;
  std::thread heartbeat_;
};

Runner::Runner(JobService& service, RunnerOptions options)
    : pool_(std::make_unique<Pool>(service, std::move(options))) {}
Runner::~Runner() = default;
void Runner::register_kind(std::string kind, WorkFunction work) {
  pool_->register_kind(std::move(kind), std::move(work));
}
void Runner::start() { pool_->start(); }
void Runner::stop() { pool_->stop(); }
Result<bool> Runner::run_one() { return pool_->run_one(); }

}  // namespace probity::jobs
