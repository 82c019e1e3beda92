// Byte buffers, and reading and writing little-endian fields of our own formats with bounds checks.
#pragma once

#include <concepts>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace probity {

using Bytes = std::vector<std::uint8_t>;
using BytesView = std::span<const std::uint8_t>;

// The bytes of a string, borrowed: valid as long as the string.
inline BytesView as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view as_text(BytesView bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

// Appends fields to a buffer; integers little-endian.
class ByteWriter {
 public:
  explicit ByteWriter(Bytes& out) : out_(out) {}
  template <std::unsigned_integral T>
  void integer(T value) {
    for (std::size_t i = 0; i < sizeof(T); ++i) out_.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
  }
  void bytes(BytesView value) { out_.insert(out_.end(), value.begin(), value.end()); }

 private:
  Bytes& out_;
};

// Reads fields from a buffer that may be hostile. The first read past the end makes every later one fail (`ok()` is
// false) and yield zeros or empty views, so that a parser may read a whole header and check once.
class ByteReader {
 public:
  explicit ByteReader(BytesView in) : in_(in) {}
  template <std::unsigned_integral T>
  T integer() {
    const BytesView field = bytes(sizeof(T));
    T value = 0;
    for (std::size_t i = 0; i < field.size(); ++i)
      value = static_cast<T>(value | (static_cast<T>(field[i]) << (8 * i)));
    return value;
  }
  BytesView bytes(std::size_t size) {
    if (!ok_ || size > in_.size() - position_) {
      ok_ = false;
      return {};
    }
    const BytesView field = in_.subspan(position_, size);
    position_ += size;
    return field;
  }
  bool ok() const { return ok_; }
  std::size_t position() const { return position_; }
  std::size_t remaining() const { return in_.size() - position_; }

 private:
  BytesView in_;
  std::size_t position_ = 0;
  bool ok_ = true;
};

}  // namespace probity
