// Reading a JPEG's marker segments without decoding it.
#pragma once

#include <optional>

#include "media/picture.h"

namespace probity::media {

// What the frame header (SOF) says. Sampling other than the four named kinds counts as full_444.
struct JpegFrame {
  std::size_t height_at = 0;  // offset of the two-byte height; the two-byte width follows
  int width_px = 0;
  int height_px = 0;
  int components = 0;
  bool baseline = false;
  Subsampling subsampling = Subsampling::full_444;
};

// The frame header of a JPEG file, or nothing when there is none. Any bytes are safe.
std::optional<JpegFrame> jpeg_frame(BytesView file);

}  // namespace probity::media
