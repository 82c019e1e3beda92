// How far two pictures are apart: PSNR, SSIM and Butteraugli.
#pragma once

#include <opencv2/core.hpp>

#include "base/result.h"

namespace probity::bench {

// Unrounded BT.601 luma, 0..255, of RGB CV_8UC3.
cv::Mat1f luma_of(const cv::Mat& rgb);

// Peak signal-to-noise ratio over all three channels, dB; 99 for equal pictures.
double psnr_db(const cv::Mat& a, const cv::Mat& b);

// Structural similarity of luma (Wang, Bovik, Sheikh, Simoncelli 2004): 11x11 Gaussian window of deviation 1.5, K1 =
// 0.01, K2 = 0.03, mean over the windows that lie inside the picture.
double ssim_luma(const cv::Mat& a, const cv::Mat& b);

// The 3-norm of Debian's butteraugli_main (libjxl-devtools), both pictures taken as sRGB.
// Errors: not_found when the program is missing, internal when its answer is not understood.
Result<double> butteraugli_3norm(const cv::Mat& reference, const cv::Mat& changed);

}  // namespace probity::bench
