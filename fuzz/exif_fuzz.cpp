// What cameras write beside a picture (Exif): any bytes, as a file, behind an Exif mark, or as the entries of two
// directories, give a short line and a time that a camera could mean, or nothing.
#include <cstdlib>
#include <string>

#include "shoots/camera_note.h"

namespace {

constexpr probity::TimeMs kYear1989 = 599'616'000'000, kYear2202 = 7'321'104'000'000;

probity::shoots::CameraNote read(const std::string& file) {
  auto note = probity::shoots::read_camera_note(probity::as_bytes(file), "Asia/Shanghai");
  if (note.taken_ms && (*note.taken_ms < kYear1989 || *note.taken_ms > kYear2202)) std::abort();
  if (note.camera.size() > 400) std::abort();
  for (const char c : note.camera)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) std::abort();
  return note;
}

// Numbers in either byte order.
class Block {
 public:
  explicit Block(bool big_endian) : big_endian_(big_endian), bytes_(big_endian ? "MM" : "II") { number(42, 2); }
  void number(std::uint32_t value, int size) {
    for (int i = 0; i < size; ++i)
      bytes_.push_back(static_cast<char>((value >> (8 * (big_endian_ ? size - 1 - i : i))) & 0xFFU));
  }
  void entry(std::uint32_t tag, std::uint32_t type, std::uint32_t count, std::uint32_t value) {
    number(tag, 2), number(type, 2), number(count, 4), number(value, 4);
  }
  void text(const std::string& text) { bytes_ += text; }
  const std::string& bytes() const { return bytes_; }

 private:
  bool big_endian_;
  std::string bytes_;
};

// Two directories that are whole, with texts, counts and places as the input says.
std::string block_of(const std::string& input) {
  const auto byte = [&](std::size_t at) { return at < input.size() ? static_cast<unsigned char>(input[at]) : 0U; };
  Block block((byte(0) & 1U) != 0);
  const std::uint32_t shift = byte(1) & 3U;  // a place may be a little off
  block.number(8, 4);
  block.number(3, 2);
  block.entry(0x010F, 2, byte(2), 80 + byte(3) % 64 + shift);
  block.entry(0x0110, 2, byte(4), 80 + byte(5));
  block.entry(0x8769, 4, 1, 50 + shift / 2 * 1'000'000);
  block.number(0, 4);
  block.number(2, 2);
  block.entry(0x9003, 2, 20, 80);
  block.entry(0x9011, 2, 7, 100);
  block.number(0, 4);
  block.text(input.size() > 6 ? input.substr(6) : "");
  return block.bytes();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(reinterpret_cast<const char*>(data), size), mark("Exif\0\0", 6);
  read(input);
  read(mark + input);
  const std::string block = block_of(input);
  const auto note = read(mark + block);
  // What stands before the block, a file's other parts, changes nothing.
  const auto later = read("\xFF\xD8\xFF\xE1" + mark + block);
  if (later.camera != note.camera || later.taken_ms != note.taken_ms) std::abort();
  return 0;
}
