#include "bulletins/pictures.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "media/decode.h"
#include "media/preview_jpeg.h"

namespace probity::bulletins {
namespace {

constexpr int kQuality = 88;

bool has_picture_head(BytesView file) {
  const std::string_view head = as_text(file.first(std::min<std::size_t>(file.size(), 16)));
  const auto at = [&](std::size_t from, std::string_view magic) {
    return head.size() >= from + magic.size() && head.substr(from, magic.size()) == magic;
  };
  const bool tiff = at(0, std::string_view("II*\0", 4)) || at(0, std::string_view("MM\0*", 4));
  return at(0, "\xFF\xD8\xFF") || at(0, "\x89PNG\r\n\x1A\n") || (at(0, "RIFF") && at(8, "WEBP")) || tiff ||
         at(4, "ftyp");
}

}  // namespace

Result<CleanPicture> clean_picture(BytesView file, const DecodePicture& decode) {
  if (file.size() > kMostPictureFileBytes)
    return fail(ErrorCode::too_large, "a picture has at most 20 MB", "make it smaller first");
  if (!has_picture_head(file))
    return fail(ErrorCode::not_a_picture, "these bytes are no picture",
                "JPEG, PNG, WebP, TIFF, HEIC and AVIF are taken");
  TRY_ASSIGN(const media::Picture picture, decode(file));
  cv::Mat pixels = picture.pixels;
  if (pixels.depth() == CV_16U) picture.pixels.convertTo(pixels, CV_8U, 1 / 257.0);
  const double scale = static_cast<double>(kPictureSidePx) / std::max(pixels.cols, pixels.rows);
  if (scale < 1) {
    cv::Mat small;
    const cv::Size size(std::max(1, cvRound(pixels.cols * scale)), std::max(1, cvRound(pixels.rows * scale)));
    cv::resize(pixels, small, size, 0, 0, cv::INTER_AREA);
    pixels = small;
  }
  CleanPicture clean;
  TRY_ASSIGN(clean.jpeg, media::encode_preview_jpeg(pixels, kQuality));
  clean.width_px = pixels.cols;
  clean.height_px = pixels.rows;
  return clean;
}

PictureCleaner picture_cleaner() {
  return [](BytesView file) {
    return clean_picture(file, [](BytesView bytes) {
      media::DecodeLimits limits;
      limits.file_bytes = kMostPictureFileBytes;
      limits.pixels = kMostPicturePixels;
      return media::decode_picture(bytes, limits);
    });
  };
}

}  // namespace probity::bulletins
