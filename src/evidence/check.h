// Checking custody: every byte of evidence and every step read again and compared, with each other and with the log.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.h"

namespace probity::evidence {

struct Fault {
  std::optional<std::uint64_t> step;
  std::optional<Id> item;
  std::string en, zh;
};

struct Check {
  std::uint64_t items = 0, steps = 0;
  std::vector<Fault> faults;  // kMostFaults of them at most
  bool holds() const { return faults.empty(); }
};

inline constexpr std::size_t kMostFaults = 100;

}  // namespace probity::evidence
