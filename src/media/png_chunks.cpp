#include "media/png_chunks.h"

#include <zlib.h>

namespace probity::media {

void put_big_endian_32(Bytes& out, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(value >> shift));
}

void put_chunk(Bytes& out, std::string_view type, BytesView data) {
  put_big_endian_32(out, static_cast<std::uint32_t>(data.size()));
  const std::size_t start = out.size();
  ByteWriter(out).bytes(as_bytes(type));
  ByteWriter(out).bytes(data);
  const auto crc = crc32(0, out.data() + start, static_cast<uInt>(out.size() - start));
  put_big_endian_32(out, static_cast<std::uint32_t>(crc));
}

Bytes png_start(const Picture& picture) {
  Bytes out = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  Bytes header;
  put_big_endian_32(header, static_cast<std::uint32_t>(picture.pixels.cols));
  put_big_endian_32(header, static_cast<std::uint32_t>(picture.pixels.rows));
  const std::uint8_t depth = picture.pixels.depth() == CV_8U ? 8 : 16;
  const std::uint8_t colour = picture.grey() ? 0 : 2;
  ByteWriter(header).bytes(Bytes{depth, colour, 0, 0, 0});
  put_chunk(out, "IHDR", header);
  if (picture.icc.empty()) return out;
  Bytes profile;
  ByteWriter(profile).bytes(as_bytes(std::string_view("profile\0\0", 9)));  // name, and compression method 0
  Bytes packed(compressBound(picture.icc.size()));
  uLongf size = packed.size();
  compress(packed.data(), &size, picture.icc.data(), picture.icc.size());
  ByteWriter(profile).bytes(BytesView(packed).first(size));
  put_chunk(out, "iCCP", profile);
  return out;
}

std::uint32_t crc_change(BytesView changes, std::size_t after) {
  // CRC-32 without its first and last inversion is linear.
  const auto linear = crc32(0xFFFFFFFF, changes.data(), static_cast<uInt>(changes.size())) ^ 0xFFFFFFFFUL;
  return static_cast<std::uint32_t>(crc32_combine(linear, 0, static_cast<z_off_t>(after)));
}

}  // namespace probity::media
