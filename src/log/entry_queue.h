// The entries that wait for the log, and where the log put them: a port, implemented by the store.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/hash.h"
#include "base/id.h"
#include "base/result.h"

namespace probity::log {

struct WaitingEntry {
  Id id;
  Hash commitment{};
};

struct PlacedEntry {
  Id id;
  std::uint64_t index = 0;
};

// Thread-safe. Errors of all: storage.
class EntryQueue {
 public:
  virtual ~EntryQueue() = default;
  // The oldest ones without a place in the log, in the order in which they were recorded.
  virtual Result<std::vector<WaitingEntry>> waiting(std::size_t limit) = 0;
  virtual Result<std::uint64_t> count_waiting() = 0;
  // Those of `commitments` that wait; the others are not mentioned.
  virtual Result<std::vector<WaitingEntry>> waiting_with(const std::vector<Hash>& commitments) = 0;
  // All or none. Placing an entry twice in one place does nothing. Errors: conflict when one has another place already.
  virtual Result<void> place(const std::vector<PlacedEntry>& entries) = 0;
  // The highest place that was written back.
  virtual Result<std::optional<std::uint64_t>> last_index() = 0;
};

}  // namespace probity::log
