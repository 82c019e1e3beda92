#include "harness/quality.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <opencv2/imgproc.hpp>
#include <string>

#include "attacks/picture_file.h"
#include "base/check.h"

namespace probity::bench {
namespace {

constexpr int kWindowPx = 11;

cv::Mat1f window_mean(const cv::Mat1f& values) {
  cv::Mat1f mean;
  cv::GaussianBlur(values, mean, {kWindowPx, kWindowPx}, 1.5);
  constexpr int kMargin = kWindowPx / 2;
  return mean({kMargin, kMargin, values.cols - 2 * kMargin, values.rows - 2 * kMargin});
}

cv::Mat1f ssim_map(const cv::Mat1f& a, const cv::Mat1f& b) {
  constexpr double kC1 = (0.01 * 255) * (0.01 * 255);
  constexpr double kC2 = (0.03 * 255) * (0.03 * 255);
  const cv::Mat1f mean_a = window_mean(a);
  const cv::Mat1f mean_b = window_mean(b);
  const cv::Mat1f mean_ab = mean_a.mul(mean_b);
  const cv::Mat1f squares = mean_a.mul(mean_a) + mean_b.mul(mean_b);
  const cv::Mat1f variances = window_mean(a.mul(a) + b.mul(b)) - squares;
  const cv::Mat1f covariance = window_mean(a.mul(b)) - mean_ab;
  const cv::Mat1f above = (2 * mean_ab + kC1).mul(2 * covariance + kC2);
  const cv::Mat1f below = (squares + kC1).mul(variances + kC2);
  cv::Mat1f map;
  cv::divide(above, below, map);
  return map;
}

// A picture as a file for as long as the object lives. PPM: butteraugli_main reads it much faster than PNG.
class TemporaryPicture {
 public:
  explicit TemporaryPicture(const cv::Mat& rgb) {
    static std::atomic<int> counter{0};
    path_ = std::filesystem::temp_directory_path() / fmt::format("probity-bench-{}-{}.ppm", getpid(), counter++);
    Bytes bytes;
    const std::string header = fmt::format("P6\n{} {}\n255\n", rgb.cols, rgb.rows);
    bytes.reserve(header.size() + rgb.total() * 3);
    bytes.insert(bytes.end(), header.begin(), header.end());
    for (int y = 0; y < rgb.rows; ++y) bytes.insert(bytes.end(), rgb.ptr(y), rgb.ptr(y) + rgb.cols * 3);
    written_ = write_file(path_, bytes);
  }
  ~TemporaryPicture() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  TemporaryPicture(const TemporaryPicture&) = delete;
  TemporaryPicture& operator=(const TemporaryPicture&) = delete;
  const Result<void>& written() const { return written_; }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
  Result<void> written_;
};

}  // namespace

cv::Mat1f luma_of(const cv::Mat& rgb) {
  cv::Mat wide;
  rgb.convertTo(wide, CV_32F);
  cv::Mat1f luma;
  cv::transform(wide, luma, cv::Matx13f(0.299F, 0.587F, 0.114F));
  return luma;
}

double psnr_db(const cv::Mat& a, const cv::Mat& b) {
  PROBITY_CHECK(a.size() == b.size());
  const double squared = cv::norm(a, b, cv::NORM_L2SQR) / (static_cast<double>(a.total()) * a.channels());
  return squared == 0 ? 99 : std::min(99.0, 10 * std::log10(255.0 * 255.0 / squared));
}

double ssim_luma(const cv::Mat& a, const cv::Mat& b) {
  PROBITY_CHECK(a.size() == b.size() && a.cols >= kWindowPx && a.rows >= kWindowPx);
  // In strips that overlap by a window, so that 20 megapixels do not need a gigabyte.
  constexpr int kStripPx = 512;
  const int inner_rows = a.rows - kWindowPx + 1;
  double sum = 0;
  double count = 0;
  for (int top = 0; top < inner_rows; top += kStripPx) {
    const int bottom = std::min(top + kStripPx, inner_rows) + kWindowPx - 1;
    const cv::Mat1f map = ssim_map(luma_of(a.rowRange(top, bottom)), luma_of(b.rowRange(top, bottom)));
    sum += cv::sum(map)[0];
    count += static_cast<double>(map.total());
  }
  return sum / count;
}

Result<double> butteraugli_3norm(const cv::Mat& reference, const cv::Mat& changed) {
  const TemporaryPicture first(reference);
  const TemporaryPicture second(changed);
  TRY(first.written());
  TRY(second.written());
  // Our own temporary names: nothing in them needs quoting.
  const std::string command = "butteraugli_main " + first.path() + " " + second.path() + " 2>/dev/null";
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  if (!pipe) return fail(ErrorCode::not_found, "butteraugli_main cannot be started", "apt-get install libjxl-devtools");
  std::string answer;
  std::array<char, 256> chunk{};
  while (std::fgets(chunk.data(), static_cast<int>(chunk.size()), pipe.get()) != nullptr) answer += chunk.data();
  const std::size_t at = answer.find("3-norm:");
  if (at == std::string::npos)
    return fail(ErrorCode::not_found, "butteraugli_main gave no 3-norm", "apt-get install libjxl-devtools");
  return std::strtod(answer.c_str() + at + 7, nullptr);
}

}  // namespace probity::bench
