#include "trace/local_fit.h"

#include <algorithm>
#include <cmath>
#include <opencv2/core/utility.hpp>
#include <opencv2/imgproc.hpp>

namespace probity::trace {
namespace {

constexpr int kColumns = kMaxRegressors + 1;  // the target is the last column of the normal equations

// Upper triangle of the weighted products of all columns, and the weight.
struct Moments {
  std::array<double, kColumns * kColumns> product{};
  double weight = 0;

  void add(const Moments& other) {
    for (std::size_t i = 0; i < product.size(); ++i) product[i] += other.product[i];
    weight += other.weight;
  }
};

std::size_t at(int i, int j) { return static_cast<std::size_t>(i * kColumns + j); }

// Products over one block row of one block: floats over a few dozen pixels, then doubles.
void add_run(const std::array<const float*, kColumns>& column, const float* weight, int size, int count, Moments& out) {
  float total = 0;
  for (int x = 0; x < size; ++x) total += weight[x];
  if (total <= 0) return;
  out.weight += static_cast<double>(total);
  constexpr int kLongestRun = 512;
  std::array<float, kLongestRun> weighted;
  for (int i = 0; i < count; ++i) {
    const float* a = column[static_cast<std::size_t>(i)];
    for (int x = 0; x < size; ++x) weighted[static_cast<std::size_t>(x)] = weight[x] * a[x];
    for (int j = i; j < count; ++j) {
      const float* b = column[static_cast<std::size_t>(j)];
      float sum = 0;
      for (int x = 0; x < size; ++x) sum += weighted[static_cast<std::size_t>(x)] * b[x];
      out.product[at(i, j)] += static_cast<double>(sum);
    }
  }
}

std::vector<Moments> block_moments(const BlockGrid& grid, std::span<const cv::Mat1f> regressors,
                                   const cv::Mat1f& target, const cv::Mat1f& weight) {
  const int count = static_cast<int>(regressors.size()) + 1;
  std::vector<Moments> moments(static_cast<std::size_t>(grid.columns() * grid.rows()));
  cv::parallel_for_({0, grid.rows()}, [&](const cv::Range& range) {
    for (int block_row = range.start; block_row < range.end; ++block_row) {
      for (int y = grid.row_starts()[static_cast<std::size_t>(block_row)];
           y < grid.row_starts()[static_cast<std::size_t>(block_row) + 1]; ++y) {
        for (int block_column = 0; block_column < grid.columns(); ++block_column) {
          const int start = grid.column_starts()[static_cast<std::size_t>(block_column)];
          const int end = grid.column_starts()[static_cast<std::size_t>(block_column) + 1];
          Moments& block = moments[static_cast<std::size_t>(block_row * grid.columns() + block_column)];
          constexpr int kLongestRun = 512;
          for (int x = start; x < end; x += kLongestRun) {
            std::array<const float*, kColumns> column{};
            for (std::size_t k = 0; k < regressors.size(); ++k) column[k] = regressors[k].ptr<float>(y) + x;
            column[regressors.size()] = target.ptr<float>(y) + x;
            add_run(column, weight.ptr<float>(y) + x, std::min(kLongestRun, end - x), count, block);
          }
        }
      }
    }
  });
  return moments;
}

// Sums over (2 radius + 1) blocks along one axis; separable box window.
std::vector<Moments> window_sums(const std::vector<Moments>& in, int columns, int rows, int radius, bool across) {
  std::vector<Moments> out(in.size());
  for (int y = 0; y < rows; ++y) {
    for (int x = 0; x < columns; ++x) {
      Moments& sum = out[static_cast<std::size_t>(y * columns + x)];
      for (int k = -radius; k <= radius; ++k) {
        const int from_x = across ? x + k : x;
        const int from_y = across ? y : y + k;
        if (from_x < 0 || from_y < 0 || from_x >= columns || from_y >= rows) continue;
        sum.add(in[static_cast<std::size_t>(from_y * columns + from_x)]);
      }
    }
  }
  return out;
}

// Solves the symmetric system by Cholesky; returns false where it is singular. `inverse_diagonal` of the matrix.
bool solve(const Moments& moments, int n, std::array<double, kMaxRegressors>& solution,
           std::array<double, kMaxRegressors>& inverse_diagonal) {
  std::array<std::array<double, kMaxRegressors>, kMaxRegressors> lower{};
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j <= i; ++j) {
      double sum = moments.product[at(j, i)];
      for (int k = 0; k < j; ++k)
        sum -= lower[static_cast<std::size_t>(i)][static_cast<std::size_t>(k)] *
               lower[static_cast<std::size_t>(j)][static_cast<std::size_t>(k)];
      if (i == j) {
        if (sum <= 1e-12) return false;
        lower[static_cast<std::size_t>(i)][static_cast<std::size_t>(i)] = std::sqrt(sum);
      } else {
        lower[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)] =
            sum / lower[static_cast<std::size_t>(j)][static_cast<std::size_t>(j)];
      }
    }
  }
  const auto substitute = [&](std::array<double, kMaxRegressors> right) {
    for (int i = 0; i < n; ++i) {
      for (int k = 0; k < i; ++k)
        right[static_cast<std::size_t>(i)] -=
            lower[static_cast<std::size_t>(i)][static_cast<std::size_t>(k)] * right[static_cast<std::size_t>(k)];
      right[static_cast<std::size_t>(i)] /= lower[static_cast<std::size_t>(i)][static_cast<std::size_t>(i)];
    }
    for (int i = n - 1; i >= 0; --i) {
      for (int k = i + 1; k < n; ++k)
        right[static_cast<std::size_t>(i)] -=
            lower[static_cast<std::size_t>(k)][static_cast<std::size_t>(i)] * right[static_cast<std::size_t>(k)];
      right[static_cast<std::size_t>(i)] /= lower[static_cast<std::size_t>(i)][static_cast<std::size_t>(i)];
    }
    return right;
  };
  std::array<double, kMaxRegressors> right{};
  for (int i = 0; i < n; ++i) right[static_cast<std::size_t>(i)] = moments.product[at(i, n)];
  solution = substitute(right);
  for (int i = 0; i < n; ++i) {
    std::array<double, kMaxRegressors> unit{};
    unit[static_cast<std::size_t>(i)] = 1;
    inverse_diagonal[static_cast<std::size_t>(i)] = substitute(unit)[static_cast<std::size_t>(i)];
  }
  return true;
}

}  // namespace

BlockGrid::BlockGrid(const cv::Rect& region, double cell_width_px, double cell_height_px)
    : region_(region), cell_width_px_(cell_width_px), cell_height_px_(cell_height_px) {
  const auto starts = [](int origin, int size, double pitch, int& first, int& count) {
    first = static_cast<int>(std::floor((origin + 0.5) / pitch));
    const int last = static_cast<int>(std::floor((origin + size - 0.5) / pitch));
    count = last - first + 1;
    std::vector<int> result;
    for (int block = first; block <= last; ++block)
      result.push_back(std::clamp(static_cast<int>(std::ceil(block * pitch - 0.5)) - origin, 0, size));
    result.push_back(size);
    return result;
  };
  column_starts_ = starts(region.x, region.width, cell_width_px, first_column_, columns_);
  row_starts_ = starts(region.y, region.height, cell_height_px, first_row_, rows_);
}

float BlockGrid::column_position(int x) const {
  return static_cast<float>((region_.x + x + 0.5) / cell_width_px_ - 0.5 - first_column_);
}

float BlockGrid::row_position(int y) const {
  return static_cast<float>((region_.y + y + 0.5) / cell_height_px_ - 0.5 - first_row_);
}

FitField fit_blocks(const BlockGrid& grid, std::span<const cv::Mat1f> regressors, const cv::Mat1f& target,
                    const cv::Mat1f& weight, const FitOptions& options) {
  const int n = static_cast<int>(regressors.size());
  const std::vector<Moments> blocks = block_moments(grid, regressors, target, weight);
  Moments all;
  for (const Moments& block : blocks) all.add(block);
  FitField fit;
  fit.regressors = n;
  fit.coefficients.resize(blocks.size());
  fit.determinacy.resize(blocks.size());
  if (all.weight <= 0) return fit;

  std::array<double, kMaxRegressors> global{};
  std::array<double, kMaxRegressors> inverse{};
  for (int i = 0; i < n; ++i) all.product[at(i, i)] *= 1 + 1e-6;
  if (!solve(all, n, global, inverse)) return fit;

  const auto rows_done = window_sums(blocks, grid.columns(), grid.rows(), options.window_radius_blocks, true);
  std::vector<Moments> windows =
      window_sums(rows_done, grid.columns(), grid.rows(), options.window_radius_blocks, false);
  const double average_weight =
      all.weight / static_cast<double>(blocks.size()) * std::pow(2 * options.window_radius_blocks + 1, 2);
  for (std::size_t b = 0; b < windows.size(); ++b) {
    Moments& window = windows[b];
    const Moments data = window;
    for (int i = 0; i < n; ++i) {
      const double pull = options.ridge * average_weight * all.product[at(i, i)] / all.weight;
      window.product[at(i, i)] += pull;
      window.product[at(i, n)] += pull * global[static_cast<std::size_t>(i)];
    }
    std::array<double, kMaxRegressors> local = global;
    if (!solve(window, n, local, inverse)) local = global;
    for (int i = 0; i < n; ++i) {
      const auto k = static_cast<std::size_t>(i);
      fit.coefficients[b][k] = static_cast<float>(local[k]);
      fit.determinacy[b][k] = data.weight > 0 && inverse[k] > 0 ? static_cast<float>(1 / inverse[k]) : 0.0F;
    }
  }
  return fit;
}

namespace {

// Visits every pixel with the four surrounding blocks and their weights, row by row.
struct Between {
  int low;
  int high;
  float share;  // of `high`
};

std::vector<Between> positions(int size, int blocks, const auto& position) {
  std::vector<Between> result(static_cast<std::size_t>(size));
  for (int i = 0; i < size; ++i) {
    const float p = std::clamp(position(i), 0.0F, static_cast<float>(blocks - 1));
    const int low = std::min(static_cast<int>(p), blocks - 1);
    result[static_cast<std::size_t>(i)] = {low, std::min(low + 1, blocks - 1), p - static_cast<float>(low)};
  }
  return result;
}

}  // namespace

cv::Mat1f interpolate(const BlockGrid& grid, const std::vector<float>& block_values) {
  const auto across = positions(grid.region().width, grid.columns(), [&](int x) { return grid.column_position(x); });
  const auto down = positions(grid.region().height, grid.rows(), [&](int y) { return grid.row_position(y); });
  cv::Mat1f plane(grid.region().size());
  cv::parallel_for_({0, plane.rows}, [&](const cv::Range& range) {
    std::vector<float> line(static_cast<std::size_t>(grid.columns()));
    for (int y = range.start; y < range.end; ++y) {
      const Between v = down[static_cast<std::size_t>(y)];
      for (int c = 0; c < grid.columns(); ++c) {
        const float low = block_values[static_cast<std::size_t>(v.low * grid.columns() + c)];
        const float high = block_values[static_cast<std::size_t>(v.high * grid.columns() + c)];
        line[static_cast<std::size_t>(c)] = low + v.share * (high - low);
      }
      float* out = plane.ptr<float>(y);
      for (int x = 0; x < plane.cols; ++x) {
        const Between h = across[static_cast<std::size_t>(x)];
        const float low = line[static_cast<std::size_t>(h.low)];
        out[x] = low + h.share * (line[static_cast<std::size_t>(h.high)] - low);
      }
    }
  });
  return plane;
}

cv::Mat1f evaluate(const BlockGrid& grid, const FitField& fit, std::span<const cv::Mat1f> regressors) {
  cv::Mat1f sum = cv::Mat1f::zeros(grid.region().size());
  std::vector<float> values(fit.coefficients.size());
  for (std::size_t k = 0; k < regressors.size(); ++k) {
    for (std::size_t b = 0; b < values.size(); ++b) values[b] = fit.coefficients[b][k];
    const cv::Mat1f coefficient = interpolate(grid, values);
    cv::accumulateProduct(coefficient, regressors[k], sum);
  }
  return sum;
}

}  // namespace probity::trace
