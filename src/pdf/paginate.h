// Dividing a column of pieces over pages: where to break, what to keep together. Knows heights only.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace probity::pdf {

// What a piece of the column (a line, a table row, a picture) asks of the page; lengths in points.
struct Extent {
  double height = 0;
  double space_before = 0;  // dropped at the head of a page; between two pieces the larger space counts
  double space_after = 0;
  bool keep_with_next = false;
  bool starts_page = false;
  double repeated_height =
      0;  // of what must stand above it when it is the first on a page other than its table's first
};

struct Placed {
  std::size_t piece = 0;
  double top = 0;
  bool repeats = false;  // the repeated part stands above it
};

using PageOfPieces = std::vector<Placed>;

// Fills pages of `page_height` from the top. Breaks only where a piece does not keep with the next, as late as fits; a
// chain that fits no page is broken where the page ends. A piece higher than a page stands alone.
std::vector<PageOfPieces> paginate(std::span<const Extent> pieces, double page_height);

}  // namespace probity::pdf
