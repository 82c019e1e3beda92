// Decoding of untrusted pictures: in a child process without files, network or much memory, by pipes.
#pragma once

#include <string>

#include "media/picture.h"

namespace probity::media {

struct DecodeLimits {
  std::uint64_t file_bytes = 1ULL << 30;
  std::uint64_t pixels = 200'000'000;
  std::uint32_t side_px = 32'000;           // a JPEG copy cannot be larger
  std::uint64_t memory_bytes = 4ULL << 30;  // address space of the child
  std::uint32_t cpu_seconds = 120;
  std::uint32_t timeout_ms = 120'000;
};

// Decodes a JPEG, PNG, TIFF, WebP, HEIC, AVIF or GIF (first frame). The child is this same program, started as
// `<program> decode-child`, so every program that decodes must call decode_child_main() for it.
// Errors: not_a_picture (unknown, damaged, truncated, or the decoder died of it), too_large, unsupported; internal when
// the child cannot be started. Thread-safe; takes one process and two pipes at a time.
Result<Picture> decode_picture(BytesView file, const DecodeLimits& limits = {});

// The same for a file. Errors: also not_found, storage.
Result<Picture> decode_picture_file(const std::string& path, const DecodeLimits& limits = {});

// The first argument of a program that is started as decode child.
inline constexpr const char* kDecodeChildArgument = "decode-child";

inline bool is_decode_child(int argument_count, char** arguments) {
  return argument_count > 1 && std::string_view(arguments[1]) == kDecodeChildArgument;
}

// What the child does: reads one request from standard input, answers on standard output. Returns the exit code.
int decode_child_main();

}  // namespace probity::media
