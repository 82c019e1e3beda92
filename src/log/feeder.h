// Moves the entries that wait in the database into the log, each once and in order.
#pragma once

#include <functional>

#include "log/entry_queue.h"
#include "log/log_files.h"

namespace probity::log {

struct FeederPorts {
  EntryQueue& queue;
  // Appends durably; gives the place of the first.
  std::function<Result<std::uint64_t>(std::vector<Bytes>)> append;
  std::function<Result<std::vector<Bytes>>(std::uint64_t begin, std::uint64_t end)> entries;
};

// One thread.
class Feeder {
 public:
  explicit Feeder(FeederPorts ports) : ports_(std::move(ports)) {}

  // Before the first turn, with the log's size: entries that were appended and not written back, because the program
  // ended between the two, are found by their commitments at the log's end. Gives how many of those no record claims
  // (the database is of an older time than the log: they stay, and cannot be opened).
  // Errors: corrupt when the database knows of places that the log does not have; those of the ports.
  Result<std::uint64_t> reconcile(std::uint64_t log_size);
  // Moves some of those that wait; how many. Errors: those of the ports.
  Result<std::size_t> turn();

 private:
  FeederPorts ports_;
};

}  // namespace probity::log
