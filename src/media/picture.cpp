#include "media/picture.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/check.h"

namespace probity::media {
namespace {

constexpr float kScale16 = 257.0F;  // 65535 / 255

template <class Sample>
void luma_row(const Sample* in, int channels, int width, float scale, float* out) {
  if (channels == 1) {
    for (int x = 0; x < width; ++x) out[x] = static_cast<float>(in[x]) * scale;
    return;
  }
  const float red = 0.299F * scale;
  const float green = 0.587F * scale;
  const float blue = 0.114F * scale;
  for (int x = 0; x < width; ++x, in += 3)
    out[x] = red * static_cast<float>(in[0]) + green * static_cast<float>(in[1]) + blue * static_cast<float>(in[2]);
}

template <class Sample>
void add_row(const Sample* in, const float* delta, int channels, int width, float factor, Sample* out) {
  constexpr long kMost = std::numeric_limits<Sample>::max();
  for (int x = 0; x < width; ++x) {
    const float added = factor * delta[x];
    for (int channel = 0; channel < channels; ++channel, ++in, ++out)
      *out = static_cast<Sample>(std::clamp(std::lrintf(static_cast<float>(*in) + added), 0L, kMost));
  }
}

}  // namespace

const char* name_of(FileFormat format) {
  switch (format) {
    case FileFormat::jpeg:
      return "JPEG";
    case FileFormat::png:
      return "PNG";
    case FileFormat::tiff:
      return "TIFF";
    case FileFormat::webp:
      return "WebP";
    case FileFormat::heif:
      return "HEIC or AVIF";
    case FileFormat::gif:
      return "GIF";
  }
  return "unknown";
}

const char* name_of(Subsampling subsampling) {
  switch (subsampling) {
    case Subsampling::grey:
      return "grey";
    case Subsampling::full_444:
      return "4:4:4";
    case Subsampling::half_422:
      return "4:2:2";
    case Subsampling::quarter_420:
      return "4:2:0";
  }
  return "unknown";
}

cv::Mat1f luma_plane(const Picture& picture) {
  const cv::Mat& pixels = picture.pixels;
  PROBITY_CHECK(pixels.depth() == CV_8U || pixels.depth() == CV_16U);
  cv::Mat1f luma(pixels.size());
  for (int y = 0; y < pixels.rows; ++y) {
    if (pixels.depth() == CV_8U)
      luma_row(pixels.ptr<std::uint8_t>(y), pixels.channels(), pixels.cols, 1.0F, luma[y]);
    else
      luma_row(pixels.ptr<std::uint16_t>(y), pixels.channels(), pixels.cols, 1.0F / kScale16, luma[y]);
  }
  return luma;
}

cv::Mat with_luma_added(const cv::Mat& pixels, const cv::Mat1f& delta, float sign) {
  PROBITY_CHECK(pixels.size() == delta.size());
  cv::Mat out(pixels.size(), pixels.type());
  for (int y = 0; y < pixels.rows; ++y) {
    if (pixels.depth() == CV_8U)
      add_row(pixels.ptr<std::uint8_t>(y), delta[y], pixels.channels(), pixels.cols, sign, out.ptr<std::uint8_t>(y));
    else
      add_row(pixels.ptr<std::uint16_t>(y), delta[y], pixels.channels(), pixels.cols, sign * kScale16,
              out.ptr<std::uint16_t>(y));
  }
  return out;
}

}  // namespace probity::media
