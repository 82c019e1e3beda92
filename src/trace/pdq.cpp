#include "trace/pdq.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>
#include <vector>

namespace probity::trace {
namespace {

constexpr int kGrid = 64;
constexpr int kFrequencies = 16;
using Frequencies = std::array<std::array<float, kFrequencies>, kFrequencies>;

// A running mean along one line of `count` values, `stride` apart. The window reaches `half - 1` to the right and the
// rest of `width` to the left, and is cut off at the ends.
void box_filter(const float* from, float* to, int count, int stride, int width) {
  const int half = (width + 2) / 2;
  const int left = width - half;
  double sum = 0;
  int first = 0, end = 0;
  for (int i = 0; i < count; ++i) {
    for (; end < std::min(count, i + half); ++end) sum += from[end * stride];
    for (; first < i - left; ++first) sum -= from[first * stride];
    to[i * stride] = static_cast<float>(sum / (end - first));
  }
}

void blur(cv::Mat1f& picture) {
  const int row_width = (picture.cols + 2 * kGrid - 1) / (2 * kGrid);
  const int column_width = (picture.rows + 2 * kGrid - 1) / (2 * kGrid);
  cv::Mat1f other(picture.size());
  for (int pass = 0; pass < 2; ++pass) {
    for (int y = 0; y < picture.rows; ++y) box_filter(picture[y], other[y], picture.cols, 1, row_width);
    for (int x = 0; x < picture.cols; ++x)
      box_filter(other[0] + x, picture[0] + x, picture.rows, picture.cols, column_width);
  }
}

cv::Matx<float, kGrid, kGrid> sample(const cv::Mat1f& picture) {
  cv::Matx<float, kGrid, kGrid> grid;
  for (int y = 0; y < kGrid; ++y)
    for (int x = 0; x < kGrid; ++x)
      grid(y, x) = picture(static_cast<int>((y + 0.5) * picture.rows / kGrid),
                           static_cast<int>((x + 0.5) * picture.cols / kGrid));
  return grid;
}

int quality_of(const cv::Matx<float, kGrid, kGrid>& grid) {
  int sum = 0;
  const auto step = [](float a, float b) { return std::abs(static_cast<int>((a - b) * 100 / 255)); };
  for (int i = 0; i + 1 < kGrid; ++i)
    for (int j = 0; j < kGrid; ++j) sum += step(grid(i, j), grid(i + 1, j)) + step(grid(j, i), grid(j, i + 1));
  return std::min(100, sum / 90);
}

// Rows of the cosine transform, without the constant one.
Frequencies transform(const cv::Matx<float, kGrid, kGrid>& grid) {
  static const auto basis = [] {
    cv::Matx<float, kFrequencies, kGrid> rows;
    for (int i = 0; i < kFrequencies; ++i)
      for (int j = 0; j < kGrid; ++j)
        rows(i, j) = static_cast<float>(std::sqrt(2.0 / kGrid) *
                                        std::cos(std::numbers::pi / (2 * kGrid) * (i + 1) * (2 * j + 1)));
    return rows;
  }();
  const cv::Matx<float, kFrequencies, kFrequencies> product = basis * grid * basis.t();
  Frequencies out;
  for (int i = 0; i < kFrequencies; ++i)
    for (int j = 0; j < kFrequencies; ++j)
      out[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)] = product(i, j);
  return out;
}

PdqHash threshold(const Frequencies& frequencies) {
  std::array<float, kFrequencies * kFrequencies> values;
  for (std::size_t k = 0; k < values.size(); ++k) values[k] = frequencies[k / kFrequencies][k % kFrequencies];
  auto sorted = values;
  const auto median = sorted.begin() + sorted.size() / 2 - 1;
  std::nth_element(sorted.begin(), median, sorted.end());
  PdqHash hash;
  for (std::size_t k = 0; k < values.size(); ++k)
    if (values[k] > *median) hash.words[k / 64] |= std::uint64_t{1} << (k % 64);
  return hash;
}

// The frequencies of the picture transposed (or not), then mirrored in x and y (or not): a mirror negates the odd ones.
PdqHash form(const Frequencies& frequencies, bool transposed, bool mirror_x, bool mirror_y) {
  Frequencies changed;
  for (std::size_t i = 0; i < kFrequencies; ++i)
    for (std::size_t j = 0; j < kFrequencies; ++j) {
      const float value = transposed ? frequencies[j][i] : frequencies[i][j];
      const bool negative = (mirror_x && j % 2 == 0) != (mirror_y && i % 2 == 0);
      changed[i][j] = negative ? -value : value;
    }
  return threshold(changed);
}

}  // namespace

Pdq pdq(const cv::Mat1b& luma) {
  Pdq out;
  if (luma.empty()) return out;
  cv::Mat1f picture;
  luma.convertTo(picture, CV_32F);
  blur(picture);
  const auto grid = sample(picture);
  const Frequencies frequencies = transform(grid);
  out.quality = quality_of(grid);
  out.forms = {form(frequencies, false, false, false), form(frequencies, true, false, true),
               form(frequencies, false, true, true),   form(frequencies, true, true, false),
               form(frequencies, false, false, true),  form(frequencies, false, true, false),
               form(frequencies, true, false, false),  form(frequencies, true, true, true)};
  return out;
}

int hamming_distance(const PdqHash& a, const PdqHash& b) {
  int distance = 0;
  for (std::size_t i = 0; i < a.words.size(); ++i) distance += std::popcount(a.words[i] ^ b.words[i]);
  return distance;
}

std::string to_hex(const PdqHash& hash) {
  return fmt::format("{:016x}{:016x}{:016x}{:016x}", hash.words[3], hash.words[2], hash.words[1], hash.words[0]);
}

}  // namespace probity::trace
