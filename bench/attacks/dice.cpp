#include "attacks/dice.h"

#include <cmath>

namespace probity::bench {

Dice Dice::fork(std::string_view purpose, std::uint64_t index) const {
  std::uint64_t hash = state_ ^ 0xcbf29ce484222325U;
  for (const char letter : purpose) hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001b3U;
  Dice mixed(hash + index * 0x9e3779b97f4a7c15U);
  mixed.next();
  return Dice(mixed.next());
}

std::uint64_t Dice::next() {
  std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31);
}

int Dice::integer(int low, int high) {
  return low + static_cast<int>(std::floor(uniform() * (static_cast<double>(high) - low + 1)));
}

float Dice::noise() {
  const std::uint64_t bits = next();
  const auto sum =
      static_cast<float>((bits & 0xffff) + ((bits >> 16) & 0xffff) + ((bits >> 32) & 0xffff) + (bits >> 48));
  // The sum of four uniforms on 0..65535 has mean 131070 and deviation 65536 / sqrt(3).
  return (sum - 131070.0F) * (1.7320508F / 65536.0F);
}

}  // namespace probity::bench
