#include "media/jpeg_writer.h"

#include <algorithm>

#include "base/check.h"
#include "media/jpeg_coefficients.h"
#include "media/jpeg_cutter.h"
#include "media/jpeg_scan.h"

namespace probity::media {
namespace {

constexpr int kMostHeightPx = 32'000;

CoefficientLayout layout_of(const cv::Mat1f& luma, Subsampling subsampling, const JpegOptions& options) {
  return {.width_px = luma.cols, .height_px = luma.rows, .subsampling = subsampling, .quality = options.quality};
}

Result<void> check_height(const cv::Mat1f& luma) {
  if (luma.rows <= kMostHeightPx) return {};
  return fail(ErrorCode::too_large, "the picture is higher than 32,000 px", "scale it down or turn it");
}

// Takes the stacked image apart and lays both variants out side by side, piece by piece.
class PieceJoiner {
 public:
  PieceJoiner(BytesView stacked, const JpegSegments& cut, tally::Content& content)
      : stacked_(stacked), cut_(cut), content_(content), segments_(cut.segments.size() / 2) {
    content.a.reserve(stacked.size() / 2 + stacked.size() / 16);
    content.b.reserve(stacked.size() / 2 + stacked.size() / 16);
  }

  void add_header(const cv::Mat1f& luma) {
    Bytes header(stacked_.begin(), stacked_.begin() + static_cast<std::ptrdiff_t>(cut_.header_bytes));
    const auto frame = jpeg_frame(header);
    PROBITY_CHECK(frame && frame->baseline);
    put_big_endian_16(header, frame->height_at, luma.rows);
    put_big_endian_16(header, frame->height_at + 2, luma.cols);
    content_.a = header;
    content_.b = std::move(header);
    end_piece(tally::kNoCell);
  }

  // Segments [first, last) become one piece: the shorter variant gets fill bytes before its last marker.
  void add_piece(std::size_t first, std::size_t last, std::uint32_t cell) {
    append(content_.a, first, last, 0);
    append(content_.b, first, last, segments_);
    const std::size_t longer = std::max(content_.a.size(), content_.b.size());
    for (Bytes* variant : {&content_.a, &content_.b}) {
      fill_bytes_ += longer - variant->size();
      variant->resize(longer, 0xFF);
      variant->push_back(0xFF);
      variant->push_back(last == segments_ ? 0xD9 : restart_marker(last - 1));
    }
    end_piece(cell);
  }

  std::size_t segments() const { return segments_; }
  std::size_t mean_fill_bytes() const { return fill_bytes_ / 2; }

 private:
  static void put_big_endian_16(Bytes& bytes, std::size_t at, int value) {
    bytes[at] = static_cast<std::uint8_t>(value >> 8);
    bytes[at + 1] = static_cast<std::uint8_t>(value);
  }
  static std::uint8_t restart_marker(std::size_t segment) { return static_cast<std::uint8_t>(0xD0 + segment % 8); }

  void append(Bytes& variant, std::size_t first, std::size_t last, std::size_t from) {
    for (std::size_t segment = first; segment < last; ++segment) {
      const auto& range = cut_.segments[from + segment];
      variant.insert(variant.end(), stacked_.begin() + static_cast<std::ptrdiff_t>(range.start),
                     stacked_.begin() + static_cast<std::ptrdiff_t>(range.end));
      if (segment + 1 == last) return;
      variant.push_back(0xFF);
      variant.push_back(restart_marker(segment));
    }
  }

  void end_piece(std::uint32_t cell) {
    content_.pieces.push_back({static_cast<std::uint32_t>(content_.a.size()), cell});
  }

  BytesView stacked_;
  const JpegSegments& cut_;
  tally::Content& content_;
  std::size_t segments_;
  std::size_t fill_bytes_ = 0;
};

std::uint32_t cell_of_segment(const mark::CellPlan& plan, int mcus_per_row, std::size_t segment) {
  const std::size_t mcu = segment * static_cast<std::size_t>(plan.units_per_segment);
  const int x_px = static_cast<int>(mcu % static_cast<std::size_t>(mcus_per_row)) * plan.unit.width_px;
  const int y_px = static_cast<int>(mcu / static_cast<std::size_t>(mcus_per_row)) * plan.unit.height_px;
  const int cell = plan.cell_at(x_px, y_px);
  return cell == mark::CellPlan::kNoCell ? tally::kNoCell : static_cast<std::uint32_t>(cell);
}

}  // namespace

Subsampling delivered_subsampling(const Picture& picture) {
  if (picture.grey()) return Subsampling::grey;
  const bool full = picture.format == FileFormat::jpeg && picture.subsampling == Subsampling::full_444;
  return full ? Subsampling::full_444 : Subsampling::quarter_420;
}

mark::CodingUnit coding_unit(Subsampling subsampling) {
  const CoefficientLayout layout{.subsampling = subsampling};
  return {layout.mcu_width_px(), layout.mcu_height_px()};
}

Result<JpegTally> encode_jpeg_tally(const Picture& picture, const cv::Mat1f& luma, const cv::Mat1f& delta,
                                    const mark::CellPlan& plan, Subsampling subsampling, const JpegOptions& options) {
  TRY(check_height(luma));
  CoefficientLayout layout = layout_of(luma, subsampling, options);
  layout.restart_interval = plan.units_per_segment;
  PROBITY_CHECK(plan.unit.width_px == layout.mcu_width_px() && plan.unit.height_px == layout.mcu_height_px());
  PROBITY_CHECK(layout.mcus_per_row() % plan.units_per_segment == 0);
  constexpr std::array kSigns = {1.0F, -1.0F};
  TRY_ASSIGN(const Bytes stacked, encode_stacked(layout, picture, luma, delta, kSigns));
  TRY_ASSIGN(const JpegSegments cut, cut_jpeg(stacked));

  JpegTally made;
  made.content.media = tally::MediaType::jpeg;
  made.content.cell_count = static_cast<std::uint32_t>(plan.cell_count());
  PieceJoiner joiner(stacked, cut, made.content);
  joiner.add_header(luma);
  for (std::size_t first = 0; first < joiner.segments();) {
    const std::uint32_t cell = cell_of_segment(plan, layout.mcus_per_row(), first);
    std::size_t last = first + 1;
    while (last < joiner.segments() && cell_of_segment(plan, layout.mcus_per_row(), last) == cell) ++last;
    joiner.add_piece(first, last, cell);
    first = last;
  }
  made.stats = {joiner.segments(), made.content.a.size(), joiner.mean_fill_bytes()};
  return made;
}

Result<std::size_t> plain_jpeg_bytes(const Picture& picture, const cv::Mat1f& luma, const cv::Mat1f& delta,
                                     Subsampling subsampling, const JpegOptions& options) {
  TRY(check_height(luma));
  constexpr std::array kSigns = {1.0F};
  TRY_ASSIGN(const Bytes plain, encode_stacked(layout_of(luma, subsampling, options), picture, luma, delta, kSigns));
  return plain.size();
}

}  // namespace probity::media
