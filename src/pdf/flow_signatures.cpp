// Signature blocks, two beside each other.
#include <cairo.h>

#include <algorithm>

#include "pdf/flow_writer.h"
#include "pdf/script.h"

namespace probity::pdf {
namespace {

constexpr double kBetween = 34;
constexpr double kColumn = (kTextWidth - kBetween) / 2;
constexpr double kNameHeight = 34;  // of the space in which the typed name stands, above the line

// One party's texts with their distances from the block's top.
struct PartyBlock {
  struct Line {
    TextBox box;
    double top = 0;
  };
  std::vector<Line> lines;
  double rule = 0;
  double height = 0;

  void draw(cairo_t* cairo, double x, double top) const {
    for (const Line& line : lines) line.box.draw(cairo, x, top + line.top);
    stroke_line(cairo, x, top + rule, x + kColumn, top + rule, 0.7, kBlack);
  }
};

// Sloped like a hand where the script knows slopes; ideographs do not.
TextStyle name_style(const std::string& name) {
  TextStyle style;
  style.size = 16;
  style.leading = 22;
  style.ink = kNavy;
  style.single_line = true;
  const ScriptSeams seams = find_seams(name);
  style.italic = seams.full_width.empty() && std::none_of(name.begin(), name.end(), [](char byte) {
                   return static_cast<unsigned char>(byte) >= 0xE3;
                 });
  if (style.italic) style.face = Face::latin;
  return style;
}

PartyBlock make_block(FlowWriter& writer, const Signature& party) {
  PartyBlock block;
  const auto add = [&](const std::string& text, const TextStyle& style) {
    if (text.empty()) return;
    TextBox box(writer.shaper(), "", text, style, kColumn);
    const double height = box.height();
    block.lines.push_back({std::move(box), block.height});
    block.height += height;
  };
  const TextStyle small = small_style(writer.language());
  TextStyle role = body_style(writer.language());
  role.size = 9.5;
  role.leading = leading_of(writer.language(), role.size) * 0.95;
  role.justify = false;
  add(party.caption, small);
  if (!party.typed_name.empty())
    block.lines.push_back({{writer.shaper(), "", party.typed_name, name_style(party.typed_name), kColumn},
                           block.height + kNameHeight - 25});
  block.height += kNameHeight;
  block.rule = block.height;
  block.height += 4;
  add(party.role, role);
  add(party.time, small);
  add(party.note, small);
  return block;
}

}  // namespace

void lay_out_signatures(FlowWriter& writer, const Signatures& signatures) {
  for (std::size_t i = 0; i < signatures.parties.size(); i += 2) {
    std::vector<PartyBlock> pair{make_block(writer, signatures.parties[i])};
    if (i + 1 < signatures.parties.size()) pair.push_back(make_block(writer, signatures.parties[i + 1]));
    const double height = std::max(pair.front().height, pair.back().height);
    writer.piece(height, {18, 12}, false, [pair](cairo_t* cairo, double top) {
      for (std::size_t side = 0; side < pair.size(); ++side)
        pair[side].draw(cairo, static_cast<double>(side) * (kColumn + kBetween), top);
    });
  }
}

}  // namespace probity::pdf
