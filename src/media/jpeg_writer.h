// Two variants of one picture as baseline JPEGs whose bytes can be exchanged cell by cell, as a tally.
#pragma once

#include "mark/cell_plan.h"
#include "media/picture.h"
#include "tally/tally.h"

namespace probity::media {

struct JpegOptions {
  int quality = 92;  // 1..100, libjpeg's scale
};

struct JpegStats {
  std::size_t copy_bytes = 0;
  std::size_t plain_bytes = 0;           // variant A encoded the usual way, with Huffman tables optimal for it alone
  std::size_t runs = 0;                  // exchangeable runs of MCUs
  std::size_t unmarked_runs = 0;         // that could not be made exchangeable and stay unmarked
  std::size_t changed_coefficients = 0;  // by one step each, in both variants together
};

struct JpegTally {
  tally::Content content;
  JpegStats stats;
};

// The chroma of a delivered copy: as the master's where that is 4:4:4 or grey, else 4:2:0.
Subsampling delivered_subsampling(const Picture& picture);

// The smallest exchangeable unit (MCU) of a JPEG with that chroma.
mark::CodingUnit coding_unit(Subsampling subsampling);

// Encodes luma + delta (variant A) and luma - delta (variant B), with the picture's chroma computed once.
// `luma`: luma_plane(picture); `delta`: same size, zero outside cells; `plan` made with coding_unit(subsampling).
// Memory: about 6 bytes a pixel at 4:2:0, 8 at 4:4:4. Errors: too_large above 65,535 px on a side.
Result<JpegTally> encode_jpeg_tally(const Picture& picture, const cv::Mat1f& luma, const cv::Mat1f& delta,
                                    const mark::CellPlan& plan, Subsampling subsampling,
                                    const JpegOptions& options = {});

}  // namespace probity::media
