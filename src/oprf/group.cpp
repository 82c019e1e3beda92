#include "oprf/group.h"

#include <sodium.h>

#include <algorithm>

#include "base/check.h"

namespace probity::oprf {
namespace {

static_assert(kElementBytes == crypto_core_ristretto255_BYTES);
static_assert(kScalarBytes == crypto_core_ristretto255_SCALARBYTES);

}  // namespace

Result<Scalar> Scalar::parse(BytesView bytes) {
  if (bytes.size() != kScalarBytes) return fail(ErrorCode::invalid_argument, "a scalar has 32 bytes");
  std::array<std::uint8_t, 64> wide{};
  std::ranges::copy(bytes, wide.begin());
  const Scalar reduced = reduce(wide);
  sodium_memzero(wide.data(), wide.size());
  // Equal to itself modulo l exactly when it is below l: one spelling for each number.
  if (sodium_memcmp(reduced.view().data(), bytes.data(), kScalarBytes) != 0)
    return fail(ErrorCode::invalid_argument, "a scalar is a number below the group's order");
  return reduced;
}

Scalar Scalar::random(Random& random) {
  Scalar scalar;
  std::array<std::uint8_t, 64> wide;
  do {
    random.fill(wide);
    scalar = reduce(wide);
  } while (scalar.is_zero());
  sodium_memzero(wide.data(), wide.size());
  return scalar;
}

Scalar Scalar::of(std::uint64_t number) {
  Scalar scalar;
  for (std::size_t i = 0; i < sizeof number; ++i)
    scalar.bytes_.writable()[i] = static_cast<std::uint8_t>(number >> (8 * i));
  return scalar;
}

Scalar Scalar::reduce(std::span<const std::uint8_t, 64> wide) {
  Scalar scalar;
  crypto_core_ristretto255_scalar_reduce(scalar.bytes_.writable().data(), wide.data());
  return scalar;
}

bool Scalar::is_zero() const { return sodium_is_zero(view().data(), kScalarBytes) == 1; }

bool Scalar::operator==(const Scalar& other) const {
  return sodium_memcmp(view().data(), other.view().data(), kScalarBytes) == 0;
}

Scalar operator+(const Scalar& a, const Scalar& b) {
  Scalar sum;
  crypto_core_ristretto255_scalar_add(sum.bytes_.writable().data(), a.view().data(), b.view().data());
  return sum;
}

Scalar operator-(const Scalar& a, const Scalar& b) {
  Scalar difference;
  crypto_core_ristretto255_scalar_sub(difference.bytes_.writable().data(), a.view().data(), b.view().data());
  return difference;
}

Scalar operator*(const Scalar& a, const Scalar& b) {
  Scalar product;
  crypto_core_ristretto255_scalar_mul(product.bytes_.writable().data(), a.view().data(), b.view().data());
  return product;
}

Scalar inverse(const Scalar& a) {
  Scalar inverted;
  PROBITY_CHECK(crypto_core_ristretto255_scalar_invert(inverted.bytes_.writable().data(), a.view().data()) == 0);
  return inverted;
}

Result<Element> Element::parse(BytesView bytes) {
  if (bytes.size() != kElementBytes) return fail(ErrorCode::invalid_argument, "a group element has 32 bytes");
  if (crypto_core_ristretto255_is_valid_point(bytes.data()) != 1)
    return fail(ErrorCode::invalid_argument, "these bytes are no group element");
  Element element;
  std::ranges::copy(bytes, element.bytes_.begin());
  if (element.is_identity()) return fail(ErrorCode::invalid_argument, "the identity is refused");
  return element;
}

Element Element::from_uniform(std::span<const std::uint8_t, 64> wide) {
  Element element;
  PROBITY_CHECK(crypto_core_ristretto255_from_hash(element.bytes_.data(), wide.data()) == 0);
  return element;
}

const Element& Element::generator() {
  static const Element generator = [] {
    Element element;
    PROBITY_CHECK(crypto_scalarmult_ristretto255_base(element.bytes_.data(), Scalar::of(1).view().data()) == 0);
    return element;
  }();
  return generator;
}

bool Element::is_identity() const { return sodium_is_zero(bytes_.data(), bytes_.size()) == 1; }

Element operator+(const Element& a, const Element& b) {
  Element sum;
  PROBITY_CHECK(crypto_core_ristretto255_add(sum.bytes_.data(), a.view().data(), b.view().data()) == 0);
  return sum;
}

Result<Element> multiply(const Scalar& scalar, const Element& element) {
  Element product;
  if (crypto_scalarmult_ristretto255(product.bytes_.data(), scalar.view().data(), element.view().data()) != 0)
    return fail(ErrorCode::invalid_argument, "a product with zero or the identity is refused");
  return product;
}

Result<Element> multiply_generator(const Scalar& scalar) {
  Element product;
  if (crypto_scalarmult_ristretto255_base(product.bytes_.data(), scalar.view().data()) != 0)
    return fail(ErrorCode::invalid_argument, "a key of zero is refused");
  return product;
}

}  // namespace probity::oprf
