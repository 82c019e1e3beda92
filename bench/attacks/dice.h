// Seeded random numbers for the attacks: the same seed gives the same attack on every machine.
#pragma once

#include <cstdint>
#include <string_view>

namespace probity::bench {

// splitmix64 (Steele, Lea, Flood 2014). Not for anything secret. Not thread-safe; one a step.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  // A generator of its own for one purpose, so that adding a draw to one step does not move the others.
  Dice fork(std::string_view purpose, std::uint64_t index = 0) const;

  std::uint64_t next();
  double uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }  // [0, 1)
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  int integer(int low, int high);  // both ends included
  bool coin() { return (next() >> 63) != 0; }
  // Mean 0, deviation 1, from four 16-bit uniforms: within +-3.5, good enough for sensor noise and fast.
  float noise();

 private:
  std::uint64_t state_;
};

}  // namespace probity::bench
