#include "app/running_log.h"

#include <fmt/format.h>

#include "log/feeder.h"
#include "log/tree_files.h"

namespace probity::app {
namespace {

constexpr int kLookMs = 200;           // at the database, when nothing waited
constexpr int kRetryMs = 2000;         // after the database said no
constexpr int kFirstAnswersMs = 5000;  // of the witnesses, before anything new is signed
constexpr int kUntilSignedMs = 50;
constexpr int kStampLookMs = 1000;

}  // namespace

RunningLog::RunningLog(RunningLogPorts ports) : ports_(std::move(ports)), channel_(log::curl_witness_channel()) {
  if (const auto started = start(); !started) {
    halt(started.error().message);
    return;
  }
  feeder_ = std::thread([this] { feed(); });
  if (ports_.stamp) stamper_ = std::thread([this] { stamp(); });
}

RunningLog::~RunningLog() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (feeder_.joinable()) feeder_.join();
  if (stamper_.joinable()) stamper_.join();
  service_.reset();
  publisher_.reset();
}

Result<void> RunningLog::start() {
  TRY_ASSIGN(key_, ports_.place.found(ports_.public_url, ports_.workspace, ports_.random));
  TRY_ASSIGN(tlog::Policy policy, ports_.place.policy());
  quorum_ = policy.quorum;
  TRY_ASSIGN(files_, store::FolderLogFiles::open(ports_.place.files_folder(), store::FolderLogFiles::Use::writing));
  stamps_ = std::make_unique<CheckpointStamps>(*files_, ports_.clock, ports_.stamp);
  guard_ = std::make_unique<store::FileCheckpointGuard>(ports_.place.guard_file());
  TRY_ASSIGN(auto writer, log::LogWriter::open(*files_, *guard_, *key_, ports_.random));
  signed_size_ = writer->signed_head().size;
  log::PublisherOptions publishing;
  publishing.policy = std::move(policy);
  publishing.on_fork = [this](const std::string& why) { halt(why); };
  publisher_ = std::make_unique<log::Publisher>(*files_, *channel_, ports_.clock, std::move(publishing));
  if (!writer->signed_checkpoint().empty()) publisher_->offer(writer->signed_head(), writer->signed_checkpoint());
  log::ServiceOptions service;
  service.on_signed = [this](const tlog::TreeHead& head, const std::string& note) {
    signed_size_ = head.size;
    publisher_->offer(head, note);
  };
  service.on_stopped = [this](const Error& error) { halt(error.message); };
  auto running = std::make_unique<log::LogService>(std::move(writer), std::move(service));
  const std::lock_guard lock(mutex_);
  service_ = std::move(running);
  return {};
}

// A witness that has seen more of this log than the log knows itself is heard before anything new is signed.
void RunningLog::feed() {
  publisher_->wait_for_first_answers(kFirstAnswersMs);
  log::Feeder feeder({ports_.queue, [this](std::vector<Bytes> entries) { return service_->append(std::move(entries)); },
                      [this](std::uint64_t begin, std::uint64_t end) {
                        return log::read_entries(*files_, begin, end, signed_size_);
                      }});
  bool reconciled = false;
  while (pause(0)) {
    if (const std::string trouble = this->trouble(); !trouble.empty()) return service_->halt(trouble);
    Result<std::size_t> moved = 0;
    if (!reconciled) {
      if (signed_size_ != service_->size()) {
        pause(kUntilSignedMs);
        continue;
      }
      const auto unclaimed = feeder.reconcile(service_->size());
      if (!unclaimed && unclaimed.error().code == ErrorCode::corrupt) return halt(unclaimed.error().message);
      if (!unclaimed) moved = tl::unexpected(unclaimed.error());
      reconciled = unclaimed.has_value();
      if (unclaimed && *unclaimed > 0 && ports_.remark)
        ports_.remark(fmt::format("the log holds {} entries that the database does not know: it is of an older time",
                                  *unclaimed));
    }
    if (reconciled) moved = feeder.turn();
    if (moved && *moved > 0) continue;
    // What was appended may not have been written back: it is looked for before anything is appended again.
    if (!moved) reconciled = false;
    pause(moved ? kLookMs : kRetryMs);
  }
}

// Apart from the feeder: an authority that is late must not keep entries from the log.
void RunningLog::stamp() {
  std::string said;
  while (pause(kStampLookMs)) {
    const auto stamped = stamps_->turn();
    const std::string trouble = stamped ? "" : stamped.error().message;
    if (!trouble.empty() && trouble != said && ports_.remark)
      ports_.remark("stamping the log's checkpoint: " + trouble);
    said = trouble;
  }
}

// False once the node is stopping.
bool RunningLog::pause(int ms) {
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, std::chrono::milliseconds(ms), [&] { return stopping_; });
  return !stopping_;
}

void RunningLog::halt(const std::string& why) {
  log::LogService* service = nullptr;
  {
    const std::lock_guard lock(mutex_);
    if (!trouble_.empty()) return;
    trouble_ = why;
    service = service_.get();
  }
  if (service != nullptr) service->halt(why);
  if (ports_.remark) ports_.remark("the transparency log stands still: " + why);
}

std::string RunningLog::trouble() const {
  const std::lock_guard lock(mutex_);
  return trouble_;
}

log::LogStatus RunningLog::status() const {
  log::LogStatus status;
  status.trouble = trouble();
  if (key_) {
    status.origin = key_->verifier().name;
    status.key = key_->verifier().text();
  }
  status.quorum = quorum_;
  if (const auto waiting = ports_.queue.count_waiting()) status.waiting = *waiting;
  if (service_) status.size = service_->size();
  if (publisher_) {
    status.published_size = publisher_->published_size();
    status.published_ms = publisher_->published_ms();
    status.witnesses = publisher_->witnesses();
    if (status.trouble.empty()) status.trouble = publisher_->trouble();
  }
  if (stamps_) status.stamps = stamps_->state();
  if (files_)
    if (const auto note = files_->read(log::kCheckpointFile)) status.checkpoint = as_text(*note);
  return status;
}

}  // namespace probity::app
