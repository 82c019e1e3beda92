// Sealed labels: what the list says about somebody, in a form that only their own label key opens.
//
// Every sealed label has the same size, whatever it says. The tag and the epoch are bound into it, so that the hub
// cannot move a label to another place: it opens there for nobody.
#pragma once

#include "oprf/tags.h"

namespace probity::oprf {

inline constexpr std::size_t kLabelBytes = 256;  // plain: length, content, zeros
inline constexpr std::size_t kMostLabelContentBytes = kLabelBytes - 2;
inline constexpr std::size_t kSealedLabelBytes = 24 + kLabelBytes + 16;  // nonce, XChaCha20, Poly1305

using SealedLabel = std::array<std::uint8_t, kSealedLabelBytes>;

// Errors: invalid_argument for more than 254 bytes of content.
Result<SealedLabel> seal_label(Epoch epoch, const ListKeys& keys, BytesView content, Random& random);
// The content. Errors: forbidden when it was sealed for another tag, key or epoch, or was changed; corrupt.
Result<Bytes> open_label(Epoch epoch, const ListKeys& keys, BytesView sealed);

}  // namespace probity::oprf
