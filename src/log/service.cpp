#include "log/service.h"

#include <semaphore>

namespace probity::log {

using std::chrono::steady_clock;

// Stands on its submitter's stack until the writer is done with it.
struct LogService::Submission {
  std::vector<Bytes> entries;
  Result<std::uint64_t> outcome = 0;
  std::binary_semaphore done{0};
};

LogService::LogService(std::unique_ptr<LogWriter> writer, ServiceOptions options)
    : writer_(std::move(writer)), options_(std::move(options)), size_(writer_->size()), thread_([this] { run(); }) {}

LogService::~LogService() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  wake_.notify_all();
  thread_.join();
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

std::uint64_t LogService::size() const {
  const std::lock_guard lock(mutex_);
  return size_;
}

std::string LogService::trouble() const {
  const std::lock_guard lock(mutex_);
  return trouble_;
}

void LogService::run() {
  if (options_.on_signed && !writer_->signed_checkpoint().empty())
    options_.on_signed(writer_->signed_head(), writer_->signed_checkpoint());
  Submissions taken;
  while (wait_for_work(taken)) {
    if (!taken.empty()) append_all(taken);
    taken.clear();
    sign_if_due(false);
  }
  sign_if_due(true);
}

// False once the log is closing and nobody waits any more.
bool LogService::wait_for_work(Submissions& taken) {
  std::unique_lock lock(mutex_);
  const auto something = [&] { return closing_ || !queue_.empty(); };
  if (has_unsigned_)
    wake_.wait_until(lock, unsigned_since_ + std::chrono::milliseconds(options_.checkpoint_pause_ms), something);
  else
    wake_.wait(lock, something);
  taken.swap(queue_);
  return !taken.empty() || !closing_;
}

void LogService::append_all(const Submissions& taken) {
  std::vector<Bytes> entries;
  for (Submission* submission : taken)
    for (Bytes& entry : submission->entries) entries.push_back(std::move(entry));
  const std::string halted = trouble();
  Result<std::uint64_t> first =
      halted.empty() ? writer_->append(entries) : fail(ErrorCode::unavailable, "the log has stopped: " + halted);
  if (first) {
    const std::lock_guard lock(mutex_);
    size_ = writer_->size();
  } else if (halted.empty() && first.error().code != ErrorCode::invalid_argument) {
    stop(first.error());
  }
  if (first && !has_unsigned_) {
    has_unsigned_ = true;
    unsigned_since_ = steady_clock::now();
  }
  std::uint64_t next = first.value_or(0);
  for (Submission* submission : taken) {
    submission->outcome = first ? Result<std::uint64_t>(next) : first;
    next += submission->entries.size();
    submission->done.release();  // from here on the submission may be gone
  }
}

void LogService::sign_if_due(bool now) {
  if (!has_unsigned_ || !trouble().empty()) return;
  const auto due = unsigned_since_ + std::chrono::milliseconds(options_.checkpoint_pause_ms);
  if (!now && steady_clock::now() < due) return;
  has_unsigned_ = false;
  if (const auto outcome = writer_->sign(); !outcome) return stop(outcome.error());
  if (options_.on_signed) options_.on_signed(writer_->signed_head(), writer_->signed_checkpoint());
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
