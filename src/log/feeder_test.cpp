// The feeder over a queue in memory: every entry gets one place, whatever is interrupted.
#include "log/feeder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

namespace probity::log {
namespace {

Hash commitment(std::uint32_t number) { return sha256(as_bytes(std::to_string(number))); }

class MemoryQueue final : public EntryQueue {
 public:
  Result<std::vector<WaitingEntry>> waiting(std::size_t limit) override {
    std::vector<WaitingEntry> found;
    for (const auto& entry : entries)
      if (!places.contains(entry.id) && found.size() < limit) found.push_back(entry);
    return found;
  }
  Result<std::uint64_t> count_waiting() override { return entries.size() - places.size(); }
  Result<std::vector<WaitingEntry>> waiting_with(const std::vector<Hash>& commitments) override {
    std::vector<WaitingEntry> found;
    for (const auto& entry : entries)
      if (!places.contains(entry.id) &&
          std::find(commitments.begin(), commitments.end(), entry.commitment) != commitments.end())
        found.push_back(entry);
    return found;
  }
  Result<void> place(const std::vector<PlacedEntry>& placed) override {
    if (fails) return fail(ErrorCode::storage, "no");
    for (const auto& entry : placed) places[entry.id] = entry.index;
    return {};
  }
  Result<std::optional<std::uint64_t>> last_index() override {
    std::optional<std::uint64_t> last;
    for (const auto& [id, index] : places) last = std::max(last.value_or(0), index);
    return last;
  }

  void add(std::uint32_t number) {
    Id id;
    id.bytes[0] = static_cast<std::uint8_t>(number >> 8);
    id.bytes[1] = static_cast<std::uint8_t>(number);
    entries.push_back({id, commitment(number)});
  }

  std::vector<WaitingEntry> entries;
  std::map<Id, std::uint64_t> places;
  bool fails = false;
};

class FeederTest : public testing::Test {
 protected:
  Feeder feeder{{queue,
                 [this](std::vector<Bytes> entries) -> Result<std::uint64_t> {
                   const std::uint64_t first = log.size();
                   log.insert(log.end(), entries.begin(), entries.end());
                   return first;
                 },
                 [this](std::uint64_t begin, std::uint64_t end) -> Result<std::vector<Bytes>> {
                   return std::vector<Bytes>(log.begin() + static_cast<std::ptrdiff_t>(begin),
                                             log.begin() + static_cast<std::ptrdiff_t>(end));
                 }}};
  void expect_once_in_order() {
    ASSERT_EQ(queue.places.size(), queue.entries.size());
    std::uint64_t last = 0;
    for (const auto& entry : queue.entries) {
      const std::uint64_t place = queue.places.at(entry.id);
      ASSERT_EQ(log.at(place), Bytes(entry.commitment.begin(), entry.commitment.end()));
      ASSERT_TRUE(place > last || place == 0);
      last = place;
    }
    ASSERT_EQ(log.size(), queue.entries.size()) << "an entry is in the log twice";
  }
  MemoryQueue queue;
  std::vector<Bytes> log;
};

TEST_F(FeederTest, moves_everything_once_although_write_backs_are_lost) {
  std::mt19937 random(3);
  std::uint32_t number = 0;
  bool reconciled = false;
  for (int turn = 0; turn < 500; ++turn) {
    for (std::uint32_t i = random() % 4; i > 0; --i) queue.add(++number);
    queue.fails = random() % 3 == 0;  // the program ends between append and write-back
    if (!reconciled) reconciled = feeder.reconcile(log.size()).has_value();
    if (reconciled) reconciled = feeder.turn().has_value();
  }
  queue.fails = false;
  if (!reconciled) {
    EXPECT_EQ(feeder.reconcile(log.size()).value(), 0U);
  }
  while (feeder.turn().value() > 0) {
  }
  expect_once_in_order();
}

TEST_F(FeederTest, refuses_a_log_that_is_older_than_the_database) {
  queue.add(1);
  queue.add(2);
  ASSERT_EQ(feeder.turn().value(), 2U);
  EXPECT_EQ(feeder.reconcile(1).error().code, ErrorCode::corrupt);
  EXPECT_TRUE(feeder.reconcile(2));
}

TEST_F(FeederTest, counts_what_an_older_database_does_not_know) {
  queue.add(1);
  queue.add(2);
  ASSERT_EQ(feeder.turn().value(), 2U);
  queue.places.clear();
  queue.entries.pop_back();  // restored from before the second was recorded
  EXPECT_EQ(feeder.reconcile(2).value(), 1U);
  EXPECT_EQ(queue.places.size(), 1U);
}

}  // namespace
}  // namespace probity::log
