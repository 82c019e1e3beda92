// Tables and definitions: rows of cells that share their lines' height, so that a long row can break over pages.
#include <cairo.h>

#include <algorithm>
#include <numeric>

#include "pdf/flow_writer.h"

namespace probity::pdf {
namespace {

constexpr double kGutter = 12;
constexpr double kRowPadding = 4;
// Rows of up to this many lines stay on one page.
constexpr std::size_t kWholeRowLines = 8;

struct GridColumn {
  double x = 0;
  double width = 0;
};

std::vector<GridColumn> divide(const std::vector<double>& weights) {
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  const double available = kTextWidth - kGutter * static_cast<double>(weights.size() - 1);
  std::vector<GridColumn> columns;
  double x = 0;
  for (const double weight : weights) {
    columns.push_back({x, available * weight / total});
    x += columns.back().width + kGutter;
  }
  return columns;
}

struct Row {
  std::vector<TextBox> cells;
  std::vector<GridColumn> columns;
  double leading = 0;

  std::size_t line_count() const {
    std::size_t most = 1;
    for (const TextBox& cell : cells) most = std::max(most, cell.line_count());
    return most;
  }
  void draw_line(cairo_t* cairo, std::size_t line, double top) const {
    for (std::size_t i = 0; i < cells.size(); ++i)
      if (line < cells[i].line_count()) cells[i].draw_line(cairo, line, columns[i].x, top);
  }
};

TextStyle cell_style(Language language) {
  TextStyle style;
  style.size = 9.5;
  style.leading = leading_of(language, style.size) * 0.97;
  return style;
}

// One piece a line; the last draws the rule under the row.
void add_row(FlowWriter& writer, const Row& row, Space space, std::optional<std::size_t> repeated,
             double repeated_height) {
  const std::size_t count = row.line_count();
  for (std::size_t line = 0; line < count; ++line) {
    const bool is_first = line == 0;
    const bool is_last = line + 1 == count;
    const double above = is_first ? kRowPadding : 0;
    const double below = is_last ? kRowPadding : 0;
    const double height = above + row.leading + below;
    const bool keep = !is_last && (count <= kWholeRowLines || is_first || line + 2 == count);
    Piece& piece = writer.piece(height, {is_first ? space.before : 0, is_last ? space.after : 0}, keep,
                                [row, line, above, height, is_last](cairo_t* cairo, double top) {
                                  row.draw_line(cairo, line, top + above);
                                  if (is_last)
                                    stroke_line(cairo, 0, top + height, kTextWidth, top + height, 0.5, kHairline);
                                });
    piece.repeated = repeated;
    piece.extent.repeated_height = repeated ? repeated_height : 0;
  }
}

struct HeaderRow {
  Row row;
  double height = 0;
  void draw(cairo_t* cairo, double top) const {
    for (std::size_t line = 0; line < row.line_count(); ++line)
      row.draw_line(cairo, line, top + kRowPadding - 1 + static_cast<double>(line) * row.leading);
    stroke_line(cairo, 0, top + height, kTextWidth, top + height, 1.0, kNavy);
  }
};

HeaderRow make_header(FlowWriter& writer, const Table& table, const std::vector<GridColumn>& columns) {
  TextStyle style = cell_style(writer.language());
  style.face = Face::sans;
  style.bold = true;
  style.size = 8.8;
  style.ink = kNavy;
  HeaderRow header{.row = {.cells = {}, .columns = columns, .leading = style.leading}};
  for (std::size_t i = 0; i < columns.size(); ++i) {
    style.align = table.columns[i].align;
    header.row.cells.emplace_back(writer.shaper(), "", table.columns[i].title, style, columns[i].width);
  }
  header.height = 2 * (kRowPadding - 1) + static_cast<double>(header.row.line_count()) * header.row.leading;
  return header;
}

}  // namespace

void lay_out_table(FlowWriter& writer, const Table& table) {
  if (table.columns.empty()) return;
  std::vector<double> weights;
  for (const Column& column : table.columns) weights.push_back(column.weight);
  const std::vector<GridColumn> columns = divide(weights);
  const HeaderRow header = make_header(writer, table, columns);
  const Draw draw_header = [header](cairo_t* cairo, double top) { header.draw(cairo, top); };
  const std::size_t repeated = writer.flow().repeated.size();
  writer.flow().repeated.push_back(draw_header);
  writer.piece(header.height, {7, table.rows.empty() ? 10.0 : 0}, !table.rows.empty(), draw_header);
  TextStyle style = cell_style(writer.language());
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    Row row{.cells = {}, .columns = columns, .leading = style.leading};
    for (std::size_t cell = 0; cell < columns.size(); ++cell) {
      style.align = table.columns[cell].align;
      row.cells.emplace_back(writer.shaper(), "", table.rows[i][cell], style, columns[cell].width);
    }
    add_row(writer, row, {0, i + 1 == table.rows.size() ? 12.0 : 0}, repeated, header.height);
  }
}

void lay_out_definitions(FlowWriter& writer, const Definitions& definitions) {
  if (definitions.rows.empty()) return;
  const std::vector<GridColumn> columns = divide({0.25, 0.75});
  TextStyle value = cell_style(writer.language());
  TextStyle label = value;
  label.face = Face::sans;
  label.size = 8.8;
  label.ink = kGrey;
  writer.piece(0.5, {7, 0}, true,
               [](cairo_t* cairo, double top) { stroke_line(cairo, 0, top, kTextWidth, top, 0.5, kHairline); });
  for (std::size_t i = 0; i < definitions.rows.size(); ++i) {
    const Definition& definition = definitions.rows[i];
    Row row{.cells = {}, .columns = columns, .leading = value.leading};
    row.cells.emplace_back(writer.shaper(), "", definition.label, label, columns[0].width);
    row.cells.emplace_back(writer.shaper(), "", definition.value, value, columns[1].width);
    add_row(writer, row, {0, i + 1 == definitions.rows.size() ? 11.0 : 0}, std::nullopt, 0);
  }
}

}  // namespace probity::pdf
