// Simulated shoots: one photograph as the scene, seen by several attendees from several places in short bursts.
// Simulated: a model of viewpoint, depth and camera, not real captures.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "attacks/dice.h"

namespace probity::bench {

// A photograph with an invented depth: smooth ground and a few nearer things.
struct Scene {
  cv::Mat rgb;      // CV_8UC3, long side at most 2,600 px
  cv::Mat1f depth;  // of the same size; 0 far, 1 near
};
Scene make_scene(const cv::Mat& rgb, Dice dice);
// The same sign (letters and shapes) hung into a scene: what unrelated shoots of one house share.
void hang_sign(Scene& scene, double area_share, Dice dice);

// Where a camera stands and looks, against the photograph itself.
struct Standpoint {
  cv::Point2d aside;              // in shares of the width: how far near things move against far ones
  cv::Point2d look;               // shift of the frame, in shares of the width
  double tilt_x = 0, tilt_y = 0;  // perspective: shares of the width that the far edge shrinks by
  double roll_degrees = 0;
  double zoom = 1;
};

// One press of the button: everything that differs between two frames from one place.
struct Exposure {
  double stops = 0;
  double warmth = 0;  // red up and blue down by this share
  double noise = 1;   // 1 is a lit hall with a phone
};

// The frame as the phone saves it and as it decodes again: RGB CV_8UC3, JPEG 92.
cv::Mat photograph(const Scene& scene, const Standpoint& standpoint, const Exposure& exposure, Dice dice);

struct HandedIn {
  int attendee = 0;
  int shot = 0;  // of that attendee
  cv::Mat rgb;
};
inline constexpr int kAttendees = 4, kShotsEach = 3;
// Attendees stand a step (2 to 4 % of the width of parallax), several steps and further apart.
std::vector<HandedIn> shoot_scene(const Scene& scene, Dice dice);

}  // namespace probity::bench
