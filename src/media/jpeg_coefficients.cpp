#include "media/jpeg_coefficients.h"

#include <cstddef>
#include <cstdio>
// libjpeg's header needs size_t and FILE before it.
#include <jpeglib.h>

#include <algorithm>
#include <future>

#include "base/check.h"
#include "media/jpeg_planes.h"

namespace probity::media {
namespace {

// Counts the symbols of one row of MCUs with `across` by `down` blocks of this component each, in coding order.
void count_symbols(BlockPlane& plane, int mcu_row, int across, int down, int& predicted_dc) {
  CountSink sink{plane.symbols};
  for (int left = 0; left < plane.columns; left += across)
    for (int y = 0; y < down; ++y)
      for (int x = 0; x < across; ++x) {
        const ZigzagBlock& block = plane.at(left + x, mcu_row * down + y);
        code_block(block, predicted_dc, sink);
        predicted_dc = block[0];
      }
}

// Each row of MCUs is counted while it is in the cache.
BlockPlane luma_blocks(const JpegLayout& layout, const QuantTable& table, const cv::Mat1f& luma, const cv::Mat1f& delta,
                       float sign) {
  BlockPlane plane(layout.mcus_per_row() * layout.luma_x(), layout.mcu_rows() * layout.luma_y());
  const QuantScale scale(table);
  SampleBand band(plane.columns * kBlockSide);
  int predicted_dc = 0;
  for (int mcu_row = 0; mcu_row < layout.mcu_rows(); ++mcu_row) {
    for (int row = mcu_row * layout.luma_y(); row < (mcu_row + 1) * layout.luma_y(); ++row) {
      fill_luma_band(luma, delta, sign, row * kBlockSide, band);
      transform_blocks(band.rows(), scale, plane.row(row));
    }
    count_symbols(plane, mcu_row, layout.luma_x(), layout.luma_y(), predicted_dc);
  }
  return plane;
}

std::vector<BlockPlane> chroma_blocks(const JpegLayout& layout, const QuantTable& table, const Picture& picture) {
  cv::Mat pixels = picture.pixels;
  if (pixels.depth() == CV_16U) picture.pixels.convertTo(pixels, CV_8U, 1.0 / 257);
  std::vector<BlockPlane> planes;
  for (int i = 0; i < 2; ++i) planes.emplace_back(layout.mcus_per_row(), layout.mcu_rows());
  const QuantScale scale(table);
  SampleBand blue(planes[0].columns * kBlockSide);
  SampleBand red(blue.width());
  std::array<int, 2> predicted_dc{};
  for (int row = 0; row < planes[0].rows; ++row) {
    fill_chroma_bands(pixels, layout.luma_x(), layout.luma_y(), row * kBlockSide, blue, red);
    transform_blocks(blue.rows(), scale, planes[0].row(row));
    transform_blocks(red.rows(), scale, planes[1].row(row));
    for (std::size_t i = 0; i < 2; ++i) count_symbols(planes[i], row, 1, 1, predicted_dc[i]);
  }
  return planes;
}

}  // namespace

BlockPlane::BlockPlane(int columns_, int rows_)
    : columns(columns_),
      rows(rows_),
      blocks(std::make_unique_for_overwrite<ZigzagBlock[]>(static_cast<std::size_t>(columns) *
                                                           static_cast<std::size_t>(rows))) {}

QuantTables quant_tables(int quality) {
  jpeg_compress_struct info{};
  jpeg_error_mgr errors{};
  info.err = jpeg_std_error(&errors);
  jpeg_create_compress(&info);
  info.input_components = 3;
  info.in_color_space = JCS_YCbCr;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, quality, TRUE);
  QuantTables tables;
  std::ranges::copy(info.quant_tbl_ptrs[0]->quantval, tables.luma.begin());
  std::ranges::copy(info.quant_tbl_ptrs[1]->quantval, tables.chroma.begin());
  jpeg_destroy_compress(&info);
  return tables;
}

CoefficientImage make_coefficients(const JpegLayout& layout, const QuantTables& tables, const Picture& picture,
                                   const cv::Mat1f& luma, const cv::Mat1f& delta, std::span<const float> signs) {
  PROBITY_CHECK(luma.size() == delta.size() && luma.size() == picture.pixels.size());
  PROBITY_CHECK(layout.grey() || picture.pixels.channels() == 3);
  CoefficientImage image{.layout = layout, .luma = {}, .chroma = {}};
  std::vector<std::future<BlockPlane>> planes;
  for (const float sign : signs)
    planes.push_back(
        std::async(std::launch::async, [&, sign] { return luma_blocks(layout, tables.luma, luma, delta, sign); }));
  if (!layout.grey()) image.chroma = chroma_blocks(layout, tables.chroma, picture);
  for (auto& plane : planes) image.luma.push_back(plane.get());
  return image;
}

}  // namespace probity::media
