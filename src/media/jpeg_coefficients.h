// A picture as quantised JPEG coefficients: luma in one or two variants, chroma once.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "media/forward_dct.h"
#include "media/jpeg_entropy.h"
#include "media/picture.h"

namespace probity::media {

struct JpegLayout {
  int width_px = 0;
  int height_px = 0;
  Subsampling subsampling = Subsampling::quarter_420;

  bool grey() const { return subsampling == Subsampling::grey; }
  // Blocks of luma in an MCU; chroma has one block of each kind.
  int luma_x() const { return subsampling == Subsampling::quarter_420 || subsampling == Subsampling::half_422 ? 2 : 1; }
  int luma_y() const { return subsampling == Subsampling::quarter_420 ? 2 : 1; }
  int mcu_width_px() const { return 8 * luma_x(); }
  int mcu_height_px() const { return 8 * luma_y(); }
  int mcus_per_row() const { return (width_px + mcu_width_px() - 1) / mcu_width_px(); }
  int mcu_rows() const { return (height_px + mcu_height_px() - 1) / mcu_height_px(); }
};

struct QuantTables {
  QuantTable luma{};
  QuantTable chroma{};
};

// The usual tables of ITU-T T.81 annex K, scaled as libjpeg does. `quality`: 1..100.
QuantTables quant_tables(int quality);

// All blocks of one component, padded to whole MCUs, and the symbols of its part of the scan as it would be coded
// alone. Made without values. Moves, never copies.
struct BlockPlane {
  BlockPlane(int columns_, int rows_);
  ZigzagBlock& at(int column, int row) {
    return blocks[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(column)];
  }
  const ZigzagBlock& at(int column, int row) const { return const_cast<BlockPlane*>(this)->at(column, row); }
  std::span<ZigzagBlock> row(int index) { return {&at(0, index), static_cast<std::size_t>(columns)}; }

  int columns;
  int rows;
  std::unique_ptr<ZigzagBlock[]> blocks;
  SymbolCounts symbols;
};

struct CoefficientImage {
  JpegLayout layout;
  std::vector<BlockPlane> luma;    // one a variant
  std::vector<BlockPlane> chroma;  // none, or blue and red
};

// Transforms luma + sign * delta for each sign, and the picture's chroma. No rounding happens before quantisation.
CoefficientImage make_coefficients(const JpegLayout& layout, const QuantTables& tables, const Picture& picture,
                                   const cv::Mat1f& luma, const cv::Mat1f& delta, std::span<const float> signs);

}  // namespace probity::media
