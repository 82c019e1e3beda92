#include "attacks/overlay.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

#include "attacks/geometry.h"

namespace probity::bench {
namespace {

cv::Scalar bright_colour(Dice& dice) { return {dice.uniform(40, 255), dice.uniform(40, 255), dice.uniform(40, 255)}; }

// Everything is drawn twice, into the picture and into the mask that measures how much is covered.
struct Canvas {
  cv::Mat picture;
  cv::Mat1b covered;

  void polygon(const std::vector<cv::Point>& points, const cv::Scalar& colour) {
    cv::fillPoly(picture, std::vector<std::vector<cv::Point>>{points}, colour, cv::LINE_AA);
    cv::fillPoly(covered, std::vector<std::vector<cv::Point>>{points}, cv::Scalar(255));
  }
  void disc(cv::Point centre, int radius_px, const cv::Scalar& colour) {
    cv::circle(picture, centre, radius_px, colour, cv::FILLED, cv::LINE_AA);
    cv::circle(covered, centre, radius_px, cv::Scalar(255), cv::FILLED);
  }
};

void draw_star(Canvas& canvas, cv::Point centre, int radius_px, Dice& dice) {
  std::vector<cv::Point> points;
  const double turn = dice.uniform(0, CV_2PI);
  for (int i = 0; i < 10; ++i) {
    const double radius = i % 2 == 0 ? radius_px : 0.5 * radius_px;
    const double angle = turn + i * CV_PI / 5;
    points.emplace_back(centre.x + static_cast<int>(radius * std::cos(angle)),
                        centre.y + static_cast<int>(radius * std::sin(angle)));
  }
  canvas.polygon(points, bright_colour(dice));
}

void draw_face(Canvas& canvas, cv::Point centre, int radius_px) {
  canvas.disc(centre, radius_px, {255, 205, 50});
  const int eye = std::max(1, radius_px / 8);
  const int line = std::max(1, radius_px / 12);
  const cv::Scalar dark(60, 40, 20);
  cv::circle(canvas.picture, centre + cv::Point(-radius_px / 3, -radius_px / 4), eye, dark, cv::FILLED, cv::LINE_AA);
  cv::circle(canvas.picture, centre + cv::Point(radius_px / 3, -radius_px / 4), eye, dark, cv::FILLED, cv::LINE_AA);
  cv::ellipse(canvas.picture, centre, {radius_px / 2, radius_px / 2}, 0, 20, 160, dark, line, cv::LINE_AA);
}

void draw_text(Canvas& canvas, cv::Point origin, int height_px, Dice& dice) {
  constexpr std::array<const char*, 5> kWords = {"LEAKED!!", "look at this", "BREAKING", "first look 2027", "wow :-)"};
  const std::string words = kWords[static_cast<std::size_t>(dice.integer(0, 4))];
  const double scale = height_px / 22.0;
  const int thickness = std::max(1, static_cast<int>(height_px / 8.0));
  if (dice.coin()) {  // on a banner
    const cv::Size size = cv::getTextSize(words, cv::FONT_HERSHEY_DUPLEX, scale, thickness, nullptr);
    const cv::Rect banner(origin.x - height_px / 2, origin.y - size.height - height_px / 2, size.width + height_px,
                          size.height + height_px);
    cv::rectangle(canvas.picture, banner, bright_colour(dice), cv::FILLED);
    cv::rectangle(canvas.covered, banner, cv::Scalar(255), cv::FILLED);
  }
  cv::putText(canvas.picture, words, origin, cv::FONT_HERSHEY_DUPLEX, scale, bright_colour(dice), thickness,
              cv::LINE_AA);
  cv::putText(canvas.covered, words, origin, cv::FONT_HERSHEY_DUPLEX, scale, cv::Scalar(255), thickness);
}

void draw_sticker(Canvas& canvas, Dice& dice) {
  const int side = std::min(canvas.picture.cols, canvas.picture.rows);
  const int radius = std::max(2, static_cast<int>(side * dice.uniform(0.04, 0.11)));
  const cv::Point centre(dice.integer(0, canvas.picture.cols - 1), dice.integer(0, canvas.picture.rows - 1));
  switch (dice.integer(0, 4)) {
    case 0:
      draw_star(canvas, centre, radius, dice);
      break;
    case 1:
      draw_face(canvas, centre, radius);
      break;
    case 2:
      canvas.disc(centre, radius, bright_colour(dice));
      break;
    case 3: {
      const cv::Point half(radius, std::max(1, radius / 2));
      const cv::Point flipped(half.x, -half.y);
      canvas.polygon({centre - half, centre + flipped, centre + half, centre - flipped}, bright_colour(dice));
      break;
    }
    default:
      draw_text(canvas, {centre.x / 2, centre.y}, std::max(4, radius / 2), dice);
  }
}

void write_label(cv::Mat& screen, const std::string& words, cv::Point origin, double scale, const cv::Scalar& ink) {
  cv::putText(screen, words, origin, cv::FONT_HERSHEY_SIMPLEX, scale, ink, 2, cv::LINE_AA);
}

// Clock, signal and battery at the top; the title and a back arrow under them.
void draw_top_bars(cv::Mat& screen, int status_px, int header_px, const cv::Scalar& bar, const cv::Scalar& ink) {
  cv::rectangle(screen, {0, 0, screen.cols, status_px + header_px}, bar, cv::FILLED);
  write_label(screen, "9:41", {48, status_px - 24}, 1.3, ink);
  for (int i = 0; i < 4; ++i)
    cv::rectangle(screen, {screen.cols - 260 + 16 * i, status_px - 32 - 8 * i, 10, 8 + 8 * i}, ink, cv::FILLED);
  cv::rectangle(screen, {screen.cols - 120, status_px - 54, 64, 30}, ink, 3);
  cv::rectangle(screen, {screen.cols - 115, status_px - 49, 42, 20}, ink, cv::FILLED);
  const int middle = status_px + header_px / 2;
  cv::line(screen, {40, middle}, {64, middle + 24}, ink, 4, cv::LINE_AA);
  cv::line(screen, {40, middle}, {64, middle - 24}, ink, 4, cv::LINE_AA);
  write_label(screen, "Car friends (214)", {140, middle + 16}, 1.5, ink);
  cv::line(screen, {0, status_px + header_px}, {screen.cols, status_px + header_px}, {128, 128, 128}, 1);
}

void draw_footer(cv::Mat& screen, int footer_px, const cv::Scalar& bar, const cv::Scalar& ink, Dice& dice) {
  const int top = screen.rows - footer_px;
  cv::rectangle(screen, {0, top, screen.cols, footer_px}, bar, cv::FILLED);
  for (int i = 0; i < 4; ++i) {
    const cv::Point centre(screen.cols * (2 * i + 1) / 8, top + footer_px / 2 - 16);
    if (dice.coin())
      cv::circle(screen, centre, 26, ink, 4, cv::LINE_AA);
    else
      cv::rectangle(screen, {centre.x - 24, centre.y - 24, 48, 48}, ink, 4);
  }
  cv::rectangle(screen, {screen.cols / 2 - 180, screen.rows - 28, 360, 10}, ink, cv::FILLED);
}

}  // namespace

cv::Mat stickers(const cv::Mat& rgb, double area_share, Dice& dice) {
  Canvas canvas{rgb.clone(), cv::Mat1b(rgb.size(), 0)};
  const double wanted_px = area_share * static_cast<double>(rgb.total());
  while (cv::countNonZero(canvas.covered) < wanted_px) draw_sticker(canvas, dice);
  return canvas.picture;
}

cv::Mat phone_screenshot(const cv::Mat& rgb, Dice& dice) {
  const cv::Size size = dice.coin() ? cv::Size(1080, 2340) : cv::Size(1170, 2532);
  const bool dark = dice.coin();
  const cv::Scalar ground = dark ? cv::Scalar::all(0) : cv::Scalar::all(255);
  const cv::Scalar bar = dark ? cv::Scalar::all(28) : cv::Scalar::all(247);
  const cv::Scalar ink = dark ? cv::Scalar::all(235) : cv::Scalar::all(25);
  const int status_px = dice.integer(84, 132);
  const int header_px = dice.integer(110, 150);
  const int footer_px = dice.integer(150, 220);
  cv::Mat screen(size, CV_8UC3, ground);

  const int room_px = size.height - status_px - header_px - footer_px;
  const double scale = std::min(static_cast<double>(size.width) / rgb.cols, static_cast<double>(room_px) / rgb.rows);
  const cv::Mat shown =
      resize_to(rgb, std::max(1, static_cast<int>(rgb.cols * scale)), std::max(1, static_cast<int>(rgb.rows * scale)));
  const cv::Rect place((size.width - shown.cols) / 2, status_px + header_px + (room_px - shown.rows) / 2, shown.cols,
                       shown.rows);
  shown.copyTo(screen(place));
  draw_top_bars(screen, status_px, header_px, bar, ink);
  draw_footer(screen, footer_px, bar, ink, dice);
  if (dice.coin()) write_label(screen, "1 / 3", {place.x + 40, place.y + place.height - 40}, 1.4, cv::Scalar::all(255));
  return screen;
}

}  // namespace probity::bench
