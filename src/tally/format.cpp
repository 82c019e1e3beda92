#include "tally/format.h"

#include <fmt/format.h>

#include <algorithm>

#include "tally/zlib_tail.h"

namespace probity::tally {
namespace {

constexpr std::uint16_t kAdlerModulus = 65521;

tl::unexpected<Error> damaged(std::string what) {
  return fail(ErrorCode::corrupt, "the tally is damaged: " + std::move(what),
              "restore it from a backup, or add the asset again");
}

// Little-endian base-128 numbers, at most five bytes for 32 bits.
void put_varint(ByteWriter& writer, std::uint32_t value) {
  while (value >= 0x80) {
    writer.integer(static_cast<std::uint8_t>(value | 0x80));
    value >>= 7;
  }
  writer.integer(static_cast<std::uint8_t>(value));
}

std::optional<std::uint32_t> get_varint(ByteReader& reader) {
  std::uint64_t value = 0;
  for (int shift = 0; shift < 35; shift += 7) {
    const auto byte = reader.integer<std::uint8_t>();
    value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if ((byte & 0x80) == 0)
      return value <= 0xFFFFFFFF && reader.ok() ? std::optional(std::uint32_t(value)) : std::nullopt;
  }
  return std::nullopt;
}

// A cell as the step from the one expected next: 0 is "no cell", the next cell in order is 1.
std::uint32_t step_to(std::uint32_t cell, std::uint32_t expected) {
  if (cell == kNoCell) return 0;
  const std::int64_t step = static_cast<std::int64_t>(cell) - expected;
  return static_cast<std::uint32_t>(1 + (step < 0 ? -2 * step - 1 : 2 * step));
}

std::uint32_t step_from(std::uint32_t code, std::uint32_t expected) {
  if (code == 0) return kNoCell;
  const std::int64_t zigzag = static_cast<std::int64_t>(code) - 1;
  const std::int64_t step = (zigzag & 1) != 0 ? -(zigzag + 1) / 2 : zigzag / 2;
  const std::int64_t cell = static_cast<std::int64_t>(expected) + step;
  return cell < 0 || cell >= kNoCell ? kNoCell - 1 : static_cast<std::uint32_t>(cell);  // out of range: refused later
}

Bytes piece_table(std::span<const Piece> pieces) {
  Bytes out;
  ByteWriter writer(out);
  std::uint32_t start = 0;
  std::uint32_t expected = 0;
  for (const Piece& piece : pieces) {
    put_varint(writer, piece.end - start);
    put_varint(writer, step_to(piece.cell, expected));
    start = piece.end;
    if (piece.cell != kNoCell) expected = piece.cell + 1;
  }
  return out;
}

Bytes flip_table(std::span<const Flip> flips) {
  Bytes out;
  ByteWriter writer(out);
  std::uint32_t offset = 0;
  std::uint32_t expected = 0;
  for (const Flip& flip : flips) {
    put_varint(writer, flip.offset - offset);
    put_varint(writer, step_to(flip.cell, expected));
    writer.integer(flip.flip);
    offset = flip.offset;
    expected = flip.cell + 1;
  }
  return out;
}

Bytes tail_table(const std::optional<ZlibTail>& tail) {
  Bytes out;
  if (!tail) return out;
  ByteWriter writer(out);
  writer.integer(tail->offset);
  writer.integer(tail->base.low);
  writer.integer(tail->base.high);
  for (const auto& sums : tail->cells) {
    writer.integer(sums.low);
    writer.integer(sums.high);
  }
  return out;
}

Result<std::vector<Piece>> read_pieces(BytesView table, std::uint32_t count) {
  if (count > table.size() / 2) return damaged("the piece table is shorter than its count");
  std::vector<Piece> pieces(count);
  ByteReader reader(table);
  std::uint64_t end = 0;
  std::uint32_t expected = 0;
  for (Piece& piece : pieces) {
    const auto length = get_varint(reader);
    const auto step = get_varint(reader);
    if (!length || !step) return damaged("the piece table ends early");
    end += *length;
    if (end > kLongestCopyBytes) return damaged("its pieces are longer than a copy can be");
    piece = {static_cast<std::uint32_t>(end), step_from(*step, expected)};
    if (piece.cell != kNoCell) expected = piece.cell + 1;
  }
  if (reader.remaining() != 0) return damaged("bytes are left over after the piece table");
  return pieces;
}

Result<std::vector<Flip>> read_flips(BytesView table, std::uint32_t count) {
  if (count > table.size() / 3) return damaged("the flip table is shorter than its count");
  std::vector<Flip> flips(count);
  ByteReader reader(table);
  std::uint64_t offset = 0;
  std::uint32_t expected = 0;
  for (Flip& flip : flips) {
    const auto distance = get_varint(reader);
    const auto step = get_varint(reader);
    const auto bits = reader.integer<std::uint8_t>();
    if (!distance || !step || !reader.ok()) return damaged("the flip table ends early");
    offset += *distance;
    if (offset > kLongestCopyBytes) return damaged("a flip lies outside the copy");
    flip = {static_cast<std::uint32_t>(offset), step_from(*step, expected), bits};
    expected = flip.cell + 1;
  }
  if (reader.remaining() != 0) return damaged("bytes are left over after the flip table");
  return flips;
}

Result<std::optional<ZlibTail>> read_tail(BytesView table, std::uint32_t cell_count) {
  if (table.empty()) return std::nullopt;
  if (table.size() != 8 + std::uint64_t{4} * cell_count) return damaged("the checksum table has the wrong size");
  ByteReader reader(table);
  ZlibTail tail;
  tail.offset = reader.integer<std::uint32_t>();
  const auto sums = [&] {
    ZlibTail::Sums pair;
    pair.low = reader.integer<std::uint16_t>();
    pair.high = reader.integer<std::uint16_t>();
    return pair;
  };
  tail.base = sums();
  tail.cells.resize(cell_count);
  for (auto& cell : tail.cells) cell = sums();
  return tail;
}

Result<void> check_pieces(const Head& head) {
  std::uint32_t end = 0;
  for (const Piece& piece : head.pieces) {
    if (piece.end <= end) return damaged("a piece has no length");
    if (piece.cell != kNoCell && piece.cell >= head.cell_count)
      return damaged("a piece names a cell that does not exist");
    end = piece.end;
  }
  if (end != head.copy_bytes) return damaged("its pieces do not add up to the copy's length");
  return {};
}

Result<void> check_flips(const Head& head) {
  std::uint32_t offset = 0;
  auto piece = head.pieces.begin();
  for (const Flip& flip : head.flips) {
    if (flip.offset < offset || flip.offset >= head.copy_bytes) return damaged("a flip lies outside the copy");
    if (flip.cell >= head.cell_count || flip.flip == 0) return damaged("a flip names a cell that does not exist");
    while (piece->end <= flip.offset) ++piece;
    if (piece->cell != kNoCell) return damaged("a flip lies in a piece that belongs to a cell");
    offset = flip.offset;
  }
  return {};
}

Result<void> check_tail(const Head& head) {
  if (!head.zlib_tail) return {};
  const ZlibTail& tail = *head.zlib_tail;
  if (std::uint64_t{tail.offset} + kZlibTailBytes > head.copy_bytes)
    return damaged("the checksum lies outside the copy");
  const auto whole = [](const ZlibTail::Sums& sums) { return sums.low < kAdlerModulus && sums.high < kAdlerModulus; };
  if (tail.cells.size() != head.cell_count || !whole(tail.base) || !std::ranges::all_of(tail.cells, whole))
    return damaged("the checksum table holds impossible values");
  return {};
}

Hash digest_of(BytesView head) { return sha256({head.first(kHashOffset), head.subspan(kHeaderBytes)}); }

void put_block_hashes(ByteWriter& writer, BytesView variant) {
  for (std::size_t start = 0; start < variant.size(); start += kBlockBytes)
    writer.bytes(sha256(variant.subspan(start, std::min(kBlockBytes, variant.size() - start))));
}

struct TableSizes {
  std::uint32_t piece_count, piece_bytes, flip_count, flip_bytes, tail_bytes;
  std::uint64_t sum() const { return std::uint64_t{piece_bytes} + flip_bytes + tail_bytes; }
};

std::uint64_t head_size(const TableSizes& sizes, std::uint64_t copy_bytes) {
  const std::uint64_t plain = kHeaderBytes + sizes.sum() + 2 * block_count(copy_bytes) * sizeof(Hash);
  return (plain + kVariantAlignment - 1) / kVariantAlignment * kVariantAlignment;
}

}  // namespace

Result<void> check_tables(const Head& head) {
  TRY(check_pieces(head));
  TRY(check_flips(head));
  return check_tail(head);
}

Result<Bytes> encode_head(const Content& content) {
  if (content.a.size() != content.b.size() || content.a.empty() || content.a.size() > kLongestCopyBytes ||
      content.cell_count > kMostCells)
    return fail(ErrorCode::invalid_argument, "the variants of a tally must have one length, between 1 byte and 4 GiB");
  Head head{.media = content.media,
            .cell_count = content.cell_count,
            .copy_bytes = content.a.size(),
            .pieces = content.pieces,
            .flips = content.flips,
            .zlib_tail = content.zlib_tail,
            .block_hashes = {},
            .head_bytes = 0,
            .digest = {}};
  if (auto checked = check_tables(head); !checked) return fail(ErrorCode::invalid_argument, checked.error().message);

  const Bytes pieces = piece_table(content.pieces);
  const Bytes flips = flip_table(content.flips);
  const Bytes tail = tail_table(content.zlib_tail);
  Bytes out;
  ByteWriter writer(out);
  writer.bytes(as_bytes(kMagic));
  writer.integer(kVersion);
  writer.integer(static_cast<std::uint8_t>(content.media));
  writer.integer(std::uint8_t{0});
  writer.integer(content.cell_count);
  writer.integer(std::uint64_t{content.a.size()});
  for (const std::size_t field :
       {content.pieces.size(), pieces.size(), content.flips.size(), flips.size(), tail.size()})
    writer.integer(static_cast<std::uint32_t>(field));
  out.resize(kHeaderBytes);
  for (const Bytes& table : {pieces, flips, tail}) writer.bytes(table);
  put_block_hashes(writer, content.a);
  put_block_hashes(writer, content.b);
  out.resize((out.size() + kVariantAlignment - 1) / kVariantAlignment * kVariantAlignment);
  std::ranges::copy(digest_of(out), out.begin() + kHashOffset);
  return out;
}

Result<Head> parse_head(BytesView container) {
  if (container.size() < kHeaderBytes) return damaged("it is shorter than its header");
  ByteReader reader(container);
  if (as_text(reader.bytes(kMagic.size())) != kMagic) return damaged("it does not start like a tally");
  if (const auto version = reader.integer<std::uint16_t>(); version != kVersion)
    return fail(ErrorCode::unsupported,
                fmt::format("the tally has version {}, this program reads {}", version, kVersion),
                "use a newer program");
  Head head;
  const auto media = reader.integer<std::uint8_t>();
  if (media < 1 || media > 2 || reader.integer<std::uint8_t>() != 0)
    return damaged("it holds an unknown kind of media");
  head.media = static_cast<MediaType>(media);
  head.cell_count = reader.integer<std::uint32_t>();
  head.copy_bytes = reader.integer<std::uint64_t>();
  TableSizes sizes{};
  for (auto* field : {&sizes.piece_count, &sizes.piece_bytes, &sizes.flip_count, &sizes.flip_bytes, &sizes.tail_bytes})
    *field = reader.integer<std::uint32_t>();
  if (reader.integer<std::uint32_t>() != 0) return damaged("a reserved field is in use");
  if (head.cell_count > kMostCells || head.copy_bytes == 0 || head.copy_bytes > kLongestCopyBytes)
    return damaged("its counts are impossible");
  const std::uint64_t head_bytes = head_size(sizes, head.copy_bytes);
  if (head_bytes + 2 * head.copy_bytes != container.size()) return damaged("its length does not match its header");

  head.head_bytes = static_cast<std::size_t>(head_bytes);
  head.digest = digest_of(container.first(head.head_bytes));
  if (!std::ranges::equal(head.digest, reader.bytes(sizeof(Hash)))) return damaged("the checksum of its head is wrong");
  TRY_ASSIGN(head.pieces, read_pieces(reader.bytes(sizes.piece_bytes), sizes.piece_count));
  TRY_ASSIGN(head.flips, read_flips(reader.bytes(sizes.flip_bytes), sizes.flip_count));
  TRY_ASSIGN(head.zlib_tail, read_tail(reader.bytes(sizes.tail_bytes), head.cell_count));
  head.block_hashes.resize(2 * block_count(head.copy_bytes));
  for (Hash& hash : head.block_hashes) std::ranges::copy(reader.bytes(sizeof(Hash)), hash.begin());
  TRY(check_tables(head));
  return head;
}

}  // namespace probity::tally
