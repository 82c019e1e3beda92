#include "leaks/pictures.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace probity::leaks {
namespace {

constexpr double kMarginShare = 0.08;  // shown around the leak's part, of its size

cv::Mat shrunk_to(const cv::Mat& picture, int long_side_px) {
  const double scale = static_cast<double>(long_side_px) / std::max(picture.cols, picture.rows);
  if (scale >= 1) return picture;
  cv::Mat small;
  cv::resize(picture, small, {}, scale, scale, cv::INTER_AREA);
  return small;
}

cv::Mat to_8_bit(const cv::Mat1f& luma) {
  cv::Mat grey;
  luma.convertTo(grey, CV_8U);
  return grey;
}

cv::Mat with_channels(const cv::Mat& picture, int channels) {
  if (picture.channels() == channels) return picture;
  cv::Mat colour;
  cv::cvtColor(picture, colour, cv::COLOR_GRAY2RGB);
  return colour;
}

// The part of the master around what the leak shows, as a share of its width and height.
cv::Rect2d part_shown(const Lay& lay, const cv::Size& master_px) {
  double left = master_px.width, top = master_px.height, right = 0, bottom = 0;
  for (const cv::Point2d& point : lay.outline) {
    left = std::min(left, point.x);
    right = std::max(right, point.x);
    top = std::min(top, point.y);
    bottom = std::max(bottom, point.y);
  }
  const double margin = kMarginShare * std::max(right - left, bottom - top);
  left = std::max(0.0, left - margin) / master_px.width;
  top = std::max(0.0, top - margin) / master_px.height;
  right = std::min<double>(master_px.width, right + margin) / master_px.width;
  bottom = std::min<double>(master_px.height, bottom + margin) / master_px.height;
  return {left, top, right - left, bottom - top};
}

// Where in the leak each pixel of a picture of the master's `part` is seen, `size` px large.
cv::Mat2f leak_map(const Reading& reading, const cv::Rect2d& part, const cv::Size& size) {
  const trace::Reference& reference = *reading.reference;
  const trace::DisplacementField& field = reading.displacement;
  cv::Mat2f moved(field.rows, field.columns);
  std::ranges::transform(field.moved_px, moved.begin(), [](const cv::Point2f& p) { return cv::Vec2f(p.x, p.y); });
  cv::Mat1f x_cells(size), y_cells(size);
  cv::Mat2f at(size);
  const cv::Size frame = reference.luma.size();
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const double rx = (part.x + part.width * (x + 0.5) / size.width) * frame.width - 0.5;
      const double ry = (part.y + part.height * (y + 0.5) / size.height) * frame.height - 0.5;
      at(y, x) = {static_cast<float>(rx), static_cast<float>(ry)};
      x_cells(y, x) = static_cast<float>((rx + 0.5) / reference.cell_width_px() - 0.5);
      y_cells(y, x) = static_cast<float>((ry + 0.5) / reference.cell_height_px() - 0.5);
    }
  }
  cv::Mat2f shift;
  cv::remap(moved, shift, x_cells, y_cells, cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  const cv::Matx33d& h = reading.alignment.reference_to_leak;
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const cv::Vec2f p = at(y, x) + shift(y, x);
      const cv::Vec3d q = h * cv::Vec3d(static_cast<double>(p[0]), static_cast<double>(p[1]), 1);
      at(y, x) = {static_cast<float>(q[0] / q[2]), static_cast<float>(q[1] / q[2])};
    }
  }
  return at;
}

// The master without colour and half as strong: what lies around the leak.
cv::Mat faded(const cv::Mat& master) {
  cv::Mat grey = master;
  if (master.channels() == 3) cv::cvtColor(master, grey, cv::COLOR_RGB2GRAY);
  cv::Mat light;
  grey.convertTo(light, CV_8U, 0.4, 140);
  return with_channels(light, master.channels());
}

cv::Mat lay_over(const cv::Mat& leak, const cv::Mat& master_part, const Reading& reading, const cv::Rect2d& part) {
  const cv::Mat2f map = leak_map(reading, part, master_part.size());
  // Shrinking by resampling alone would shimmer.
  const double leak_px = static_cast<double>(leak.cols) / reading.alignment.leak_size.width;
  const double step = cv::norm(cv::Vec2d(map(0, map.cols - 1) - map(0, 0))) * leak_px / std::max(1, map.cols - 1);
  cv::Mat source = leak;
  if (step > 1.3) cv::GaussianBlur(leak, source, {}, 0.4 * step, 0.4 * step, cv::BORDER_REPLICATE);
  cv::Mat warped;
  cv::remap(source, warped, cv::Mat2f(map * leak_px), cv::noArray(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  warped = with_channels(warped, master_part.channels());
  cv::Mat result = faded(master_part);
  cv::Mat1b shown(map.size());
  for (int y = 0; y < map.rows; ++y) {
    for (int x = 0; x < map.cols; ++x) {
      const cv::Vec2f p = map(y, x);
      const cv::Size leak_size = reading.alignment.leak_size;
      const bool inside = p[0] > -0.5F && p[1] > -0.5F && p[0] < static_cast<float>(leak_size.width) - 0.5F &&
                          p[1] < static_cast<float>(leak_size.height) - 0.5F;
      shown(y, x) = inside ? 255 : 0;
    }
  }
  warped.copyTo(result, shown);
  return result;
}

}  // namespace

FilePictures make_pictures(const LeakFile& file, const cv::Mat& master, const Reading& reading, const Lay& lay) {
  const cv::Mat leak = file.picture.empty() ? to_8_bit(file.luma) : file.picture;
  const cv::Mat whole = master.empty() ? to_8_bit(reading.reference->luma) : master;
  const int channels = std::max(leak.channels(), whole.channels());
  const mark::CellPlan& plan = reading.reference->plan;
  const cv::Rect2d part = part_shown(lay, {plan.width_px, plan.height_px});
  const cv::Rect part_px =
      cv::Rect(static_cast<int>(std::lround(part.x * whole.cols)), static_cast<int>(std::lround(part.y * whole.rows)),
               std::max(1, static_cast<int>(std::lround(part.width * whole.cols))),
               std::max(1, static_cast<int>(std::lround(part.height * whole.rows)))) &
      cv::Rect(0, 0, whole.cols, whole.rows);
  const cv::Rect2d exact(static_cast<double>(part_px.x) / whole.cols, static_cast<double>(part_px.y) / whole.rows,
                         static_cast<double>(part_px.width) / whole.cols,
                         static_cast<double>(part_px.height) / whole.rows);
  FilePictures pictures;
  pictures.leak = shrunk_to(leak, kPictureLongSidePx);
  pictures.master = shrunk_to(whole, kPictureLongSidePx);
  pictures.master_part = with_channels(shrunk_to(whole(part_px), kPictureLongSidePx), channels).clone();
  pictures.leak_part = lay_over(with_channels(leak, channels), pictures.master_part, reading, exact);
  return pictures;
}

}  // namespace probity::leaks
