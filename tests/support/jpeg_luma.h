// Reads and writes the luma plane of JPEG files, for tests and benchmarks of cores that know no file formats.
#pragma once

#include <opencv2/core.hpp>
#include <string>

#include "base/bytes.h"

namespace probity::support {

// The luma plane of a JPEG file (its Y component, or its grey), shrunk by the decoder to at least `min_long_side_px`
// where that saves work; 0 means full size. Errors: not_found, not_a_picture.
Result<cv::Mat1b> read_jpeg_luma(const std::string& path, int min_long_side_px = 0);
Result<cv::Mat1b> decode_jpeg_luma(BytesView bytes, int min_long_side_px = 0);

// A grey JPEG: its luma is quantised as that of a colour JPEG of the same quality.
Bytes encode_jpeg_luma(const cv::Mat1b& luma, int quality);

// What a JPEG of that quality leaves of the plane.
cv::Mat1b through_jpeg(const cv::Mat1b& luma, int quality);

// The plane at that long side, area-averaged when smaller.
cv::Mat1b at_long_side(const cv::Mat1b& luma, int long_side_px);

}  // namespace probity::support
