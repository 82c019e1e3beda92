// Masked normalised cross-correlation by FFT (D. Padfield, IEEE TIP 2012, in the form for maps whose local mean is
// already zero): at every shift, sum(T R) / sqrt(sum(T^2 over R's frame) sum(R^2 over T's frame)). Both pictures are
// normalised locally first, so that neither a bright sky nor a vignette decides.
#include "trace/correlate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/core/utility.hpp>
#include <opencv2/imgproc.hpp>

namespace probity::trace {
namespace {

constexpr double kSizeStep = 1.05;
constexpr double kLeastOverlap = 0.4;  // of the smaller frame

// Detail between about 2 and 40 px, each part of the picture brought to the same contrast.
cv::Mat1f normalised_detail(const cv::Mat1f& plane) {
  constexpr double kWindowSigmaPx = 14;
  constexpr double kNoiseGrey = 1.0;  // flat areas must not become all noise
  cv::Mat1f smooth, mean, energy;
  cv::GaussianBlur(plane, smooth, {}, 0.8, 0.8, cv::BORDER_REFLECT);
  cv::GaussianBlur(smooth, mean, {}, kWindowSigmaPx, kWindowSigmaPx, cv::BORDER_REFLECT);
  cv::Mat1f detail = smooth - mean;
  cv::GaussianBlur(detail.mul(detail), energy, {}, kWindowSigmaPx, kWindowSigmaPx, cv::BORDER_REFLECT);
  cv::sqrt(energy + kNoiseGrey * kNoiseGrey, energy);
  cv::divide(detail, energy, detail);
  return detail;
}

// One picture's detail: its spectrum, zero-padded to a common size, and the running sums of its square, by which the
// energy of any rectangle is four look-ups.
struct Searched {
  cv::Size frame;
  cv::Mat1f spectrum;
  cv::Mat1d energy_sums;

  double energy(const cv::Rect& r) const {
    return energy_sums(r.y + r.height, r.x + r.width) - energy_sums(r.y, r.x + r.width) -
           energy_sums(r.y + r.height, r.x) + energy_sums(r.y, r.x);
  }
};

Searched searched(const cv::Mat1f& detail, const cv::Size& padded) {
  Searched result{detail.size(), cv::Mat1f::zeros(padded), {}};
  detail.copyTo(result.spectrum(cv::Rect({0, 0}, detail.size())));
  cv::dft(result.spectrum, result.spectrum, 0, detail.rows);
  cv::integral(detail.mul(detail), result.energy_sums, CV_64F);
  return result;
}

struct Peak {
  cv::Point shift;  // of the leak's origin in the search reference, px; may be negative
  double correlation = 0;
  double significance = 0;
};

Peak best_shift(const Searched& leak, const Searched& reference) {
  cv::Mat1f agreement;  // sum over x of leak(x) reference(x + shift), cyclic
  cv::mulSpectrums(reference.spectrum, leak.spectrum, agreement, 0, true);
  cv::dft(agreement, agreement, cv::DFT_INVERSE | cv::DFT_SCALE | cv::DFT_REAL_OUTPUT);
  Peak best;
  const cv::Rect whole({0, 0}, reference.frame);
  const double smaller = std::min(leak.frame.area(), reference.frame.area());
  for (int y = 1 - leak.frame.height; y < reference.frame.height; ++y) {
    for (int x = 1 - leak.frame.width; x < reference.frame.width; ++x) {
      const cv::Rect overlap = whole & cv::Rect({x, y}, leak.frame);
      if (overlap.area() < kLeastOverlap * smaller) continue;
      const float product = agreement(y < 0 ? y + agreement.rows : y, x < 0 ? x + agreement.cols : x);
      if (product <= 0) continue;
      const double area = overlap.area();
      const double energy = reference.energy(overlap) * leak.energy(overlap - cv::Point(x, y));
      if (energy <= 1e-3 * area * area) continue;
      const double correlation = static_cast<double>(product) / std::sqrt(energy);
      const double significance = correlation * std::sqrt(area);
      if (significance > best.significance) best = {{x, y}, correlation, significance};
    }
  }
  return best;
}

// The eight ways to lay a picture down: bit 0 mirrors, bits 1 and 2 turn by quarters. Maps pixel centres of the picture
// to those of the result.
struct Lay {
  cv::Mat1f picture;
  cv::Matx33d map;
};

Lay lay_down(const cv::Mat1f& picture, int way) {
  Lay lay{picture, cv::Matx33d::eye()};
  if ((way & 1) != 0) {
    cv::flip(picture, lay.picture, 1);
    lay.map = cv::Matx33d(-1, 0, picture.cols - 1.0, 0, 1, 0, 0, 0, 1);
  }
  for (int quarter = 0; quarter < way >> 1; ++quarter) {
    const cv::Matx33d turn(0, -1, lay.picture.rows - 1.0, 1, 0, 0, 0, 0, 1);
    cv::Mat1f turned;
    cv::rotate(lay.picture, turned, cv::ROTATE_90_CLOCKWISE);
    lay.picture = turned;
    lay.map = turn * lay.map;
  }
  return lay;
}

// Scales pixel centres about the pixel corners, as cv::resize does.
cv::Matx33d scaling(double x, double y) { return {x, 0, (x - 1) / 2, 0, y, (y - 1) / 2, 0, 0, 1}; }

}  // namespace

namespace {

// Sizes that are searched on one scaled reference.
struct Band {
  double smallest_share;
  double largest_share;  // of the reference's long side that the leak's covers
  int long_side_px;      // of the reference: small crops need a finer one
};
constexpr int kCoarseSidePx = 256;
constexpr std::array<Band, 4> kBands{{{0.12, 0.22, 2 * kCoarseSidePx},
                                      {0.22, 0.4, 2 * kCoarseSidePx},
                                      {0.4, 0.75, kCoarseSidePx},
                                      {0.75, 1.3, kCoarseSidePx}}};

std::vector<CorrelationPeak> search_band(const cv::Mat1f& leak, const Reference& reference, const Band& band,
                                         const CorrelateOptions& options) {
  const double reference_scale =
      static_cast<double>(band.long_side_px) / std::max(reference.luma.cols, reference.luma.rows);
  cv::Mat1f small_reference;
  cv::resize(reference.luma, small_reference, {}, reference_scale, reference_scale, cv::INTER_AREA);
  const int side = cv::getOptimalDFTSize(static_cast<int>(band.long_side_px * (1 + band.largest_share)) + 2);
  const cv::Size padded(side, side);
  const Searched whole = searched(normalised_detail(small_reference), padded);
  const cv::Matx33d to_small = scaling(static_cast<double>(small_reference.cols) / reference.luma.cols,
                                       static_cast<double>(small_reference.rows) / reference.luma.rows);

  std::vector<double> shares;
  for (double share = band.smallest_share; share < band.largest_share; share *= kSizeStep) shares.push_back(share);
  const int ways = options.turned_and_mirrored ? 8 : 1;
  std::vector<CorrelationPeak> peaks(shares.size() * static_cast<std::size_t>(ways));
  cv::parallel_for_({0, static_cast<int>(peaks.size())}, [&](const cv::Range& range) {
    for (int i = range.start; i < range.end; ++i) {
      const Lay lay = lay_down(leak, i % ways);
      const double scale =
          shares[static_cast<std::size_t>(i / ways)] * band.long_side_px / std::max(leak.cols, leak.rows);
      cv::Mat1f small;
      cv::resize(lay.picture, small, {}, scale, scale, scale < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
      if (std::min(small.cols, small.rows) < 16) continue;
      const Peak peak = best_shift(searched(normalised_detail(small), padded), whole);
      // reference -> small reference -> shifted into the small leak -> laid leak -> leak
      const cv::Matx33d shift(1, 0, -peak.shift.x, 0, 1, -peak.shift.y, 0, 0, 1);
      const cv::Matx33d to_small_leak = scaling(static_cast<double>(small.cols) / lay.picture.cols,
                                                static_cast<double>(small.rows) / lay.picture.rows) *
                                        lay.map;
      peaks[static_cast<std::size_t>(i)] = {
          {to_small_leak.inv() * shift * to_small, leak.size(), 0, "correlation"}, peak.correlation, peak.significance};
    }
  });
  std::stable_sort(peaks.begin(), peaks.end(),
                   [](const auto& a, const auto& b) { return a.significance > b.significance; });
  peaks.resize(std::min(peaks.size(), static_cast<std::size_t>(options.keep_per_band)));
  return peaks;
}

}  // namespace

std::vector<CorrelationPeak> correlate(const cv::Mat1f& full_leak, const Reference& reference,
                                       const CorrelateOptions& options) {
  // Every hypothesis shrinks the leak anew: not from all of its pixels.
  constexpr int kLargestLeakPx = 800;
  const double shrink = std::min(1.0, static_cast<double>(kLargestLeakPx) / std::max(full_leak.cols, full_leak.rows));
  cv::Mat1f leak = full_leak;
  if (shrink < 1) cv::resize(full_leak, leak, {}, shrink, shrink, cv::INTER_AREA);
  const cv::Matx33d to_full =
      scaling(static_cast<double>(full_leak.cols) / leak.cols, static_cast<double>(full_leak.rows) / leak.rows);
  std::vector<CorrelationPeak> peaks;
  for (const Band& band : kBands) {
    Band searched_band = band;
    if (options.turned_and_mirrored) {
      if (band.long_side_px > kCoarseSidePx) continue;
      searched_band.long_side_px = kCoarseSidePx / 2;  // eight times as many ways to try
    }
    for (CorrelationPeak& peak : search_band(leak, reference, searched_band, options)) peaks.push_back(std::move(peak));
  }
  for (CorrelationPeak& peak : peaks) {
    peak.alignment.reference_to_leak = to_full * peak.alignment.reference_to_leak;
    peak.alignment.leak_size = full_leak.size();
  }
  std::stable_sort(peaks.begin(), peaks.end(),
                   [](const auto& a, const auto& b) { return a.significance > b.significance; });
  return peaks;
}

}  // namespace probity::trace
