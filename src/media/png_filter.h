// PNG's row filters (W3C PNG, section 9): what each sample becomes before compression.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace probity::media {

enum class PngFilter : std::uint8_t { none = 0, sub = 1, up = 2, average = 3, paeth = 4 };

// A row of PNG bytes (16-bit samples big-endian) and the one above it (all zeros for the first).
struct PngRow {
  const std::uint8_t* bytes = nullptr;
  const std::uint8_t* above = nullptr;
  std::size_t pixel_bytes = 3;  // of one pixel

  std::uint8_t filtered(PngFilter filter, std::size_t i) const;
};

// out[k] = the filtered byte first + k.
void filter_bytes(const PngRow& row, PngFilter filter, std::size_t first, std::span<std::uint8_t> out);

// The filter whose bytes are smallest in sum, taken as signed: the usual rule of thumb.
PngFilter best_filter(const PngRow& row, std::size_t size);

}  // namespace probity::media
