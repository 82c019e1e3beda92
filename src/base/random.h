// Where random bytes come from: a port, so that tests replay from a seed.
#pragma once

#include <cstdint>
#include <span>

namespace probity {

class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::uint8_t> out) = 0;
};

// The operating system's generator, through libsodium. Thread-safe.
class SystemRandom final : public Random {
 public:
  void fill(std::span<std::uint8_t> out) override;
};

// Must run once before any cryptography; idempotent. Aborts if the system has no source of randomness.
void init_crypto();

}  // namespace probity
