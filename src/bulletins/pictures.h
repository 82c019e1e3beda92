// Pictures of bulletins, made safe: whatever comes is decoded in the locked-in child, made smaller and encoded anew.
// Nothing of the file passes on: no metadata, no place where it was taken, no second format hidden behind the first.
#pragma once

#include <functional>

#include "bulletins/ports.h"
#include "media/picture.h"

namespace probity::bulletins {

inline constexpr std::size_t kMostPictureFileBytes = 20 << 20;
inline constexpr std::uint64_t kMostPicturePixels = 60'000'000;
inline constexpr int kPictureSidePx = 2048;  // the longer one, at most

using DecodePicture = std::function<Result<media::Picture>(BytesView file)>;

// The format is told by the first bytes, never by a name: JPEG, PNG, WebP, TIFF, HEIC or AVIF.
// Errors: not_a_picture; too_large; those of `decode`.
Result<CleanPicture> clean_picture(BytesView file, const DecodePicture& decode);
// With media::decode_picture.
PictureCleaner picture_cleaner();

}  // namespace probity::bulletins
