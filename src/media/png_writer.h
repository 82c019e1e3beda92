// Two variants of a lossless master as PNGs whose bytes can be exchanged cell by cell, as a tally.
//
// A piece is the part of one row that lies in one cell. The mark is zero on the edge pixels of every cell, so what a
// filter takes from left or above is the same in all copies or belongs to the same cell; only the last row of a cell
// must not look up. Within a band of rows all pieces share one Huffman code and refer to nothing outside themselves. As
// in jpeg_splice.h, both variants of a piece are made to end on one byte boundary: samples inside the cell are moved by
// one step (up to 32 of 65,535 at 16 bits) until the lengths fit. A piece that cannot be made to fit stays unmarked.
// The CRC of each IDAT chunk is linear, so each cell flips bits of it; Adler-32 is a pair of sums, to which each cell
// adds (tally::ZlibTail).
#pragma once

#include "mark/cell_plan.h"
#include "media/picture.h"
#include "tally/tally.h"

namespace probity::media {

struct PngStats {
  std::size_t copy_bytes = 0;
  std::size_t plain_bytes = 0;  // variant A compressed by zlib, level 6, with the same filters; 0 if not asked for
  std::size_t pieces = 0;       // exchangeable ones
  std::size_t unmarked_pieces = 0;
  std::size_t moved_samples = 0;  // to make lengths fit, in both variants together
};

struct PngTally {
  tally::Content content;
  PngStats stats;
};

// `delta` in grey levels of 0..255, zero outside the cells and on their edge pixels (checked: invalid_argument).
// Pixels outside the mark are exactly the master's. Memory: about 5 times the pixels' bytes.
Result<PngTally> encode_png_tally(const Picture& picture, const cv::Mat1f& delta, const mark::CellPlan& plan,
                                  bool measure_plain_size = false);

}  // namespace probity::media
