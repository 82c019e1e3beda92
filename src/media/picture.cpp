#include "media/picture.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/check.h"
#include "media/pixel_rows.h"

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

// Thresholds in [0, 1) that no line or patch prefers: the additive recurrence of the plastic number (R2).
float dither(int x, int y) {
  const double value = 0.7548776662466927 * x + 0.5698402909980532 * y;
  return static_cast<float>(value - std::floor(value));
}

template <class Sample>
void add_row(const Sample* in, const float* delta, int y, const cv::Size& size, int sign, int channels, Sample* out) {
  constexpr int kMost = std::numeric_limits<Sample>::max();
  for (int x = 0; x < size.width; ++x) {
    const float change =
        kMost == 255 ? std::floor(delta[x] + std::min(dither(x, y), 0.9999F)) : std::round(delta[x] * kScale16);
    const int added = sign * static_cast<int>(change);
    for (int channel = 0; channel < channels; ++channel, ++in, ++out)
      *out = static_cast<Sample>(std::clamp(static_cast<int>(*in) + added, 0, kMost));
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
    if (pixels.type() == CV_8UC3)
      luma_row_of_rgb(pixels.ptr<std::uint8_t>(y), {luma[y], static_cast<std::size_t>(pixels.cols)});
    else if (pixels.depth() == CV_8U)
      luma_row(pixels.ptr<std::uint8_t>(y), pixels.channels(), pixels.cols, 1.0F, luma[y]);
    else
      luma_row(pixels.ptr<std::uint16_t>(y), pixels.channels(), pixels.cols, 1.0F / kScale16, luma[y]);
  }
  return luma;
}

cv::Mat with_mark(const cv::Mat& pixels, const cv::Mat1f& delta, Variant variant) {
  PROBITY_CHECK(pixels.size() == delta.size());
  const int sign = variant == Variant::a ? 1 : -1;
  cv::Mat out(pixels.size(), pixels.type());
  for (int y = 0; y < pixels.rows; ++y) {
    if (pixels.depth() == CV_8U)
      add_row(pixels.ptr<std::uint8_t>(y), delta[y], y, pixels.size(), sign, pixels.channels(),
              out.ptr<std::uint8_t>(y));
    else
      add_row(pixels.ptr<std::uint16_t>(y), delta[y], y, pixels.size(), sign, pixels.channels(),
              out.ptr<std::uint16_t>(y));
  }
  return out;
}

}  // namespace probity::media
