// The files of the web interface, as they are built into the program.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace probity::web {

struct PageFile {
  std::string_view path;        // "/index.html", "/static/…"
  std::string_view media_type;  // with its charset
  std::string_view etag;        // quoted, of the plain bytes
  std::span<const std::uint8_t> bytes;
  std::span<const std::uint8_t> gzip_bytes;  // empty where compression does not help, or must not be sent (index.html)
  bool immutable;                            // its name holds a hash of its contents
};

// Sorted by path; empty when built with PROBITY_WEB=OFF. "/index.html" is the answer to every address of a page: each
// `__CSP_NONCE__` in it is to be replaced by the response's nonce. The memory is the program's own and lasts for ever.
std::span<const PageFile> page_files();

}  // namespace probity::web
