// A decoded picture, upright and in RGB, and its luma plane.
#pragma once

#include <opencv2/core.hpp>

#include "base/bytes.h"

namespace probity::media {

enum class FileFormat : std::uint8_t { jpeg = 1, png = 2, tiff = 3, webp = 4, heif = 5 /* HEIC and AVIF */, gif = 6 };

// How coarsely a JPEG's chroma is kept; `grey` has none. Other formats count as 4:4:4.
enum class Subsampling : std::uint8_t { grey = 0, full_444 = 1, half_422 = 2, quarter_420 = 3 };

// "JPEG", "4:2:0": for people.
const char* name_of(FileFormat format);
const char* name_of(Subsampling subsampling);

// Pixels after orientation, flattening on white and conversion of CMYK (then sRGB, without a profile). A value; copies
// share the pixels.
struct Picture {
  cv::Mat pixels;  // CV_8U or CV_16U; 1 channel, or 3 in RGB order
  Bytes icc;       // the master's colour profile, empty if it had none
  FileFormat format = FileFormat::jpeg;
  Subsampling subsampling = Subsampling::full_444;
  int orientation = 1;  // the EXIF value that has been applied
  bool had_alpha = false;
  bool had_cmyk = false;

  bool grey() const { return pixels.channels() == 1; }
  // Copies keep every pixel outside the mark exactly: PNG, TIFF and GIF. WebP, HEIC and AVIF are taken for lossy.
  bool lossless() const { return format == FileFormat::png || format == FileFormat::tiff || format == FileFormat::gif; }
};

// Luma of ITU-R BT.601, full range as in JFIF, in grey levels 0..255 (16-bit pictures too), unrounded.
cv::Mat1f luma_plane(const Picture& picture);

// Which of the two variants: master + mark, or master - mark.
enum class Variant : std::uint8_t { a, b };

// `pixels` with +delta (variant A) or -delta (B) added to every channel: a pure change of luma. `delta` in grey levels
// of 0..255, same size. 8-bit pictures are rounded up or down by a fixed fine dither, because a mark of less than half
// a level would else vanish: A moves up where B moves down, by as much as delta on average. Zero stays zero. Clipped.
cv::Mat with_mark(const cv::Mat& pixels, const cv::Mat1f& delta, Variant variant);

}  // namespace probity::media
