#include "media/jpeg_scan.h"

namespace probity::media {
namespace {

constexpr std::uint8_t kStartOfScan = 0xDA;

std::size_t big_endian_16(BytesView bytes, std::size_t at) { return std::size_t{bytes[at]} * 256 + bytes[at + 1]; }

struct Segment {
  std::uint8_t marker = 0;
  std::size_t start = 0;  // of the payload
  std::size_t size = 0;
};

// The marker segment at `position` (which it moves behind it), or nothing at the end or at nonsense.
std::optional<Segment> next_segment(BytesView file, std::size_t& position) {
  if (position + 4 > file.size() || file[position] != 0xFF) return std::nullopt;
  while (position + 1 < file.size() && file[position + 1] == 0xFF) ++position;  // fill bytes
  if (position + 4 > file.size()) return std::nullopt;
  const std::uint8_t marker = file[position + 1];
  const std::size_t length = big_endian_16(file, position + 2);
  if (marker < 0xC0 || (marker >= 0xD0 && marker <= 0xD9) || length < 2 || position + 2 + length > file.size())
    return std::nullopt;
  const Segment segment{marker, position + 4, length - 2};
  position += 2 + length;
  return segment;
}

bool is_frame_header(std::uint8_t marker) {
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

Subsampling subsampling_of(BytesView components, std::size_t count) {
  if (count == 1) return Subsampling::grey;
  if (count != 3 || components[4] != 0x11 || components[7] != 0x11) return Subsampling::full_444;
  switch (components[1]) {
    case 0x22:
      return Subsampling::quarter_420;
    case 0x21:
      return Subsampling::half_422;
    default:
      return Subsampling::full_444;
  }
}

}  // namespace

std::optional<JpegFrame> jpeg_frame(BytesView file) {
  std::size_t position = 2;
  while (const auto segment = next_segment(file, position)) {
    if (segment->marker == kStartOfScan) return std::nullopt;
    if (!is_frame_header(segment->marker) || segment->size < 6) continue;
    const BytesView payload = file.subspan(segment->start, segment->size);
    const std::size_t count = payload[5];
    if (payload.size() < 6 + 3 * count) return std::nullopt;
    JpegFrame frame;
    frame.height_at = segment->start + 1;
    frame.height_px = static_cast<int>(big_endian_16(payload, 1));
    frame.width_px = static_cast<int>(big_endian_16(payload, 3));
    frame.components = static_cast<int>(count);
    frame.baseline = segment->marker == 0xC0;
    frame.subsampling = subsampling_of(payload.subspan(6), count);
    return frame;
  }
  return std::nullopt;
}

}  // namespace probity::media
