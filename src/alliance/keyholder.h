// A key-holder at work: answers members' blinded questions with its share of the key, and keeps its own count of them.
//
// What it sees of a question is who asks, how many and when; the element is random to it. Nothing about a subject
// reaches this class, so nothing can reach its logs.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <shared_mutex>

#include "alliance/replay_guard.h"
#include "alliance/roll.h"
#include "oprf/messages.h"

namespace probity::alliance {

// A share and until when it may be used. The epoch before stays for a while, so that filers can re-attest.
struct HeldKey {
  oprf::KeySet keys;
  oprf::KeyShare share;
  TimeMs until_ms = 0;
};

// Shows that a holder has the share it is said to have: its answer to an element that nobody chose.
struct PossessionProof {
  oprf::Element answer;
  oprf::Proof proof;
};
// The element: hashed from the key set's id and the index.
Result<oprf::Element> possession_question(const oprf::KeySet& keys, oprf::HolderIndex index);
// Errors: forbidden.
Result<void> check_possession(const oprf::KeySet& keys, oprf::HolderIndex index, const PossessionProof& proof);

struct HeldKeyFacts {
  oprf::KeySet keys;
  oprf::HolderIndex index = 0;
  TimeMs until_ms = 0;
  PossessionProof possession;
};

struct KeyHolderCounts {
  std::uint64_t evaluations = 0;  // elements
  std::uint64_t requests = 0;
  std::uint64_t refused = 0;
};

// Thread-safe. Borrows clock and random.
class KeyHolder {
 public:
  KeyHolder(oprf::Identity identity, Clock& clock, Random& random);

  // Takes a key into use beside those of other epochs; a later generation of its epoch replaces the earlier.
  // Errors: forbidden (the share is not of this key set), conflict (an earlier generation).
  Result<void> hold(HeldKey key);
  void set_roll(MemberRoll roll);

  // The encoded answer to an encoded request. Errors: corrupt, invalid_argument (what oprf::parse_request refuses);
  // unauthenticated (no such member, or the signature does not hold); forbidden (suspended); gone (stale epoch or
  // generation, or too old); conflict (replayed); too_many_requests.
  Result<Bytes> evaluate(BytesView request);

  const oprf::PublicIdentity& identity() const { return identity_.open(); }
  std::vector<HeldKeyFacts> keys() const;
  std::size_t member_count() const;
  KeyHolderCounts counts() const;
  QuotaBook& quotas() { return quotas_; }

 private:
  struct Loaded {
    HeldKey key;
    PossessionProof possession;
  };
  Result<Bytes> answer(const oprf::SignedRequest& request);
  // Errors: unauthenticated, forbidden.
  Result<QuotaLimits> admit(const oprf::SignedRequest& request) const;
  Result<std::shared_ptr<const Loaded>> key_for(const oprf::EvaluationRequest& request, TimeMs now_ms) const;

  const oprf::Identity identity_;
  Clock& clock_;
  Random& random_;
  mutable std::shared_mutex mutex_;  // keys_ and roll_
  std::map<oprf::Epoch, std::shared_ptr<const Loaded>> keys_;
  MemberRoll roll_;
  ReplayGuard replays_;
  QuotaBook quotas_;
  std::atomic<std::uint64_t> evaluations_ = 0, requests_ = 0, refused_ = 0;
};

}  // namespace probity::alliance
