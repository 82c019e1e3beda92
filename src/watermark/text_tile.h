// The text of a watermark as one tile of a slanted, endless pattern.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace probity::watermark {

// How much a pixel is lightened (inside strokes) and darkened (their shadow), 0 to 255 each.
struct Tile {
  int width_px = 0, height_px = 0;
  std::vector<std::uint8_t> light, dark;  // rows of width_px

  struct Ink {
    int light = 0, dark = 0;
  };
  // Rows of tiles are shifted against each other by half a tile. x, y >= 0.
  Ink at(int x, int y) const {
    const int row = y / height_px;
    const int column = (x + (row % 2) * (width_px / 2)) % width_px;
    const std::size_t i =
        static_cast<std::size_t>(y % height_px) * static_cast<std::size_t>(width_px) + static_cast<std::size_t>(column);
    return {light[i], dark[i]};
  }
};

// For a picture whose long side has that many pixels: a line of text is about 1/60 of it high.
// Errors: invalid_argument; internal when the text cannot be set.
Result<Tile> text_tile(const std::string& text, int long_side_px);

// A sample with the ink laid over it; both are faint enough to see the picture through.
inline std::uint8_t inked(int sample, Tile::Ink ink) {
  // 30 % towards white, 22 % towards black: readable on light and dark ground alike.
  sample += (255 - sample) * ink.light * 30 / (255 * 100);
  sample -= sample * ink.dark * 22 / (255 * 100);
  return static_cast<std::uint8_t>(sample);
}

}  // namespace probity::watermark
