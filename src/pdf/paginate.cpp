#include "pdf/paginate.h"

#include <algorithm>

namespace probity::pdf {
namespace {

// Pieces from `first` on as one page would hold them, until the next does not fit or starts a page itself.
PageOfPieces fill(std::span<const Extent> pieces, std::size_t first, double page_height) {
  PageOfPieces page;
  double bottom = 0;
  for (std::size_t i = first; i < pieces.size(); ++i) {
    const Extent& piece = pieces[i];
    double top = bottom;
    if (i == first) {
      top = first == 0 ? 0 : piece.repeated_height;
    } else {
      if (piece.starts_page) break;
      top += std::max(pieces[i - 1].space_after, piece.space_before);
    }
    if (i != first && top + piece.height > page_height) break;
    page.push_back({i, top, i == first && first != 0 && piece.repeated_height > 0});
    bottom = top + piece.height;
  }
  return page;
}

// How many of the page's pieces stay on it, so that no chain is torn.
std::size_t keep(std::span<const Extent> pieces, const PageOfPieces& page) {
  const std::size_t next = page.back().piece + 1;
  if (next == pieces.size() || pieces[next].starts_page) return page.size();
  for (std::size_t count = page.size(); count > 0; --count)
    if (!pieces[page[count - 1].piece].keep_with_next) return count;
  return page.size();
}

}  // namespace

std::vector<PageOfPieces> paginate(std::span<const Extent> pieces, double page_height) {
  std::vector<PageOfPieces> pages;
  for (std::size_t first = 0; first < pieces.size();) {
    PageOfPieces page = fill(pieces, first, page_height);
    page.resize(keep(pieces, page));
    first = page.back().piece + 1;
    pages.push_back(std::move(page));
  }
  return pages;
}

}  // namespace probity::pdf
