// Two variants of one picture as baseline JPEGs whose restart segments can be exchanged, as a tally.
#pragma once

#include "mark/cell_plan.h"
#include "media/picture.h"
#include "tally/tally.h"

namespace probity::media {

struct JpegOptions {
  int quality = 92;  // 1..100, libjpeg's scale
};

struct JpegStats {
  std::size_t segments = 0;
  std::size_t copy_bytes = 0;
  std::size_t fill_bytes = 0;  // of them, mean of both variants: spent on equal lengths
};

struct JpegTally {
  tally::Content content;
  JpegStats stats;
};

// The chroma of a delivered copy: as the master's where that is 4:4:4 or grey, else 4:2:0.
Subsampling delivered_subsampling(const Picture& picture);

// The restart-able unit (MCU) of a JPEG with that chroma.
mark::CodingUnit coding_unit(Subsampling subsampling);

// Encodes luma + delta (variant A) and luma - delta (variant B), with the picture's chroma computed once, and cuts both
// at the plan's segments. `luma`: luma_plane(picture); `delta`: same size, zero outside cells; `plan` made with
// coding_unit(subsampling). Memory: about 6 bytes a pixel at 4:2:0 and 12 at 4:4:4.
// Errors: too_large above 32,000 px on both sides; internal when the encoder fails.
Result<JpegTally> encode_jpeg_tally(const Picture& picture, const cv::Mat1f& luma, const cv::Mat1f& delta,
                                    const mark::CellPlan& plan, Subsampling subsampling,
                                    const JpegOptions& options = {});

// Bytes of the same variant A in the usual form: no restart markers, tables optimised for it alone. For the size cost.
Result<std::size_t> plain_jpeg_bytes(const Picture& picture, const cv::Mat1f& luma, const cv::Mat1f& delta,
                                     Subsampling subsampling, const JpegOptions& options = {});

}  // namespace probity::media
