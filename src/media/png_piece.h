// Making one piece of a PNG row take an exact number of bits, by moving samples inside its cell a little.
#pragma once

#include <optional>

#include "media/deflate_code.h"
#include "media/png_filter.h"

namespace probity::media {

// Bytes [first, last) of a filtered row, where byte 0 is the filter's number and byte i + 1 belongs to byte i of the
// row. Pixels [first_free, last_free) may be moved: they lie inside the cell.
struct PngPiece {
  std::size_t first = 0;
  std::size_t last = 0;
  std::size_t first_free = 0;
  std::size_t last_free = 0;
};

// One variant's row while its pieces are made to fit.
class PngRowEditor {
 public:
  // `row` and `above` without the filter byte; both outlive the editor, `row` is changed.
  PngRowEditor(Bytes& row, const Bytes& above, std::size_t pixel_bytes, bool sixteen_bits, PngFilter filter);

  const Bytes& filtered() const { return filtered_; }
  std::span<const std::uint8_t> filtered(const PngPiece& piece) const {
    return std::span(filtered_).subspan(piece.first, piece.last - piece.first);
  }
  // How a piece was made to fit.
  struct Fit {
    std::size_t moves = 0;           // of samples by one step
    std::size_t extra_literals = 0;  // see DeflateCode
  };
  // Makes the piece's tokens take `bits` bits: by literals instead of runs where that does it, else, if `may_move`, by
  // moving samples. Leaves the row as it was if the length is not reached. Deterministic in `seed`.
  std::optional<Fit> fit(const PngPiece& piece, const DeflateCode& code, int bits, bool may_move, std::uint32_t seed);
  // Puts other bytes in the piece's place and filters them.
  void replace(const PngPiece& piece, const Bytes& row);

 private:
  std::optional<std::size_t> move_to_fit(const PngPiece& piece, const DeflateCode& code, int bits, std::uint32_t seed);
  void move_sample(std::size_t pixel, std::size_t channel, int step);
  void filter_pixel(std::size_t pixel);

  Bytes& row_;
  PngRow view_;
  PngFilter filter_;
  std::size_t sample_bytes_;
  Bytes filtered_;
};

}  // namespace probity::media
