#include "media/huffman.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <queue>

namespace probity::media {
namespace {

std::uint64_t total(const std::vector<std::uint64_t>& frequencies, const std::vector<std::uint8_t>& lengths) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < lengths.size(); ++i) sum += frequencies[i] * lengths[i];
  return sum;
}

// Huffman's own algorithm, without a limit.
std::uint64_t unlimited_total(const std::vector<std::uint64_t>& frequencies) {
  std::priority_queue<std::uint64_t, std::vector<std::uint64_t>, std::greater<>> queue;
  for (const std::uint64_t frequency : frequencies)
    if (frequency > 0) queue.push(frequency);
  std::uint64_t sum = 0;
  while (queue.size() > 1) {
    const std::uint64_t first = queue.top();
    queue.pop();
    const std::uint64_t both = first + queue.top();
    queue.pop();
    queue.push(both);
    sum += both;
  }
  return sum;
}

TEST(huffman, lengths_are_a_full_code_within_the_limit_and_optimal) {
  rc::check([] {
    const auto frequencies = *rc::gen::container<std::vector<std::uint64_t>>(
        rc::gen::weightedOneOf<std::uint64_t>({{1, rc::gen::just<std::uint64_t>(0)},
                                               {4, rc::gen::inRange<std::uint64_t>(1, 50)},
                                               {1, rc::gen::inRange<std::uint64_t>(1, 1'000'000)}}));
    const auto used = static_cast<std::size_t>(std::ranges::count_if(frequencies, [](auto f) { return f > 0; }));
    RC_PRE(used >= 2);
    const int limit = *rc::gen::inRange(static_cast<int>(std::ceil(std::log2(used))), 20);
    const auto lengths = code_lengths(frequencies, std::max(limit, 1));
    double kraft = 0;
    for (std::size_t i = 0; i < lengths.size(); ++i) {
      RC_ASSERT((lengths[i] > 0) == (frequencies[i] > 0));
      RC_ASSERT(lengths[i] <= std::max(limit, 1));
      if (lengths[i] > 0) kraft += std::pow(2.0, -lengths[i]);
    }
    RC_ASSERT(kraft == 1.0);
    RC_ASSERT(total(frequencies, lengths) >= unlimited_total(frequencies));
    RC_ASSERT(total(frequencies, code_lengths(frequencies, 40)) == unlimited_total(frequencies));
  });
}

TEST(huffman, few_symbols) {
  EXPECT_EQ(code_lengths(std::vector<std::uint64_t>{0, 0}, 8), (std::vector<std::uint8_t>{0, 0}));
  EXPECT_EQ(code_lengths(std::vector<std::uint64_t>{0, 9}, 8), (std::vector<std::uint8_t>{0, 1}));
}

}  // namespace
}  // namespace probity::media
