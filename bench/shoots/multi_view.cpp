#include "shoots/multi_view.h"

#include <cmath>
#include <opencv2/imgproc.hpp>

#include "attacks/geometry.h"
#include "attacks/picture_file.h"

namespace probity::bench {
namespace {

constexpr int kSceneLongSide = 2600;
constexpr double kFrameShare = 0.78;  // of the scene: what is left shows when the camera turns

cv::Mat1f smooth_noise(const cv::Size& size, int columns, Dice& dice) {
  cv::Mat1f small(std::max(3, columns * size.height / size.width), columns);
  for (float& value : small) value = static_cast<float>(dice.uniform());
  cv::Mat1f large;
  cv::resize(small, large, size, 0, 0, cv::INTER_CUBIC);
  return large;
}

// Sensor noise, stronger in light areas, as of photons.
void add_noise(cv::Mat& rgb, double strength, Dice& dice) {
  cv::Mat3b pixels = rgb;
  for (cv::Vec3b& pixel : pixels)
    for (int channel = 0; channel < 3; ++channel) {
      const double deviation = strength * std::sqrt(1.0 + pixel[channel] * 0.06);
      pixel[channel] = cv::saturate_cast<uchar>(pixel[channel] + deviation * static_cast<double>(dice.noise()));
    }
}

Standpoint nudged(const Standpoint& from, Dice& dice) {
  Standpoint to = from;
  const double angle = dice.uniform(0, 2 * CV_PI), length = dice.uniform(0.002, 0.006);
  to.aside += cv::Point2d(std::cos(angle), std::sin(angle)) * length;
  to.look += cv::Point2d(dice.uniform(-0.012, 0.012), dice.uniform(-0.012, 0.012));
  to.roll_degrees += dice.uniform(-0.5, 0.5);
  to.tilt_x += dice.uniform(-0.004, 0.004);
  return to;
}

Standpoint of_attendee(int attendee, Dice& dice) {
  static constexpr double kAside[] = {0, 0.03, 0.07, 0.14};
  const double angle = dice.uniform(0, 2 * CV_PI);
  const double length = kAside[attendee] * dice.uniform(0.7, 1.3);
  Standpoint place;
  place.aside = cv::Point2d(std::cos(angle), std::sin(angle) * 0.4) * length;
  place.look = {dice.uniform(-0.03, 0.03), dice.uniform(-0.03, 0.03)};
  place.tilt_x = dice.uniform(-0.03, 0.03) + (attendee == 3 ? 0.06 : 0);
  place.tilt_y = dice.uniform(-0.02, 0.02);
  place.roll_degrees = dice.uniform(-2, 2);
  place.zoom = dice.uniform(0.98, 1.12);
  return place;
}

}  // namespace

Scene make_scene(const cv::Mat& rgb, Dice dice) {
  Scene scene;
  scene.rgb = shrink_long_side(rgb, kSceneLongSide).clone();
  const cv::Size size = scene.rgb.size();
  scene.depth = 0.5 * smooth_noise(size, 5, dice) + 0.1 * smooth_noise(size, 24, dice);
  for (int thing = 0; thing < 3; ++thing) {
    cv::Mat1f mask = cv::Mat1f::zeros(size);
    const cv::Point centre(dice.integer(0, size.width - 1), dice.integer(0, size.height - 1));
    const cv::Size radii(cvRound(size.width * dice.uniform(0.06, 0.2)), cvRound(size.height * dice.uniform(0.08, 0.3)));
    cv::ellipse(mask, centre, radii, dice.uniform(0, 180), 0, 360, cv::Scalar(0.4), cv::FILLED);
    cv::GaussianBlur(mask, mask, {}, 6);
    scene.depth += mask;
  }
  cv::normalize(scene.depth, scene.depth, 0, 1, cv::NORM_MINMAX);
  return scene;
}

void hang_sign(Scene& scene, double area_share, Dice dice) {
  const double width = std::sqrt(area_share * scene.rgb.total() * 2.0);
  cv::Mat sign(300, 600, CV_8UC3, cv::Scalar(235, 235, 228));
  cv::putText(sign, "NORTHLIGHT", {24, 120}, cv::FONT_HERSHEY_DUPLEX, 2.6, {30, 40, 120}, 6, cv::LINE_AA);
  cv::putText(sign, "motors - preview 27", {30, 200}, cv::FONT_HERSHEY_SIMPLEX, 1.6, {40, 40, 40}, 3, cv::LINE_AA);
  for (int i = 0; i < 9; ++i)
    cv::circle(sign, {50 + i * 62, 255}, 10 + (i * 7) % 14, {i * 25.0, 90, 200 - i * 20.0}, 4, cv::LINE_AA);
  cv::resize(sign, sign, {cvRound(width), cvRound(width / 2)}, 0, 0, cv::INTER_AREA);
  const int room_x = scene.rgb.cols - sign.cols, room_y = scene.rgb.rows - sign.rows;
  const cv::Rect place(cvRound(room_x * dice.uniform(0.3, 0.7)), cvRound(room_y * dice.uniform(0.3, 0.7)), sign.cols,
                       sign.rows);
  sign.copyTo(scene.rgb(place));
  scene.depth(place) = 0.5F;
}

cv::Mat photograph(const Scene& scene, const Standpoint& standpoint, const Exposure& exposure, Dice dice) {
  const double width = scene.rgb.cols, height = scene.rgb.rows;
  const cv::Size size(cvRound(width * kFrameShare), cvRound(height * kFrameShare));
  const double radians = standpoint.roll_degrees * CV_PI / 180, c = std::cos(radians), s = std::sin(radians);
  cv::Mat1f map_x(size), map_y(size);
  for (int row = 0; row < size.height; ++row)
    for (int column = 0; column < size.width; ++column) {
      const double x = (column - size.width / 2.0) / standpoint.zoom, y = (row - size.height / 2.0) / standpoint.zoom;
      const double far = 1 + 2 * (standpoint.tilt_x * x + standpoint.tilt_y * y) / width;
      const double u = width * (0.5 + standpoint.look.x) + (c * x - s * y) / far;
      const double v = height / 2 + width * standpoint.look.y + (s * x + c * y) / far;
      const float depth =
          scene.depth(std::clamp(cvRound(v), 0, scene.depth.rows - 1), std::clamp(cvRound(u), 0, scene.depth.cols - 1));
      map_x(row, column) = static_cast<float>(u + width * standpoint.aside.x * (depth - 0.5));
      map_y(row, column) = static_cast<float>(v + width * standpoint.aside.y * (depth - 0.5));
    }
  cv::Mat frame;
  cv::remap(scene.rgb, frame, map_x, map_y, cv::INTER_CUBIC, cv::BORDER_REFLECT_101);
  const double gain = std::exp2(exposure.stops);
  frame.convertTo(frame, CV_32FC3);
  cv::multiply(frame, cv::Scalar(gain * (1 + exposure.warmth), gain, gain * (1 - exposure.warmth)), frame);
  frame.convertTo(frame, CV_8UC3);
  add_noise(frame, exposure.noise, dice);
  return decode_rgb(encode_jpeg(frame, {.quality = 92})).value();
}

std::vector<HandedIn> shoot_scene(const Scene& scene, Dice dice) {
  std::vector<HandedIn> frames;
  for (int attendee = 0; attendee < kAttendees; ++attendee) {
    Dice own = dice.fork("attendee", static_cast<std::uint64_t>(attendee));
    Standpoint place = of_attendee(attendee, own);
    const double stops = own.uniform(-0.3, 0.3), warmth = own.uniform(-0.06, 0.06);
    for (int shot = 0; shot < kShotsEach; ++shot) {
      const Exposure exposure{stops + own.uniform(-0.1, 0.1), warmth, own.uniform(0.8, 1.6)};
      frames.push_back(
          {attendee, shot, photograph(scene, place, exposure, own.fork("noise", static_cast<std::uint64_t>(shot)))});
      place = nudged(place, own);
    }
  }
  return frames;
}

}  // namespace probity::bench
