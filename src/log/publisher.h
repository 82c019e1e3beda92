// Brings signed checkpoints to the witnesses, and publishes them once a quorum has cosigned.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "log/log_files.h"
#include "tlog/policy.h"

namespace probity::log {

struct HttpAnswer {
  int status = 0;
  std::string body;
};

// POSTs to a witness: a port. Thread-safe. Errors: unavailable.
class WitnessChannel {
 public:
  virtual ~WitnessChannel() = default;
  virtual Result<HttpAnswer> post(const std::string& url, const std::string& body) = 0;
};

// Over libcurl; follows no redirects and takes at most 64 KB.
std::unique_ptr<WitnessChannel> curl_witness_channel(int timeout_ms = 5000);

struct WitnessState {
  std::string name, url;
  std::uint64_t cosigned_size = 0;  // the largest tree that it has cosigned for us
  TimeMs cosigned_ms = 0;
  std::string trouble;         // of the last attempt
  std::uint64_t failures = 0;  // attempts without a cosignature, since the start
};

struct PublisherOptions {
  tlog::Policy policy;  // our log's key; the witnesses with their URLs; the quorum
  int retry_ms = 2000;
  // A witness has cosigned a tree of ours that is larger than what we hold, or another one: this log is not the one
  // that it was.
  std::function<void(const std::string&)> on_fork;
  std::function<void()> on_published;
};

// Thread-safe. One thread a witness: a slow one holds nobody up. The destructor ends them.
class Publisher {
 public:
  Publisher(LogFiles& files, WitnessChannel& channel, Clock& clock, PublisherOptions options);
  ~Publisher();
  Publisher(const Publisher&) = delete;
  Publisher& operator=(const Publisher&) = delete;

  // A newly signed checkpoint, with its tiles durable. Without witnesses it is published before this returns.
  void offer(const tlog::TreeHead& head, const std::string& note);
  // Waits until each witness was asked about the last offer, or the time is over.
  void wait_for_first_answers(int most_ms);

  std::vector<WitnessState> witnesses() const;
  std::uint64_t published_size() const;
  // When this process last wrote a checkpoint with new entries; 0 before the first time.
  TimeMs published_ms() const;
  // Trouble with the file itself; empty while there is none.
  std::string trouble() const;

 private:
  struct Offer {
    tlog::TreeHead head;
    std::string note;
    std::vector<std::string> lines;  // cosignatures
    std::vector<std::string> names;  // and whose they are
  };
  struct Link {
    tlog::PolicyWitness witness;
    WitnessState state;
    bool asked = false;
    std::thread thread;
  };

  void run(Link& link);
  Result<void> ask(Link& link, const Offer& offer);
  Result<std::string> cosignature_of(const Link& link, const Offer& offer, const std::string& body) const;
  void add_cosignature(Link& link, std::uint64_t size, const std::string& line);
  void publish_best();          // under the lock
  const Offer* target() const;  // under the lock

  LogFiles& files_;
  WitnessChannel& channel_;
  Clock& clock_;
  PublisherOptions options_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Offer> offers_;  // the newest last; older ones until a newer one is published
  // The one that all witnesses are asked about until it is published: were each asked about the newest, a log that
  // grows all the time might never have two cosignatures under one size.
  std::uint64_t target_size_ = 0;
  std::vector<std::unique_ptr<Link>> links_;
  std::uint64_t published_size_ = 0;
  std::size_t published_lines_ = 0;
  TimeMs published_ms_ = 0;
  std::string trouble_;
  bool stopping_ = false;
};

}  // namespace probity::log
