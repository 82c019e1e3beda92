// The pattern of one cell is a keyed combination of the lowest sine products that vanish on its edge: sin(a pi u)
// sin(b pi v) with (a, b) in {(1,1), (1,2), (2,1), (2,2)}. They are orthogonal, need no window, leave no seam whatever
// bits the neighbours carry, and their frequencies survive shrinking to a 640-px long side. At least 70 % of the energy
// is in (1,1), which is what thumbnails and coarse JPEG quantisation leave over; the rest is keyed, so that somebody
// who knows this source but not the key cannot lay an opposite pattern over a copy.
#include "mark/pattern.h"

#include <sodium.h>

#include <cmath>
#include <vector>

#include "mark/mask.h"

namespace probity::mark {
namespace {

constexpr double kPi = 3.14159265358979323846;

// Weights of the four sine products of one cell; unit energy.
struct CellWeights {
  std::array<float, 4> weight;
};

// Four key bytes a cell: signs, how much of the energy leaves (1,1), and how that is shared out.
CellWeights draw_weights(std::span<const std::uint8_t> key) {
  const double spread = key[0] / 255.0;  // 0: all in (1,1); 1: 30 % elsewhere
  const double share = 0.3 * spread;
  const double angle = key[1] / 256.0 * 2 * kPi;
  const double fourth = 0.3 * (key[2] / 255.0);
  const double sign = (key[3] & 1) != 0 ? 1.0 : -1.0;
  const double side = std::sqrt(share * (1 - fourth));
  return {{static_cast<float>(sign * std::sqrt(1 - share)), static_cast<float>(side * std::cos(angle)),
           static_cast<float>(side * std::sin(angle)),
           static_cast<float>(((key[3] & 2) != 0 ? 1.0 : -1.0) * std::sqrt(share * fourth))}};
}

// sin(order pi i / (size - 1)) for i < size: exactly zero at both ends.
std::vector<float> edge_free_sine(int size, int order) {
  std::vector<float> values(static_cast<std::size_t>(size), 0.0F);
  for (int i = 1; i + 1 < size; ++i)
    values[static_cast<std::size_t>(i)] = static_cast<float>(std::sin(order * kPi * i / (size - 1)));
  return values;
}

// Draws the pattern one row of cells at a time.
class PatternRows {
 public:
  PatternRows(const CellPlan& plan, const Hash& pattern_key)
      : plan_(plan),
        keystream_(static_cast<std::size_t>(plan.cell_count()) * kKeyBytesPerCell),
        across_{edge_free_sine(plan.cell_width_px, 1), edge_free_sine(plan.cell_width_px, 2)},
        down_{edge_free_sine(plan.cell_height_px, 1), edge_free_sine(plan.cell_height_px, 2)} {
    const std::array<std::uint8_t, crypto_stream_chacha20_ietf_NONCEBYTES> nonce{};
    crypto_stream_chacha20_ietf(keystream_.data(), keystream_.size(), nonce.data(), pattern_key.data());
  }

  // Writes the cells of one row; `out` is cell_height_px high, and what is right of the cells is left alone.
  void draw(int cell_row, cv::Mat1f out) const {
    for (int column = 0; column < plan_.columns; ++column) {
      const auto cell = static_cast<std::size_t>(cell_row * plan_.columns + column);
      const auto w = draw_weights(std::span(keystream_).subspan(cell * kKeyBytesPerCell, kKeyBytesPerCell)).weight;
      for (int y = 0; y < plan_.cell_height_px; ++y) {
        const auto row = static_cast<std::size_t>(y);
        const float first = w[0] * down_[0][row] + w[2] * down_[1][row];   // multiplies sin(pi u)
        const float second = w[1] * down_[0][row] + w[3] * down_[1][row];  // multiplies sin(2 pi u)
        float* to = out.ptr<float>(y) + column * plan_.cell_width_px;
        for (std::size_t x = 0; x < across_[0].size(); ++x) to[x] = first * across_[0][x] + second * across_[1][x];
      }
    }
  }

 private:
  static constexpr std::size_t kKeyBytesPerCell = 4;

  const CellPlan& plan_;
  std::vector<std::uint8_t> keystream_;
  std::array<std::vector<float>, 2> across_;
  std::array<std::vector<float>, 2> down_;
};

cv::Range rows_of(const CellPlan& plan, int cell_row) {
  return {cell_row * plan.cell_height_px, (cell_row + 1) * plan.cell_height_px};
}

}  // namespace

cv::Mat1f unit_pattern(const CellPlan& plan, const Hash& pattern_key) {
  cv::Mat1f pattern = cv::Mat1f::zeros(plan.height_px, plan.width_px);
  const PatternRows rows(plan, pattern_key);
  for (int row = 0; row < plan.rows; ++row) rows.draw(row, pattern.rowRange(rows_of(plan, row)));
  return pattern;
}

// Row of cells by row of cells onto the mask, so that no plane of the bare pattern goes through memory.
cv::Mat1f mark_delta(const cv::Mat1f& luma, const CellPlan& plan, const Hash& pattern_key, const MarkOptions& options) {
  cv::Mat1f delta = perceptual_mask(luma, plan, options.mask);
  const PatternRows rows(plan, pattern_key);
  cv::Mat1f band = cv::Mat1f::zeros(plan.cell_height_px, plan.width_px);
  for (int row = 0; row < plan.rows; ++row) {
    rows.draw(row, band);
    cv::Mat1f onto = delta.rowRange(rows_of(plan, row));
    cv::multiply(band, onto, onto, options.strength);
  }
  delta.rowRange(plan.rows * plan.cell_height_px, plan.height_px).setTo(0.0F);
  return delta;
}

}  // namespace probity::mark
