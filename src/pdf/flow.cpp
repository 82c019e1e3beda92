#include "pdf/flow.h"

#include <cairo.h>
#include <fmt/format.h>

#include <algorithm>

#include "pdf/flow_writer.h"

namespace probity::pdf {
namespace {

constexpr double kListIndent = 20;
constexpr double kCalloutPadding = 11;
constexpr double kCheckboxIndent = 19;

// Lays out one kind of block each.
class Blocks {
 public:
  explicit Blocks(FlowWriter writer) : writer_(writer) {}

  void title(const Document& document) {
    if (!document.title.empty()) {
      const TextBox box(writer_.shaper(), "", document.title, title_style(writer_.language()), kTextWidth);
      writer_.text(box, {.space = {0, 4}, .keep_with_next = true});
    }
    if (!document.subtitle.empty()) {
      TextStyle style = small_style(writer_.language());
      style.size = 10;
      style.leading = 15;
      const TextBox box(writer_.shaper(), "", document.subtitle, style, kTextWidth);
      writer_.text(box, {.space = {2, 4}, .keep_with_next = true});
    }
    if (document.title.empty() && document.subtitle.empty()) return;
    writer_.piece(1.4, {5, 13}, true,
                  [](cairo_t* cairo, double top) { fill_rectangle(cairo, 0, top, 42, 1.4, kNavy); });
  }

  Result<void> operator()(const Heading& heading) {
    static constexpr Space kSpaces[] = {{19, 6}, {14, 4}, {10, 3}};
    const TextBox box(writer_.shaper(), "", heading.text, heading_style(heading.level), kTextWidth);
    Piece& first = writer_.text(box, {.space = kSpaces[heading.level - 1], .keep_with_next = true});
    first.bookmark = heading.text;
    first.bookmark_level = heading.level;
    return {};
  }

  Result<void> operator()(const Paragraph& paragraph) {
    const TextStyle style =
        paragraph.emphasis == Emphasis::note ? note_style(writer_.language()) : body_style(writer_.language());
    writer_.text({writer_.shaper(), paragraph.lead_in, paragraph.text, style, kTextWidth}, {.space = {6, 6}});
    return {};
  }

  Result<void> operator()(const List& list) {
    const TextStyle style = body_style(writer_.language());
    int number = list.first_number;
    for (std::size_t i = 0; i < list.items.size(); ++i) {
      const std::string sign = list.numbered ? fmt::format("{}.", number++) : "•";
      TextStyle sign_style = style;
      sign_style.justify = false;
      if (!list.numbered) sign_style.face = Face::latin;
      const TextBox marker(writer_.shaper(), "", sign, sign_style, kListIndent);
      const TextBox box(writer_.shaper(), list.items[i].lead_in, list.items[i].text, style, kTextWidth - kListIndent);
      const double x = list.numbered ? std::max(0.0, kListIndent - 6 - marker.ink_width()) : 6;
      writer_.text(box, {.x = kListIndent,
                         .space = {0, i + 1 == list.items.size() ? 6.0 : 3.0},
                         .marker = [marker, x](cairo_t* cairo, double top) { marker.draw_line(cairo, 0, x, top); }});
    }
    return {};
  }

  Result<void> operator()(const Definitions& definitions) {
    lay_out_definitions(writer_, definitions);
    return {};
  }
  Result<void> operator()(const Table& table) {
    lay_out_table(writer_, table);
    return {};
  }

  // The box is a character, so that it can be read and searched.
  Result<void> operator()(const Checkbox& checkbox) {
    const TextStyle style = body_style(writer_.language());
    TextStyle sign_style = style;
    sign_style.face = Face::symbols;
    sign_style.size = 12;
    sign_style.justify = false;
    sign_style.ink = checkbox.ticked ? kNavy : kGrey;
    const TextBox sign(writer_.shaper(), "", checkbox.ticked ? "☑" : "☐", sign_style, kCheckboxIndent);
    const TextBox box(writer_.shaper(), "", checkbox.text, style, kTextWidth - kCheckboxIndent);
    writer_.text(box, {.x = kCheckboxIndent, .space = {0, 4}, .marker = [sign](cairo_t* cairo, double top) {
                         sign.draw_line(cairo, 0, 0, top);
                       }});
    return {};
  }

  Result<void> operator()(const Callout& callout) {
    const bool important = callout.tone == Tone::important;
    const std::size_t index = writer_.flow().boxes.size();
    writer_.flow().boxes.push_back({important ? kRedTint : kNavyTint, important ? kRed : kNavy});
    const double width = kTextWidth - 2 * kCalloutPadding - 3;
    const double x = kCalloutPadding + 3;
    const auto padding = [&](double height, Space space, bool keep) {
      writer_.piece(height, space, keep, {}).box = index;
    };
    padding(kCalloutPadding - 3, {8, 0}, true);
    if (!callout.title.empty()) {
      TextStyle style = heading_style(3);
      style.leading = leading_of(writer_.language(), style.size);
      style.ink = important ? kRed : kNavy;
      writer_.text({writer_.shaper(), "", callout.title, style, width},
                   {.x = x, .space = {0, 1}, .keep_with_next = true, .box = index});
    }
    writer_.text({writer_.shaper(), "", callout.text, body_style(writer_.language()), width},
                 {.x = x, .keep_with_next = true, .box = index});
    padding(kCalloutPadding - 3, {0, 11}, false);
    return {};
  }

  Result<void> operator()(const Signatures& signatures) {
    // Signatures never stand on a page by themselves.
    if (!writer_.flow().pieces.empty()) writer_.flow().pieces.back().extent.keep_with_next = true;
    lay_out_signatures(writer_, signatures);
    return {};
  }

  Result<void> operator()(const Rule&) {
    writer_.piece(0.6, {9, 9}, false,
                  [](cairo_t* cairo, double top) { fill_rectangle(cairo, 0, top, kTextWidth, 0.6, kHairline); });
    return {};
  }

  Result<void> operator()(const PageBreak&) {
    next_starts_page_ = true;
    return {};
  }

  Result<void> operator()(const Picture& picture) { return lay_out_picture(writer_, picture); }

  // A page break before blocks from here on takes effect with the first piece they add.
  Result<void> add(const Block& block) {
    const std::size_t first = writer_.flow().pieces.size();
    const bool starts_page = next_starts_page_;
    TRY(std::visit(*this, block));
    if (starts_page && writer_.flow().pieces.size() > first) {
      writer_.flow().pieces[first].extent.starts_page = true;
      next_starts_page_ = false;
    }
    return {};
  }

 private:
  FlowWriter writer_;
  bool next_starts_page_ = false;
};

}  // namespace

void stroke_line(_cairo* cairo, double x1, double y1, double x2, double y2, double width, Ink ink) {
  cairo_set_source_rgb(cairo, ink.red, ink.green, ink.blue);
  cairo_set_line_width(cairo, width);
  cairo_move_to(cairo, x1, y1);
  cairo_line_to(cairo, x2, y2);
  cairo_stroke(cairo);
}

void fill_rectangle(_cairo* cairo, double x, double y, double width, double height, Ink ink) {
  cairo_set_source_rgb(cairo, ink.red, ink.green, ink.blue);
  cairo_rectangle(cairo, x, y, width, height);
  cairo_fill(cairo);
}

Piece& FlowWriter::piece(double height, Space space, bool keep_with_next, Draw draw) {
  flow_.pieces.push_back({.extent = {.height = height,
                                     .space_before = space.before,
                                     .space_after = space.after,
                                     .keep_with_next = keep_with_next},
                          .draw = std::move(draw)});
  return flow_.pieces.back();
}

Piece& FlowWriter::text(const TextBox& box, const Placing& placing) {
  const std::size_t first = flow_.pieces.size();
  const std::size_t count = box.line_count();
  for (std::size_t line = 0; line < count; ++line) {
    const bool is_first = line == 0;
    const bool is_last = line + 1 == count;
    const bool lonely = is_first || line + 2 == count;
    const Space space{is_first ? placing.space.before : 0, is_last ? placing.space.after : 0};
    piece(box.leading(), space, is_last ? placing.keep_with_next : lonely,
          [box, line, x = placing.x, marker = is_first ? placing.marker : Draw{}](cairo_t* cairo, double top) {
            if (marker) marker(cairo, top);
            box.draw_line(cairo, line, x, top);
          })
        .box = placing.box;
  }
  return flow_.pieces[first];
}

Result<Flow> lay_out(Shaper& shaper, const Document& document) {
  Flow flow;
  Blocks blocks(FlowWriter(shaper, flow));
  blocks.title(document);
  for (const Block& block : document.blocks) TRY(blocks.add(block));
  return flow;
}

}  // namespace probity::pdf
