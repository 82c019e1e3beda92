// A document as one long column of pieces, each knowing its height and how to draw itself.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "pdf/document.h"
#include "pdf/paginate.h"
#include "pdf/text_box.h"

namespace probity::pdf {

// Draws with the piece's top at `top`; the column's left edge is at 0.
using Draw = std::function<void(_cairo* cairo, double top)>;

struct Piece {
  Extent extent;
  Draw draw;
  std::optional<std::size_t> box{};       // of Flow::boxes: what is painted behind a run of pieces
  std::optional<std::size_t> repeated{};  // of Flow::repeated: what stands above it at the head of a page
  std::string bookmark{};                 // empty: none
  int bookmark_level = 0;
};

// The ground of a callout.
struct Box {
  Ink ground;
  Ink bar;
};

struct Flow {
  std::vector<Piece> pieces;
  std::vector<Box> boxes;
  std::vector<Draw> repeated;
};

// The column of a tidied document. Errors: invalid_argument (a PNG that cannot be decoded).
Result<Flow> lay_out(Shaper& shaper, const Document& document);

}  // namespace probity::pdf
