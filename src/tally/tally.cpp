#include "tally/tally.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <utility>

#include "tally/format.h"
#include "tally/mapped_file.h"
#include "tally/weave_kernel.h"
#include "tally/zlib_tail.h"

namespace probity::tally {
namespace {

// The length that most pieces do not exceed.
std::size_t usual_length(std::span<const Piece> pieces) {
  std::vector<std::uint32_t> lengths;
  lengths.reserve(pieces.size());
  std::uint32_t start = 0;
  for (const Piece& piece : pieces) lengths.push_back(piece.end - std::exchange(start, piece.end));
  const auto usual = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() * 3 / 5);
  std::nth_element(lengths.begin(), usual, lengths.end());
  return *usual;
}

void append_range(std::vector<iovec>& ranges, const std::uint8_t* from, std::size_t size) {
  if (!ranges.empty()) {
    iovec& last = ranges.back();
    if (static_cast<const std::uint8_t*>(last.iov_base) + last.iov_len == from) {
      last.iov_len += size;
      return;
    }
  }
  ranges.push_back({const_cast<std::uint8_t*>(from), size});
}

}  // namespace

struct Tally::State {
  BytesView bytes;
  Bytes owned;
  MappedFile file;
  Head head;
  const std::uint8_t* variant[2] = {nullptr, nullptr};  // indexed by bit: B, A
  std::size_t usual_piece_bytes = 0;
  mutable std::unique_ptr<std::atomic<bool>[]> checked;  // one a block hash
  mutable std::atomic<bool> all_checked = false;

  Result<void> check_block(std::size_t index) const;
  Result<void> check_range(std::uint64_t offset, std::uint64_t length) const;
  Result<void> check_request(std::span<const std::uint8_t> bits, std::uint64_t offset, std::uint64_t length) const;
  std::size_t piece_at(std::uint64_t offset) const;
  void copy_pieces(std::span<const std::uint8_t> bits, std::uint64_t offset, std::span<std::uint8_t> out) const;
  void apply_flips(std::span<const std::uint8_t> bits, std::uint64_t offset, std::span<std::uint8_t> out) const;
  void apply_tail(std::span<const std::uint8_t> bits, std::uint64_t offset, std::span<std::uint8_t> out) const;
  std::vector<std::uint32_t> computed_bytes(std::span<const std::uint8_t> bits, std::uint64_t offset,
                                            std::uint64_t length, Bytes& values) const;
  const std::uint8_t* source(std::uint32_t cell, std::span<const std::uint8_t> bits) const {
    return variant[cell == kNoCell ? 0 : bits[cell] & 1];
  }
};

Tally::Tally(std::unique_ptr<State> state) : state_(std::move(state)) {}
Tally::Tally(Tally&&) noexcept = default;
Tally& Tally::operator=(Tally&&) noexcept = default;
Tally::~Tally() = default;

Result<Tally> Tally::adopt(std::unique_ptr<State> state) {
  TRY_ASSIGN(state->head, parse_head(state->bytes));
  const std::uint8_t* a = state->bytes.data() + state->head.head_bytes;
  state->variant[1] = a;
  state->variant[0] = a + state->head.copy_bytes;
  state->usual_piece_bytes = usual_length(state->head.pieces);
  state->checked = std::make_unique<std::atomic<bool>[]>(state->head.block_hashes.size());
  return Tally(std::move(state));
}

Result<Tally> Tally::parse(BytesView bytes) {
  auto state = std::make_unique<State>();
  state->bytes = bytes;
  return adopt(std::move(state));
}

Result<Tally> Tally::parse_owned(Bytes bytes) {
  auto state = std::make_unique<State>();
  state->owned = std::move(bytes);
  state->bytes = state->owned;
  return adopt(std::move(state));
}

Result<Tally> Tally::open(const std::string& path) {
  auto state = std::make_unique<State>();
  TRY_ASSIGN(state->file, MappedFile::open(path));
  state->bytes = state->file.view();
  return adopt(std::move(state));
}

MediaType Tally::media() const { return state_->head.media; }
std::uint32_t Tally::cell_count() const { return state_->head.cell_count; }
std::uint64_t Tally::size() const { return state_->head.copy_bytes; }
std::span<const Piece> Tally::pieces() const { return state_->head.pieces; }
const Hash& Tally::digest() const { return state_->head.digest; }

Result<void> Tally::State::check_block(std::size_t index) const {
  if (checked[index].load(std::memory_order_acquire)) return {};
  const std::size_t blocks = block_count(head.copy_bytes);
  const bool is_a = index < blocks;
  const std::size_t start = (is_a ? index : index - blocks) * kBlockBytes;
  const std::size_t size = std::min<std::size_t>(kBlockBytes, head.copy_bytes - start);
  if (sha256(BytesView(variant[is_a ? 1 : 0] + start, size)) != head.block_hashes[index])
    return fail(ErrorCode::corrupt,
                fmt::format("the tally is damaged: variant {} differs from its checksum between bytes {} and {}",
                            is_a ? 'A' : 'B', start, start + size),
                "restore it from a backup, or add the asset again; no copy was made from the damaged part");
  checked[index].store(true, std::memory_order_release);
  return {};
}

Result<void> Tally::State::check_range(std::uint64_t offset, std::uint64_t length) const {
  if (length == 0 || all_checked.load(std::memory_order_acquire)) return {};
  const std::size_t blocks = block_count(head.copy_bytes);
  const std::size_t last = static_cast<std::size_t>((offset + length - 1) / kBlockBytes);
  for (std::size_t block = static_cast<std::size_t>(offset / kBlockBytes); block <= last; ++block) {
    TRY(check_block(block));
    TRY(check_block(blocks + block));
  }
  if (length == head.copy_bytes) all_checked.store(true, std::memory_order_release);
  return {};
}

Result<void> Tally::State::check_request(std::span<const std::uint8_t> bits, std::uint64_t offset,
                                         std::uint64_t length) const {
  if (bits.size() != head.cell_count)
    return fail(ErrorCode::invalid_argument,
                fmt::format("the codeword has {} bits, the tally {} cells", bits.size(), head.cell_count));
  if (offset > head.copy_bytes || length > head.copy_bytes - offset)
    return fail(ErrorCode::invalid_argument, "the byte range goes past the end of the copy");
  return check_range(offset, length);
}

std::size_t Tally::State::piece_at(std::uint64_t offset) const {
  const auto piece = std::ranges::upper_bound(head.pieces, offset, {}, &Piece::end);
  return static_cast<std::size_t>(piece - head.pieces.begin());
}

void Tally::State::copy_pieces(std::span<const std::uint8_t> bits, std::uint64_t offset,
                               std::span<std::uint8_t> out) const {
  weave_pieces({.pieces = head.pieces,
                .first_piece = piece_at(offset),
                .variant = {variant[0], variant[1]},
                .bits = bits.data(),
                .offset = offset,
                .out = out,
                .usual_piece_bytes = usual_piece_bytes});
}

void Tally::State::apply_flips(std::span<const std::uint8_t> bits, std::uint64_t offset,
                               std::span<std::uint8_t> out) const {
  auto flip = std::ranges::lower_bound(head.flips, offset, {}, &Flip::offset);
  for (; flip != head.flips.end() && flip->offset < offset + out.size(); ++flip)
    out[flip->offset - offset] ^= static_cast<std::uint8_t>(flip->flip & -(bits[flip->cell] & 1));
}

void Tally::State::apply_tail(std::span<const std::uint8_t> bits, std::uint64_t offset,
                              std::span<std::uint8_t> out) const {
  if (!head.zlib_tail) return;
  const ZlibTail& tail = *head.zlib_tail;
  if (tail.offset >= offset + out.size() || tail.offset + kZlibTailBytes <= offset) return;
  const auto sums = zlib_tail_bytes(tail, bits);
  for (std::size_t i = 0; i < sums.size(); ++i)
    if (const std::uint64_t at = tail.offset + i; at >= offset && at < offset + out.size()) out[at - offset] = sums[i];
}

// The offsets in a range whose bytes are computed, ascending, and in `values` those bytes.
std::vector<std::uint32_t> Tally::State::computed_bytes(std::span<const std::uint8_t> bits, std::uint64_t offset,
                                                        std::uint64_t length, Bytes& values) const {
  std::vector<std::uint32_t> offsets;
  auto flip = std::ranges::lower_bound(head.flips, offset, {}, &Flip::offset);
  for (; flip != head.flips.end() && flip->offset < offset + length; ++flip) offsets.push_back(flip->offset);
  if (head.zlib_tail)
    for (std::uint32_t at = head.zlib_tail->offset; at < head.zlib_tail->offset + kZlibTailBytes; ++at)
      if (at >= offset && at < offset + length) offsets.push_back(at);
  std::ranges::sort(offsets);
  offsets.erase(std::unique(offsets.begin(), offsets.end()), offsets.end());
  for (const std::uint32_t at : offsets) {
    values.push_back(0);
    const std::span byte(&values.back(), 1);
    copy_pieces(bits, at, byte);
    apply_flips(bits, at, byte);
    apply_tail(bits, at, byte);
  }
  return offsets;
}

Result<void> Tally::weave(std::span<const std::uint8_t> bits, std::uint64_t offset, std::span<std::uint8_t> out) const {
  TRY(state_->check_request(bits, offset, out.size()));
  if (out.empty()) return {};
  state_->copy_pieces(bits, offset, out);
  state_->apply_flips(bits, offset, out);
  state_->apply_tail(bits, offset, out);
  return {};
}

Result<Gathered> Tally::gather(std::span<const std::uint8_t> bits, std::uint64_t offset, std::uint64_t length) const {
  TRY(state_->check_request(bits, offset, length));
  Gathered gathered;
  if (length == 0) return gathered;
  std::size_t index = state_->piece_at(offset);
  const auto computed = state_->computed_bytes(bits, offset, length, gathered.patched);
  auto next_computed = computed.begin();
  const std::uint64_t range_end = offset + length;
  for (std::uint64_t position = offset; position < range_end;) {
    const Piece& piece = state_->head.pieces[index];
    std::uint64_t end = std::min<std::uint64_t>(piece.end, range_end);
    if (next_computed != computed.end() && *next_computed == position) {
      end = position + 1;
      append_range(gathered.ranges, &gathered.patched[static_cast<std::size_t>(next_computed - computed.begin())], 1);
      ++next_computed;
    } else {
      if (next_computed != computed.end()) end = std::min<std::uint64_t>(end, *next_computed);
      append_range(gathered.ranges, state_->source(piece.cell, bits) + position,
                   static_cast<std::size_t>(end - position));
    }
    position = end;
    if (position == piece.end) ++index;
  }
  return gathered;
}

Result<void> Tally::check(std::uint64_t offset, std::uint64_t length) const {
  if (offset > size() || length > size() - offset)
    return fail(ErrorCode::invalid_argument, "the byte range goes past the end of the copy");
  return state_->check_range(offset, length);
}

Result<void> Tally::verify() const { return state_->check_range(0, state_->head.copy_bytes); }

}  // namespace probity::tally
