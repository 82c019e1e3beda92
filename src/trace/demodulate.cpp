// Demodulation in four steps: fit the master's tone, blur and remaining shift to the leak in windows of cells;
// subtract; project the rest on each cell's pattern, pixels weighted by the local noise; turn projections into odds
// with a gain and a noise level that are estimated from all cells without knowing a single bit.
#include "trace/demodulate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

namespace probity::trace {
namespace {

constexpr float kSoftLimit = 0.98F;
constexpr double kLeastGain = 0.2;   // a weaker mark is beyond hope, and a gain of zero would erase every cell
constexpr double kLeastNoise = 0.3;  // grey levels: what rounding to 8 bits leaves anyway

// The leak minus everything the unmarked master explains, in the master's grey levels.
struct Rest {
  cv::Mat1f value;
  cv::Mat1f weight;  // inverse local variance; 0 where unknown
};

cv::Mat1f blurred_minus_plain(const cv::Mat1f& plane, double sigma) {
  cv::Mat1f blurred;
  cv::GaussianBlur(plane, blurred, {}, sigma, sigma, cv::BORDER_REFLECT);
  return blurred - plane;
}

cv::Mat1f local_variance(const cv::Mat1f& rest, const cv::Mat1f& weight, int window_px) {
  cv::Mat1f sum, seen;
  cv::boxFilter(rest.mul(rest).mul(weight), sum, CV_32F, {window_px, window_px}, {-1, -1}, true, cv::BORDER_REFLECT);
  cv::boxFilter(weight, seen, CV_32F, {window_px, window_px}, {-1, -1}, true, cv::BORDER_REFLECT);
  cv::Mat1f variance;
  cv::divide(sum, cv::max(seen, 1e-3), variance);
  return variance;
}

// What the leak may be made of, locally: a level, the master at its contrast, a small shift, a little less or more
// sharpness, and colours that a screen, an edit or a clipped channel has turned into brightness.
std::vector<cv::Mat1f> explanations(const View& view, const Reference& reference) {
  cv::Mat1f slope_x, slope_y;
  cv::Sobel(view.master, slope_x, CV_32F, 1, 0, 3, 1.0 / 8);
  cv::Sobel(view.master, slope_y, CV_32F, 0, 1, 3, 1.0 / 8);
  std::vector<cv::Mat1f> planes{
      cv::Mat1f::ones(view.master.size()),  view.master, slope_x, slope_y, blurred_minus_plain(view.master, 0.8),
      blurred_minus_plain(view.master, 2.0)};
  for (const cv::Mat1b& difference : {reference.blue_difference, reference.red_difference}) {
    if (difference.empty()) continue;
    cv::Mat1b whole;
    cv::resize(difference, whole, view.whole, 0, 0, cv::INTER_LINEAR);
    cv::Mat1f region;
    whole(view.grid.region()).convertTo(region, CV_32F, 1.0, -128.0);
    planes.push_back(region);
  }
  return planes;
}

// Low where the leak does not follow the master at all, whatever its brightness and contrast: stickers, text, a hand.
// One robust line for the whole view (iteratively reweighted), since windows beside a sticker would follow it.
cv::Mat1f belongs_to_master(const View& view) {
  double gain = 1;
  double level = 0;
  cv::Mat1f belongs = view.weight.clone();
  for (int pass = 0; pass < 6; ++pass) {
    const double sum = std::max(1e-6, cv::sum(belongs)[0]);
    const double master_mean = belongs.dot(view.master) / sum;
    const double leak_mean = belongs.dot(view.leak) / sum;
    const cv::Mat1f master = view.master - master_mean;
    const cv::Mat1f weighted = belongs.mul(master);
    gain = weighted.dot(view.leak - leak_mean) / (weighted.dot(master) + 1);
    level = leak_mean - gain * master_mean;
    const cv::Mat1f away = cv::abs(view.leak - gain * view.master - level);
    const double spread = 1.5 + 1.25 * away.dot(belongs) / sum;  // 1.25 mean deviations are one standard deviation
    cv::Mat1f ratio = away.mul(away, 1 / (9 * spread * spread)) + 1.0;
    cv::divide(view.weight, ratio.mul(ratio), belongs);
  }
  return belongs;
}

// The local contrast of the leak, kept near that of the whole: a smooth window hardly knows its own.
std::vector<float> block_gains(const FitField& fit) {
  double sum = 0;
  double weights = 1e-9;
  for (std::size_t b = 0; b < fit.coefficients.size(); ++b) {
    const double weight = static_cast<double>(fit.determinacy[b][1]);
    sum += weight * static_cast<double>(fit.coefficients[b][1]);
    weights += weight;
  }
  const double overall = std::copysign(std::max(0.05, std::abs(sum / weights)), sum);
  std::vector<float> gains(fit.coefficients.size());
  for (std::size_t b = 0; b < gains.size(); ++b) {
    const double ratio = static_cast<double>(fit.coefficients[b][1]) / overall;
    gains[b] = static_cast<float>(overall * std::clamp(ratio, 0.4, 2.5));
  }
  return gains;
}

Rest subtract_master(const View& view, const Reference& reference, double cell_px) {
  const std::vector<cv::Mat1f> regressors = explanations(view, reference);
  const cv::Mat1f belongs = belongs_to_master(view);
  cv::Mat1f weight = belongs;
  FitField fit;
  cv::Mat1f rest;
  const int window_px = std::max(3, static_cast<int>(cell_px / 2) | 1);
  cv::Mat1f variance;
  for (int pass = 0; pass < 2; ++pass) {
    fit = fit_blocks(view.grid, regressors, view.leak, weight);
    rest = view.leak - evaluate(view.grid, fit, regressors);
    variance = local_variance(rest, view.weight, window_px) + kLeastNoise * kLeastNoise;
    if (pass == 0) {
      // Stickers, text and edges must not bend the tone of their neighbours.
      cv::divide(belongs, variance, weight);
      const double largest = 1 / (kLeastNoise * kLeastNoise);
      weight = cv::min(weight, 0.1 * largest);
    }
  }
  const cv::Mat1f gain_plane = interpolate(view.grid, block_gains(fit));
  Rest result;
  cv::divide(rest, gain_plane, result.value);
  cv::Mat1f inverse;
  cv::divide(view.weight.mul(gain_plane).mul(gain_plane), variance, inverse);
  result.weight = inverse;
  return result;
}

// Projection of one cell on its pattern.
struct CellSums {
  double along = 0;        // sum w r D
  double energy = 0;       // sum w D^2
  double full_energy = 0;  // sum D^2 with every pixel seen
  double seen_energy = 0;  // sum D^2 of the pixels seen

  bool usable() const { return energy > 0 && full_energy > 0 && seen_energy >= 0.25 * full_energy; }
  double projection() const { return along / energy; }
};

// One cell a plan cell, in raster order; cells outside the view stay empty.
std::vector<CellSums> project(const View& view, const Rest& rest, const cv::Mat1f& delta, const mark::CellPlan& plan) {
  std::vector<CellSums> sums(static_cast<std::size_t>(plan.cell_count()));
  const auto columns = view.grid.column_starts();
  const auto rows = view.grid.row_starts();
  for (int r = 0; r < view.grid.rows(); ++r) {
    const int row = r + view.grid.first_row();
    for (int c = 0; c < view.grid.columns(); ++c) {
      const int column = c + view.grid.first_column();
      if (row < 0 || column < 0 || row >= plan.rows || column >= plan.columns) continue;
      CellSums& cell = sums[static_cast<std::size_t>(row * plan.columns + column)];
      for (int y = rows[static_cast<std::size_t>(r)]; y < rows[static_cast<std::size_t>(r) + 1]; ++y) {
        for (int x = columns[static_cast<std::size_t>(c)]; x < columns[static_cast<std::size_t>(c) + 1]; ++x) {
          const double d = static_cast<double>(delta(y, x));
          const double w = static_cast<double>(rest.weight(y, x));
          cell.along += w * static_cast<double>(rest.value(y, x)) * d;
          cell.energy += w * d * d;
          cell.full_energy += d * d;
          if (w > 0) cell.seen_energy += d * d;
        }
      }
    }
  }
  return sums;
}

// The rest moved by whole pixels to the left and up; unknown where nothing moved in.
Rest moved(const Rest& rest, int right_px, int down_px) {
  Rest result{cv::Mat1f::zeros(rest.value.size()), cv::Mat1f::zeros(rest.value.size())};
  const cv::Rect all(0, 0, rest.value.cols, rest.value.rows);
  const cv::Rect from = all & (all + cv::Point(right_px, down_px));
  if (from.empty()) return result;
  const cv::Rect to = from - cv::Point(right_px, down_px);
  rest.value(from).copyTo(result.value(to));
  rest.weight(from).copyTo(result.weight(to));
  return result;
}

// The noise of projections in multiples of what the pixel weights predict, one value a cell. Projecting on patterns
// moved by half a cell both ways has the same band of frequencies, the same texture and next to none of the mark: each
// of the four cells under a moved pattern leaks about a tenth of its bit into it.
cv::Mat1f noise_excess(const std::vector<CellSums>& half_moved, const mark::CellPlan& plan) {
  cv::Mat1f sum = cv::Mat1f::zeros(plan.rows, plan.columns);
  cv::Mat1f count = cv::Mat1f::zeros(plan.rows, plan.columns);
  double total = 0;
  double cells = 0;
  for (int row = 0; row < plan.rows; ++row) {
    for (int column = 0; column < plan.columns; ++column) {
      const CellSums& cell = half_moved[static_cast<std::size_t>(row * plan.columns + column)];
      if (!cell.usable()) continue;
      constexpr double kOutlier = 50;
      const double excess = std::min(kOutlier, cell.along * cell.along / cell.energy);
      sum(row, column) = static_cast<float>(excess);
      count(row, column) = 1;
      total += excess;
      cells += 1;
    }
  }
  const auto overall = static_cast<float>(cells > 0 ? total / cells : 1.0);
  constexpr double kSigmaCells = 2;
  constexpr float kOverallWeight = 0.2F;  // against a neighbourhood whose weights add up to 1
  cv::GaussianBlur(sum, sum, {}, kSigmaCells, kSigmaCells, cv::BORDER_CONSTANT);
  cv::GaussianBlur(count, count, {}, kSigmaCells, kSigmaCells, cv::BORDER_CONSTANT);
  cv::Mat1f excess;
  cv::divide(sum + kOverallWeight * overall, count + kOverallWeight, excess);
  return cv::max(excess, 0.05F);
}

// The mark's gain in the leak: projections have variance gain^2 + noise, whatever the bits are.
double estimate_gain(const std::vector<float>& projection, const std::vector<float>& variance) {
  double sum = 0;
  double weights = 0;
  for (std::size_t i = 0; i < projection.size(); ++i) {
    if (variance[i] <= 0) continue;
    const double v = static_cast<double>(variance[i]);
    const double weight = 1 / ((0.5 + v) * (0.5 + v));  // about the variance of c^2 at a gain near one half
    const double c2 = std::min(static_cast<double>(projection[i] * projection[i]), 4 + 9 * v);
    sum += weight * (c2 - v);
    weights += weight;
  }
  return std::clamp(std::sqrt(std::max(0.0, sum / std::max(weights, 1e-9))), kLeastGain, 1.3);
}

// Log likelihood ratio of one cell's projection: +-gain in noise against noise alone.
double cell_evidence(double gain, float projection, float variance) {
  const double half_odds = std::abs(gain * static_cast<double>(projection / variance));
  const double log_cosh = half_odds + std::log1p(std::exp(-2 * half_odds)) - std::numbers::ln2;
  return log_cosh - gain * gain / (2 * static_cast<double>(variance));
}

}  // namespace

Result<Observation> demodulate(const LeakPicture& leak, const Alignment& alignment, const Reference& reference,
                               const DisplacementField& displacement) {
  TRY_ASSIGN(const View view, make_view(leak, alignment, reference, displacement, 1.0));
  const double cell_width_px = reference.cell_width_px() * view.scale;
  const double cell_height_px = reference.cell_height_px() * view.scale;
  const Rest rest = subtract_master(view, reference, std::sqrt(cell_width_px * cell_height_px));
  cv::Mat1f delta = reference.delta;
  if (view.whole != delta.size()) cv::resize(reference.delta, delta, view.whole, 0, 0, cv::INTER_AREA);
  delta = delta(view.grid.region());
  const std::vector<CellSums> sums = project(view, rest, delta, reference.plan);
  const Rest half_moved =
      moved(rest, static_cast<int>(std::lround(cell_width_px / 2)), static_cast<int>(std::lround(cell_height_px / 2)));
  const cv::Mat1f excess = noise_excess(project(view, half_moved, delta, reference.plan), reference.plan);

  Observation seen;
  seen.detail_correlation = detail_correlation(view);
  seen.soft.assign(sums.size(), 0.0F);
  seen.projection.assign(sums.size(), 0.0F);
  seen.variance.assign(sums.size(), 0.0F);
  constexpr double kLeastVariance = 0.01;
  for (std::size_t i = 0; i < sums.size(); ++i) {
    if (!sums[i].usable()) continue;
    const int cell = static_cast<int>(i);
    const float factor = excess(cell / reference.plan.columns, cell % reference.plan.columns);
    seen.projection[i] = static_cast<float>(sums[i].projection());
    seen.variance[i] = static_cast<float>(static_cast<double>(factor) / sums[i].energy + kLeastVariance);
    ++seen.cells_seen;
  }
  if (seen.cells_seen < 4) return fail(ErrorCode::not_found, "the picture shows too few code cells of the master");

  seen.gain = estimate_gain(seen.projection, seen.variance);
  for (std::size_t i = 0; i < sums.size(); ++i) {
    if (seen.variance[i] <= 0) continue;
    const double variance = static_cast<double>(seen.variance[i]);
    const double half_odds = seen.gain * static_cast<double>(seen.projection[i]) / variance;
    seen.soft[i] = std::clamp(static_cast<float>(std::tanh(half_odds)), -kSoftLimit, kSoftLimit);
    seen.signal_to_noise += seen.gain * seen.gain / variance / seen.cells_seen;
    seen.evidence += cell_evidence(seen.gain, seen.projection[i], seen.variance[i]);
  }
  return seen;
}

}  // namespace probity::trace
