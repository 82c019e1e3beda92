#include <fmt/format.h>

#include <filesystem>
#include <limits>
#include <mutex>
#include <opencv2/imgproc.hpp>

#include "attacks/picture_file.h"
#include "harness/benches.h"
#include "harness/marked.h"
#include "harness/quality.h"
#include "harness/workers.h"

namespace probity::bench {
namespace {

constexpr int kViewPx = 480;  // side of one panel

// The place where a mark would show first: least texture, neither black nor white.
cv::Rect smoothest_area(const cv::Mat& rgb, int side_px) {
  const cv::Size side(std::min(side_px, rgb.cols), std::min(side_px, rgb.rows));
  const cv::Mat1f luma = luma_of(rgb);
  cv::Rect best(0, 0, side.width, side.height);
  double best_cost = std::numeric_limits<double>::infinity();
  for (int y = 0; y + side.height <= rgb.rows; y += side.height / 2) {
    for (int x = 0; x + side.width <= rgb.cols; x += side.width / 2) {
      const cv::Rect area(cv::Point(x, y), side);
      cv::Mat1f soft;
      cv::GaussianBlur(luma(area), soft, {}, 4);
      const double texture = cv::norm(luma(area), soft, cv::NORM_L1) / area.area();
      const double mean = cv::mean(luma(area))[0];
      const double cost = texture + (mean < 40 || mean > 230 ? 5 : 0);
      if (cost >= best_cost) continue;
      best_cost = cost;
      best = area;
    }
  }
  return best;
}

cv::Mat enlarged(const cv::Mat& rgb, int factor) {
  cv::Mat out;
  cv::resize(rgb, out, {}, factor, factor, cv::INTER_NEAREST);
  return out;
}

// Left: master, right: marked copy as delivered. Top: 100 %, middle: 400 %, bottom: the mark times 24 about mid grey.
cv::Mat eye_sheet(const MarkedPhoto& photo, const cv::Mat& delivered) {
  const cv::Rect area = smoothest_area(photo.master, kViewPx);
  const cv::Rect middle(area.x + area.width / 2 - kViewPx / 8, area.y + area.height / 2 - kViewPx / 8, kViewPx / 4,
                        kViewPx / 4);
  cv::Mat sheet(kViewPx * 2, kViewPx * 3, CV_8UC3, cv::Scalar::all(128));
  const auto place = [&](const cv::Mat& panel, int column, int row) {
    panel.copyTo(sheet(cv::Rect(column * kViewPx, row * kViewPx, panel.cols, panel.rows)));
  };
  place(photo.master(area), 0, 0);
  place(photo.marked(area), 1, 0);
  place(delivered(area), 2, 0);
  place(enlarged(photo.master(middle), 4), 0, 1);
  place(enlarged(photo.marked(middle), 4), 1, 1);
  cv::Mat amplified;
  photo.delta(area).convertTo(amplified, CV_8U, 24, 128);
  cv::cvtColor(amplified, amplified, cv::COLOR_GRAY2RGB);
  place(amplified, 2, 1);
  return sheet;
}

}  // namespace

Result<void> make_eye_sheets(const BenchOptions& options) {
  TRY_ASSIGN(const std::vector<Photo> photos, chosen_photos(options));
  std::error_code error;
  std::filesystem::create_directories(options.out, error);
  std::mutex mutex;
  Result<void> outcome;
  for_each_index(photos.size(), options.threads, [&](std::size_t i) {
    const auto make = [&]() -> Result<void> {
      TRY_ASSIGN(const MarkedPhoto photo, mark_photo(photos[i], options.strength, options.seed));
      TRY_ASSIGN(const cv::Mat delivered, decode_rgb(encode_jpeg(photo.marked, {92, Chroma::quarter_420})));
      return write_png(options.out / ("eye_" + photos[i].name + ".png"), eye_sheet(photo, delivered));
    };
    auto made = make();
    const std::lock_guard lock(mutex);
    if (!made) outcome = std::move(made);
  });
  TRY(outcome);
  fmt::print(
      "Sheets are in {}. Top: master, marked and delivered JPEG 92 at 100 %; bottom: master and marked at 400 %, "
      "and the mark times 24.\n",
      options.out.string());
  return {};
}

}  // namespace probity::bench
