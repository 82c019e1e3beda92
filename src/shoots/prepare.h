// What is made of a picture once, so that it can be shown and compared: a preview and features.
#pragma once

#include "shoots/ports.h"
#include "trace/same_shot.h"

namespace probity::shoots {

inline constexpr int kPreviewLongSidePx = 640;

struct PreparedPicture {
  int width_px = 0, height_px = 0;
  Bytes preview;   // JPEG
  Bytes features;  // trace::serialise of those of its shot, in px of the shot's luma
};

// Errors: those of `decode`.
Result<PreparedPicture> prepare_picture(BytesView file, const Decode& decode);

// The picture's luma as comparing wants it. Errors: those of `decode`.
Result<cv::Mat1b> decode_luma(BytesView file, const Decode& decode);

}  // namespace probity::shoots
