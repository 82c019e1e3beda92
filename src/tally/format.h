// The tally container's head: field positions, and reading it from bytes that may be hostile.
#pragma once

#include <optional>
#include <vector>

#include "tally/tally.h"

namespace probity::tally {

inline constexpr std::string_view kMagic = "PRBTALLY";
inline constexpr std::uint16_t kVersion = 1;
inline constexpr std::size_t kHashOffset = 48;   // of the head's own SHA-256
inline constexpr std::size_t kHeaderBytes = 80;  // fixed fields and that hash
inline constexpr std::size_t kBlockBytes = 256 * 1024;
inline constexpr std::size_t kVariantAlignment = 64;

struct Head {
  MediaType media = MediaType::jpeg;
  std::uint32_t cell_count = 0;
  std::uint64_t copy_bytes = 0;
  std::vector<Piece> pieces;
  std::vector<Flip> flips;
  std::optional<ZlibTail> zlib_tail;
  std::vector<Hash> block_hashes;  // variant A's, then variant B's
  std::size_t head_bytes = 0;      // where variant A starts
  Hash digest{};
};

inline std::size_t block_count(std::uint64_t copy_bytes) {
  return static_cast<std::size_t>((copy_bytes + kBlockBytes - 1) / kBlockBytes);
}

// Reads and checks the head of a whole container. Errors: corrupt, unsupported.
Result<Head> parse_head(BytesView container);

// The rules that tables must keep, whether just made or just read. `Error::code` is corrupt.
Result<void> check_tables(const Head& head);

}  // namespace probity::tally
