// Hash tables from stretches of signatures to the indexed features that share them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "trace/signature.h"

namespace probity::trace {

// An indexed feature: which master (its number in the index) and which of its features.
class FeatureRef {
 public:
  static constexpr std::uint32_t kMaxMasters = 1U << 20;
  static constexpr std::uint32_t kMaxFeatures = 1U << 12;

  FeatureRef() = default;
  FeatureRef(std::uint32_t master, std::uint32_t feature) : packed_(master * kMaxFeatures + feature) {}
  std::uint32_t master() const { return packed_ / kMaxFeatures; }
  std::uint32_t feature() const { return packed_ % kMaxFeatures; }
  bool operator==(const FeatureRef&) const = default;
  bool operator<(const FeatureRef& other) const { return packed_ < other.packed_; }

 private:
  std::uint32_t packed_ = 0;
};

// Eight tables, each keyed by another stretch of the 128 bits: two signatures that agree wholly on one stretch meet.
// Beside each reference stand 32 further bits, so that nearly all chance meetings end without a second memory access.
// Immutable once built, safe to read from any thread; 64 bytes a feature, and the heads of the buckets.
class PostingTables {
 public:
  struct Entry {
    FeatureRef ref;
    Signature signature;
  };
  explicit PostingTables(const std::vector<Entry>& entries);

  // Appends the features that meet one signature, some of them several times. Looks into its bucket of each table and
  // into those that differ in its least certain bits.
  void look_up(const Projections& projections, std::vector<FeatureRef>& met) const;

  std::size_t memory_bytes() const;

 private:
  static constexpr std::size_t kTables = 8;

  struct Posting {
    FeatureRef ref;
    std::uint32_t check;
  };
  struct Table {
    std::vector<std::uint32_t> heads;  // the postings of bucket b are heads[b] to heads[b + 1]
    std::vector<Posting> postings;
  };

  std::uint32_t key(const Signature& signature, std::size_t table) const;
  void build(const std::vector<Entry>& entries, std::size_t table);

  unsigned key_bits_;
  std::uint32_t bucket_limit_;
  std::array<Table, kTables> tables_;
};

}  // namespace probity::trace
