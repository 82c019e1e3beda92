// What a camera wrote beside the picture (Exif): when it was taken by its clock, and which camera it was.
#pragma once

#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/clock.h"

namespace probity::shoots {

struct CameraNote {
  std::optional<TimeMs> taken_ms;
  std::string camera;  // "Fictional Phones F7"; empty when it does not say
};

// Looks for an Exif block (Exif 2.32, as in JPEG, HEIC and WebP) and reads DateTimeOriginal, OffsetTimeOriginal, Make
// and Model. A clock without an offset is read in `time_zone` (IANA). Anything odd is nothing: cameras, editors and
// liars write what they like, and nothing depends on it but an order and a hint. The bytes are hostile; every read is
// checked.
CameraNote read_camera_note(BytesView file, const std::string& time_zone);

}  // namespace probity::shoots
