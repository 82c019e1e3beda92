#include "oprf/suite.h"

#include <sodium.h>

#include "base/check.h"

namespace probity::oprf {
namespace {

constexpr std::size_t kSha512BlockBytes = 128;

void append_size(Bytes& out, std::size_t size) {
  out.push_back(static_cast<std::uint8_t>(size >> 8));
  out.push_back(static_cast<std::uint8_t>(size));
}

}  // namespace

void append_framed(Bytes& out, BytesView bytes) {
  PROBITY_CHECK(bytes.size() < 65'536);
  append_size(out, bytes.size());
  out.insert(out.end(), bytes.begin(), bytes.end());
}

std::array<std::uint8_t, 64> expand_message(BytesView message, std::string_view tag) {
  PROBITY_CHECK(tag.size() < 256);
  const std::array<std::uint8_t, kSha512BlockBytes> zero_block{};
  const std::array<std::uint8_t, 3> length_and_zero{0, 64, 0};
  const std::uint8_t first = 1;
  const auto tag_size = static_cast<std::uint8_t>(tag.size());
  std::array<std::uint8_t, 64> digest;  // b_0, then b_1: one block is all of 64 bytes of output

  crypto_hash_sha512_state state;
  crypto_hash_sha512_init(&state);
  crypto_hash_sha512_update(&state, zero_block.data(), zero_block.size());
  crypto_hash_sha512_update(&state, message.data(), message.size());
  crypto_hash_sha512_update(&state, length_and_zero.data(), length_and_zero.size());
  crypto_hash_sha512_update(&state, as_bytes(tag).data(), tag.size());
  crypto_hash_sha512_update(&state, &tag_size, 1);
  crypto_hash_sha512_final(&state, digest.data());

  crypto_hash_sha512_init(&state);
  crypto_hash_sha512_update(&state, digest.data(), digest.size());
  crypto_hash_sha512_update(&state, &first, 1);
  crypto_hash_sha512_update(&state, as_bytes(tag).data(), tag.size());
  crypto_hash_sha512_update(&state, &tag_size, 1);
  crypto_hash_sha512_final(&state, digest.data());
  sodium_memzero(&state, sizeof state);
  return digest;
}

Suite::Suite(Mode mode) : mode_(mode) {
  context_ = "OPRFV1-";
  context_.push_back(static_cast<char>(mode));
  context_ += "-";
  context_ += kSuiteName;
}

Result<Element> Suite::hash_to_group(BytesView input) const {
  auto uniform = expand_message(input, "HashToGroup-" + context_);
  const Element element = Element::from_uniform(uniform);
  sodium_memzero(uniform.data(), uniform.size());
  if (element.is_identity()) return fail(ErrorCode::invalid_argument, "this input cannot be used");
  return element;
}

Scalar Suite::hash_to_scalar(BytesView input) const {
  return Scalar::reduce(expand_message(input, "HashToScalar-" + context_));
}

Result<KeyPair> Suite::derive_key_pair(BytesView seed, BytesView info) const {
  if (seed.size() != 32) return fail(ErrorCode::invalid_argument, "a key is derived from 32 bytes");
  if (info.size() > 65'535) return fail(ErrorCode::invalid_argument, "a key's info has at most 65,535 bytes");
  Bytes input(seed.begin(), seed.end());
  append_framed(input, info);
  input.push_back(0);
  KeyPair pair;
  for (int counter = 0; counter < 256 && pair.secret.is_zero(); ++counter) {
    input.back() = static_cast<std::uint8_t>(counter);
    auto uniform = expand_message(input, "DeriveKeyPair" + context_);
    pair.secret = Scalar::reduce(uniform);
    sodium_memzero(uniform.data(), uniform.size());
  }
  sodium_memzero(input.data(), input.size());
  TRY_ASSIGN(pair.public_key, multiply_generator(pair.secret));
  return pair;
}

}  // namespace probity::oprf
