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

}  // namespace

cv::Mat1f unit_pattern(const CellPlan& plan, const Hash& pattern_key) {
  constexpr std::size_t kKeyBytesPerCell = 4;
  std::vector<std::uint8_t> keystream(static_cast<std::size_t>(plan.cell_count()) * kKeyBytesPerCell);
  const std::array<std::uint8_t, crypto_stream_chacha20_ietf_NONCEBYTES> nonce{};
  crypto_stream_chacha20_ietf(keystream.data(), keystream.size(), nonce.data(), pattern_key.data());

  const std::array<std::vector<float>, 2> across{edge_free_sine(plan.cell_width_px, 1),
                                                 edge_free_sine(plan.cell_width_px, 2)};
  const std::array<std::vector<float>, 2> down{edge_free_sine(plan.cell_height_px, 1),
                                               edge_free_sine(plan.cell_height_px, 2)};
  cv::Mat1f pattern = cv::Mat1f::zeros(plan.height_px, plan.width_px);
  for (int cell = 0; cell < plan.cell_count(); ++cell) {
    const auto key = std::span(keystream).subspan(static_cast<std::size_t>(cell) * kKeyBytesPerCell, kKeyBytesPerCell);
    const auto w = draw_weights(key).weight;
    const int left_px = cell % plan.columns * plan.cell_width_px;
    const int top_px = cell / plan.columns * plan.cell_height_px;
    for (int y = 0; y < plan.cell_height_px; ++y) {
      const auto row = static_cast<std::size_t>(y);
      const float first = w[0] * down[0][row] + w[2] * down[1][row];   // multiplies sin(pi u)
      const float second = w[1] * down[0][row] + w[3] * down[1][row];  // multiplies sin(2 pi u)
      float* out = pattern.ptr<float>(top_px + y) + left_px;
      for (int x = 0; x < plan.cell_width_px; ++x) {
        const auto column = static_cast<std::size_t>(x);
        out[x] = first * across[0][column] + second * across[1][column];
      }
    }
  }
  return pattern;
}

cv::Mat1f mark_delta(const cv::Mat1f& luma, const CellPlan& plan, const Hash& pattern_key, const MarkOptions& options) {
  cv::Mat1f delta = unit_pattern(plan, pattern_key);
  const cv::Mat1f mask = perceptual_mask(luma, plan, options.mask);
  cv::multiply(delta, mask, delta, options.strength);
  return delta;
}

}  // namespace probity::mark
