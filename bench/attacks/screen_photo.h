// A simulated photograph of a screen that shows the picture, taken with a phone. Simulated: a model, not real captures.
#pragma once

#include <opencv2/core.hpp>

#include "attacks/dice.h"

namespace probity::bench {

// The display is 1920x1080 (turned for portrait pictures) with vertical red, green and blue stripes; the camera is a
// 12-MP phone with a Bayer sensor. The defaults are the easy case.
struct ScreenPhotoOptions {
  double tilt_degrees = 7;         // between the display's normal and the camera's axis; direction by the dice
  double roll_degrees = 2.5;       // at most that, either way
  double fill = 0.92;              // share of the frame that the picture's bounding box takes
  double grid_contrast = 1.0;      // 1 is the stripes' own contrast; more makes a stronger moire
  double grid_blur_px = 0.72;      // lens and pixel spread that the stripe grid meets, in sensor pixels
  double defocus_px = 1.0;         // Gaussian spread that the picture meets, in sensor pixels
  double noise = 1.0;              // 1 is a lit room; variance grows with light, as on a sensor
  double vignette = 0.25;          // loss of light in the corners
  double lens_distortion = 0.015;  // radial, at the frame's corner; sign by the dice
};

ScreenPhotoOptions hard_screen_photo();  // 25 degrees, stronger moire, out of focus

// RGB CV_8UC3 of 4000x3000 or 3000x4000 px, before the camera's JPEG.
cv::Mat screen_photo(const cv::Mat& rgb, const ScreenPhotoOptions& options, Dice& dice);

}  // namespace probity::bench
