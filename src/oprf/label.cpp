#include "oprf/label.h"

#include <sodium.h>

#include <algorithm>

namespace probity::oprf {
namespace {

constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
static_assert(kSealedLabelBytes == kNonceBytes + kLabelBytes + crypto_aead_xchacha20poly1305_ietf_ABYTES);

Bytes place_of(Epoch epoch, const Tag& tag) {
  Bytes place;
  ByteWriter writer(place);
  writer.bytes(as_bytes("probity label v1"));
  writer.integer(epoch);
  writer.bytes(tag);
  return place;
}

}  // namespace

Result<SealedLabel> seal_label(Epoch epoch, const ListKeys& keys, BytesView content, Random& random) {
  if (content.size() > kMostLabelContentBytes)
    return fail(ErrorCode::invalid_argument, "a label has room for 254 bytes");
  std::array<std::uint8_t, kLabelBytes> plain{};
  plain[0] = static_cast<std::uint8_t>(content.size());
  plain[1] = static_cast<std::uint8_t>(content.size() >> 8);
  std::ranges::copy(content, plain.begin() + 2);
  SealedLabel sealed;
  random.fill(std::span(sealed).first(kNonceBytes));
  const Bytes place = place_of(epoch, keys.tag);
  crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.data() + kNonceBytes, nullptr, plain.data(), plain.size(),
                                             place.data(), place.size(), nullptr, sealed.data(),
                                             keys.label_key.view().data());
  sodium_memzero(plain.data(), plain.size());
  return sealed;
}

Result<Bytes> open_label(Epoch epoch, const ListKeys& keys, BytesView sealed) {
  if (sealed.size() != kSealedLabelBytes) return fail(ErrorCode::corrupt, "a label of the wrong size");
  const Bytes place = place_of(epoch, keys.tag);
  std::array<std::uint8_t, kLabelBytes> plain;
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain.data(), nullptr, nullptr, sealed.data() + kNonceBytes,
                                                 sealed.size() - kNonceBytes, place.data(), place.size(), sealed.data(),
                                                 keys.label_key.view().data()) != 0)
    return fail(ErrorCode::forbidden, "this label is somebody else's");
  const std::size_t size = plain[0] | static_cast<std::size_t>(plain[1]) << 8;
  if (size > kMostLabelContentBytes) return fail(ErrorCode::corrupt, "a label that does not fit its own size");
  Bytes content(plain.begin() + 2, plain.begin() + 2 + static_cast<std::ptrdiff_t>(size));
  sodium_memzero(plain.data(), plain.size());
  return content;
}

}  // namespace probity::oprf
