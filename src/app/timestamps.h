// Several timestamping authorities as one: asked in turn until one gives a token that holds.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "seal/stamp.h"

namespace probity::app {

// Thread-safe; may be empty. Borrows the clock and the randomness.
class Timestamps {
 public:
  Timestamps(std::vector<std::unique_ptr<seal::TimestampAuthority>> authorities, Clock& clock, Random& random)
      : authorities_(std::move(authorities)), clock_(clock), random_(random) {}

  bool any() const { return !authorities_.empty(); }
  // Of all authorities: what a check relies on.
  std::string roots_pem() const;

  // Begins with the authority that answered last, so that one that is down costs its time once. Errors: unavailable,
  // with what each said: whoever wants the token asks again later.
  Result<seal::Stamped> stamp(const Hash& imprint);

 private:
  std::vector<std::unique_ptr<seal::TimestampAuthority>> authorities_;
  Clock& clock_;
  Random& random_;
  std::atomic<std::size_t> first_ = 0;
};

}  // namespace probity::app
