#include "names/key_table.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace probity::names {
namespace {

// Against a map of sets. Keys differ in their high bits, as hashes do.
RC_GTEST_PROP(KeyTable, HoldsWhatAMapHolds, ()) {
  KeyTable table;
  std::map<std::uint64_t, std::set<std::uint32_t>> plain;
  const auto steps = *rc::gen::container<std::vector<std::pair<std::uint8_t, std::uint16_t>>>(
      rc::gen::pair(rc::gen::inRange<std::uint8_t>(0, 40), rc::gen::arbitrary<std::uint16_t>()));
  for (const auto& [which, value] : steps) {
    const std::uint64_t key = std::uint64_t{which} * 0x9E3779B97F4A7C15U;
    if (plain[key].insert(value).second) {
      table.add(key, value);
    } else {
      table.remove(key, value);
      plain[key].erase(value);
    }
  }
  for (const auto& [key, values] : plain) {
    const auto found = table.find(key);
    RC_ASSERT(std::set<std::uint32_t>(found.begin(), found.end()) == values);
    RC_ASSERT(found.size() == values.size());
  }
}

TEST(KeyTable, GrowsLists) {
  KeyTable table;
  for (std::uint32_t i = 0; i < 100000; ++i) table.add(std::uint64_t{42} << 32, i);
  EXPECT_EQ(table.find(std::uint64_t{42} << 32).size(), 100000U);
  EXPECT_TRUE(table.find(std::uint64_t{43} << 32).empty());
  EXPECT_GT(table.memory_bytes(), 400000U);
}

}  // namespace
}  // namespace probity::names
