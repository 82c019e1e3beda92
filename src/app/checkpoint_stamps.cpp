#include "app/checkpoint_stamps.h"

#include <fmt/format.h>

#include "log/reader.h"
#include "seal/timestamp.h"

namespace probity::app {
namespace {

std::string path_of(std::uint64_t size, const char* ending) {
  return fmt::format("{}/{}.{}", log::kStampsFolder, size, ending);
}

}  // namespace

CheckpointStamps::CheckpointStamps(log::LogFiles& files, Clock& clock, seal::StampDigest stamp, StampPace pace)
    : files_(files), clock_(clock), stamp_(std::move(stamp)), pace_(pace) {
  state_.wanted = static_cast<bool>(stamp_);
}

Result<bool> CheckpointStamps::turn() {
  if (!stamp_) return false;
  if (!recalled_) TRY(recall());
  recalled_ = true;
  const TimeMs now_ms = clock_.now_ms();
  // A clock that was set back must not keep an hour from ending.
  if (now_ms < not_before_ms_ && not_before_ms_ - now_ms <= pace_.pause_ms) return false;
  log::LogReader reader(files_);
  TRY_ASSIGN(const auto published, reader.checkpoint());
  if (!published || published->checkpoint.head.size <= state().size) return false;
  const auto taken = take(published->checkpoint.head.size, published->note);
  not_before_ms_ = now_ms + (taken ? pace_.pause_ms : pace_.retry_ms);
  const std::lock_guard lock(mutex_);
  state_.trouble = taken ? "" : taken.error().message;
  if (!taken) ++state_.failures;
  if (!taken) return tl::unexpected(taken.error());
  return true;
}

// What was stamped before this process began. A pair that cannot be read counts as none: the next one is made anew.
Result<void> CheckpointStamps::recall() {
  log::LogReader reader(files_);
  TRY_ASSIGN(const auto sizes, reader.stamped_sizes());
  if (sizes.empty()) return {};
  const std::uint64_t size = sizes.back();
  const auto note = files_.read(path_of(size, "checkpoint")), token = files_.read(path_of(size, "tst"));
  if (!note || !token) return {};
  const auto known = seal::check_timestamp(*token, sha256(*note));
  if (!known) return {};
  not_before_ms_ = known->time_ms + pace_.pause_ms;
  const std::lock_guard lock(mutex_);
  state_.size = size;
  state_.time_ms = known->time_ms;
  return {};
}

// The token last: where one lies, its checkpoint lies too.
Result<void> CheckpointStamps::take(std::uint64_t size, const std::string& note) {
  const Hash imprint = sha256(as_bytes(note));
  TRY_ASSIGN(const auto token, stamp_(imprint));
  if (!token) return fail(ErrorCode::unavailable, "no timestamping authority is configured");
  TRY_ASSIGN(const seal::Timestamp timestamp, seal::check_timestamp(*token, imprint));
  TRY(files_.replace(path_of(size, "checkpoint"), as_bytes(note)));
  TRY(files_.replace(path_of(size, "tst"), *token));
  const std::lock_guard lock(mutex_);
  state_.size = size;
  state_.time_ms = timestamp.time_ms;
  return {};
}

log::StampState CheckpointStamps::state() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

}  // namespace probity::app
