// For tests: key-holders with shares of one key, and a member who asks them.
#pragma once

#include <memory>
#include <vector>

#include "alliance/key_client.h"
#include "alliance/keyholder.h"
#include "support/scripted.h"

namespace probity::alliance::testing {

// Moves only when told.
class SetClock final : public Clock {
 public:
  TimeMs now_ms() override { return now; }
  TimeMs now = 1'800'000'000'000;
};

struct KeyHolders {
  explicit KeyHolders(std::uint8_t threshold = 3, std::uint8_t count = 5, unsigned seed = 29) : random(seed) {
    const oprf::SharingPlan plan{sha256(as_bytes("test")), oprf::DealingKind::key, threshold, count};
    key = oprf::Scalar::random(random);
    const oprf::Dealing dealing = oprf::deal(plan, oprf::kWitnessedDealer, random, key).value();
    keys = oprf::key_set_of({2027, {8, 1}, {}}, {&dealing.open, 1}).value();
    for (oprf::HolderIndex i = 1; i <= count; ++i) {
      holders.push_back(std::make_unique<KeyHolder>(oprf::Identity::make(random), clock, system));
      addresses.push_back({i, "http://holder-" + std::to_string(i), holders.back()->identity()});
      shares.push_back({i, dealing.shares[i - 1U]});
      (void)holders.back()->hold({keys, shares.back(), clock.now + 400LL * 86'400'000}).has_value();
    }
    set_limits({});
  }
  void set_limits(const QuotaLimits& limits, bool suspended = false) {
    for (auto& holder : holders) {
      MemberRoll roll;
      (void)roll.admit({member, "Harbour Motors", identity.open(), suspended, limits}).has_value();
      holder->set_roll(roll);
    }
  }

  test::SeededRandom random;
  SystemRandom system;
  SetClock clock;
  oprf::Scalar key;
  oprf::KeySet keys;
  std::vector<std::unique_ptr<KeyHolder>> holders;
  std::vector<HolderAddress> addresses;
  std::vector<oprf::KeyShare> shares;
  Id member = Id::random(random);
  oprf::Identity identity = oprf::Identity::make(random);
};

}  // namespace probity::alliance::testing
