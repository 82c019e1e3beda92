#include "pdf/text_box.h"

#include <pango/pangocairo.h>

#include <algorithm>
#include <span>
#include <vector>

#include "pdf/script.h"

namespace probity::pdf {
namespace {

// The families by what they are for; Chinese documents take Latin letters from the Chinese font too, which were drawn
// to stand beside its ideographs. fonts-noto-core has the rest of the world's scripts.
const char* families(Face face, Language language) {
  const bool chinese = language == Language::zh_cn;
  switch (face) {
    case Face::serif:
      return chinese ? "Noto Serif CJK SC,Noto Serif" : "Noto Serif,Noto Serif CJK SC";
    case Face::sans:
      return chinese ? "Noto Sans CJK SC,Noto Sans" : "Noto Sans,Noto Sans CJK SC";
    case Face::latin:
      return "Noto Serif";
    case Face::symbols:
      break;
  }
  return "Noto Sans Symbols2";
}

// Widest gap that justification may add between two characters, in ems: readers of the PDF take more for a space.
constexpr double kMostStretch = 0.08;
// Room between an ideograph and a Latin letter. Pango puts half of a letter's spacing on either side of it.
constexpr double kScriptGap = 0.16;

struct UnrefAttributes {
  void operator()(PangoAttrList* list) const { pango_attr_list_unref(list); }
};
struct FreeDescription {
  void operator()(PangoFontDescription* description) const { pango_font_description_free(description); }
};
struct UnrefObject {
  void operator()(void* object) const { g_object_unref(object); }
};
using Attributes = std::unique_ptr<PangoAttrList, UnrefAttributes>;
using Layout = std::unique_ptr<PangoLayout, UnrefObject>;

void add(PangoAttrList* list, PangoAttribute* attribute, ByteRange range) {
  attribute->start_index = static_cast<guint>(range.begin);
  attribute->end_index = static_cast<guint>(range.end);
  pango_attr_list_insert(list, attribute);
}

// Chinese emphasis is a change to the sans-serif, Western emphasis a heavier weight.
void add_lead_in(PangoAttrList* list, const TextStyle& style, Language language, ByteRange range) {
  if (language == Language::zh_cn && style.face == Face::serif)
    add(list, pango_attr_family_new(families(Face::sans, language)), range);
  add(list, pango_attr_weight_new(PANGO_WEIGHT_BOLD), range);
}

Attributes attributes_of(const ScriptSeams& seams, std::size_t lead_in_bytes, const TextStyle& style,
                         Language language) {
  Attributes list(pango_attr_list_new());
  if (lead_in_bytes > 0) add_lead_in(list.get(), style, language, {0, lead_in_bytes});
  for (const ByteRange& range : seams.narrow)
    if (language == Language::zh_cn) add(list.get(), pango_attr_font_features_new("pwid=1"), range);
  const char* const chinese = families(style.face, Language::zh_cn);
  for (const ByteRange& range : seams.full_width)
    if (language != Language::zh_cn) add(list.get(), pango_attr_family_new(chinese), range);
  for (const ByteRange& range : seams.halved) add(list.get(), pango_attr_font_features_new("halt=1"), range);
  for (const ByteRange& range : seams.beside_latin)
    add(list.get(), pango_attr_letter_spacing_new(static_cast<int>(kScriptGap * style.size * PANGO_SCALE)), range);
  return list;
}

Layout shape(const Shaper& shaper, const std::string& text, const ScriptSeams& seams, std::size_t lead_in_bytes,
             const TextStyle& style, double width) {
  Layout layout(pango_layout_new(shaper.context()));
  const std::unique_ptr<PangoFontDescription, FreeDescription> font(pango_font_description_new());
  pango_font_description_set_family_static(font.get(), families(style.face, shaper.language()));
  pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
  if (style.bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
  if (style.italic) pango_font_description_set_style(font.get(), PANGO_STYLE_ITALIC);
  pango_layout_set_font_description(layout.get(), font.get());
  pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_auto_dir(layout.get(), FALSE);
  if (style.single_line) {
    pango_layout_set_single_paragraph_mode(layout.get(), TRUE);
    pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
  }
  pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
  pango_layout_set_attributes(layout.get(), attributes_of(seams, lead_in_bytes, style, shaper.language()).get());
  return layout;
}

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

// Between lead-in and text. A full-width stop brings its own room.
const char* lead_in_gap(std::string_view lead_in, Language language) {
  if (language != Language::zh_cn) return " ";
  const char* const end = lead_in.data() + lead_in.size();
  return closes_full_width(g_utf8_get_char(g_utf8_prev_char(end))) ? "" : "　";
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

Shaper::Shaper(Language language)
    : language_(language), context_(pango_font_map_create_context(pango_cairo_font_map_get_default())) {
  // Positions as the fonts state them, without rounding to any screen's pixels: the same on every machine.
  cairo_font_options_t* const options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options(context_, options);
  cairo_font_options_destroy(options);
  pango_cairo_context_set_resolution(context_, 72);
  pango_context_set_round_glyph_positions(context_, FALSE);
  pango_context_set_language(context_, pango_language_from_string(language == Language::zh_cn ? "zh-cn" : "en-gb"));
  pango_context_set_base_dir(context_, PANGO_DIRECTION_LTR);
}

Shaper::~Shaper() { g_object_unref(context_); }

struct TextBox::State {
  struct Line {
    PangoLayoutLine* line = nullptr;
    double offset = 0;  // from the box's left edge
    double width = 0;
  };
  const Shaper* shaper = nullptr;
  std::string text;
  ScriptSeams seams;
  TextStyle style;
  double width = 0;
  Layout layout;
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
      hb_face_t* const face = hb_font_get_face(pango_font_get_hb_font(item->item->analysis.font));
      for (int i = 0; i < item->glyphs->num_glyphs; ++i) {
        const PangoGlyph glyph = item->glyphs->glyphs[i].glyph;
        if (glyph < 0x10000) fonts.use(face, glyph);  // else a mark of Pango's own: nothing, or no font has it
      }
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
  const char* const first = text.data() + start;
  const char* const after = text.data() + end;
  // Narrow quotes, and punctuation that was halved already, have no blank half.
  const auto is_full_width = [&](const char* character) {
    PangoRectangle place{};
    pango_layout_index_to_pos(layout.get(), static_cast<int>(character - text.data()), &place);
    return points(place.width) > 0.9 * style.size;
  };
  double natural = line.width;
  if (opens_full_width(g_utf8_get_char(first)) && is_full_width(first)) {
    line.offset = -style.size / 2;
    natural -= style.size / 2;
  }
  if (end >= text.size() || *after == '\n') return;
  const char* const last = g_utf8_find_prev_char(text.data(), after);
  if (last != nullptr && last > first && closes_full_width(g_utf8_get_char(last)) && is_full_width(last))
    natural -= style.size / 2;
  const Gaps gaps = gaps_of(line.line, text.data(), seams.beside_latin);
  const double missing = width - natural;
  if (gaps.empty() || missing <= 0) return;
  const double each = missing / static_cast<double>(gaps.size());
  if (each > kMostStretch * style.size) return;
  for (PangoGlyphInfo* gap : gaps) gap->geometry.width += static_cast<int>(each * PANGO_SCALE);
}

// One run of one font, with the text it stands for, so that the PDF can be searched and copied from.
void TextBox::State::draw_run(cairo_t* cairo, PangoGlyphItem* run, double x, double baseline) const {
  PangoFont* const pango_font = run->item->analysis.font;
  const auto* const font = shaper->fonts().find(hb_font_get_face(pango_font_get_hb_font(pango_font)));
  const PangoGlyphInfo* const infos = run->glyphs->glyphs;
  const bool known = std::all_of(infos, infos + run->glyphs->num_glyphs, [](const PangoGlyphInfo& info) {
    return info.glyph < 0x10000 || info.glyph == PANGO_GLYPH_EMPTY;
  });
  if (font == nullptr || !known) {
    cairo_move_to(cairo, x, baseline);
    pango_cairo_show_glyph_item(cairo, text.data(), run);
    return;
  }
  std::vector<cairo_glyph_t> glyphs;
  for (const PangoGlyphInfo& info : std::span(infos, static_cast<std::size_t>(run->glyphs->num_glyphs))) {
    const PangoGlyphGeometry& at = info.geometry;
    if (info.glyph != PANGO_GLYPH_EMPTY)
      glyphs.push_back({font->glyph(info.glyph), x + points(at.x_offset), baseline + points(at.y_offset)});
    x += points(at.width);
  }
  const std::vector<cairo_text_cluster_t> clusters = clusters_of(run, text.data());
  const bool backward = run->item->analysis.level % 2 != 0;
  cairo_set_font_face(cairo, font->face());
  const std::unique_ptr<PangoFontDescription, FreeDescription> description(
      pango_font_describe_with_absolute_size(pango_font));
  cairo_set_font_size(cairo, points(pango_font_description_get_size(description.get())));
  cairo_show_text_glyphs(cairo, text.data() + run->item->offset, run->item->length, glyphs.data(),
                         static_cast<int>(glyphs.size()), clusters.data(), static_cast<int>(clusters.size()),
                         backward ? CAIRO_TEXT_CLUSTER_FLAG_BACKWARD : static_cast<cairo_text_cluster_flags_t>(0));
}

TextBox::TextBox(Shaper& shaper, std::string_view lead_in, std::string_view text, const TextStyle& style, double width)
    : state_(std::make_shared<State>()) {
  State& state = *state_;
  state.shaper = &shaper;
  state.text = lead_in;
  if (!lead_in.empty() && !text.empty()) state.text += lead_in_gap(lead_in, shaper.language());
  state.text += text;
  state.seams = find_seams(state.text);
  state.style = style;
  state.width = width;
  state.layout = shape(shaper, state.text, state.seams, lead_in.size(), style, width);
  for (int i = 0; i < pango_layout_get_line_count(state.layout.get()); ++i)
    state.lines.push_back({.line = pango_layout_get_line(state.layout.get(), i)});
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
