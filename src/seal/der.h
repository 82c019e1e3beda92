// Writing DER (X.690): a tag, the length in its shortest form, the contents.
#pragma once

#include <initializer_list>

#include "base/bytes.h"

namespace probity::seal {

enum class DerTag : std::uint8_t {
  integer = 0x02,
  octets = 0x04,
  sequence = 0x30,
  set = 0x31,
  context_0 = 0xA0,
  context_1 = 0xA1,
};

inline Bytes der(DerTag tag, std::initializer_list<BytesView> parts) {
  std::size_t size = 0;
  for (const BytesView part : parts) size += part.size();
  Bytes out{static_cast<std::uint8_t>(tag)};
  if (size < 0x80) {
    out.push_back(static_cast<std::uint8_t>(size));
  } else {
    int bytes = 1;
    while (bytes < 8 && (size >> (8 * bytes)) != 0) ++bytes;
    out.push_back(static_cast<std::uint8_t>(0x80 | bytes));
    while (bytes-- > 0) out.push_back(static_cast<std::uint8_t>(size >> (8 * bytes)));
  }
  for (const BytesView part : parts) out.insert(out.end(), part.begin(), part.end());
  return out;
}

// An object of OpenSSL's, by its i2d function; empty when that fails.
template <auto Encode, class T>
Bytes encoded(T* object) {
  const int size = Encode(object, nullptr);
  if (size <= 0) return {};
  Bytes out(static_cast<std::size_t>(size));
  unsigned char* at = out.data();
  Encode(object, &at);
  return out;
}

inline Bytes joined(const std::vector<Bytes>& parts) {
  Bytes all;
  for (const Bytes& part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace probity::seal
