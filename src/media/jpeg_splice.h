// Two variants of a JPEG scan whose runs of MCUs can be exchanged in place, without restart markers.
//
// A Huffman-coded scan has no seams: a run of blocks can only be replaced by another that takes as many bits and hands
// the next block the same DC prediction. So every run of a cell is made to fit. Its last luma block gets one DC value
// in both variants, and both are brought to one length that ends on a byte boundary by changing a few AC coefficients
// by one step (bit_budget.h), with equally many 0xFF bytes, because a JPEG stuffs a zero after each. What differs is
// then whole bytes, and the file is like any other: restart markers would cost 5 to 6 bytes for each of about 15,000
// runs (2 for the marker, the rest for DC predictions that start from nothing), 4 to 8 % of a photo and up to 100 % of
// a smooth one; this costs 0.2 to 1 %. A run that cannot be made to fit stays unmarked.
#pragma once

#include "mark/cell_plan.h"
#include "media/jpeg_coefficients.h"
#include "media/jpeg_header.h"
#include "tally/tally.h"

namespace probity::media {

struct SpliceStats {
  std::size_t runs = 0;           // that differ between the variants
  std::size_t unmarked_runs = 0;  // of cells, given up because no equal length was found
  std::size_t changed_coefficients = 0;
  std::size_t stuffed_bytes = 0;
};

// Appends the scan of both variants (image.luma[0] is A, [1] is B), up to and with the end-of-image marker, to
// content.a and content.b, and its pieces to content.pieces.
SpliceStats splice_scan(const CoefficientImage& image, const ComponentTables& tables, const mark::CellPlan& plan,
                        tally::Content& content);

}  // namespace probity::media
