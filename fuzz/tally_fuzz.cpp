// Opens containers and takes copies out of them. Checksums are made right first, so that the tables behind them are
// reached; one in eight inputs goes in as it is.
#include <algorithm>
#include <cstdlib>

#include "tally/format.h"

using namespace probity;

namespace {

std::uint64_t read_integer(const Bytes& bytes, std::size_t at, std::size_t size) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < size; ++i) value |= std::uint64_t{bytes[at + i]} << (8 * i);
  return value;
}

void write_integer(Bytes& bytes, std::size_t at, std::size_t size, std::uint64_t value) {
  for (std::size_t i = 0; i < size; ++i) bytes[at + i] = static_cast<std::uint8_t>(value >> (8 * i));
}

// Offsets of the header fields, as docs/formats.md lists them.
constexpr std::size_t kCellCountAt = 12, kCopyBytesAt = 16;
constexpr std::size_t kTableBytesAt[] = {28, 36, 40};

bool make_plausible(Bytes& bytes) {
  if (bytes.size() < tally::kHeaderBytes + 128) return false;
  std::copy(tally::kMagic.begin(), tally::kMagic.end(), bytes.begin());
  write_integer(bytes, 8, 2, tally::kVersion);
  write_integer(bytes, 11, 1, 0);
  write_integer(bytes, 44, 4, 0);
  write_integer(bytes, kCellCountAt, 4, read_integer(bytes, kCellCountAt, 4) % 300);
  std::uint64_t head = tally::kHeaderBytes + 2 * sizeof(Hash);
  for (const std::size_t at : kTableBytesAt) {
    const std::uint64_t size = read_integer(bytes, at, 4) % 200;
    write_integer(bytes, at, 4, size);
    head += size;
  }
  head = (head + 63) / 64 * 64;
  if (head + 2 > bytes.size()) return false;
  const std::uint64_t copy_bytes = std::min<std::uint64_t>((bytes.size() - head) / 2, tally::kBlockBytes);
  bytes.resize(head + 2 * copy_bytes);
  write_integer(bytes, kCopyBytesAt, 8, copy_bytes);
  std::uint64_t hash_at = tally::kHeaderBytes;
  for (const std::size_t at : kTableBytesAt) hash_at += read_integer(bytes, at, 4);
  const BytesView variants = BytesView(bytes).subspan(head);
  std::ranges::copy(sha256(variants.first(copy_bytes)), bytes.begin() + static_cast<std::ptrdiff_t>(hash_at));
  std::ranges::copy(sha256(variants.subspan(copy_bytes)), bytes.begin() + static_cast<std::ptrdiff_t>(hash_at + 32));
  const BytesView whole = bytes;
  const Hash digest =
      sha256({whole.first(tally::kHashOffset), whole.subspan(tally::kHeaderBytes, head - tally::kHeaderBytes)});
  std::ranges::copy(digest, bytes.begin() + tally::kHashOffset);
  return true;
}

void check(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes bytes(data, data + size);
  if (size > 0 && data[size - 1] % 8 != 0 && !make_plausible(bytes)) return 0;
  const auto opened = tally::Tally::parse(bytes);
  if (!opened) return 0;
  std::vector<std::uint8_t> bits(opened->cell_count());
  for (std::size_t i = 0; i < bits.size(); ++i) bits[i] = (i * 7 + size) % 3 == 0;
  Bytes whole(opened->size());
  if (!opened->weave(bits, 0, whole)) return 0;
  // A part taken either way is that part of the whole.
  const std::size_t offset = size % whole.size();
  Bytes part((whole.size() - offset + 1) / 2);
  check(opened->weave(bits, offset, part).has_value());
  check(std::equal(part.begin(), part.end(), whole.begin() + static_cast<std::ptrdiff_t>(offset)));
  const auto gathered = opened->gather(bits, offset, part.size());
  check(gathered.has_value());
  std::size_t at = offset;
  for (const iovec& range : gathered->ranges) {
    const auto* start = static_cast<const std::uint8_t*>(range.iov_base);
    check(std::equal(start, start + range.iov_len, whole.begin() + static_cast<std::ptrdiff_t>(at)));
    at += range.iov_len;
  }
  check(at == offset + part.size());
  return 0;
}
