#include "base/random.h"

#include <sodium.h>

#include "base/check.h"

namespace probity {

void SystemRandom::fill(std::span<std::uint8_t> out) { randombytes_buf(out.data(), out.size()); }

void init_crypto() { PROBITY_CHECK(sodium_init() >= 0); }

}  // namespace probity
