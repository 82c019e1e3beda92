// A clock that ticks when it is asked and randomness that replays from a seed.
#pragma once

#include <random>

#include "base/clock.h"
#include "base/random.h"

namespace probity::test {

class TickingClock final : public Clock {
 public:
  explicit TickingClock(TimeMs start_ms = 1'700'000'000'000) : now_ms_(start_ms) {}
  TimeMs now_ms() override { return now_ms_++; }

 private:
  TimeMs now_ms_;
};

class SeededRandom final : public Random {
 public:
  explicit SeededRandom(unsigned seed = 1) : generator_(seed) {}
  void fill(std::span<std::uint8_t> out) override {
    for (auto& byte : out) byte = static_cast<std::uint8_t>(generator_());
  }

 private:
  std::mt19937 generator_;
};

}  // namespace probity::test
