// The group ristretto255 (RFC 9496) as the protocols here use it: its elements, and scalars that wipe themselves.
//
// A group of prime order l = 2^252 + 27742317777372353535851937790883648493, in which discrete logarithms are hard. An
// element has exactly one encoding of 32 bytes, a scalar is a number modulo l in 32 bytes, little-endian. What comes
// from outside is taken by `parse` only: another length, another encoding of the same thing, and the identity (which
// would make a result independent of the key) are refused there, so that nothing behind it has to ask again.
//
// Every operation on secrets runs in constant time (libsodium's).
#pragma once

#include <array>

#include "base/bytes.h"
#include "base/random.h"
#include "base/secret.h"

namespace probity::oprf {

inline constexpr std::size_t kElementBytes = 32;
inline constexpr std::size_t kScalarBytes = 32;

// A number modulo l. Treated as a secret wherever it comes from.
class Scalar {
 public:
  Scalar() = default;  // zero
  // Errors: invalid_argument unless these are 32 bytes of a number below l.
  static Result<Scalar> parse(BytesView bytes);
  // Uniform, and never zero.
  static Scalar random(Random& random);
  static Scalar of(std::uint64_t number);
  // 64 uniform bytes, reduced modulo l.
  static Scalar reduce(std::span<const std::uint8_t, 64> wide);

  BytesView view() const { return bytes_.view(); }
  bool is_zero() const;
  // In constant time.
  bool operator==(const Scalar& other) const;

  friend Scalar operator+(const Scalar& a, const Scalar& b);
  friend Scalar operator-(const Scalar& a, const Scalar& b);
  friend Scalar operator*(const Scalar& a, const Scalar& b);
  // 1 / a; an assertion for zero.
  friend Scalar inverse(const Scalar& a);

 private:
  SecretKey bytes_;
};

// A value. The identity appears only as the start of a sum.
class Element {
 public:
  Element() = default;  // the identity
  // Errors: invalid_argument unless these are the 32 canonical bytes of an element other than the identity.
  static Result<Element> parse(BytesView bytes);
  // The element that 64 uniform bytes map to (RFC 9496 section 4.3.4).
  static Element from_uniform(std::span<const std::uint8_t, 64> wide);
  static const Element& generator();

  BytesView view() const { return bytes_; }
  bool is_identity() const;
  bool operator==(const Element& other) const = default;

  friend Element operator+(const Element& a, const Element& b);

 private:
  friend Result<Element> multiply(const Scalar& scalar, const Element& element);
  friend Result<Element> multiply_generator(const Scalar& scalar);
  std::array<std::uint8_t, kElementBytes> bytes_{};
};

// Errors: invalid_argument when the product is the identity, that is when one of the factors is none to work with.
Result<Element> multiply(const Scalar& scalar, const Element& element);
Result<Element> multiply_generator(const Scalar& scalar);

}  // namespace probity::oprf
