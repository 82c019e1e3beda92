// A witness (c2sp.org/tlog-witness): cosigns a log's checkpoint when the log only grew since the last one.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "tlog/add_checkpoint.h"

namespace probity::log {

// What a witness remembers of each log: a port.
class WitnessMemory {
 public:
  virtual ~WitnessMemory() = default;
  using Decide = std::function<Result<tlog::TreeHead>(const std::optional<tlog::TreeHead>& last)>;
  // Gives `decide` the last head of that origin, and keeps what it answers, in one step that nobody else's interleaves
  // with; durable when it returns. An error of `decide` changes nothing and is passed on. Errors: also storage,
  // corrupt.
  virtual Result<tlog::TreeHead> advance(const std::string& origin, const Decide& decide) = 0;
};

struct WitnessAnswer {
  int status = 200;
  std::string media_type = "text/plain; charset=utf-8";
  std::string body;
};

// Thread-safe as its memory and clock are. Borrows them.
class Witness {
 public:
  // `key`: a cosignature key; `logs`: whom it witnesses, each by the name of its key, which is its origin.
  Witness(tlog::SigningKey key, std::vector<tlog::VerifierKey> logs, WitnessMemory& memory, Clock& clock)
      : key_(std::move(key)), logs_(std::move(logs)), memory_(memory), clock_(clock) {}

  // The body of POST add-checkpoint, and what to answer: 200 with a signature line, 400, 403, 404, 409 with the size
  // that it knows, 422, 500.
  WitnessAnswer add_checkpoint(std::string_view body);
  const tlog::VerifierKey& verifier() const { return key_.verifier(); }

 private:
  tlog::SigningKey key_;
  std::vector<tlog::VerifierKey> logs_;
  WitnessMemory& memory_;
  Clock& clock_;
};

}  // namespace probity::log
