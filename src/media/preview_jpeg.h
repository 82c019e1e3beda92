// A plain JPEG of a small picture, for showing it to people: reports, previews. Never for copies.
#pragma once

#include <opencv2/core.hpp>

#include "base/bytes.h"

namespace probity::media {

// `pixels`: CV_8U, grey or RGB in this order, at least 1 x 1. `quality`: 1..100, libjpeg's scale; chroma at 4:2:0.
// Errors: internal when the encoder fails.
Result<Bytes> encode_preview_jpeg(const cv::Mat& pixels, int quality = 85);

}  // namespace probity::media
