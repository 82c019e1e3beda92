// Preparing a master: from pixels to the tally whose copies are delivered.
#pragma once

#include "mark/pattern.h"
#include "media/jpeg_writer.h"
#include "media/picture.h"
#include "tally/tally.h"

namespace probity::media {

struct PrepareOptions {
  JpegOptions jpeg;
  bool lossless_as_png = true;  // else PNG, TIFF and GIF masters are delivered as JPEG 4:2:0 too
  mark::MarkOptions mark;
  bool measure_plain_size = true;  // fills AssetStats::plain_bytes; free for JPEG, one more compression for PNG
};

struct AssetStats {
  double mark_psnr_db = 0;      // of either variant against the master, before encoding
  std::size_t copy_bytes = 0;   // every copy is this long
  std::size_t plain_bytes = 0;  // the same picture encoded the usual way; 0 when not measured
  std::size_t pieces = 0;
  std::size_t unmarked_pieces = 0;  // of cells, left alike in both variants because no exchange was possible
};

struct Prepared {
  tally::Content content;
  mark::CellPlan plan;
  cv::Mat1f luma;   // of the master, grey levels, full size: what tracing registers leaks to
  cv::Mat1f delta;  // variant A is luma + delta, B is luma - delta
  AssetStats stats;
};

// Marks the picture and encodes both variants: JPEG (see delivered_subsampling), or PNG for lossless masters.
// Copies keep the colour profile and drop every other metadata: orientation has been applied, and EXIF and XMP say more
// about the photographer than a recipient needs (position, serial numbers).
// Errors: invalid_argument for pictures too small to carry a mark, too_large, internal.
Result<Prepared> prepare_asset(const Picture& picture, const Hash& pattern_key, const PrepareOptions& options = {});

// The same with a plan and a mark that are already made; `delta` must be zero outside the cells and on their edges.
Result<Prepared> prepare_with_mark(const Picture& picture, cv::Mat1f luma, cv::Mat1f delta, const mark::CellPlan& plan,
                                   const PrepareOptions& options = {});

// The unit in which plan_cells() must divide this picture for its copies' format.
mark::CodingUnit delivered_unit(const Picture& picture, const PrepareOptions& options = {});

}  // namespace probity::media
