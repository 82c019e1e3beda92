// What the blocks' layouts share: adding text and gaps to the column.
#pragma once

#include "pdf/flow.h"

namespace probity::pdf {

struct Space {
  double before = 0;
  double after = 0;
};

// How a text stands in the column.
struct Placing {
  double x = 0;
  Space space{};
  bool keep_with_next = false;
  std::optional<std::size_t> box{};
  Draw marker{};  // a bullet or number, drawn beside the first line; may be empty
};

void stroke_line(_cairo* cairo, double x1, double y1, double x2, double y2, double width, Ink ink);
void fill_rectangle(_cairo* cairo, double x, double y, double width, double height, Ink ink);

class FlowWriter {
 public:
  FlowWriter(Shaper& shaper, Flow& flow) : shaper_(shaper), flow_(flow) {}

  Shaper& shaper() { return shaper_; }
  Language language() const { return shaper_.language(); }
  Flow& flow() { return flow_; }

  // One piece a line, so that pages may break between any but the first two and the last two lines. Returns the first.
  Piece& text(const TextBox& box, const Placing& placing);
  Piece& piece(double height, Space space, bool keep_with_next, Draw draw);

 private:
  Shaper& shaper_;
  Flow& flow_;
};

// Rows of cells (tables and definitions): flow_grid.cpp.
void lay_out_table(FlowWriter& writer, const Table& table);
void lay_out_definitions(FlowWriter& writer, const Definitions& definitions);
// flow_signatures.cpp
void lay_out_signatures(FlowWriter& writer, const Signatures& signatures);
// flow_picture.cpp. Errors: invalid_argument.
Result<void> lay_out_picture(FlowWriter& writer, const Picture& picture);

}  // namespace probity::pdf
