#include "attacks/collusion.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace probity::bench {
namespace {

constexpr std::array<std::pair<std::string_view, Collusion>, 6> kNames = {{
    {"average", Collusion::average},
    {"min", Collusion::minimum},
    {"max", Collusion::maximum},
    {"median", Collusion::median},
    {"mosaic", Collusion::mosaic},
    {"interleave", Collusion::interleave},
}};

cv::Mat average(const std::vector<cv::Mat>& copies) {
  cv::Mat sum;
  copies[0].convertTo(sum, CV_16UC3);
  for (std::size_t i = 1; i < copies.size(); ++i) cv::add(sum, copies[i], sum, cv::noArray(), CV_16U);
  cv::Mat out;
  sum.convertTo(out, CV_8UC3, 1.0 / static_cast<double>(copies.size()));
  return out;
}

cv::Mat extreme(const std::vector<cv::Mat>& copies, bool lowest) {
  cv::Mat out = copies[0].clone();
  for (std::size_t i = 1; i < copies.size(); ++i) out = lowest ? cv::min(out, copies[i]) : cv::max(out, copies[i]);
  return out;
}

cv::Mat median(const std::vector<cv::Mat>& copies) {
  if (copies.size() == 2) return average(copies);
  cv::Mat out(copies[0].size(), CV_8UC3);
  std::vector<std::uint8_t> values(copies.size());
  const std::size_t middle = copies.size() / 2;
  for (int y = 0; y < out.rows; ++y) {
    for (int i = 0; i < out.cols * 3; ++i) {
      for (std::size_t copy = 0; copy < copies.size(); ++copy) values[copy] = copies[copy].ptr(y)[i];
      std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(middle), values.end());
      int value = values[middle];
      if (copies.size() % 2 == 0)
        value =
            (value + *std::max_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(middle)) + 1) / 2;
      out.ptr(y)[i] = static_cast<std::uint8_t>(value);
    }
  }
  return out;
}

cv::Mat blocks(const std::vector<cv::Mat>& copies, int block_px, cv::Point offset, Dice& dice) {
  cv::Mat out = copies[0].clone();
  const cv::Rect whole(0, 0, out.cols, out.rows);
  for (int y = -offset.y; y < out.rows; y += block_px) {
    for (int x = -offset.x; x < out.cols; x += block_px) {
      const cv::Rect block = cv::Rect(x, y, block_px, block_px) & whole;
      const auto copy = static_cast<std::size_t>(dice.integer(0, static_cast<int>(copies.size()) - 1));
      if (!block.empty()) copies[copy](block).copyTo(out(block));
    }
  }
  return out;
}

}  // namespace

Result<Collusion> parse_collusion(std::string_view name) {
  for (const auto& [known, collusion] : kNames)
    if (known == name) return collusion;
  return fail(ErrorCode::invalid_argument, "unknown collusion '" + std::string(name) + "'",
              "one of average, min, max, median, mosaic, interleave");
}

std::string_view collusion_name(Collusion collusion) {
  return std::find_if(kNames.begin(), kNames.end(), [&](const auto& entry) { return entry.second == collusion; })
      ->first;
}

Result<cv::Mat> collude(const std::vector<cv::Mat>& copies, Collusion collusion, Dice& dice) {
  if (copies.size() < 2) return fail(ErrorCode::invalid_argument, "a collusion takes at least two copies");
  for (const cv::Mat& copy : copies)
    if (copy.size() != copies[0].size() || copy.type() != CV_8UC3)
      return fail(ErrorCode::invalid_argument, "the copies are not of one size");
  switch (collusion) {
    case Collusion::average:
      return average(copies);
    case Collusion::minimum:
      return extreme(copies, true);
    case Collusion::maximum:
      return extreme(copies, false);
    case Collusion::median:
      return median(copies);
    case Collusion::mosaic: {
      const int block_px = dice.integer(16, 96);
      const cv::Point offset(dice.integer(0, block_px - 1), dice.integer(0, block_px - 1));
      return blocks(copies, block_px, offset, dice);
    }
    case Collusion::interleave:
      return blocks(copies, 8, {0, 0}, dice);
  }
  return fail(ErrorCode::internal, "a collusion without a rule");
}

}  // namespace probity::bench
