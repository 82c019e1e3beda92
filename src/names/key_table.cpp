#include "names/key_table.h"

#include <algorithm>

#include "base/check.h"

namespace probity::names {
namespace {
// Ten bits choose the shard, 32 are the tag; a slot is found by the tag.
std::size_t shard_of(std::uint64_t key) { return key & 1023U; }
std::uint32_t tag_of(std::uint64_t key) { return static_cast<std::uint32_t>(key >> 32); }
}  // namespace

KeyTable::KeyTable() : shards_(kShards) {}

std::size_t KeyTable::lists_of_chunk(std::size_t size_class) {
  return std::max<std::size_t>(1, std::size_t{8192} >> size_class);
}

std::uint32_t* KeyTable::list_at(std::size_t size_class, std::uint32_t number) const {
  const auto lists = lists_of_chunk(size_class);
  return pools_[size_class].chunks[number / lists].get() + (number % lists << size_class);
}

std::uint32_t KeyTable::take_list(std::size_t size_class) {
  auto& pool = pools_[size_class];
  if (!pool.free.empty()) {
    const auto number = pool.free.back();
    pool.free.pop_back();
    return number;
  }
  const auto lists = lists_of_chunk(size_class);
  if (pool.next == pool.chunks.size() * lists)
    pool.chunks.push_back(std::make_unique<std::uint32_t[]>(lists << size_class));
  return pool.next++;
}

KeyTable::Slot* KeyTable::slot_of(Shard& shard, std::uint64_t key) const {
  const auto mask = shard.slots.size() - 1;
  for (std::size_t at = tag_of(key) & mask;; at = (at + 1) & mask)
    if (shard.slots[at].count == 0 && shard.slots[at].tag == 0) {
      return &shard.slots[at];
    } else if (shard.slots[at].tag == tag_of(key)) {
      return &shard.slots[at];
    }
}

void KeyTable::grow(Shard& shard) {
  std::vector<Slot> old(std::max<std::size_t>(16, shard.slots.size() * 2));
  old.swap(shard.slots);
  const auto mask = shard.slots.size() - 1;
  for (const auto& slot : old) {
    if (slot.count == 0 && slot.tag == 0) continue;
    std::size_t at = slot.tag & mask;
    while (shard.slots[at].tag != 0) at = (at + 1) & mask;
    shard.slots[at] = slot;
  }
}

void KeyTable::add(std::uint64_t key, std::uint32_t value) {
  if (tag_of(key) == 0) key |= std::uint64_t{1} << 32;  // an empty slot has tag 0
  auto& shard = shards_[shard_of(key)];
  if ((shard.used + 1) * 8 >= shard.slots.size() * 7) grow(shard);
  Slot& slot = *slot_of(shard, key);
  if (slot.tag == 0) {
    slot.tag = tag_of(key);
    ++shard.used;
  }
  const std::uint32_t room = 1U << slot.size_class;
  if (slot.count == room) {
    const auto bigger = slot.size_class + 1U;
    PROBITY_CHECK(bigger < kClasses);
    const auto number = take_list(bigger);
    auto* list = list_at(bigger, number);
    if (slot.size_class == 0) {
      list[0] = slot.at;
    } else {
      std::copy_n(list_at(slot.size_class, slot.at), room, list);
      pools_[slot.size_class].free.push_back(slot.at);
    }
    slot.size_class = bigger & 31U;
    slot.at = number;
  }
  if (slot.size_class == 0) {
    slot.at = value;
  } else {
    list_at(slot.size_class, slot.at)[slot.count] = value;
  }
  slot.count = (slot.count + 1U) & 0x7FFFFFFU;
}

void KeyTable::remove(std::uint64_t key, std::uint32_t value) {
  if (tag_of(key) == 0) key |= std::uint64_t{1} << 32;
  auto& shard = shards_[shard_of(key)];
  if (shard.slots.empty()) return;
  Slot& slot = *slot_of(shard, key);
  if (slot.count == 0) return;
  auto* list = slot.size_class == 0 ? &slot.at : list_at(slot.size_class, slot.at);
  auto* end = list + slot.count;
  auto* found = std::find(list, end, value);
  if (found == end) return;
  *found = *(end - 1);
  slot.count = (slot.count - 1U) & 0x7FFFFFFU;
}

std::span<const std::uint32_t> KeyTable::find(std::uint64_t key) const {
  if (tag_of(key) == 0) key |= std::uint64_t{1} << 32;
  const auto& shard = shards_[shard_of(key)];
  if (shard.slots.empty()) return {};
  const auto mask = shard.slots.size() - 1;
  for (std::size_t at = tag_of(key) & mask; shard.slots[at].tag != 0; at = (at + 1) & mask) {
    const Slot& slot = shard.slots[at];
    if (slot.tag != tag_of(key)) continue;
    if (slot.size_class == 0) return {&slot.at, slot.count};
    return {list_at(slot.size_class, slot.at), slot.count};
  }
  return {};
}

std::size_t KeyTable::memory_bytes() const {
  std::size_t bytes = 0;
  for (const auto& shard : shards_) bytes += shard.slots.capacity() * sizeof(Slot);
  for (std::size_t k = 0; k < kClasses; ++k)
    bytes += pools_[k].chunks.size() * (lists_of_chunk(k) << k) * sizeof(std::uint32_t);
  return bytes;
}

}  // namespace probity::names
