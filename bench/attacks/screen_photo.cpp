// The light path, in this order: display values to light (gamma 2.2, black glow, reflection) -> lens spread -> pose and
// lens distortion -> the stripe grid sampled by the sensor grid -> vignette -> Bayer mosaic with noise -> demosaicking
// -> white balance, sharpening and tone curve.
//
// The stripe grid is not drawn: each colour's stripes are a periodic function of display x, written as its Fourier
// series, each harmonic damped by what the lens spread and the pixel's own width leave of it at its frequency on the
// sensor, and sampled at the sensor pixels of that colour. Frequencies above what the Bayer grid can hold fold down by
// themselves and give the coloured moire bands of real photographs of screens, at the cost of one evaluation a pixel.
#include "attacks/screen_photo.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "attacks/geometry.h"

namespace probity::bench {
namespace {

constexpr double kFocalShare = 0.72;  // focal length over the frame's long side: a 26-mm equivalent
constexpr double kStripeDuty = 0.28;  // width of one colour's stripe in display pixels
constexpr double kRowDuty = 0.82;     // height of a display pixel's lit part
constexpr int kSensorLongPx = 4000;
constexpr int kSensorShortPx = 3000;

// Where sensor pixels look on the display, and how the two grids relate.
struct Pose {
  cv::Matx33d sensor_to_display;  // after the lens distortion is undone
  cv::Point2d centre;
  double radius_px = 1;  // of the frame's corner
  double distortion = 0;
  double scale = 1;  // sensor pixels per display pixel, about
};

struct Wave {
  std::array<float, 2> column;  // amplitudes of the first two harmonics across the stripes
  float row;                    // and of the first along them
};

double sinc(double x) { return std::abs(x) < 1e-9 ? 1.0 : std::sin(CV_PI * x) / (CV_PI * x); }

// What lens spread and pixel width leave of a wave of that many cycles per sensor pixel.
double remaining(double frequency, double blur_px) {
  return std::abs(sinc(frequency)) * std::exp(-2 * CV_PI * CV_PI * blur_px * blur_px * frequency * frequency);
}

Wave grid_wave(const Pose& pose, const ScreenPhotoOptions& options) {
  Wave wave{};
  for (int harmonic = 1; harmonic <= 2; ++harmonic)
    wave.column[static_cast<std::size_t>(harmonic - 1)] =
        static_cast<float>(options.grid_contrast * 2 * sinc(harmonic * kStripeDuty) *
                           remaining(harmonic / pose.scale, options.grid_blur_px));
  wave.row = static_cast<float>(options.grid_contrast * 2 * std::abs(sinc(kRowDuty)) *
                                remaining(1 / pose.scale, options.grid_blur_px));
  return wave;
}

std::vector<cv::Point2d> project_corners(const cv::Matx33d& map, cv::Size size) {
  const double w = size.width;
  const double h = size.height;
  std::vector<cv::Point2d> out;
  for (const cv::Vec3d& corner : {cv::Vec3d(0, 0, 1), cv::Vec3d(w, 0, 1), cv::Vec3d(w, h, 1), cv::Vec3d(0, h, 1)}) {
    const cv::Vec3d point = map * corner;
    out.emplace_back(point[0] / point[2], point[1] / point[2]);
  }
  return out;
}

// Display to sensor for a display turned by those angles whose middle lies `distance` away on the camera's axis.
cv::Matx33d projection(cv::Size shown, cv::Size sensor, double yaw, double pitch, double roll, double distance) {
  const cv::Matx33d about_y(std::cos(yaw), 0, std::sin(yaw), 0, 1, 0, -std::sin(yaw), 0, std::cos(yaw));
  const cv::Matx33d about_x(1, 0, 0, 0, std::cos(pitch), -std::sin(pitch), 0, std::sin(pitch), std::cos(pitch));
  const cv::Matx33d about_z(std::cos(roll), -std::sin(roll), 0, std::sin(roll), std::cos(roll), 0, 0, 0, 1);
  const cv::Matx33d turn = about_z * about_x * about_y;
  const double focal = kFocalShare * std::max(sensor.width, sensor.height);
  const cv::Matx33d camera(focal, 0, sensor.width / 2.0, 0, focal, sensor.height / 2.0, 0, 0, 1);
  const cv::Matx33d plane(turn(0, 0), turn(0, 1), 0, turn(1, 0), turn(1, 1), 0, turn(2, 0), turn(2, 1), distance);
  const cv::Matx33d middle(1, 0, -shown.width / 2.0, 0, 1, -shown.height / 2.0, 0, 0, 1);
  return camera * plane * middle;
}

// Comes closer until the picture's bounding box fills its share of the frame, then aims at the box's middle.
Pose choose_pose(cv::Size shown, cv::Size sensor, const ScreenPhotoOptions& options, Dice& dice) {
  const double tilt = options.tilt_degrees * CV_PI / 180;
  const double direction = dice.uniform(0, CV_2PI);
  const double yaw = tilt * std::cos(direction);
  const double pitch = tilt * std::sin(direction);
  const double roll = dice.uniform(-1, 1) * options.roll_degrees * CV_PI / 180;
  double near = 0.4 * shown.width;
  double far = 40.0 * std::max(shown.width, shown.height);
  cv::Rect2d box;
  for (int step = 0; step < 50; ++step) {
    const double distance = std::sqrt(near * far);
    const auto corners = project_corners(projection(shown, sensor, yaw, pitch, roll, distance), shown);
    cv::Point2d low = corners[0];
    cv::Point2d high = corners[0];
    for (const auto& corner : corners) {
      low = {std::min(low.x, corner.x), std::min(low.y, corner.y)};
      high = {std::max(high.x, corner.x), std::max(high.y, corner.y)};
    }
    box = cv::Rect2d(low, high);
    const double filled = std::max(box.width / sensor.width, box.height / sensor.height);
    (filled > options.fill ? near : far) = distance;
  }
  const double distance = std::sqrt(near * far);
  const double slack_x = 0.5 * (sensor.width * 0.98 - box.width);
  const double slack_y = 0.5 * (sensor.height * 0.98 - box.height);
  const cv::Point2d aim(sensor.width / 2.0 - box.x - box.width / 2 + dice.uniform(-0.5, 0.5) * slack_x,
                        sensor.height / 2.0 - box.y - box.height / 2 + dice.uniform(-0.5, 0.5) * slack_y);
  const cv::Matx33d shift(1, 0, aim.x, 0, 1, aim.y, 0, 0, 1);
  Pose pose;
  pose.sensor_to_display = (shift * projection(shown, sensor, yaw, pitch, roll, distance)).inv();
  pose.centre = {sensor.width / 2.0, sensor.height / 2.0};
  pose.radius_px = std::hypot(sensor.width / 2.0, sensor.height / 2.0);
  pose.distortion = (dice.coin() ? 1 : -1) * options.lens_distortion;
  pose.scale = kFocalShare * std::max(sensor.width, sensor.height) / distance;
  return pose;
}

// The display's light around the picture: the picture inside a dark border of the display's own pixels.
cv::Mat3f display_light(const cv::Mat& shown, int border_px, double spread_px) {
  cv::Mat1f to_light(1, 256);
  for (int value = 0; value < 256; ++value)
    to_light(0, value) = static_cast<float>(0.004 + 0.996 * std::pow(value / 255.0, 2.2));
  cv::Mat bordered;
  cv::copyMakeBorder(shown, bordered, border_px, border_px, border_px, border_px, cv::BORDER_CONSTANT,
                     cv::Scalar::all(12));
  cv::Mat3f light;
  cv::LUT(bordered, to_light, light);
  if (spread_px > 0.2) cv::GaussianBlur(light, light, {}, spread_px);
  return light;
}

float bilinear(const cv::Mat3f& light, float x, float y, int channel) {
  const float x_clamped = std::clamp(x, 0.0F, static_cast<float>(light.cols) - 1.001F);
  const float y_clamped = std::clamp(y, 0.0F, static_cast<float>(light.rows) - 1.001F);
  const int left = static_cast<int>(x_clamped);
  const int top = static_cast<int>(y_clamped);
  const float across = x_clamped - static_cast<float>(left);
  const float down = y_clamped - static_cast<float>(top);
  const cv::Vec3f* upper = light[top] + left;
  const cv::Vec3f* lower = light[top + 1] + left;
  const float above = upper[0][channel] + across * (upper[1][channel] - upper[0][channel]);
  const float below = lower[0][channel] + across * (lower[1][channel] - lower[0][channel]);
  return above + down * (below - above);
}

// One colour's stripe grid at a display position (in display pixels), mean 1.
float grid_at(const Wave& wave, float x, float y, int channel) {
  const float phase = static_cast<float>(CV_2PI) * (x - (static_cast<float>(channel) + 0.5F) / 3.0F);
  const float first = std::cos(phase);
  const float across = 1 + wave.column[0] * first + wave.column[1] * (2 * first * first - 1);
  return std::max(0.0F, across) * (1 + wave.row * std::cos(static_cast<float>(CV_2PI) * (y - 0.5F)));
}

struct Scene {
  const cv::Mat3f* light;
  int border_px;
  Pose pose;
  Wave wave;
  double vignette;
  double noise;
  std::array<float, 3> gain;  // display white against the sensor's, and exposure
  float reflection;           // of the room on the display
};

// What the sensor counts, 0..65535, red in the top left corner of each 2x2 block (OpenCV calls that BayerBG).
cv::Mat1w expose(const Scene& scene, cv::Size sensor, const Dice& dice) {
  cv::Mat1w mosaic(sensor);
  cv::parallel_for_({0, sensor.height}, [&](const cv::Range& rows) {
    for (int y = rows.start; y < rows.end; ++y) {
      Dice row_dice = dice.fork("row", static_cast<std::uint64_t>(y));
      for (int x = 0; x < sensor.width; ++x) {
        const int channel = (y & 1) + (x & 1);
        const double from_x = x - scene.pose.centre.x;
        const double from_y = y - scene.pose.centre.y;
        const double radius2 = (from_x * from_x + from_y * from_y) / (scene.pose.radius_px * scene.pose.radius_px);
        const double bend = 1 + scene.pose.distortion * (radius2 - 0.35);
        const cv::Vec3d seen = scene.pose.sensor_to_display *
                               cv::Vec3d(scene.pose.centre.x + from_x * bend, scene.pose.centre.y + from_y * bend, 1);
        const auto display_x = static_cast<float>(seen[0] / seen[2]);
        const auto display_y = static_cast<float>(seen[1] / seen[2]);
        const auto border = static_cast<float>(scene.border_px) - 0.5F;
        float light = bilinear(*scene.light, display_x + border, display_y + border, channel) *
                      grid_at(scene.wave, display_x, display_y, channel);
        light += scene.reflection * (1 + 0.3F * static_cast<float>(from_x / scene.pose.radius_px));
        light *= scene.gain[static_cast<std::size_t>(channel)] * static_cast<float>(1 - scene.vignette * radius2);
        const float deviation = static_cast<float>(scene.noise) * std::sqrt(0.0004F * std::max(light, 0.0F) + 4e-6F);
        light += deviation * row_dice.noise();
        mosaic(y, x) = cv::saturate_cast<std::uint16_t>(light * 52000.0F);
      }
    }
  });
  return mosaic;
}

// The camera's own processing: demosaicking, sharpening, and a tone curve with a soft shoulder.
cv::Mat develop(const cv::Mat1w& mosaic, double contrast) {
  cv::Mat rgb16;
  cv::cvtColor(mosaic, rgb16, cv::COLOR_BayerBG2RGB_EA);
  cv::Mat1b curve(1, 4096);
  for (int level = 0; level < 4096; ++level) {
    const double light = std::min(1.0, level * 16 / 52000.0);
    const double encoded = std::pow(light, 1 / 2.2);
    const double shaped = encoded + contrast * 0.5 * std::sin(CV_2PI * (encoded - 0.5)) / CV_2PI;
    curve(0, level) = cv::saturate_cast<std::uint8_t>(255 * shaped);
  }
  cv::Mat rgb(rgb16.size(), CV_8UC3);
  const auto values = static_cast<int>(rgb16.cols * 3);
  for (int y = 0; y < rgb16.rows; ++y) {
    const auto* from = rgb16.ptr<std::uint16_t>(y);
    auto* to = rgb.ptr<std::uint8_t>(y);
    for (int i = 0; i < values; ++i) to[i] = curve(0, from[i] >> 4);
  }
  cv::Mat soft;
  cv::GaussianBlur(rgb, soft, {}, 1.5);
  cv::addWeighted(rgb, 1.4, soft, -0.4, 0, rgb);
  return rgb;
}

}  // namespace

ScreenPhotoOptions hard_screen_photo() {
  ScreenPhotoOptions options;
  options.tilt_degrees = 25;
  options.roll_degrees = 8;
  options.fill = 0.85;
  options.grid_contrast = 2.0;
  options.grid_blur_px = 0.5;  // the grid stays sharp while the picture is not: worse than optics allow
  options.defocus_px = 3.0;
  options.noise = 2.0;
  options.vignette = 0.4;
  options.lens_distortion = 0.03;
  return options;
}

cv::Mat screen_photo(const cv::Mat& rgb, const ScreenPhotoOptions& options, Dice& dice) {
  const bool portrait = rgb.rows > rgb.cols;
  const cv::Size display = portrait ? cv::Size(1080, 1920) : cv::Size(1920, 1080);
  const cv::Size sensor = portrait ? cv::Size(kSensorShortPx, kSensorLongPx) : cv::Size(kSensorLongPx, kSensorShortPx);
  const double fit =
      std::min(static_cast<double>(display.width) / rgb.cols, static_cast<double>(display.height) / rgb.rows);
  const cv::Mat shown =
      resize_to(rgb, std::max(1, static_cast<int>(rgb.cols * fit)), std::max(1, static_cast<int>(rgb.rows * fit)));

  Scene scene{};
  scene.pose = choose_pose(shown.size(), sensor, options, dice);
  scene.border_px = 40;
  scene.wave = grid_wave(scene.pose, options);
  scene.vignette = options.vignette;
  scene.noise = options.noise;
  const auto exposure = static_cast<float>(dice.uniform(0.8, 1.05));
  for (auto& gain : scene.gain) gain = exposure * static_cast<float>(dice.uniform(0.94, 1.06));
  scene.reflection = static_cast<float>(dice.uniform(0.003, 0.012));
  const cv::Mat3f light = display_light(shown, scene.border_px, options.defocus_px / scene.pose.scale);
  scene.light = &light;
  const cv::Mat1w mosaic = expose(scene, sensor, dice.fork("sensor"));
  return develop(mosaic, dice.uniform(0.1, 0.35));
}

}  // namespace probity::bench
