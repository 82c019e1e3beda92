// The two-variant container of one asset (docs/formats.md), and weaving one recipient's copy out of it.
#pragma once

#include <sys/uio.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/hash.h"

namespace probity::tally {

enum class MediaType : std::uint8_t { jpeg = 1, png = 2 };

inline constexpr std::uint32_t kNoCell = 0xFFFFFFFF;
inline constexpr std::uint64_t kLongestCopyBytes = 0xFFFFFFFF;
inline constexpr std::uint32_t kMostCells = 1U << 24;

// A run of bytes that belongs to one cell, or to none (then both variants agree). Starts where the piece before ends.
struct Piece {
  std::uint32_t end = 0;
  std::uint32_t cell = kNoCell;
  bool operator==(const Piece&) const = default;
};

// A byte that several cells share, or that sums up all of them (a CRC): `flip` is xored onto variant B's byte when the
// cell's bit is 1. Several flips may name one byte. Flipped bytes lie in pieces of no cell.
struct Flip {
  std::uint32_t offset = 0;
  std::uint32_t cell = 0;
  std::uint8_t flip = 0;
  bool operator==(const Flip&) const = default;
};

// A PNG's last eight bytes of image data: the Adler-32 of the whole zlib stream, big-endian, in an IDAT chunk of its
// own, and that chunk's CRC. Adler-32 is a pair of sums modulo 65521, so each cell adds a pair when its bit is 1.
struct ZlibTail {
  struct Sums {
    std::uint16_t low = 0;
    std::uint16_t high = 0;
    bool operator==(const Sums&) const = default;
  };
  std::uint32_t offset = 0;
  Sums base;                // of the copy whose bits are all 0
  std::vector<Sums> cells;  // one a cell
  bool operator==(const ZlibTail&) const = default;
};

// What a container is made of. Variants have the same length; pieces cover it exactly.
struct Content {
  MediaType media = MediaType::jpeg;
  std::uint32_t cell_count = 0;
  Bytes a;
  Bytes b;
  std::vector<Piece> pieces;
  std::vector<Flip> flips;  // by offset
  std::optional<ZlibTail> zlib_tail;
};

// Everything before the variants: header, tables and block hashes.
// Errors: invalid_argument when the content breaks a rule above.
Result<Bytes> encode_head(const Content& content);

// The whole container as bytes: head, variant A, variant B.
Result<Bytes> encode(const Content& content);

// Writes the container so that `path` holds either nothing new or all of it: temporary file, flush, rename, flush of
// the folder. Errors: storage (disk full, no permission); the temporary file is removed.
Result<void> write_file(const std::string& path, const Content& content);

// A copy as ranges of memory, for writev. Ranges point into the container and into `patched`; both must outlive them.
struct Gathered {
  std::vector<iovec> ranges;
  Bytes patched;
};

// An opened container. Opening checks the head's checksum and every rule of the tables, and does not read the variants:
// their 256-KiB blocks carry hashes in the head, and each block is checked once, the first time bytes are taken from
// it. So a damaged container is refused at the latest when a copy would carry the damage. A file changed after a block
// was checked is not noticed by the same object. Movable; const members may be called from several threads.
class Tally {
 public:
  // Borrows `bytes`, which must outlive the object. Errors: corrupt, unsupported (a later version).
  static Result<Tally> parse(BytesView bytes);
  static Result<Tally> parse_owned(Bytes bytes);
  // Maps the file. Errors: not_found, storage, corrupt, unsupported.
  static Result<Tally> open(const std::string& path);

  Tally(Tally&&) noexcept;
  Tally& operator=(Tally&&) noexcept;
  ~Tally();

  MediaType media() const;
  std::uint32_t cell_count() const;
  std::uint64_t size() const;  // bytes of every copy
  std::span<const Piece> pieces() const;
  // SHA-256 of the head, which holds the hashes of all other bytes: names this container.
  const Hash& digest() const;

  // Bytes [offset, offset + out.size()) of the copy with these bits (one 0 or 1 a cell; 1 takes variant A).
  // Errors: invalid_argument (bits of another size, range past the end), corrupt (a block's hash does not match).
  Result<void> weave(std::span<const std::uint8_t> bits, std::uint64_t offset, std::span<std::uint8_t> out) const;
  // The same bytes as memory ranges, neighbours merged. Best for JPEG; a PNG has a patched byte at most seams, so weave
  // it.
  Result<Gathered> gather(std::span<const std::uint8_t> bits, std::uint64_t offset, std::uint64_t length) const;
  // Checks the blocks of these bytes of every copy now, so that weave() and gather() of them find nothing left to read
  // but what they copy. Errors: invalid_argument (past the end), corrupt.
  Result<void> check(std::uint64_t offset, std::uint64_t length) const;
  // Checks every block now. Errors: corrupt, naming the variant and the first bad byte range.
  Result<void> verify() const;

 private:
  struct State;
  explicit Tally(std::unique_ptr<State> state);
  static Result<Tally> adopt(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace probity::tally
