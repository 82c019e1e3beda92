// The public side of an epoch's key, which everybody agrees on: who answers, under which public shares, and how slowly.
//
// An epoch is a year. Its key makes the tags of that year; the next year's makes others, and what nobody files again is
// gone. Within an epoch the shares may be refreshed: the generation counts up, the key and all tags stay.
#pragma once

#include <string>

#include "oprf/sharing.h"

namespace probity::oprf {

using Epoch = std::uint16_t;       // a year
using Generation = std::uint16_t;  // of the shares, from 1

inline constexpr std::size_t kSaltBytes = 16;

// Argon2id with one lane. Every guess of whoever has stolen t shares costs this much.
struct SlowHash {
  std::uint32_t memory_kib = 64 << 10;
  std::uint32_t passes = 3;
  bool operator==(const SlowHash&) const = default;
};
// From 8 KiB and one pass (for tests only) to 1 GiB and 16 passes. Errors: invalid_argument.
Result<void> check_slow_hash(const SlowHash& slow_hash);

struct KeySet {
  Epoch epoch = 0;
  Generation generation = 1;
  std::uint8_t threshold = 0;
  SlowHash slow_hash;
  std::array<std::uint8_t, kSaltBytes> salt{};
  Element key;                  // K
  std::vector<Element> shares;  // K_1 … K_n

  bool operator==(const KeySet&) const = default;
  std::size_t holder_count() const { return shares.size(); }

  // As docs/formats.md says, "Alliance tags and shares".
  Bytes encode() const;
  // Errors: corrupt; and those of check().
  static Result<KeySet> parse(BytesView bytes);
  // SHA-256 of the encoding: what goes into the transparency log, and what people read to each other.
  Hash id() const;
  // Whether K and all K_i lie on one polynomial of t coefficients, so that every t holders give the same answers; and
  // that no key is one or zero, under which a blinded element comes back as it went. Errors: invalid_argument.
  Result<void> check() const;
};

// A holder's secret.
struct KeyShare {
  HolderIndex index = 0;
  Scalar secret;
};

struct EpochTerms {
  Epoch epoch = 0;
  SlowHash slow_hash;
  std::array<std::uint8_t, kSaltBytes> salt{};
};

// The key set that dealings of a key, all verified and of one plan, add up to. Errors: invalid_argument.
Result<KeySet> key_set_of(const EpochTerms& terms, std::span<const PublicDealing> dealings);
// The next generation after dealings of a refresh. Errors: invalid_argument when they were made for another t of n.
Result<KeySet> refreshed(const KeySet& before, std::span<const PublicDealing> dealings);

// A holder's share from what each dealer gave them, in the order of the dealings; `before` is what they had when it is
// a refresh. Errors: forbidden when one does not fit its dealing (complain about that dealer).
Result<KeyShare> share_of(HolderIndex index, std::span<const PublicDealing> dealings, std::span<const Scalar> given,
                          const std::optional<KeyShare>& before = std::nullopt);
// Errors: forbidden unless the share is the one behind K_index.
Result<void> check_share(const KeySet& keys, const KeyShare& share);

}  // namespace probity::oprf
