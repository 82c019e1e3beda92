#include "media/huffman.h"

#include <algorithm>

#include "base/check.h"

namespace probity::media {
namespace {

// A coin of the coin-collector's problem: its worth, and how often each symbol (by rank of frequency) is in it.
struct Package {
  std::uint64_t weight = 0;
  std::vector<std::uint16_t> uses;
};

std::vector<Package> paired(const std::vector<Package>& packages) {
  std::vector<Package> pairs;
  for (std::size_t i = 0; i + 1 < packages.size(); i += 2) {
    Package pair = packages[i];
    pair.weight += packages[i + 1].weight;
    for (std::size_t k = 0; k < pair.uses.size(); ++k)
      pair.uses[k] = static_cast<std::uint16_t>(pair.uses[k] + packages[i + 1].uses[k]);
    pairs.push_back(std::move(pair));
  }
  return pairs;
}

}  // namespace

std::vector<std::uint8_t> code_lengths(std::span<const std::uint64_t> frequencies, int longest_bits) {
  std::vector<std::size_t> used;
  for (std::size_t symbol = 0; symbol < frequencies.size(); ++symbol)
    if (frequencies[symbol] > 0) used.push_back(symbol);
  std::vector<std::uint8_t> lengths(frequencies.size(), 0);
  if (used.empty()) return lengths;
  if (used.size() == 1) {
    lengths[used[0]] = 1;
    return lengths;
  }
  PROBITY_CHECK(used.size() <= std::size_t{1} << longest_bits);
  std::ranges::stable_sort(used, {}, [&](std::size_t symbol) { return frequencies[symbol]; });
  std::vector<Package> coins(used.size());
  for (std::size_t rank = 0; rank < used.size(); ++rank) {
    coins[rank].weight = frequencies[used[rank]];
    coins[rank].uses.assign(used.size(), 0);
    coins[rank].uses[rank] = 1;
  }
  std::vector<Package> packages = coins;
  for (int level = 1; level < longest_bits; ++level) {
    std::vector<Package> merged;
    std::ranges::merge(coins, paired(packages), std::back_inserter(merged), {}, &Package::weight, &Package::weight);
    packages = std::move(merged);
  }
  for (std::size_t i = 0; i < 2 * used.size() - 2; ++i)
    for (std::size_t rank = 0; rank < used.size(); ++rank)
      lengths[used[rank]] = static_cast<std::uint8_t>(lengths[used[rank]] + packages[i].uses[rank]);
  return lengths;
}

}  // namespace probity::media
