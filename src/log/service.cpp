#include "log/service.h"

#include <semaphore>
#include <utility>

namespace probity::log {

using std::chrono::steady_clock;

// Stands on its submitter's stack until the writer is done with it.
struct LogService::Submission {
  std::vector<Bytes> entries;
  Result<std::uint64_t> outcome = 0;
  std::binary_semaphore done{0};
};

LogService::LogService(std::unique_ptr<LogWriter> writer, ServiceOptions options)
    : writer_(std::move(writer)),
      options_(std::move(options)),
      appender_([this] { run_appends(); }),
      signer_([this] { run_signatures(); }) {}

LogService::~LogService() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  wake_.notify_all();
  appender_.join();
  {
    const std::lock_guard lock(mutex_);
    appended_all_ = true;
  }
  wake_signer_.notify_all();
  signer_.join();
}

Result<std::uint64_t> LogService::append(std::vector<Bytes> entries) {
  Submission submission;
  submission.entries = std::move(entries);
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    if (!trouble_.empty()) return fail(ErrorCode::unavailable, "the log has stopped: " + trouble_);
    if (closing_) return fail(ErrorCode::unavailable, "the log is closing");
    first = queue_.empty();
    queue_.push_back(&submission);
  }
  if (first) wake_.notify_one();
  submission.done.acquire();
  return std::move(submission.outcome);
}

void LogService::halt(const std::string& why) { stop({ErrorCode::conflict, why, ""}); }

std::uint64_t LogService::size() const { return writer_->size(); }

std::string LogService::trouble() const {
  const std::lock_guard lock(mutex_);
  return trouble_;
}

void LogService::run_appends() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [&] { return closing_ || !queue_.empty(); });
    if (queue_.empty()) return;
    const Submissions taken = std::exchange(queue_, {});
    lock.unlock();
    append_all(taken);
    lock.lock();
  }
}

void LogService::run_signatures() {
  if (options_.on_signed && !writer_->signed_checkpoint().empty())
    options_.on_signed(writer_->signed_head(), writer_->signed_checkpoint());
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_signer_.wait(lock, [&] { return appended_all_ || has_unsigned_; });
    wake_signer_.wait_until(lock, unsigned_since_ + std::chrono::milliseconds(options_.checkpoint_pause_ms),
                            [&] { return appended_all_; });
    if (!has_unsigned_ || !trouble_.empty()) {
      has_unsigned_ = false;
      if (appended_all_) return;
      continue;
    }
    has_unsigned_ = false;
    lock.unlock();
    const auto outcome = writer_->sign();
    if (!outcome) stop(outcome.error());
    if (outcome && options_.on_signed) options_.on_signed(writer_->signed_head(), writer_->signed_checkpoint());
    lock.lock();
  }
}

void LogService::append_all(const Submissions& taken) {
  std::vector<Bytes> entries;
  for (Submission* submission : taken)
    for (Bytes& entry : submission->entries) entries.push_back(std::move(entry));
  const std::string halted = trouble();
  Result<std::uint64_t> first =
      halted.empty() ? writer_->append(entries) : fail(ErrorCode::unavailable, "the log has stopped: " + halted);
  if (!first && halted.empty() && first.error().code != ErrorCode::invalid_argument) stop(first.error());
  if (first) {
    const std::lock_guard lock(mutex_);
    if (!has_unsigned_) unsigned_since_ = steady_clock::now();
    has_unsigned_ = true;
  }
  wake_signer_.notify_one();
  std::uint64_t next = first.value_or(0);
  for (Submission* submission : taken) {
    submission->outcome = first ? Result<std::uint64_t>(next) : first;
    next += submission->entries.size();
    submission->done.release();  // from here on the submission may be gone
  }
}

void LogService::stop(const Error& error) {
  {
    const std::lock_guard lock(mutex_);
    if (!trouble_.empty()) return;
    trouble_ = error.message;
  }
  if (options_.on_stopped) options_.on_stopped(error);
}

}  // namespace probity::log
