#include "pdf/shape.h"

#include <fmt/format.h>
#include <pango/pangofc-fontmap.h>
#include <pango/pangoft2.h>

#include <algorithm>

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

// Room between an ideograph and a Latin letter. Pango puts half of a letter's spacing on either side of it.
constexpr double kScriptGap = 0.16;

struct FreePango {
  void operator()(PangoAttrList* list) const { pango_attr_list_unref(list); }
  void operator()(PangoFontDescription* description) const { pango_font_description_free(description); }
  void operator()(PangoFontMap* map) const { g_object_unref(map); }
};
using Attributes = std::unique_ptr<PangoAttrList, FreePango>;

// Outlines as their designers made them: nothing is fitted to any screen's pixels.
void without_hinting(FcPattern* pattern, gpointer) {
  FcPatternDel(pattern, FC_HINTING);
  FcPatternAddBool(pattern, FC_HINTING, FcFalse);
  FcPatternDel(pattern, FC_AUTOHINT);
  FcPatternAddBool(pattern, FC_AUTOHINT, FcFalse);
}

// Pango's own FreeType fonts rather than those of Cairo, whose glyph cache is shared by all threads and deadlocks. One
// map a thread, kept: it takes 20 ms to fill.
PangoFontMap* font_map() {
  thread_local const std::unique_ptr<PangoFontMap, FreePango> map = [] {
    std::unique_ptr<PangoFontMap, FreePango> made(pango_ft2_font_map_new());
    pango_ft2_font_map_set_resolution(PANGO_FT2_FONT_MAP(made.get()), 72, 72);
    pango_fc_font_map_set_default_substitute(PANGO_FC_FONT_MAP(made.get()), without_hinting, nullptr, nullptr);
    return made;
  }();
  return map.get();
}

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

// Between lead-in and text. A full-width stop brings its own room.
const char* lead_in_gap(std::string_view lead_in, Language language) {
  if (language != Language::zh_cn) return " ";
  const char* const end = lead_in.data() + lead_in.size();
  return closes_full_width(g_utf8_get_char(g_utf8_prev_char(end))) ? "" : "　";
}

Shaped shape_once(const Shaper& shaper, std::string text, std::size_t lead_in_bytes, const TextStyle& style,
                  double width) {
  Shaped shaped{.text = std::move(text), .seams = {}, .layout = Layout(pango_layout_new(shaper.context()))};
  shaped.seams = find_seams(shaped.text);
  PangoLayout* const layout = shaped.layout.get();
  const std::unique_ptr<PangoFontDescription, FreePango> font(pango_font_description_new());
  pango_font_description_set_family_static(font.get(), families(style.face, shaper.language()));
  pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
  if (style.bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
  if (style.italic) pango_font_description_set_style(font.get(), PANGO_STYLE_ITALIC);
  pango_layout_set_font_description(layout, font.get());
  pango_layout_set_width(layout, static_cast<int>(width * PANGO_SCALE));
  pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_auto_dir(layout, FALSE);
  if (style.single_line) {
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
  }
  pango_layout_set_text(layout, shaped.text.data(), static_cast<int>(shaped.text.size()));
  pango_layout_set_attributes(layout, attributes_of(shaped.seams, lead_in_bytes, style, shaper.language()).get());
  return shaped;
}

// The characters that no font has, or only one that cannot be embedded, in the text's order.
std::vector<ByteRange> find_unshown(const Shaped& shaped) {
  std::vector<ByteRange> unshown;
  for (GSList* line = pango_layout_get_lines_readonly(shaped.layout.get()); line != nullptr; line = line->next)
    for (GSList* run = static_cast<PangoLayoutLine*>(line->data)->runs; run != nullptr; run = run->next) {
      auto* const item = static_cast<PangoGlyphItem*>(run->data);
      const bool embeddable = EmbeddedFonts::can_embed(face_of(item));
      PangoGlyphItemIter cluster;
      for (gboolean more = pango_glyph_item_iter_init_start(&cluster, item, shaped.text.data()); more != FALSE;
           more = pango_glyph_item_iter_next_cluster(&cluster)) {
        const PangoGlyph glyph = item->glyphs->glyphs[cluster.start_glyph].glyph;
        const bool unknown = (glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0;
        if (glyph != PANGO_GLYPH_EMPTY && (unknown || !embeddable))
          unshown.push_back(
              {static_cast<std::size_t>(cluster.start_index), static_cast<std::size_t>(cluster.end_index)});
      }
    }
  std::sort(unshown.begin(), unshown.end(), [](const ByteRange& a, const ByteRange& b) { return a.begin < b.begin; });
  return unshown;
}

// The text with those characters written out; `lead_in_bytes` grows with it.
std::string written_out(std::string_view text, const std::vector<ByteRange>& unshown, std::size_t& lead_in_bytes) {
  std::string legible;
  std::size_t done = 0;
  const std::size_t lead_in_end = lead_in_bytes;
  for (const ByteRange& range : unshown) {
    legible += text.substr(done, range.begin - done);
    const std::size_t before = legible.size();
    for (const char* at = text.data() + range.begin; at < text.data() + range.end; at = g_utf8_next_char(at))
      legible += fmt::format("[U+{:04X}]", g_utf8_get_char(at));
    if (range.begin < lead_in_end) lead_in_bytes += legible.size() - before - (range.end - range.begin);
    done = range.end;
  }
  legible += text.substr(done);
  return legible;
}

}  // namespace

Shaper::Shaper(Language language) : language_(language), context_(pango_font_map_create_context(font_map())) {
  pango_context_set_round_glyph_positions(context_, FALSE);
  pango_context_set_language(context_, pango_language_from_string(language == Language::zh_cn ? "zh-cn" : "en-gb"));
  pango_context_set_base_dir(context_, PANGO_DIRECTION_LTR);
}

Shaper::~Shaper() { g_object_unref(context_); }

void FreeLayout::operator()(PangoLayout* layout) const { g_object_unref(layout); }

Shaped shape(const Shaper& shaper, std::string_view lead_in, std::string_view text, const TextStyle& style,
             double width) {
  std::string whole(lead_in);
  if (!lead_in.empty() && !text.empty()) whole += lead_in_gap(lead_in, shaper.language());
  whole += text;
  std::size_t lead_in_bytes = lead_in.size();
  Shaped shaped = shape_once(shaper, std::move(whole), lead_in_bytes, style, width);
  const std::vector<ByteRange> unshown = find_unshown(shaped);
  if (unshown.empty()) return shaped;
  std::string legible = written_out(shaped.text, unshown, lead_in_bytes);
  return shape_once(shaper, std::move(legible), lead_in_bytes, style, width);
}

hb_face_t* face_of(const PangoGlyphItem* run) {
  return hb_font_get_face(pango_font_get_hb_font(run->item->analysis.font));
}

bool has_family(const char* family) { return pango_font_map_get_family(font_map(), family) != nullptr; }

}  // namespace probity::pdf
