#include "trace/lattice.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <opencv2/core/utility.hpp>
#include <opencv2/imgproc.hpp>

namespace probity::trace {
namespace {

// --- Grids -----------------------------------------------------------------------------------------------------------

constexpr double kSmallestCellPx = 9;     // smaller ones sit too near to the 8-px grid of JPEG, and carry little
constexpr double kMostCellsAcross = 110;  // a leak that shows more around the master than that is no crop
constexpr double kFewestCellsAcross = 6;
constexpr int kSearchCellPx = 8;
constexpr int kWindowCells = 32;  // searched in the middle: more would ask for finer steps of size
constexpr double kSizeStep = 1.008;

// A plane sampled so that a cell is `cell_px` working pixels wide and high; `from` of working pixel corners.
cv::Mat1f sample(const LeakPicture& leak, const cv::Point2d& origin_px, double cell_width_px, double cell_height_px,
                 int cell_px, const cv::Size& size, bool usable) {
  cv::Mat1f plane = usable ? leak.usable : leak.luma;
  double level = 1;
  for (const LeakPicture::Half& half : leak.halves) {
    if (cell_px > 0.5 * level * std::max(cell_width_px, cell_height_px)) break;
    level /= 2;
    plane = usable ? half.usable : half.luma;
  }
  const double step_x = cell_width_px * level / cell_px;
  const double step_y = cell_height_px * level / cell_px;
  const cv::Matx23d from(step_x, 0, origin_px.x * level + step_x / 2 - 0.5,  //
                         0, step_y, origin_px.y * level + step_y / 2 - 0.5);
  cv::Mat1f sampled;
  cv::warpAffine(plane, sampled, from, size, cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_REPLICATE);
  return sampled;
}

// What is finer than a cell. The borders are continued by odd reflection, which keeps a gradient a gradient.
cv::Mat1f cell_detail(const cv::Mat1f& plane, int cell_px) {
  const double sigma_px = 0.28 * cell_px;  // less than the pattern's own width: texture loses more by it than the mark
  const int margin_px = std::min({3 * cell_px, plane.rows - 1, plane.cols - 1});
  cv::Mat1f edge, reflected, blurred;
  cv::copyMakeBorder(plane, edge, margin_px, margin_px, margin_px, margin_px, cv::BORDER_REPLICATE);
  cv::copyMakeBorder(plane, reflected, margin_px, margin_px, margin_px, margin_px, cv::BORDER_REFLECT_101);
  cv::GaussianBlur(2 * edge - reflected, blurred, {}, sigma_px, sigma_px, cv::BORDER_REPLICATE);
  return plane - blurred({margin_px, margin_px, plane.cols, plane.rows});
}

std::vector<float> half_waves(int cell_px, int count) {
  std::vector<float> wave(static_cast<std::size_t>(cell_px));
  for (int i = 0; i < cell_px; ++i)
    wave[static_cast<std::size_t>(i)] =
        static_cast<float>(std::sin(count * std::numbers::pi * (i + 0.5) / cell_px) * std::sqrt(2.0 / cell_px));
  return wave;
}

// At every pixel, how much more of the lowest pattern the cell that starts there holds than its neighbourhood does: the
// locally most powerful statistic for energy in noise, (square - variance) / variance^2.
cv::Mat1f surplus_energy(const cv::Mat1f& detail) {
  const std::vector<float> wave = half_waves(kSearchCellPx, 1);
  cv::Mat1f projection, usual;
  cv::sepFilter2D(detail, projection, CV_32F, wave, wave, {0, 0}, 0, cv::BORDER_CONSTANT);
  const cv::Mat1f energy = projection.mul(projection);
  const int window_px = 3 * kSearchCellPx;
  cv::boxFilter(energy, usual, CV_32F, {window_px, window_px}, {-1, -1}, true, cv::BORDER_REFLECT);
  constexpr float kMarkEnergy = 1.5F;  // of a faint mark: below it there is no noise that matters
  constexpr float kOutlier = 3;
  const cv::Mat1f variance = usual + kMarkEnergy;
  cv::Mat1f surplus;
  cv::divide(cv::min(energy, kOutlier * variance) - usual, variance.mul(variance), surplus);
  return surplus;
}

struct Phase {
  cv::Point at;
  double significance = -1e9;
};

// The start of cells whose energies stand out most against all other starts.
Phase best_phase(const cv::Mat1f& energy) {
  constexpr int kPhases = kSearchCellPx * kSearchCellPx;
  const int columns = energy.cols / kSearchCellPx - 1;
  const int rows = energy.rows / kSearchCellPx - 1;
  std::array<double, kPhases> sums{};
  double squares = 0;
  double total = 0;
  for (int y = 0; y < rows * kSearchCellPx; ++y) {
    const float* line = energy.ptr<float>(y);
    double* phases = sums.data() + y % kSearchCellPx * kSearchCellPx;
    for (int x = 0; x < columns * kSearchCellPx; ++x) {
      const auto value = static_cast<double>(line[x]);
      phases[x % kSearchCellPx] += value;
      squares += value * value;
      total += value;
    }
  }
  const double cells = static_cast<double>(columns) * rows;
  const double mean = total / (cells * kPhases);
  const double spread = std::sqrt(std::max(1e-9, squares / (cells * kPhases) - mean * mean) * cells);
  Phase best;
  for (int phase = 0; phase < kPhases; ++phase) {
    const double significance = (sums[static_cast<std::size_t>(phase)] - mean * cells) / spread;
    if (significance > best.significance) best = {{phase % kSearchCellPx, phase / kSearchCellPx}, significance};
  }
  return best;
}

Lattice best_lattice(const LeakPicture& leak, double cell_width_px, double cell_height_px) {
  const cv::Size cells(std::min(kWindowCells, static_cast<int>(leak.luma.cols / cell_width_px)),
                       std::min(kWindowCells, static_cast<int>(leak.luma.rows / cell_height_px)));
  const cv::Point2d origin((leak.luma.cols - cells.width * cell_width_px) / 2,
                           (leak.luma.rows - cells.height * cell_height_px) / 2);
  const cv::Size size = cells * kSearchCellPx;
  const cv::Mat1f plane = sample(leak, origin, cell_width_px, cell_height_px, kSearchCellPx, size, false);
  const cv::Mat1f usable = sample(leak, origin, cell_width_px, cell_height_px, kSearchCellPx, size, true);
  const Phase phase = best_phase(surplus_energy(cell_detail(plane, kSearchCellPx).mul(usable)));
  return {cell_width_px, cell_height_px,
          origin + cv::Point2d(phase.at.x * cell_width_px / kSearchCellPx, phase.at.y * cell_height_px / kSearchCellPx),
          phase.significance};
}

// --- Places ----------------------------------------------------------------------------------------------------------

constexpr int kPlaceCellPx = 12;
constexpr int kPatterns = 4;
constexpr double kUsualGain = 0.7;
constexpr int kFewestCells = 16;

// The four projections of every cell of a plane, in raster order.
using Projections = std::vector<std::array<float, kPatterns>>;

Projections project_cells(const cv::Mat1f& detail, const cv::Size& cells, const cv::Point& shift_px = {0, 0}) {
  static const std::array<std::vector<float>, 2> kWaves{half_waves(kPlaceCellPx, 1), half_waves(kPlaceCellPx, 2)};
  Projections projections(static_cast<std::size_t>(cells.area()));
  for (int row = 0; row < cells.height; ++row) {
    for (int column = 0; column < cells.width; ++column) {
      auto& cell = projections[static_cast<std::size_t>(row * cells.width + column)];
      const int left = column * kPlaceCellPx + shift_px.x;
      const int top = row * kPlaceCellPx + shift_px.y;
      if (left + kPlaceCellPx > detail.cols || top + kPlaceCellPx > detail.rows) continue;
      for (int y = 0; y < kPlaceCellPx; ++y) {
        const float* line = detail.ptr<float>(top + y) + left;
        float first = 0;
        float second = 0;
        for (int x = 0; x < kPlaceCellPx; ++x) {
          first += line[x] * kWaves[0][static_cast<std::size_t>(x)];
          second += line[x] * kWaves[1][static_cast<std::size_t>(x)];
        }
        const float one = kWaves[0][static_cast<std::size_t>(y)];
        const float two = kWaves[1][static_cast<std::size_t>(y)];
        cell[0] += first * one;
        cell[1] += second * one;
        cell[2] += first * two;
        cell[3] += second * two;
      }
    }
  }
  return projections;
}

// The shapes of the plan's cells, and what the master shows there.
struct Plan {
  cv::Size cells;
  Projections shapes;
  cv::Mat1f luma;  // kToneCellPx a cell, a margin of one cell around
};

// Coarse brightness tells places apart that no detail does: a sky's gradient.
constexpr int kToneCellPx = 3;

Plan plan_shapes(const Reference& reference) {
  const cv::Size cells(reference.plan.columns, reference.plan.rows);
  const LeakPicture delta(reference.delta, reference.delta);
  const cv::Mat1f plane = sample(delta, {0, 0}, reference.cell_width_px(), reference.cell_height_px(), kPlaceCellPx,
                                 cells * kPlaceCellPx, false);
  const cv::Mat1f tone = sample(LeakPicture(reference.luma), {0, 0}, reference.cell_width_px(),
                                reference.cell_height_px(), kToneCellPx, cells * kToneCellPx, false);
  Plan shapes{cells, project_cells(cell_detail(plane, kPlaceCellPx), cells), {}};
  cv::copyMakeBorder(tone, shapes.luma, kToneCellPx, kToneCellPx, kToneCellPx, kToneCellPx, cv::BORDER_REPLICATE);
  return shapes;
}

// A lattice's cells: projections in units of their noise, and the inverse of the noise.
struct Seen {
  cv::Size cells;
  Projections projections;
  Projections inverse_noise;
};

Seen see(const LeakPicture& leak, const Lattice& lattice) {
  const cv::Size cells(static_cast<int>((leak.luma.cols - lattice.corner_px.x) / lattice.cell_width_px),
                       static_cast<int>((leak.luma.rows - lattice.corner_px.y) / lattice.cell_height_px));
  Seen seen{cells, {}, {}};
  if (cells.width < 1 || cells.height < 1) return seen;
  const cv::Size size = cells * kPlaceCellPx;
  const cv::Mat1f plane =
      sample(leak, lattice.corner_px, lattice.cell_width_px, lattice.cell_height_px, kPlaceCellPx, size, false);
  const cv::Mat1f usable =
      sample(leak, lattice.corner_px, lattice.cell_width_px, lattice.cell_height_px, kPlaceCellPx, size, true);
  const cv::Mat1f detail = cell_detail(plane, kPlaceCellPx).mul(usable);
  seen.projections = project_cells(detail, cells);
  // Between the cells there is the same texture and little of the mark.
  const Projections between = project_cells(detail, cells, {kPlaceCellPx / 2, kPlaceCellPx / 2});
  seen.inverse_noise.resize(between.size());
  for (int k = 0; k < kPatterns; ++k) {
    const auto pattern = static_cast<std::size_t>(k);
    cv::Mat1f squares(cells);
    for (int i = 0; i < cells.area(); ++i) {
      const float value = between[static_cast<std::size_t>(i)][pattern];
      squares(i / cells.width, i % cells.width) = value * value;
    }
    const auto overall = static_cast<float>(cv::mean(squares)[0]);
    cv::GaussianBlur(squares, squares, {}, 1.5, 1.5, cv::BORDER_REFLECT);
    for (int i = 0; i < cells.area(); ++i) {
      const float variance = 0.8F * squares(i / cells.width, i % cells.width) + 0.2F * overall + 0.05F;
      const float inverse = 1 / std::sqrt(variance);
      seen.inverse_noise[static_cast<std::size_t>(i)][pattern] = inverse;
      seen.projections[static_cast<std::size_t>(i)][pattern] *= inverse;
    }
  }
  return seen;
}

float log_cosh(float x) {
  const float size = std::abs(x);
  return size + std::log1p(std::exp(-2 * size)) - std::numbers::ln2_v<float>;
}

// Log likelihood ratio of what is seen when the first seen cell is the plan's cell at `column`, `row`.
double evidence_at(const Seen& seen, const Plan& plan, int column, int row) {
  constexpr auto kGain = static_cast<float>(kUsualGain);
  double sum = 0;
  for (int y = std::max(0, -row); y < std::min(seen.cells.height, plan.cells.height - row); ++y) {
    for (int x = std::max(0, -column); x < std::min(seen.cells.width, plan.cells.width - column); ++x) {
      const auto at = static_cast<std::size_t>(y * seen.cells.width + x);
      const auto& shape = plan.shapes[static_cast<std::size_t>((y + row) * plan.cells.width + x + column)];
      float along = 0;
      float energy = 0;
      for (std::size_t k = 0; k < kPatterns; ++k) {
        const float expected = kGain * shape[k] * seen.inverse_noise[at][k];
        along += expected * seen.projections[at][k];
        energy += expected * expected;
      }
      sum += static_cast<double>(log_cosh(along) - energy / 2);
    }
  }
  return sum;
}

struct Spot {
  Lattice lattice;
  int column = 0;  // of the plan's cell under the lattice's corner
  int row = 0;
  double evidence = 0;
  double tone = 0;  // log likelihood ratio of the brightness, roughly

  double rank() const { return evidence + tone; }
};

bool ranks_higher(const Spot& a, const Spot& b) { return a.rank() > b.rank(); }
bool shows_more(const Spot& a, const Spot& b) { return a.evidence > b.evidence; }

// The correlation of the leak's brightness with the master's at every place where it fits, from column and row -1.
cv::Mat1f tone_match(const LeakPicture& leak, const Lattice& lattice, const cv::Size& cells, const Plan& plan) {
  const cv::Mat1f tone = sample(leak, lattice.corner_px, lattice.cell_width_px, lattice.cell_height_px, kToneCellPx,
                                cells * kToneCellPx, false);
  cv::Mat1f match;
  if (tone.cols <= plan.luma.cols && tone.rows <= plan.luma.rows)
    cv::matchTemplate(plan.luma, tone, match, cv::TM_CCOEFF_NORMED);
  return match;
}

std::vector<Spot> best_spots(const LeakPicture& leak, const Lattice& lattice, const Plan& plan) {
  Lattice first = lattice;
  first.corner_px.x -= std::floor(first.corner_px.x / first.cell_width_px) * first.cell_width_px;
  first.corner_px.y -= std::floor(first.corner_px.y / first.cell_height_px) * first.cell_height_px;
  const Seen seen = see(leak, first);
  std::vector<Spot> spots;
  if (seen.cells.area() < kFewestCells) return spots;
  const cv::Mat1f tones = tone_match(leak, first, seen.cells, plan);
  for (int row = -1; row <= plan.cells.height - seen.cells.height + 1; ++row) {
    for (int column = -1; column <= plan.cells.width - seen.cells.width + 1; ++column) {
      Spot spot{first, column, row, evidence_at(seen, plan, column, row), 0};
      const int x = (column + 1) * kToneCellPx;
      const int y = (row + 1) * kToneCellPx;
      if (x < tones.cols && y < tones.rows) {
        const double match = std::clamp(static_cast<double>(tones(y, x)), 0.0, 0.999);
        constexpr double kIndependentShare = 0.25;  // of the cells: brightness varies slowly
        spot.tone = -0.5 * kIndependentShare * seen.cells.area() * std::log(1 - match * match);
      }
      spots.push_back(spot);
    }
  }
  constexpr std::ptrdiff_t kByRank = 2;
  constexpr std::ptrdiff_t kByEvidence = 1;
  if (std::ssize(spots) <= kByRank + kByEvidence) return spots;
  std::partial_sort(spots.begin(), spots.begin() + kByRank, spots.end(), ranks_higher);
  std::partial_sort(spots.begin() + kByRank, spots.begin() + kByRank + kByEvidence, spots.end(), shows_more);
  spots.resize(kByRank + kByEvidence);
  return spots;
}

// Climbs in place and size while the evidence grows.
void climb(const LeakPicture& leak, const Plan& plan, Spot& spot) {
  const cv::Point2d middle(leak.luma.cols / 2.0, leak.luma.rows / 2.0);
  double step = 0.08;  // cells
  while (step > 0.01) {
    bool better = false;
    for (int change = 0; change < 8; ++change) {
      const double signed_step = change % 2 == 0 ? step : -step;
      Spot tried = spot;
      Lattice& l = tried.lattice;
      if (change / 2 == 0) l.corner_px.x += signed_step * l.cell_width_px;
      if (change / 2 == 1) l.corner_px.y += signed_step * l.cell_height_px;
      if (change / 2 == 2) {
        const double grow = 1 + 2 * signed_step * l.cell_width_px / leak.luma.cols;
        l.cell_width_px *= grow;
        l.corner_px.x = middle.x + (l.corner_px.x - middle.x) * grow;
      }
      if (change / 2 == 3) {
        const double grow = 1 + 2 * signed_step * l.cell_height_px / leak.luma.rows;
        l.cell_height_px *= grow;
        l.corner_px.y = middle.y + (l.corner_px.y - middle.y) * grow;
      }
      if (l.corner_px.x < 0 || l.corner_px.y < 0) continue;
      const Seen seen = see(leak, l);
      if (seen.cells.area() < kFewestCells) continue;
      tried.evidence = evidence_at(seen, plan, tried.column, tried.row);
      if (tried.evidence <= spot.evidence) continue;
      spot = tried;
      better = true;
    }
    if (!better) step /= 2;
  }
}

Alignment lay(const LeakPicture& leak, const Spot& spot, const Reference& reference) {
  const double x = spot.lattice.cell_width_px / reference.cell_width_px();
  const double y = spot.lattice.cell_height_px / reference.cell_height_px();
  const double left = spot.lattice.corner_px.x - spot.column * spot.lattice.cell_width_px;
  const double top = spot.lattice.corner_px.y - spot.row * spot.lattice.cell_height_px;
  return {cv::Matx33d(x, 0, left + x / 2 - 0.5, 0, y, top + y / 2 - 0.5, 0, 0, 1), leak.size(), 0, "lattice"};
}

}  // namespace

CellSizes sizes_of_crops(const cv::Size& leak) {
  return {std::max(kSmallestCellPx, std::max(leak.width, leak.height) / kMostCellsAcross),
          std::min(leak.width, leak.height) / kFewestCellsAcross};
}

std::vector<Lattice> find_lattices(const LeakPicture& leak, double cell_shape, const CellSizes& sizes,
                                   std::size_t keep) {
  std::vector<double> sizes_px;
  for (double px = sizes.smallest_px; px <= sizes.largest_px; px *= kSizeStep) sizes_px.push_back(px);
  std::vector<Lattice> lattices(sizes_px.size());
  cv::parallel_for_({0, static_cast<int>(sizes_px.size())}, [&](const cv::Range& range) {
    for (int i = range.start; i < range.end; ++i) {
      const double px = sizes_px[static_cast<std::size_t>(i)];
      lattices[static_cast<std::size_t>(i)] =
          best_lattice(leak, px * std::sqrt(cell_shape), px / std::sqrt(cell_shape));
    }
  });
  std::stable_sort(lattices.begin(), lattices.end(),
                   [](const Lattice& a, const Lattice& b) { return a.significance > b.significance; });
  // One of each size: the neighbours of a peak are the same grid.
  std::vector<Lattice> distinct;
  for (const Lattice& lattice : lattices) {
    constexpr double kLeastSignificance = 3;
    if (distinct.size() >= keep || lattice.significance < kLeastSignificance) break;
    constexpr double kSameSize = 0.04;
    if (std::none_of(distinct.begin(), distinct.end(), [&](const Lattice& other) {
          return std::abs(std::log(lattice.cell_width_px / other.cell_width_px)) < kSameSize;
        }))
      distinct.push_back(lattice);
  }
  return distinct;
}

std::vector<LatticePlace> place_lattices(const LeakPicture& leak, const std::vector<Lattice>& lattices,
                                         const Reference& reference) {
  const Plan plan = plan_shapes(reference);
  std::vector<std::vector<Spot>> spots(lattices.size());
  cv::parallel_for_({0, static_cast<int>(lattices.size())}, [&](const cv::Range& range) {
    for (int i = range.start; i < range.end; ++i) {
      auto& best = spots[static_cast<std::size_t>(i)];
      best = best_spots(leak, lattices[static_cast<std::size_t>(i)], plan);
      for (Spot& spot : best) climb(leak, plan, spot);
      std::stable_sort(best.begin(), best.end(), ranks_higher);
      constexpr std::size_t kPlaces = 2;
      best.resize(std::min(kPlaces, best.size()));
    }
  });
  std::vector<LatticePlace> places;
  for (const auto& best : spots)
    for (const Spot& spot : best) places.push_back({lay(leak, spot, reference), spot.evidence});
  return places;
}

}  // namespace probity::trace
