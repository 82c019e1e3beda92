#include "media/jpeg_writer.h"

#include <algorithm>

#include "base/check.h"
#include "media/jpeg_coefficients.h"
#include "media/jpeg_header.h"
#include "media/jpeg_splice.h"

namespace probity::media {
namespace {

constexpr int kLargestSidePx = 65'535;

SymbolCounts sum_of(const SymbolCounts& one, const SymbolCounts& other) {
  SymbolCounts sum;
  std::ranges::transform(one.dc, other.dc, sum.dc.begin(), std::plus<>());
  std::ranges::transform(one.ac, other.ac, sum.ac.begin(), std::plus<>());
  return sum;
}

// Of one variant's scan: both variants have the same.
SymbolCounts chroma_symbols(const CoefficientImage& image) {
  return image.chroma.empty() ? SymbolCounts{} : sum_of(image.chroma[0].symbols, image.chroma[1].symbols);
}

}  // namespace

Subsampling delivered_subsampling(const Picture& picture) {
  if (picture.grey()) return Subsampling::grey;
  const bool full = picture.format == FileFormat::jpeg && picture.subsampling == Subsampling::full_444;
  return full ? Subsampling::full_444 : Subsampling::quarter_420;
}

mark::CodingUnit coding_unit(Subsampling subsampling) {
  const JpegLayout layout{.subsampling = subsampling};
  return {layout.mcu_width_px(), layout.mcu_height_px()};
}

Result<JpegTally> encode_jpeg_tally(const Picture& picture, const cv::Mat1f& luma, const cv::Mat1f& delta,
                                    const mark::CellPlan& plan, Subsampling subsampling, const JpegOptions& options) {
  if (std::max(luma.cols, luma.rows) > kLargestSidePx)
    return fail(ErrorCode::too_large, "a JPEG cannot be larger than 65,535 px on a side", "scale the picture down");
  const JpegLayout layout{.width_px = luma.cols, .height_px = luma.rows, .subsampling = subsampling};
  PROBITY_CHECK(plan.unit.width_px == layout.mcu_width_px() && plan.unit.height_px == layout.mcu_height_px());
  const QuantTables quantisers = quant_tables(options.quality);
  constexpr std::array kSigns = {1.0F, -1.0F};
  const CoefficientImage image = make_coefficients(layout, quantisers, picture, luma, delta, kSigns);

  const SymbolCounts& luma_a = image.luma[0].symbols;
  const SymbolCounts chroma = chroma_symbols(image);
  const ComponentTables tables{EntropyTables::optimal(sum_of(luma_a, image.luma[1].symbols)),
                               EntropyTables::optimal(sum_of(chroma, chroma))};

  JpegTally made;
  made.content.media = tally::MediaType::jpeg;
  made.content.cell_count = static_cast<std::uint32_t>(plan.cell_count());
  made.content.a = jpeg_header(layout, quantisers, tables, picture.icc);
  made.content.b = made.content.a;
  const std::size_t header_bytes = made.content.a.size();
  made.content.pieces.push_back({static_cast<std::uint32_t>(header_bytes), tally::kNoCell});
  const SpliceStats splice = splice_scan(image, tables, plan, made.content);
  const std::uint64_t plain_bits = optimal_bits(luma_a) + optimal_bits(chroma);
  made.stats = {.copy_bytes = made.content.a.size(),
                .plain_bytes = header_bytes + plain_bits / 8 + splice.stuffed_bytes + 2,
                .runs = splice.runs,
                .unmarked_runs = splice.unmarked_runs,
                .changed_coefficients = splice.changed_coefficients};
  return made;
}

}  // namespace probity::media
