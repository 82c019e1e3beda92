// Runs a job for each of a list of items on a few threads, handing the items out in order.
#pragma once

#include <atomic>
#include <cstddef>
#include <mutex>
#include <thread>
#include <vector>

namespace probity::bench {

inline constexpr unsigned kBenchThreads = 2;

// `job(index)`; called from several threads at once, for every index below `count` exactly once.
template <class Job>
void for_each_index(std::size_t count, unsigned threads, Job job) {
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < count; i = next++) job(i);
  };
  std::vector<std::thread> pool;
  for (unsigned i = 1; i < threads; ++i) pool.emplace_back(work);
  work();
  for (auto& thread : pool) thread.join();
}

}  // namespace probity::bench
