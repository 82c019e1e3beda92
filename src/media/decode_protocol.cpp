#include "media/decode_protocol.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace probity::media {
namespace {

constexpr std::size_t kHeaderBytes = 18;
constexpr std::size_t kMostErrorBytes = 2000;

tl::unexpected<Error> nonsense(const char* what) {
  return fail(ErrorCode::internal, fmt::format("the picture decoder gave an impossible answer ({})", what),
              "treat the file as hostile; do not open it with other programs");
}

struct FrameHead {
  FrameType type = FrameType::end;
  std::size_t size = 0;
};

Result<FrameHead> read_frame_head(const ReadExactly& read) {
  std::array<std::uint8_t, kFrameHeadBytes> bytes{};
  TRY(read(bytes));
  ByteReader reader(bytes);
  const auto type = reader.integer<std::uint8_t>();
  const auto size = reader.integer<std::uint32_t>();
  if (type < 1 || type > 5 || size > kMostFrameBytes) return nonsense("frame");
  return FrameHead{static_cast<FrameType>(type), size};
}

// The error an error frame carries: only codes that a decoder may give, only printable text.
Result<void> read_error(const ReadExactly& read, std::size_t size) {
  if (size < 3 || size > kMostErrorBytes) return nonsense("error size");
  Bytes payload(size);
  TRY(read(payload));
  const auto code = static_cast<ErrorCode>(payload[0]);
  constexpr std::array kAllowed = {ErrorCode::not_a_picture, ErrorCode::too_large, ErrorCode::unsupported,
                                   ErrorCode::internal};
  if (std::ranges::find(kAllowed, code) == kAllowed.end()) return nonsense("error code");
  std::string text(as_text(BytesView(payload).subspan(1)));
  for (char& letter : text)
    if (letter != '\n' && (letter < ' ' || letter > '~')) letter = '?';
  const auto split = std::min(text.find('\n'), text.size());
  std::string hint = split < text.size() ? text.substr(split + 1) : "";
  std::ranges::replace(hint, '\n', ' ');
  return fail(code, text.substr(0, split), std::move(hint));
}

// Reads the next frame's head; an error frame becomes the result.
Result<FrameHead> expect_frame(const ReadExactly& read) {
  TRY_ASSIGN(const FrameHead head, read_frame_head(read));
  if (head.type == FrameType::error) TRY(read_error(read, head.size));
  return head;
}

struct Header {
  std::uint32_t width_px, height_px;
  int type;
  std::uint32_t profile_bytes;
};

Result<Header> read_header(const ReadExactly& read, const DecodeLimits& limits, Picture& about) {
  TRY_ASSIGN(const FrameHead head, expect_frame(read));
  if (head.type != FrameType::header || head.size != kHeaderBytes) return nonsense("no header");
  std::array<std::uint8_t, kHeaderBytes> bytes{};
  TRY(read(bytes));
  ByteReader reader(bytes);
  Header header{};
  header.width_px = reader.integer<std::uint32_t>();
  header.height_px = reader.integer<std::uint32_t>();
  const auto channels = reader.integer<std::uint8_t>();
  const auto sample_bytes = reader.integer<std::uint8_t>();
  const auto format = reader.integer<std::uint8_t>();
  const auto subsampling = reader.integer<std::uint8_t>();
  const auto orientation = reader.integer<std::uint8_t>();
  const auto flags = reader.integer<std::uint8_t>();
  header.profile_bytes = reader.integer<std::uint32_t>();
  const bool sized = header.width_px >= 1 && header.height_px >= 1 && header.width_px <= limits.side_px &&
                     header.height_px <= limits.side_px &&
                     std::uint64_t{header.width_px} * header.height_px <= limits.pixels;
  if (!sized || (channels != 1 && channels != 3) || (sample_bytes != 1 && sample_bytes != 2)) return nonsense("size");
  if (format < 1 || format > 6 || subsampling > 3 || orientation < 1 || orientation > 8 || flags > 3 ||
      header.profile_bytes > kMostProfileBytes)
    return nonsense("fields");
  header.type = CV_MAKETYPE(sample_bytes == 1 ? CV_8U : CV_16U, channels);
  about.format = static_cast<FileFormat>(format);
  about.subsampling = static_cast<Subsampling>(subsampling);
  about.orientation = orientation;
  about.had_alpha = (flags & 1) != 0;
  about.had_cmyk = (flags & 2) != 0;
  return header;
}

Result<void> read_pixels(const ReadExactly& read, cv::Mat& pixels) {
  std::span<std::uint8_t> missing(pixels.data, pixels.total() * pixels.elemSize());
  while (!missing.empty()) {
    TRY_ASSIGN(const FrameHead head, expect_frame(read));
    if (head.type != FrameType::pixels || head.size == 0 || head.size > missing.size()) return nonsense("pixels");
    TRY(read(missing.first(head.size)));
    missing = missing.subspan(head.size);
  }
  TRY_ASSIGN(const FrameHead end, expect_frame(read));
  if (end.type != FrameType::end || end.size != 0) return nonsense("end");
  return {};
}

}  // namespace

Bytes encode_request(const DecodeLimits& limits, std::uint64_t file_bytes) {
  Bytes out;
  ByteWriter writer(out);
  writer.integer(file_bytes);
  writer.integer(limits.file_bytes);
  writer.integer(limits.pixels);
  writer.integer(limits.memory_bytes);
  writer.integer(limits.side_px);
  writer.integer(limits.cpu_seconds);
  return out;
}

Request parse_request(BytesView bytes) {
  ByteReader reader(bytes);
  Request request;
  request.file_bytes = reader.integer<std::uint64_t>();
  request.limits.file_bytes = reader.integer<std::uint64_t>();
  request.limits.pixels = reader.integer<std::uint64_t>();
  request.limits.memory_bytes = reader.integer<std::uint64_t>();
  request.limits.side_px = reader.integer<std::uint32_t>();
  request.limits.cpu_seconds = reader.integer<std::uint32_t>();
  return request;
}

Bytes encode_frame_head(FrameType type, std::size_t payload_bytes) {
  Bytes out;
  ByteWriter writer(out);
  writer.integer(static_cast<std::uint8_t>(type));
  writer.integer(static_cast<std::uint32_t>(payload_bytes));
  return out;
}

Bytes encode_header(int width_px, int height_px, int channels, int sample_bytes, const Picture& about) {
  Bytes out;
  ByteWriter writer(out);
  writer.integer(static_cast<std::uint32_t>(width_px));
  writer.integer(static_cast<std::uint32_t>(height_px));
  const int flags = (about.had_alpha ? 1 : 0) | (about.had_cmyk ? 2 : 0);
  for (const int field : {channels, sample_bytes, static_cast<int>(about.format), static_cast<int>(about.subsampling),
                          about.orientation, flags})
    writer.integer(static_cast<std::uint8_t>(field));
  writer.integer(static_cast<std::uint32_t>(about.icc.size()));
  return out;
}

Bytes encode_error(const Error& error) {
  Bytes out;
  ByteWriter writer(out);
  writer.integer(static_cast<std::uint8_t>(error.code));
  writer.bytes(as_bytes(error.message).first(std::min<std::size_t>(error.message.size(), 1000)));
  writer.integer(static_cast<std::uint8_t>('\n'));
  writer.bytes(as_bytes(error.hint).first(std::min<std::size_t>(error.hint.size(), 900)));
  return out;
}

Result<Picture> receive_picture(const ReadExactly& read, const DecodeLimits& limits) {
  Picture picture;
  TRY_ASSIGN(const Header header, read_header(read, limits, picture));
  if (header.profile_bytes > 0) {
    TRY_ASSIGN(const FrameHead head, expect_frame(read));
    if (head.type != FrameType::profile || head.size != header.profile_bytes) return nonsense("profile");
    picture.icc.resize(head.size);
    TRY(read(picture.icc));
  }
  picture.pixels.create(static_cast<int>(header.height_px), static_cast<int>(header.width_px), header.type);
  TRY(read_pixels(read, picture.pixels));
  return picture;
}

}  // namespace probity::media
