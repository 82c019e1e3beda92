// Cuts a baseline JPEG at its restart markers, and joins segments of two variants into pieces of equal length.
#pragma once

#include <vector>

#include "base/bytes.h"

namespace probity::media {

// Where entropy-coded segments lie in a JPEG with one scan. Markers are not part of a segment.
struct JpegSegments {
  std::size_t header_bytes = 0;  // everything before the first segment
  struct Range {
    std::size_t start = 0;
    std::size_t end = 0;
  };
  std::vector<Range> segments;
};

// Finds the segments up to the end-of-image marker. Any bytes are safe.
// Errors: corrupt when there is no scan, a marker other than RST0..RST7 in order stands in it, or the end is missing.
Result<JpegSegments> cut_jpeg(BytesView file);

}  // namespace probity::media
