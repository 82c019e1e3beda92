// Twins of small ports for tests: a clock that is set by hand, randomness from a seed, transactions that just run.
#pragma once

#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "base/transactions.h"
#include "events/event.h"
#include "jobs/queue.h"
#include "log/log_book.h"
#include "outbox/message.h"

namespace probity::test {

class HandClock final : public Clock {
 public:
  explicit HandClock(TimeMs start_ms = 1'800'000'000'000) : now_(start_ms) {}
  TimeMs now_ms() override { return now_; }
  void advance(TimeMs by_ms) { now_ += by_ms; }

 private:
  TimeMs now_;
};

// A linear congruential stream: replayable, not random.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed = 1) : state_(seed) {}
  void fill(std::span<std::uint8_t> out) override {
    for (auto& byte : out) {
      state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
      byte = static_cast<std::uint8_t>(state_ >> 56);
    }
  }

 private:
  std::uint64_t state_;
};

class PlainTransactions final : public Transactions {
 public:
  Result<void> write(const std::function<Result<void>()>& work) override { return work(); }
  Result<void> read(const std::function<Result<void>()>& work) override { return work(); }
};

class SentMessages final : public outbox::Sender {
 public:
  Result<Id> enqueue(const outbox::Message& message) override {
    messages.push_back(message);
    return Id{};
  }
  std::vector<outbox::Message> messages;
};

class QueuedJobs final : public jobs::Queue {
 public:
  Result<Id> enqueue(const jobs::JobRequest& request) override {
    requests.push_back(request);
    return Id{};
  }
  std::vector<jobs::JobRequest> requests;
};

class MemoryEvents final : public events::EventLog {
 public:
  Result<std::uint64_t> append(const events::Event& event) override {
    all.push_back(event);
    all.back().sequence = all.size();
    return all.size();
  }
  Result<Listed<events::Event>> list(const events::EventFilter&) override {
    return Listed<events::Event>{all, all.size()};
  }
  Result<std::vector<events::Event>> after(std::uint64_t sequence, std::size_t limit) override {
    std::vector<events::Event> found;
    for (const auto& event : all)
      if (event.sequence > sequence && found.size() < limit) found.push_back(event);
    return found;
  }
  Result<std::uint64_t> cursor(const std::string&) override { return 0; }
  Result<void> set_cursor(const std::string&, std::uint64_t) override { return {}; }
  std::vector<events::Event> all;
};

class MemoryLogBook final : public log::LogBook {
 public:
  Result<Id> record(const log::LogRecord& record) override {
    records.push_back(record);
    return Id{};
  }
  Result<std::optional<log::Opening>> opening(const Id&) override { return std::nullopt; }
  Result<std::vector<log::Opening>> openings_of(const Id&) override { return std::vector<log::Opening>{}; }
  Result<std::optional<std::string>> proof(const Id&) override { return std::nullopt; }
  Result<void> erase(const Id&) override { return {}; }
  std::vector<log::LogRecord> records;
};

}  // namespace probity::test
