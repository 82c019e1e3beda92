// Lucas and Kanade's step on overlapping windows of cells (B. D. Lucas, T. Kanade, IJCAI 1981), with the tone of each
// window fitted at the same time, so that vignettes and changed contrast do not pass for motion. Each window's estimate
// has a variance; a confidence-weighted smoothing over cells carries good estimates into textureless areas. Measured on
// screen photos, this replaces a dense optical flow at a fraction of its cost, and gives no arbitrary motion on paint.
#include "trace/refine.h"

#include <algorithm>
#include <cmath>
#include <opencv2/core/utility.hpp>
#include <opencv2/imgproc.hpp>

namespace probity::trace {
namespace {

constexpr double kSmallestScale = 0.12;
constexpr int kWorkingLongSidePx =
    1120;  // cells of 13 px: enough for their two lowest frequencies; finer gained nothing

// Bounding box of the leak's frame in the reference, in reference pixels, clipped to the reference.
cv::Rect2d footprint(const Alignment& alignment, const Reference& reference) {
  const cv::Matx33d leak_to_reference = alignment.reference_to_leak.inv();
  const double right = alignment.leak_size.width - 1.0;
  const double bottom = alignment.leak_size.height - 1.0;
  cv::Rect2d box;
  double left = 1e9, top = 1e9, end_x = -1e9, end_y = -1e9;
  const double w_centre = (leak_to_reference * cv::Vec3d(right / 2, bottom / 2, 1))[2];
  for (const cv::Point2d corner : {cv::Point2d(0, 0), {right, 0}, {0, bottom}, {right, bottom}}) {
    const cv::Vec3d q = leak_to_reference * cv::Vec3d(corner.x, corner.y, 1);
    if (q[2] * w_centre <= 0)
      return {0, 0, static_cast<double>(reference.luma.cols), static_cast<double>(reference.luma.rows)};
    left = std::min(left, q[0] / q[2]);
    end_x = std::max(end_x, q[0] / q[2]);
    top = std::min(top, q[1] / q[2]);
    end_y = std::max(end_y, q[1] / q[2]);
  }
  box = {left, top, end_x - left, end_y - top};
  return box & cv::Rect2d(0, 0, reference.luma.cols, reference.luma.rows);
}

// Displacements of the blocks of a grid, from the plan's field.
std::pair<std::vector<float>, std::vector<float>> block_displacements(const BlockGrid& grid,
                                                                      const DisplacementField& field) {
  std::pair<std::vector<float>, std::vector<float>> moved;
  for (int r = 0; r < grid.rows(); ++r) {
    for (int c = 0; c < grid.columns(); ++c) {
      const int row = std::clamp(r + grid.first_row(), 0, field.rows - 1);
      const int column = std::clamp(c + grid.first_column(), 0, field.columns - 1);
      const cv::Point2f p = field.moved_px[static_cast<std::size_t>(row * field.columns + column)];
      moved.first.push_back(p.x);
      moved.second.push_back(p.y);
    }
  }
  return moved;
}

// Where in the (shrunk) leak every pixel of the region is seen.
cv::Mat2f sampling_map(const BlockGrid& grid, double scale, const cv::Matx33d& reference_to_shrunk,
                       const DisplacementField& field) {
  const auto [moved_x, moved_y] = block_displacements(grid, field);
  const cv::Mat1f shift_x = interpolate(grid, moved_x);
  const cv::Mat1f shift_y = interpolate(grid, moved_y);
  const cv::Rect region = grid.region();
  cv::Mat2f map(region.size());
  const cv::Matx33d& h = reference_to_shrunk;
  cv::parallel_for_({0, region.height}, [&](const cv::Range& range) {
    for (int y = range.start; y < range.end; ++y) {
      for (int x = 0; x < region.width; ++x) {
        const double rx = (region.x + x + 0.5) / scale - 0.5 + static_cast<double>(shift_x(y, x));
        const double ry = (region.y + y + 0.5) / scale - 0.5 + static_cast<double>(shift_y(y, x));
        const double w = h(2, 0) * rx + h(2, 1) * ry + h(2, 2);
        map(y, x) = {static_cast<float>((h(0, 0) * rx + h(0, 1) * ry + h(0, 2)) / w),
                     static_cast<float>((h(1, 0) * rx + h(1, 1) * ry + h(1, 2)) / w)};
      }
    }
  });
  return map;
}

// A leak brought near to the scale of a view, so that sampling it does not alias.
struct Shrunk {
  cv::Mat1f luma;
  cv::Mat1f usable;
  cv::Matx33d from_leak;  // pixel centres of the whole leak to those of this
};

cv::Matx33d scaling(double x, double y) { return {x, 0, (x - 1) / 2, 0, y, (y - 1) / 2, 0, 0, 1}; }

// To `scale` of the leak's size, or not at all where that is about one or more.
Shrunk shrink_leak(const LeakPicture& leak, double scale) {
  Shrunk shrunk{leak.luma, leak.usable, cv::Matx33d::eye()};
  double left = std::min(1.0, scale);
  for (const LeakPicture::Half& half : leak.halves) {
    if (left > 0.5) break;
    left *= 2;
    shrunk = {half.luma, half.usable, scaling(0.5, 0.5) * shrunk.from_leak};
  }
  if (left >= 0.95) return shrunk;
  const cv::Size before = shrunk.luma.size();
  cv::resize(shrunk.luma, shrunk.luma, {}, left, left, cv::INTER_AREA);
  cv::resize(shrunk.usable, shrunk.usable, {}, left, left, cv::INTER_AREA);
  shrunk.from_leak = scaling(static_cast<double>(shrunk.luma.cols) / before.width,
                             static_cast<double>(shrunk.luma.rows) / before.height) *
                     shrunk.from_leak;
  return shrunk;
}

// 1 where the map lands inside the leak and on nothing but usable pixels, else 0.
cv::Mat1f usable(const cv::Mat2f& map, const cv::Mat1f& shrunk_usable) {
  constexpr float kAllButRounding = 0.98F;
  cv::Mat1f weight;
  cv::remap(shrunk_usable, weight, map, cv::noArray(), cv::INTER_LINEAR, cv::BORDER_CONSTANT);
  cv::threshold(weight, weight, static_cast<double>(kAllButRounding), 1.0, cv::THRESH_BINARY);
  return weight;
}

// One estimate a block of how much further the leak must be moved, and its variance along each axis (px of the view,
// squared): along an edge nothing is known.
struct Estimate {
  cv::Vec2d further{0, 0};
  cv::Vec2d variance{1e9, 1e9};
};

// Inverse variance of what the fit leaves over, smoothed over about a cell: one hard edge must not drown a sky's faint
// structure, nor a sticker its neighbours.
cv::Mat1f inverse_variance(const cv::Mat1f& rest, const cv::Mat1f& weight, int window_px) {
  constexpr double kLeastVariance = 0.1;
  cv::Mat1f sum, seen, inverse;
  const cv::Size window(window_px, window_px);
  cv::boxFilter(rest.mul(rest).mul(weight), sum, CV_32F, window, {-1, -1}, true, cv::BORDER_REFLECT);
  cv::boxFilter(weight, seen, CV_32F, window, {-1, -1}, true, cv::BORDER_REFLECT);
  cv::divide(weight.mul(seen), sum + kLeastVariance * cv::max(seen, 1e-3), inverse);
  return inverse;
}

std::vector<Estimate> estimate_motion(const View& view) {
  cv::Mat1f slope_x, slope_y;
  cv::Sobel(view.master, slope_x, CV_32F, 1, 0, 3, 1.0 / 8);
  cv::Sobel(view.master, slope_y, CV_32F, 0, 1, 3, 1.0 / 8);
  const std::array<cv::Mat1f, 4> regressors{cv::Mat1f::ones(view.master.size()), view.master, slope_x, slope_y};
  const FitOptions options{.window_radius_blocks = 2, .ridge = 0.01};
  const FitField rough = fit_blocks(view.grid, regressors, view.leak, view.weight, options);
  const int cell_px = std::max(3, view.grid.region().width / std::max(1, view.grid.columns()));
  const cv::Mat1f weight =
      inverse_variance(view.leak - evaluate(view.grid, rough, regressors), view.weight, cell_px | 1);
  const FitField fit = fit_blocks(view.grid, regressors, view.leak, weight, options);

  std::vector<Estimate> estimates(fit.coefficients.size());
  for (std::size_t b = 0; b < estimates.size(); ++b) {
    const auto& coefficient = fit.coefficients[b];
    const double gain = static_cast<double>(coefficient[1]);
    if (std::abs(gain) < 0.03) continue;
    for (const int axis : {0, 1}) {
      const auto k = static_cast<std::size_t>(2 + axis);
      const double determinacy = static_cast<double>(fit.determinacy[b][k]);
      if (determinacy <= 0) continue;
      constexpr double kLongestStepPx = 2.0;
      estimates[b].further[axis] =
          std::clamp(-static_cast<double>(coefficient[k]) / gain, -kLongestStepPx, kLongestStepPx);
      // Neighbouring windows share most of their pixels and noise is not white: a factor of safety.
      constexpr double kSafety = 12;
      estimates[b].variance[axis] = kSafety / (determinacy * gain * gain) + 0.0025;
    }
  }
  return estimates;
}

// Confidence-weighted average over neighbouring cells, pulled to the same over a wide neighbourhood, and to zero. Each
// axis by its own confidence.
void smooth(DisplacementField& field, const std::vector<cv::Vec2f>& confidence) {
  const cv::Size size(field.columns, field.rows);
  cv::Mat2f weighted(size);
  cv::Mat2f weight(size);
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const auto i = static_cast<std::size_t>(y * size.width + x);
      weight(y, x) = confidence[i];
      weighted(y, x) = {confidence[i][0] * field.moved_px[i].x, confidence[i][1] * field.moved_px[i].y};
    }
  }
  const auto blurred = [](const cv::Mat2f& plane, double sigma) {
    cv::Mat2f result;
    cv::GaussianBlur(plane, result, {}, sigma, sigma, cv::BORDER_CONSTANT);
    return result;
  };
  const cv::Mat2f near_sum = blurred(weighted, 1.0), near_weight = blurred(weight, 1.0);
  const cv::Mat2f wide_sum = blurred(weighted, 5.0), wide_weight = blurred(weight, 5.0);
  constexpr float kZeroWeight = 0.1F;  // a spread of three pixels about no motion at all
  constexpr float kWideWeight = 4.0F;  // a spread of half a pixel about the wide average
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      cv::Vec2f moved;
      for (const int axis : {0, 1}) {
        const float wide = wide_sum(y, x)[axis] / (wide_weight(y, x)[axis] + kZeroWeight);
        moved[axis] = (near_sum(y, x)[axis] + kWideWeight * wide) / (near_weight(y, x)[axis] + kWideWeight);
      }
      field.moved_px[static_cast<std::size_t>(y * size.width + x)] = {moved[0], moved[1]};
    }
  }
}

void take_step(DisplacementField& field, const View& view, const std::vector<Estimate>& estimates,
               const RefineOptions& options) {
  std::vector<cv::Vec2f> confidence(field.moved_px.size(), {0, 0});
  const auto limit = static_cast<float>(options.largest_px);
  for (int r = 0; r < view.grid.rows(); ++r) {
    for (int c = 0; c < view.grid.columns(); ++c) {
      const int row = r + view.grid.first_row();
      const int column = c + view.grid.first_column();
      if (row < 0 || column < 0 || row >= field.rows || column >= field.columns) continue;
      const Estimate& estimate = estimates[static_cast<std::size_t>(r * view.grid.columns() + c)];
      const auto i = static_cast<std::size_t>(row * field.columns + column);
      const cv::Vec2f further(estimate.further / view.scale);
      field.moved_px[i] = {std::clamp(field.moved_px[i].x + further[0], -limit, limit),
                           std::clamp(field.moved_px[i].y + further[1], -limit, limit)};
      const double area = view.scale * view.scale;
      confidence[i] = {static_cast<float>(area / estimate.variance[0]),
                       static_cast<float>(area / estimate.variance[1])};
    }
  }
  smooth(field, confidence);
}

// The affine motion, in reference pixels, that the estimates agree on: weighted least squares, reweighted against
// outliers.
cv::Matx33d common_motion(const View& view, const Reference& reference, const std::vector<Estimate>& estimates) {
  const double cell_width_px = reference.cell_width_px();
  const double cell_height_px = reference.cell_height_px();
  const cv::Point2d middle(reference.luma.cols / 2.0, reference.luma.rows / 2.0);
  const double unit = std::max(reference.luma.cols, reference.luma.rows) / 2.0;
  cv::Matx32d affine = cv::Matx32d::zeros();
  for (int pass = 0; pass < 4; ++pass) {
    std::array<cv::Matx33d, 2> normal{cv::Matx33d::eye() * 1e-3, cv::Matx33d::eye() * 1e-3};
    std::array<cv::Vec3d, 2> right{};
    for (int r = 0; r < view.grid.rows(); ++r) {
      for (int c = 0; c < view.grid.columns(); ++c) {
        const Estimate& estimate = estimates[static_cast<std::size_t>(r * view.grid.columns() + c)];
        const cv::Vec3d at(((c + view.grid.first_column() + 0.5) * cell_width_px - middle.x) / unit,
                           ((r + view.grid.first_row() + 0.5) * cell_height_px - middle.y) / unit, 1);
        const cv::Vec2d further = estimate.further / view.scale;
        const cv::Vec2d away = further - cv::Vec2d(affine.t() * at);
        for (const int axis : {0, 1}) {
          // Tukey-like in view pixels: an estimate two pixels off the rest is an accident.
          const double distance = pass == 0 ? 0 : away[axis] * view.scale;
          const double weight = 1 / ((estimate.variance[axis] + 0.05) * (1 + distance * distance));
          normal[static_cast<std::size_t>(axis)] += weight * (at * at.t());
          right[static_cast<std::size_t>(axis)] += weight * further[axis] * at;
        }
      }
    }
    for (const int axis : {0, 1}) {
      const cv::Vec3d solution = normal[static_cast<std::size_t>(axis)].inv() * right[static_cast<std::size_t>(axis)];
      for (int i = 0; i < 3; ++i) affine(i, axis) = solution[i];
    }
  }
  // further(p) = affine^T * ((p - middle) / unit, 1), as a map p -> p + further(p).
  const cv::Matx33d to_unit(1 / unit, 0, -middle.x / unit, 0, 1 / unit, -middle.y / unit, 0, 0, 1);
  const cv::Matx33d motion(affine(0, 0), affine(1, 0), affine(2, 0), affine(0, 1), affine(1, 1), affine(2, 1), 0, 0, 0);
  return cv::Matx33d::eye() + motion * to_unit;
}

}  // namespace

double magnification(const Alignment& alignment, const cv::Point2d& p) {
  const cv::Matx33d& h = alignment.reference_to_leak;
  const double w = h(2, 0) * p.x + h(2, 1) * p.y + h(2, 2);
  if (std::abs(w) < 1e-9) return 0;
  return std::sqrt(std::abs(cv::determinant(h) / (w * w * w)));
}

Result<View> make_view(const LeakPicture& leak, const Alignment& alignment, const Reference& reference,
                       const DisplacementField& displacement, double scale_divisor) {
  const cv::Rect2d box = footprint(alignment, reference);
  if (box.area() < 4 * reference.cell_width_px() * reference.cell_height_px())
    return fail(ErrorCode::not_found, "the picture shows too little of the master to be laid over it");
  const double leak_px = magnification(alignment, {box.x + box.width / 2, box.y + box.height / 2});
  const double largest_scale =
      std::min(1.0, static_cast<double>(kWorkingLongSidePx) / std::max(reference.luma.cols, reference.luma.rows));
  const double scale = std::clamp(1.15 * leak_px, kSmallestScale, largest_scale) / scale_divisor;

  cv::Mat1f master = reference.luma;
  if (scale < 1) cv::resize(reference.luma, master, {}, scale, scale, cv::INTER_AREA);
  const cv::Rect region = cv::Rect(static_cast<int>(box.x * scale), static_cast<int>(box.y * scale),
                                   static_cast<int>(std::ceil(box.width * scale)) + 1,
                                   static_cast<int>(std::ceil(box.height * scale)) + 1) &
                          cv::Rect(0, 0, master.cols, master.rows);
  // cv::resize rounds the size; the true ratio keeps cells and pixels together.
  const double true_scale = static_cast<double>(master.cols) / reference.luma.cols;
  View view{true_scale,
            master.size(),
            BlockGrid(region, reference.cell_width_px() * true_scale, reference.cell_height_px() * true_scale),
            master(region),
            {},
            {}};

  const Shrunk shrunk = shrink_leak(leak, true_scale / leak_px);
  const cv::Mat2f map =
      sampling_map(view.grid, true_scale, shrunk.from_leak * alignment.reference_to_leak, displacement);
  cv::remap(shrunk.luma, view.leak, map, cv::noArray(), scale_divisor > 1 ? cv::INTER_LINEAR : cv::INTER_CUBIC,
            cv::BORDER_REPLICATE);
  view.weight = usable(map, shrunk.usable);
  return view;
}

Result<DisplacementField> refine(const LeakPicture& leak, const Alignment& alignment, const Reference& reference,
                                 const RefineOptions& options) {
  DisplacementField field{reference.plan.columns + 1, reference.plan.rows + 1, {}};
  field.moved_px.assign(static_cast<std::size_t>(field.columns * field.rows), {0, 0});
  for (const double divisor : {4.0, 2.0, 1.0}) {
    for (int step = 0; step < options.steps_per_level; ++step) {
      TRY_ASSIGN(const View view, make_view(leak, alignment, reference, field, divisor));
      constexpr double kSmallestCellPx = 3;
      if (divisor > 1 && reference.cell_width_px() * view.scale < kSmallestCellPx) break;
      take_step(field, view, estimate_motion(view), options);
    }
  }
  return field;
}

Result<Alignment> settle(const LeakPicture& leak, const Alignment& alignment, const Reference& reference,
                         double coarsest, double finest) {
  const DisplacementField still{1, 1, {{0, 0}}};
  Alignment settled = alignment;
  for (double divisor = coarsest; divisor >= finest; divisor /= 2) {
    for (int step = 0; step < 4; ++step) {
      TRY_ASSIGN(const View view, make_view(leak, settled, reference, still, divisor));
      constexpr double kSmallestCellPx = 2;
      if (divisor > 1 && reference.cell_width_px() * view.scale < kSmallestCellPx) break;
      settled.reference_to_leak = settled.reference_to_leak * common_motion(view, reference, estimate_motion(view));
    }
  }
  return settled;
}

namespace {

double correlation(const cv::Mat1f& a, const cv::Mat1f& b) {
  const double energy = std::sqrt(a.dot(a) * b.dot(b));
  return energy > 0 ? a.dot(b) / energy : 0;
}

// Gaussian mean of the pixels that are seen.
cv::Mat1f seen_mean(const cv::Mat1f& plane, const cv::Mat1f& weight, double sigma_px) {
  cv::Mat1f sum, seen, mean;
  cv::GaussianBlur(plane.mul(weight), sum, {}, sigma_px, sigma_px, cv::BORDER_CONSTANT);
  cv::GaussianBlur(weight, seen, {}, sigma_px, sigma_px, cv::BORDER_CONSTANT);
  cv::divide(sum, cv::max(seen, 1e-3), mean);
  return mean;
}

}  // namespace

double detail_correlation(const View& view) {
  const auto detail = [&](const cv::Mat1f& plane) {
    cv::Mat1f blurred;
    cv::GaussianBlur(plane, blurred, {}, 3, 3, cv::BORDER_REFLECT);
    return cv::Mat1f((plane - blurred).mul(view.weight));
  };
  return correlation(detail(view.leak), detail(view.master));
}

double structure_correlation(const View& view) {
  const double sigma_px = 1.5 * view.grid.region().width / std::max(1, view.grid.columns());
  const auto structure = [&](const cv::Mat1f& plane) {
    constexpr double kNoiseGrey = 1.0;
    cv::Mat1f smooth, energy;
    cv::GaussianBlur(plane, smooth, {}, 1, 1, cv::BORDER_REFLECT);
    cv::Mat1f rest = (smooth - seen_mean(smooth, view.weight, sigma_px)).mul(view.weight);
    cv::sqrt(seen_mean(rest.mul(rest), view.weight, sigma_px) + kNoiseGrey * kNoiseGrey, energy);
    cv::divide(rest, energy, rest);
    return rest;
  };
  return correlation(structure(view.leak), structure(view.master));
}

}  // namespace probity::trace
