// Time and memory, measured so that other work on the machine disturbs little: the best of several runs.
#pragma once

#include <functional>

namespace probity::bench {

struct Spent {
  double wall_s = 0;
  double processor_s = 0;  // of this process and its ended children
};

// The smallest wall and processor times of `runs` runs.
Spent best_of(int runs, const std::function<void()>& work);

struct PeakMemory {
  double self_mb = 0;
  double child_mb = 0;  // of the largest ended child
};
PeakMemory peak_memory();

}  // namespace probity::bench
