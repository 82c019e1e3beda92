// The list as members hold it: the first bits of every tag, so few that a match tells nothing.
//
// An unlisted person's tag is uniform, so the chance that it matches is exactly the share of prefixes that are taken.
// The sizing rule takes the most bits with which this share is still at least 2 %: of 500 people who are on no list ten
// or more match, and a member that finds a match knows no more than before until it has fetched the sealed labels of
// that prefix (which the hub logs) and opened one. The rule bounds a single look at one version. Someone who keeps a
// tag and compares versions learns more from what is new in the later one: docs/limits.md.
//
// An empty list has one prefix drawn at random: even "nobody is listed" is not told.
#pragma once

#include <span>
#include <vector>

#include "oprf/tags.h"

namespace probity::oprf {

using Prefix = std::uint32_t;  // the first bits of a tag, as a number
using TagSetVersion = std::uint32_t;

inline constexpr double kLeastMatchShare = 0.02;
inline constexpr int kMostPrefixBits = 28;

// `bits`: 1 to 28.
Prefix prefix_of(const Tag& tag, int bits);
// The sizing rule. 0 for no tags.
int prefix_bits(std::span<const Tag> tags, double least_share = kLeastMatchShare);

// What the hub signs, and what stands in the transparency log.
struct TagSetHead {
  Epoch epoch = 0;
  TagSetVersion version = 0;
  std::uint8_t bits = 0;
  std::uint32_t count = 0;  // of different prefixes
  Hash root{};              // SHA-256 over epoch, bits, count and the prefixes in ascending order

  bool operator==(const TagSetHead&) const = default;
  Bytes encode() const;
  static Result<TagSetHead> parse(BytesView bytes);
};

// What turns one version into a later one. When the number of bits changes, the whole set is sent instead.
struct TagSetChange {
  TagSetVersion from = 0;
  TagSetHead to;
  std::vector<Prefix> added, removed;  // ascending

  Bytes encode() const;
  static Result<TagSetChange> parse(BytesView bytes);
};

// Look-ups are one bit in a table of at most 32 MiB. Read by any number of threads.
class TagSet {
 public:
  // From every tag there is, by the sizing rule.
  static TagSet of(Epoch epoch, TagSetVersion version, std::span<const Tag> tags, Random& random);
  // Errors: invalid_argument unless the prefixes ascend, are different and have so many bits; never an empty set.
  static Result<TagSet> make(Epoch epoch, TagSetVersion version, int bits, std::vector<Prefix> prefixes);

  const TagSetHead& head() const { return head_; }
  const std::vector<Prefix>& prefixes() const { return prefixes_; }
  bool matches(const Tag& tag) const { return contains(prefix_of(tag, head_.bits)); }
  bool contains(Prefix prefix) const;
  // The chance that an unlisted person matches.
  double match_share() const;

  // A later version of the same epoch and number of bits. Errors: invalid_argument when it cannot be expressed so.
  Result<TagSetChange> change_to(const TagSet& later) const;
  // Errors: conflict when it is not for this version; corrupt when it does not lead to the root it says.
  Result<TagSet> apply(const TagSetChange& change) const;

  Bytes encode() const;
  // Errors: corrupt, also when the prefixes do not make the root.
  static Result<TagSet> parse(BytesView bytes);

 private:
  TagSet() = default;
  TagSetHead head_;
  std::vector<Prefix> prefixes_;
  std::vector<std::uint64_t> table_;
};

}  // namespace probity::oprf
