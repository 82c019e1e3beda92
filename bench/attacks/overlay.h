// Attacks that draw over or around a picture: stickers and text, and a phone's screenshot of it in an app.
#pragma once

#include <opencv2/core.hpp>

#include "attacks/dice.h"

namespace probity::bench {

// Draws discs, stars, faces, boxes and lines of text at random places until that share of the area (0..0.9) is covered.
cv::Mat stickers(const cv::Mat& rgb, double area_share, Dice& dice);

// A portrait phone's screen (1080x2340 or 1170x2532, by the dice) that shows the picture fitted to its width: status
// bar, the app's header and footer, black or white letterbox, sometimes a caption over the picture's lower edge.
cv::Mat phone_screenshot(const cv::Mat& rgb, Dice& dice);

}  // namespace probity::bench
