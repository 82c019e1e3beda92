// JPEG and PNG to and from 8-bit RGB pixels, for the attacks and the benches (libjpeg-turbo and libpng).
#pragma once

#include <filesystem>
#include <opencv2/core.hpp>

#include "base/bytes.h"
#include "base/result.h"

namespace probity::bench {

enum class Chroma { full_444, half_422, quarter_420, grey };

struct JpegOptions {
  int quality = 92;  // 1..100
  Chroma chroma = Chroma::quarter_420;
};

// `rgb`: CV_8UC3, R first. Grey writes the luma alone.
Bytes encode_jpeg(const cv::Mat& rgb, const JpegOptions& options);

// RGB CV_8UC3 from JPEG or PNG bytes; ICC and orientation are ignored, 16-bit and alpha are dropped.
// Errors: not_a_picture, unsupported (CMYK).
Result<cv::Mat> decode_rgb(BytesView bytes);

// Errors: storage, and those of decode_rgb.
Result<Bytes> read_file(const std::filesystem::path& path);
Result<cv::Mat> read_rgb(const std::filesystem::path& path);

// Errors: storage.
Result<void> write_file(const std::filesystem::path& path, BytesView bytes);
// Fast, little compressed: for tools that want PNG and for eyes.
Result<void> write_png(const std::filesystem::path& path, const cv::Mat& rgb);

}  // namespace probity::bench
