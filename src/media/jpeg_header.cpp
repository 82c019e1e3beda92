#include "media/jpeg_header.h"

#include <algorithm>

namespace probity::media {
namespace {

constexpr std::size_t kMostProfilePart = 65519;  // of a marker segment, after its length, name and numbers

void put(Bytes& out, std::initializer_list<int> values) {
  for (const int value : values) out.push_back(static_cast<std::uint8_t>(value));
}

void put_16(Bytes& out, std::size_t value) { put(out, {static_cast<int>(value >> 8), static_cast<int>(value & 0xFF)}); }

void put_segment(Bytes& out, int marker, BytesView payload) {
  put(out, {0xFF, marker});
  put_16(out, payload.size() + 2);
  out.insert(out.end(), payload.begin(), payload.end());
}

void put_profile(Bytes& out, BytesView profile) {
  const std::size_t parts = (profile.size() + kMostProfilePart - 1) / kMostProfilePart;
  for (std::size_t part = 0; part < parts; ++part) {
    const BytesView rest = profile.subspan(part * kMostProfilePart);
    const BytesView bytes = rest.first(std::min(kMostProfilePart, rest.size()));
    Bytes payload;
    ByteWriter(payload).bytes(as_bytes(std::string_view("ICC_PROFILE\0", 12)));
    put(payload, {static_cast<int>(part + 1), static_cast<int>(parts)});
    ByteWriter(payload).bytes(bytes);
    put_segment(out, 0xE2, payload);
  }
}

void put_quantisers(Bytes& out, int index, const QuantTable& table) {
  Bytes payload;
  put(payload, {index});
  for (const std::uint8_t place : kZigzagToRaster) put(payload, {table[place]});
  put_segment(out, 0xDB, payload);
}

void put_frame(Bytes& out, const JpegLayout& layout) {
  Bytes payload;
  put(payload, {8});
  put_16(payload, static_cast<std::size_t>(layout.height_px));
  put_16(payload, static_cast<std::size_t>(layout.width_px));
  put(payload, {layout.grey() ? 1 : 3, 1, layout.luma_x() << 4 | layout.luma_y(), 0});
  if (!layout.grey()) put(payload, {2, 0x11, 1, 3, 0x11, 1});
  put_segment(out, 0xC0, payload);
}

void put_table(Bytes& out, int kind_and_index, const HuffmanTable& table) {
  Bytes payload;
  put(payload, {kind_and_index});
  payload.insert(payload.end(), table.count_of_length.begin() + 1, table.count_of_length.end());
  payload.insert(payload.end(), table.symbols.begin(), table.symbols.end());
  put_segment(out, 0xC4, payload);
}

}  // namespace

Bytes jpeg_header(const JpegLayout& layout, const QuantTables& quantisers, const ComponentTables& tables,
                  BytesView profile) {
  Bytes out;
  put(out, {0xFF, 0xD8});
  put_segment(out, 0xE0, Bytes{'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0});
  put_profile(out, profile);
  put_quantisers(out, 0, quantisers.luma);
  if (!layout.grey()) put_quantisers(out, 1, quantisers.chroma);
  put_frame(out, layout);
  put_table(out, 0x00, tables.luma.dc);
  put_table(out, 0x10, tables.luma.ac);
  if (!layout.grey()) {
    put_table(out, 0x01, tables.chroma.dc);
    put_table(out, 0x11, tables.chroma.ac);
  }
  Bytes scan;
  put(scan, {layout.grey() ? 1 : 3, 1, 0x00});
  if (!layout.grey()) put(scan, {2, 0x11, 3, 0x11});
  put(scan, {0, 63, 0});
  put_segment(out, 0xDA, scan);
  return out;
}

}  // namespace probity::media
