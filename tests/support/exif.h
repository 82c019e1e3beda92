// What a camera writes beside a picture, made by hand for tests.
#pragma once

#include <string>

namespace probity::test {

// A little-endian Exif block after `start`, a JPEG's first bytes: make, model, time, and an offset when there is one.
inline std::string with_exif(const std::string& start, const std::string& make, const std::string& model,
                             const std::string& taken, const std::string& offset) {
  std::string tiff("II*\0\x08\0\0\0", 8), texts;
  const auto integer = [](std::string& out, std::uint64_t value, int size) {
    for (int i = 0; i < size; ++i) out += static_cast<char>(value >> (8 * i));
  };
  const std::size_t exif_at = 8 + 2 + 3 * 12 + 4, exif_entries = offset.empty() ? 1 : 2;
  const std::size_t texts_at = exif_at + 2 + exif_entries * 12 + 4;
  const auto entry = [&](std::uint16_t tag, const std::string& text) {
    integer(tiff, tag, 2);
    integer(tiff, 2, 2);
    integer(tiff, text.size() + 1, 4);
    if (text.size() < 4) {  // stands in the entry itself
      tiff += text + std::string(4 - text.size(), '\0');
      return;
    }
    integer(tiff, texts_at + texts.size(), 4);
    texts += text + '\0';
  };
  integer(tiff, 3, 2);
  entry(0x010F, make);
  entry(0x0110, model);
  integer(tiff, 0x8769, 2);
  integer(tiff, 4, 2);
  integer(tiff, 1, 4);
  integer(tiff, exif_at, 4);
  integer(tiff, 0, 4);
  integer(tiff, exif_entries, 2);
  entry(0x9003, taken);
  if (!offset.empty()) entry(0x9011, offset);
  integer(tiff, 0, 4);
  return start + std::string("\xFF\xE1\0\0Exif\0\0", 10) + tiff + texts;
}

}  // namespace probity::test
