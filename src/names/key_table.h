// Keys and the numbers that have them: the lists of a search index, in few bytes, growing a little at a time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace probity::names {

// A key is a hash; two keys may share a list when 42 of their bits agree, so a list may hold numbers too many, never
// too few. A list of one is kept in the table itself; longer ones lie in pools by size, each list twice as long as the
// one before. The table is cut in 1,024 shards, so that no single add() moves more than a thousandth of it.
class KeyTable {
 public:
  KeyTable();
  void add(std::uint64_t key, std::uint32_t value);  // the caller adds a value to a key once
  void remove(std::uint64_t key, std::uint32_t value);
  std::span<const std::uint32_t> find(std::uint64_t key) const;  // in no order; until the next change
  std::size_t memory_bytes() const;

 private:
  static constexpr std::size_t kShards = 1024, kClasses = 27;
  struct Slot {
    std::uint32_t tag = 0;
    std::uint32_t count : 27 = 0;  // 0: never used
    std::uint32_t size_class : 5 = 0;
    std::uint32_t at = 0;  // the value itself while there is room for one only; else the list's number in its pool
  };
  struct Shard {
    std::vector<Slot> slots;
    std::size_t used = 0;
  };
  // Lists of 2^k numbers.
  struct Pool {
    std::vector<std::unique_ptr<std::uint32_t[]>> chunks;
    std::vector<std::uint32_t> free;
    std::uint32_t next = 0;
  };
  static std::size_t lists_of_chunk(std::size_t size_class);
  Slot* slot_of(Shard& shard, std::uint64_t key) const;
  std::uint32_t* list_at(std::size_t size_class, std::uint32_t number) const;
  std::uint32_t take_list(std::size_t size_class);
  static void grow(Shard& shard);

  std::vector<Shard> shards_;
  std::array<Pool, kClasses> pools_;
};

}  // namespace probity::names
