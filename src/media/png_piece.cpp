#include "media/png_piece.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace probity::media {
namespace {

constexpr int kMostTrials = 400;
constexpr int kLargestStep16 = 32;  // an eighth of an 8-bit step

// xorshift32: only spreads the changes over the piece.
std::uint32_t next_random(std::uint32_t& state) {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return state;
}

}  // namespace

PngRowEditor::PngRowEditor(Bytes& row, const Bytes& above, std::size_t pixel_bytes, bool sixteen_bits, PngFilter filter)
    : row_(row),
      view_{row.data(), above.data(), pixel_bytes},
      filter_(filter),
      sample_bytes_(sixteen_bits ? 2 : 1),
      filtered_(row.size() + 1) {
  filtered_[0] = static_cast<std::uint8_t>(filter);
  filter_bytes(view_, filter, 0, std::span(filtered_).subspan(1));
}

void PngRowEditor::filter_pixel(std::size_t pixel) {
  const std::size_t start = pixel * view_.pixel_bytes;
  filter_bytes(view_, filter_, start, std::span(filtered_).subspan(1 + start, view_.pixel_bytes));
}

void PngRowEditor::move_sample(std::size_t pixel, std::size_t channel, int step) {
  std::uint8_t* sample = &row_[pixel * view_.pixel_bytes + channel * sample_bytes_];
  if (sample_bytes_ == 1) {
    *sample = static_cast<std::uint8_t>(std::clamp(*sample + step, 0, 255));
  } else {
    const int value = std::clamp((sample[0] << 8 | sample[1]) + step, 0, 65535);
    sample[0] = static_cast<std::uint8_t>(value >> 8);
    sample[1] = static_cast<std::uint8_t>(value);
  }
  filter_pixel(pixel);
  filter_pixel(pixel + 1);  // there is one: a free pixel is not the last of its cell
}

std::optional<PngRowEditor::Fit> PngRowEditor::fit(const PngPiece& piece, const DeflateCode& code, int bits,
                                                   bool may_move, std::uint32_t seed) {
  if (const auto extra = code.extra_literals_for(filtered(piece), bits))
    return Fit{.moves = 0, .extra_literals = *extra};
  if (!may_move) return std::nullopt;
  const auto moves = move_to_fit(piece, code, bits, seed);
  if (!moves) return std::nullopt;
  return Fit{.moves = *moves, .extra_literals = 0};
}

std::optional<std::size_t> PngRowEditor::move_to_fit(const PngPiece& piece, const DeflateCode& code, int bits,
                                                     std::uint32_t seed) {
  const auto missing_now = [&] { return std::abs(bits - code.token_bits(filtered(piece))); };
  int missing = missing_now();
  if (missing == 0) return 0;
  if (piece.first_free >= piece.last_free) return std::nullopt;
  const Bytes row_before = row_;
  const Bytes filtered_before = filtered_;
  const std::size_t channels = view_.pixel_bytes / sample_bytes_;
  std::uint32_t state = seed * 2654435761U | 1U;
  std::size_t moves = 0;
  std::array<std::uint8_t, 8> saved{};
  for (int trial = 0; trial < kMostTrials; ++trial) {
    const std::size_t pixel = piece.first_free + next_random(state) % (piece.last_free - piece.first_free);
    const std::size_t channel = next_random(state) % channels;
    const std::uint32_t choice = next_random(state);
    const std::size_t sample = pixel * view_.pixel_bytes + channel * sample_bytes_;
    if (row_[sample + sample_bytes_ - 1] != row_before[sample + sample_bytes_ - 1]) continue;  // moved already
    const int size = sample_bytes_ == 1 ? 1 : 1 + static_cast<int>(choice / 2 % kLargestStep16);
    std::copy_n(row_.begin() + static_cast<std::ptrdiff_t>(pixel * view_.pixel_bytes), view_.pixel_bytes,
                saved.begin());
    move_sample(pixel, channel, choice % 2 == 0 ? size : -size);
    const int missing_then = missing_now();
    if (missing_then < missing) {
      missing = missing_then;
      ++moves;
      if (missing == 0) return moves;
      continue;
    }
    std::copy_n(saved.begin(), view_.pixel_bytes,
                row_.begin() + static_cast<std::ptrdiff_t>(pixel * view_.pixel_bytes));
    filter_pixel(pixel);
    filter_pixel(pixel + 1);
  }
  std::ranges::copy(row_before, row_.begin());
  filtered_ = filtered_before;
  return std::nullopt;
}

void PngRowEditor::replace(const PngPiece& piece, const Bytes& row) {
  const std::size_t first = piece.first == 0 ? 0 : piece.first - 1;
  std::copy(row.begin() + static_cast<std::ptrdiff_t>(first), row.begin() + static_cast<std::ptrdiff_t>(piece.last - 1),
            row_.begin() + static_cast<std::ptrdiff_t>(first));
  filter_bytes(view_, filter_, first, std::span(filtered_).subspan(first + 1, piece.last - 1 - first));
}

}  // namespace probity::media
