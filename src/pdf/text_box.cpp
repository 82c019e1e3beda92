#include "pdf/text_box.h"

#include <cairo.h>
#include <pango/pango.h>

#include <algorithm>
#include <span>
#include <vector>

namespace probity::pdf {
namespace {

// Widest gap that justification may add between two characters, in ems: readers of the PDF take more for a space.
constexpr double kMostStretch = 0.08;

double points(int pango_units) { return static_cast<double>(pango_units) / PANGO_SCALE; }

double width_of(PangoLayoutLine* line) {
  PangoRectangle logical{};
  pango_layout_line_get_extents(line, nullptr, &logical);
  return points(logical.width);
}

// A place in a line where it may be stretched: after the last glyph of a character.
using Gaps = std::vector<PangoGlyphInfo*>;

// Between East Asian characters, and at spaces. Not beside the ideographs in `spaced`, where scripts meet and there is
// a gap already.
Gaps gaps_of(PangoLayoutLine* line, const char* text, const std::vector<ByteRange>& spaced) {
  const auto has_gap = [&](int index) {
    const auto begins_before = [](const ByteRange& range, std::size_t at) { return range.begin < at; };
    const auto at = static_cast<std::size_t>(index);
    const auto found = std::lower_bound(spaced.begin(), spaced.end(), at, begins_before);
    return found != spaced.end() && found->begin == at;
  };
  Gaps gaps;
  PangoGlyphInfo* before = nullptr;
  char32_t character_before = 0;  // 0 also where no gap is wanted
  for (GSList* run = line->runs; run != nullptr; run = run->next) {
    auto* const item = static_cast<PangoGlyphItem*>(run->data);
    PangoGlyphItemIter cluster;
    for (gboolean more = pango_glyph_item_iter_init_start(&cluster, item, text); more != FALSE;
         more = pango_glyph_item_iter_next_cluster(&cluster)) {
      const char32_t character = has_gap(cluster.start_index) ? 0 : g_utf8_get_char(text + cluster.start_index);
      const bool between_ideographs = is_east_asian(character_before) && is_east_asian(character);
      if (before != nullptr && (between_ideographs || character_before == ' ' || character == ' '))
        gaps.push_back(before);
      before = &item->glyphs->glyphs[std::max(cluster.end_glyph - 1, 0)];
      character_before = character;
    }
  }
  return gaps;
}

// Which bytes of the text belong to which glyphs, in the text's order.
std::vector<cairo_text_cluster_t> clusters_of(PangoGlyphItem* run, const char* text) {
  std::vector<cairo_text_cluster_t> clusters;
  PangoGlyphItemIter cluster;
  for (gboolean more = pango_glyph_item_iter_init_start(&cluster, run, text); more != FALSE;
       more = pango_glyph_item_iter_next_cluster(&cluster)) {
    // Right to left, a cluster's glyphs are counted downwards.
    const bool backward = cluster.start_glyph > cluster.end_glyph;
    const int first = backward ? cluster.end_glyph + 1 : cluster.start_glyph;
    const int after = backward ? cluster.start_glyph + 1 : cluster.end_glyph;
    int drawn = 0;
    for (int i = first; i < after; ++i) drawn += run->glyphs->glyphs[i].glyph != PANGO_GLYPH_EMPTY ? 1 : 0;
    clusters.push_back({cluster.end_index - cluster.start_index, drawn});
  }
  return clusters;
}

}  // namespace

struct TextBox::State {
  struct Line {
    PangoLayoutLine* line = nullptr;
    double offset = 0;  // from the box's left edge
    double width = 0;
  };
  const Shaper* shaper = nullptr;
  Shaped shaped;
  TextStyle style;
  double width = 0;
  std::vector<Line> lines;

  void announce_glyphs(EmbeddedFonts& fonts) const;
  void place(Line& line) const;
  void justify(Line& line) const;
  void draw_run(cairo_t* cairo, PangoGlyphItem* run, double x, double baseline) const;
};

void TextBox::State::announce_glyphs(EmbeddedFonts& fonts) const {
  for (const Line& line : lines)
    for (GSList* run = line.line->runs; run != nullptr; run = run->next) {
      const auto* const item = static_cast<const PangoGlyphItem*>(run->data);
      for (int i = 0; i < item->glyphs->num_glyphs; ++i)
        if (item->glyphs->glyphs[i].glyph != PANGO_GLYPH_EMPTY) fonts.use(face_of(item), item->glyphs->glyphs[i].glyph);
    }
}

void TextBox::State::place(Line& line) const {
  line.width = width_of(line.line);
  if (style.align == Align::centre) line.offset = (width - line.width) / 2;
  if (style.align == Align::right) line.offset = width - line.width;
  if (style.justify && line.line->length > 0) justify(line);
}

// Sets a line's edges straight: half-blank punctuation hangs over the edge by its blank half, and what is then missing
// to the full width is spread over the line. Last lines, and lines that would become too loose, stay ragged.
void TextBox::State::justify(Line& line) const {
  const auto start = static_cast<std::size_t>(line.line->start_index);
  const std::size_t end = start + static_cast<std::size_t>(line.line->length);
  const char* const first = shaped.text.data() + start;
  const char* const after = shaped.text.data() + end;
  // Narrow quotes, and punctuation that was halved already, have no blank half.
  const auto is_full_width = [&](const char* character) {
    PangoRectangle place{};
    pango_layout_index_to_pos(shaped.layout.get(), static_cast<int>(character - shaped.text.data()), &place);
    return points(place.width) > 0.9 * style.size;
  };
  double natural = line.width;
  if (opens_full_width(g_utf8_get_char(first)) && is_full_width(first)) {
    line.offset = -style.size / 2;
    natural -= style.size / 2;
  }
  if (end >= shaped.text.size() || *after == '\n') return;
  const char* const last = g_utf8_find_prev_char(shaped.text.data(), after);
  if (last != nullptr && last > first && closes_full_width(g_utf8_get_char(last)) && is_full_width(last))
    natural -= style.size / 2;
  const Gaps gaps = gaps_of(line.line, shaped.text.data(), shaped.seams.beside_latin);
  const double missing = width - natural;
  if (gaps.empty() || missing <= 0) return;
  const double each = missing / static_cast<double>(gaps.size());
  if (each > kMostStretch * style.size) return;
  for (PangoGlyphInfo* gap : gaps) gap->geometry.width += static_cast<int>(each * PANGO_SCALE);
}

// One run of one font, with the text it stands for, so that the PDF can be searched and copied from.
void TextBox::State::draw_run(cairo_t* cairo, PangoGlyphItem* run, double x, double baseline) const {
  const EmbeddedFonts::Font& font = shaper->fonts().at(face_of(run));
  std::vector<cairo_glyph_t> glyphs;
  for (const PangoGlyphInfo& info : std::span(run->glyphs->glyphs, static_cast<std::size_t>(run->glyphs->num_glyphs))) {
    const PangoGlyphGeometry& at = info.geometry;
    if (info.glyph != PANGO_GLYPH_EMPTY)
      glyphs.push_back({font.glyph(info.glyph), x + points(at.x_offset), baseline + points(at.y_offset)});
    x += points(at.width);
  }
  const std::vector<cairo_text_cluster_t> clusters = clusters_of(run, shaped.text.data());
  const bool backward = run->item->analysis.level % 2 != 0;
  cairo_set_font_face(cairo, font.face());
  cairo_set_font_size(cairo, style.size);
  cairo_show_text_glyphs(cairo, shaped.text.data() + run->item->offset, run->item->length, glyphs.data(),
                         static_cast<int>(glyphs.size()), clusters.data(), static_cast<int>(clusters.size()),
                         backward ? CAIRO_TEXT_CLUSTER_FLAG_BACKWARD : static_cast<cairo_text_cluster_flags_t>(0));
}

TextBox::TextBox(Shaper& shaper, std::string_view lead_in, std::string_view text, const TextStyle& style, double width)
    : state_(std::make_shared<State>()) {
  State& state = *state_;
  state.shaper = &shaper;
  state.shaped = shape(shaper, lead_in, text, style, width);
  state.style = style;
  state.width = width;
  PangoLayout* const layout = state.shaped.layout.get();
  for (int i = 0; i < pango_layout_get_line_count(layout); ++i)
    state.lines.push_back({.line = pango_layout_get_line(layout, i)});
  state.announce_glyphs(shaper.fonts());
  for (State::Line& line : state.lines) state.place(line);
}

std::size_t TextBox::line_count() const { return state_->lines.size(); }
double TextBox::leading() const { return state_->style.leading; }

double TextBox::ink_width() const {
  double widest = 0;
  for (const State::Line& line : state_->lines) widest = std::max(widest, line.width);
  return widest;
}

void TextBox::draw_line(_cairo* cairo, std::size_t index, double x, double top) const {
  const State::Line& line = state_->lines[index];
  const TextStyle& style = state_->style;
  // Lines stand at fixed distances whatever fonts are in them; capitals and ideographs are centred in their line.
  const double baseline = top + style.leading / 2 + 0.37 * style.size;
  cairo_set_source_rgb(cairo, style.ink.red, style.ink.green, style.ink.blue);
  double left = x + line.offset;
  for (GSList* run = line.line->runs; run != nullptr; run = run->next) {
    auto* const item = static_cast<PangoGlyphItem*>(run->data);
    state_->draw_run(cairo, item, left, baseline);
    left += points(pango_glyph_string_get_width(item->glyphs));
  }
}

void TextBox::draw(_cairo* cairo, double x, double top) const {
  for (std::size_t line = 0; line < line_count(); ++line)
    draw_line(cairo, line, x, top + static_cast<double>(line) * leading());
}

}  // namespace probity::pdf
