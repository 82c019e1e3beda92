// What the decode child and its parent say to each other; the parent believes nothing of it unchecked.
#pragma once

#include <functional>

#include "media/decode.h"

namespace probity::media {

// The answer is a row of frames: one byte of type, four of payload size, payload. A good answer is header, profile (if
// any), pixels in row order, end; a bad one has an error frame instead of what would come next.
enum class FrameType : std::uint8_t { header = 1, profile = 2, pixels = 3, end = 4, error = 5 };

inline constexpr std::size_t kFrameHeadBytes = 5;
inline constexpr std::size_t kMostFrameBytes = 4 << 20;
inline constexpr std::size_t kMostProfileBytes = 4 << 20;
inline constexpr std::size_t kRequestBytes = 40;
inline constexpr int kForbiddenCallExit = 97;

// The child's limits and the size of the file that follows, kRequestBytes long.
Bytes encode_request(const DecodeLimits& limits, std::uint64_t file_bytes);
struct Request {
  DecodeLimits limits;
  std::uint64_t file_bytes = 0;
};
Request parse_request(BytesView bytes);

Bytes encode_frame_head(FrameType type, std::size_t payload_bytes);
// The header frame's payload: size and type of `picture.pixels` (whose data is not touched), and the other fields.
Bytes encode_header(int width_px, int height_px, int channels, int sample_bytes, const Picture& about);
Bytes encode_error(const Error& error);

// Fills the whole span or says why it cannot.
using ReadExactly = std::function<Result<void>(std::span<std::uint8_t>)>;

// Reads one answer. Nothing is allocated before its size is checked against the limits.
// Errors: the child's own; internal when the answer breaks the rules above.
Result<Picture> receive_picture(const ReadExactly& read, const DecodeLimits& limits);

}  // namespace probity::media
