#include "shoots/prepare.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "media/preview_jpeg.h"

namespace probity::shoots {
namespace {

Result<Bytes> preview_of(const cv::Mat& pixels) {
  cv::Mat eight = pixels;
  if (pixels.depth() == CV_16U) pixels.convertTo(eight, CV_8U, 1 / 257.0);
  const double scale = static_cast<double>(kPreviewLongSidePx) / std::max(eight.cols, eight.rows);
  if (scale < 1) {
    const cv::Size size(std::max(1, cvRound(eight.cols * scale)), std::max(1, cvRound(eight.rows * scale)));
    cv::Mat small;
    cv::resize(eight, small, size, 0, 0, cv::INTER_AREA);
    eight = small;
  }
  return media::encode_preview_jpeg(eight);
}

}  // namespace

Result<cv::Mat1b> decode_luma(BytesView file, const Decode& decode) {
  TRY_ASSIGN(const media::Picture picture, decode(file));
  cv::Mat1b luma;
  media::luma_plane(picture).convertTo(luma, CV_8U);
  return trace::shot_luma(luma);
}

Result<PreparedPicture> prepare_picture(BytesView file, const Decode& decode) {
  TRY_ASSIGN(const media::Picture picture, decode(file));
  PreparedPicture prepared;
  prepared.width_px = picture.pixels.cols;
  prepared.height_px = picture.pixels.rows;
  TRY_ASSIGN(prepared.preview, preview_of(picture.pixels));
  cv::Mat1b luma;
  media::luma_plane(picture).convertTo(luma, CV_8U);
  prepared.features = trace::serialise(trace::make_shot(luma).features);
  return prepared;
}

}  // namespace probity::shoots
