#include "media/jpeg_cutter.h"

#include <cstring>

#include "media/jpeg_scan.h"

namespace probity::media {
namespace {

constexpr std::uint8_t kFirstRestart = 0xD0;
constexpr std::uint8_t kEndOfImage = 0xD9;

// Offset of the next 0xFF that is followed by anything but a stuffed zero, or file.size().
std::size_t next_marker(BytesView file, std::size_t from) {
  while (from + 1 < file.size()) {
    const void* found = std::memchr(file.data() + from, 0xFF, file.size() - 1 - from);
    if (found == nullptr) break;
    const auto at = static_cast<std::size_t>(static_cast<const std::uint8_t*>(found) - file.data());
    if (file[at + 1] != 0) return at;
    from = at + 2;
  }
  return file.size();
}

}  // namespace

Result<JpegSegments> cut_jpeg(BytesView file) {
  const auto scan_start = jpeg_scan_start(file);
  if (!scan_start) return fail(ErrorCode::corrupt, "the JPEG has no scan to cut");
  JpegSegments cut;
  cut.header_bytes = *scan_start;
  std::size_t start = *scan_start;
  for (std::uint8_t expected = kFirstRestart;; expected = expected == 0xD7 ? kFirstRestart : expected + 1) {
    const std::size_t end = next_marker(file, start);
    std::size_t code = end + 1;
    while (code < file.size() && file[code] == 0xFF) ++code;  // fill bytes
    if (code >= file.size()) return fail(ErrorCode::corrupt, "the JPEG ends inside its scan");
    cut.segments.push_back({start, end});
    if (file[code] == kEndOfImage) return cut;
    if (file[code] != expected) return fail(ErrorCode::corrupt, "the JPEG's restart markers are out of order");
    start = code + 1;
  }
}

}  // namespace probity::media
