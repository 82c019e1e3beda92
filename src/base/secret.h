// Key material that is wiped when it goes out of scope and never printed.
#pragma once

#include <array>
#include <cstdint>

#include "base/bytes.h"

namespace probity {

// 32 secret bytes. Copyable (each copy wipes itself); has no text form on purpose.
class SecretKey {
 public:
  SecretKey() = default;
  explicit SecretKey(const std::array<std::uint8_t, 32>& bytes) : bytes_(bytes) {}
  SecretKey(const SecretKey&) = default;
  SecretKey& operator=(const SecretKey&) = default;
  ~SecretKey();
  BytesView view() const { return bytes_; }
  std::span<std::uint8_t, 32> writable() { return bytes_; }

 private:
  std::array<std::uint8_t, 32> bytes_{};
};

}  // namespace probity
