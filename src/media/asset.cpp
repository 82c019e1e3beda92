#include "media/asset.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "media/pixel_rows.h"
#include "media/png_writer.h"

namespace probity::media {
namespace {

// Of luma changed by the mark and clipped; an equal change of red, green and blue, so it is the picture's PSNR too.
double mark_psnr_db(const cv::Mat1f& luma, const cv::Mat1f& delta) {
  double squares = 0;
  for (int y = 0; y < luma.rows; ++y)
    squares += squared_change({luma[y], static_cast<std::size_t>(luma.cols)}, delta[y]);
  if (squares == 0) return std::numeric_limits<double>::infinity();
  return 10 * std::log10(255.0 * 255.0 * static_cast<double>(luma.total()) / squares);
}

}  // namespace

namespace {

// Any size would do for PNG; multiples of eight let plan_cells() choose among squarer cells.
constexpr mark::CodingUnit kPngUnit{8, 8};

double pixels_psnr_db(const cv::Mat& a, const cv::Mat& b) {
  const double distance = cv::norm(a, b, cv::NORM_L2);
  if (distance == 0) return std::numeric_limits<double>::infinity();
  const double largest = a.depth() == CV_8U ? 255.0 : 65535.0;
  const double samples = static_cast<double>(a.total()) * a.channels();
  return 20 * std::log10(largest * std::sqrt(samples) / distance);
}

bool as_png(const Picture& picture, const PrepareOptions& options) {
  return options.lossless_as_png && picture.lossless();
}

Result<void> encode_as_png(const Picture& picture, const PrepareOptions& options, Prepared& prepared) {
  TRY_ASSIGN(PngTally encoded, encode_png_tally(picture, prepared.delta, prepared.plan, options.measure_plain_size));
  // What rounding and dither make of the mark, not the mark that was asked for.
  prepared.stats.mark_psnr_db = pixels_psnr_db(with_mark(picture.pixels, prepared.delta, Variant::a), picture.pixels);
  prepared.stats.plain_bytes = encoded.stats.plain_bytes;
  prepared.stats.unmarked_pieces = encoded.stats.unmarked_pieces;
  prepared.content = std::move(encoded.content);
  return {};
}

Result<void> encode_as_jpeg(const Picture& picture, const PrepareOptions& options, Prepared& prepared) {
  TRY_ASSIGN(JpegTally encoded, encode_jpeg_tally(picture, prepared.luma, prepared.delta, prepared.plan,
                                                  delivered_subsampling(picture), options.jpeg));
  if (options.measure_plain_size) prepared.stats.plain_bytes = encoded.stats.plain_bytes;
  prepared.stats.mark_psnr_db = mark_psnr_db(prepared.luma, prepared.delta);
  prepared.stats.unmarked_pieces = encoded.stats.unmarked_runs;
  prepared.content = std::move(encoded.content);
  return {};
}

}  // namespace

mark::CodingUnit delivered_unit(const Picture& picture, const PrepareOptions& options) {
  return as_png(picture, options) ? kPngUnit : coding_unit(delivered_subsampling(picture));
}

Result<Prepared> prepare_with_mark(const Picture& picture, cv::Mat1f luma, cv::Mat1f delta, const mark::CellPlan& plan,
                                   const PrepareOptions& options) {
  Prepared prepared;
  prepared.plan = plan;
  prepared.luma = std::move(luma);
  prepared.delta = std::move(delta);
  if (as_png(picture, options)) {
    TRY(encode_as_png(picture, options, prepared));
  } else {
    TRY(encode_as_jpeg(picture, options, prepared));
  }
  prepared.stats.copy_bytes = prepared.content.a.size();
  prepared.stats.pieces = prepared.content.pieces.size();
  return prepared;
}

Result<Prepared> prepare_asset(const Picture& picture, const Hash& pattern_key, const PrepareOptions& options) {
  TRY_ASSIGN(const mark::CellPlan plan,
             mark::plan_cells(picture.pixels.cols, picture.pixels.rows, delivered_unit(picture, options)));
  cv::Mat1f luma = luma_plane(picture);
  cv::Mat1f delta = mark::mark_delta(luma, plan, pattern_key, options.mark);
  return prepare_with_mark(picture, std::move(luma), std::move(delta), plan, options);
}

}  // namespace probity::media
