#include "pdf/embedded_fonts.h"

#include <cairo-ft.h>
#include <ft2build.h>
#include <hb-ot.h>
#include <hb-subset.h>
#include FT_FREETYPE_H

#include "base/check.h"

namespace probity::pdf {
namespace {

template <auto Destroy>
struct Deleter {
  template <class T>
  void operator()(T* object) const {
    Destroy(object);
  }
};
using HbBlob = std::unique_ptr<hb_blob_t, Deleter<hb_blob_destroy>>;
using HbFace = std::unique_ptr<hb_face_t, Deleter<hb_face_destroy>>;
using HbInput = std::unique_ptr<hb_subset_input_t, Deleter<hb_subset_input_destroy>>;
using HbMap = std::unique_ptr<hb_map_t, Deleter<hb_map_destroy>>;
using HbPlan = std::unique_ptr<hb_subset_plan_t, Deleter<hb_subset_plan_destroy>>;
using HbSet = std::unique_ptr<hb_set_t, Deleter<hb_set_destroy>>;

bool has_table(hb_face_t* face, hb_tag_t tag) {
  const HbBlob table(hb_face_reference_table(face, tag));
  return hb_blob_get_length(table.get()) > 0;
}

// What a Cairo font face made from memory needs for as long as Cairo keeps it, which is longer than the document.
struct FaceInMemory {
  FT_Library library = nullptr;
  HbBlob bytes;
  FT_Face face = nullptr;
  ~FaceInMemory() {
    if (face != nullptr) FT_Done_Face(face);
    if (library != nullptr) FT_Done_FreeType(library);
  }
};
const cairo_user_data_key_t kFaceInMemory{};

// Without the character map Cairo has no second opinion on what a glyph means, and writes down the text it was given:
// else 日 might be read back as the radical ⽇, which shares its glyph.
HbInput subset_input(const hb_set_t* glyphs) {
  HbInput input(hb_subset_input_create_or_fail());
  if (!input) return nullptr;
  hb_set_union(hb_subset_input_glyph_set(input.get()), glyphs);
  hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_DESUBROUTINIZE | HB_SUBSET_FLAGS_NO_HINTING);
  hb_set_t* const dropped = hb_subset_input_set(input.get(), HB_SUBSET_SETS_DROP_TABLE_TAG);
  for (const char* tag : {"cmap", "GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "kern", "DSIG", "fvar",
                          "gvar", "avar", "HVAR", "VVAR", "MVAR", "STAT"})
    hb_set_add(dropped, hb_tag_from_string(tag, -1));
  return input;
}

Error broken_font() { return {ErrorCode::internal, "a font could not be embedded", "Reinstall the fonts."}; }

Result<cairo_font_face_t*> open_in_memory(hb_face_t* cut) {
  auto memory = std::make_unique<FaceInMemory>();
  memory->bytes.reset(hb_face_reference_blob(cut));
  unsigned size = 0;
  const char* const data = hb_blob_get_data(memory->bytes.get(), &size);
  if (FT_Init_FreeType(&memory->library) != 0 ||
      FT_New_Memory_Face(memory->library, reinterpret_cast<const FT_Byte*>(data), size, 0, &memory->face) != 0)
    return tl::unexpected(broken_font());
  cairo_font_face_t* const face = cairo_ft_font_face_create_for_ft_face(memory->face, FT_LOAD_NO_HINTING);
  const auto release = [](void* kept) { delete static_cast<FaceInMemory*>(kept); };
  if (cairo_font_face_set_user_data(face, &kFaceInMemory, memory.get(), release) != CAIRO_STATUS_SUCCESS) {
    cairo_font_face_destroy(face);
    return tl::unexpected(broken_font());
  }
  memory.release();
  return face;
}

}  // namespace

struct EmbeddedFonts::Font::Parts {
  HbFace original;
  HbSet used{hb_set_create()};
  HbMap renumbered{};
  HbFace subset{};
};

EmbeddedFonts::Font::Font(hb_face_t* face)
    : parts_(std::make_unique<Parts>(Parts{.original = HbFace(hb_face_reference(face))})) {}
EmbeddedFonts::Font::~Font() { PROBITY_CHECK(cairo_face_ == nullptr); }

std::uint32_t EmbeddedFonts::Font::glyph(std::uint32_t original) const {
  return hb_map_get(parts_->renumbered.get(), original);
}

Result<void> EmbeddedFonts::Font::cut() {
  const HbInput input = subset_input(parts_->used.get());
  if (!input) return tl::unexpected(broken_font());
  const HbPlan plan(hb_subset_plan_create_or_fail(parts_->original.get(), input.get()));
  if (!plan) return tl::unexpected(broken_font());
  parts_->subset.reset(hb_subset_plan_execute_or_fail(plan.get()));
  if (!parts_->subset) return tl::unexpected(broken_font());
  parts_->renumbered.reset(
      hb_map_reference(const_cast<hb_map_t*>(hb_subset_plan_old_to_new_glyph_mapping(plan.get()))));
  return {};
}

Result<void> EmbeddedFonts::Font::open() {
  TRY_ASSIGN(cairo_face_, open_in_memory(parts_->subset.get()));
  return {};
}

EmbeddedFonts::EmbeddedFonts() = default;
EmbeddedFonts::~EmbeddedFonts() = default;

// Of a variable font the default is taken.
bool EmbeddedFonts::can_embed(hb_face_t* face) {
  for (const hb_tag_t tag :
       {HB_TAG('C', 'B', 'D', 'T'), HB_TAG('s', 'b', 'i', 'x'), HB_TAG('C', 'O', 'L', 'R'), HB_TAG('S', 'V', 'G', ' ')})
    if (has_table(face, tag)) return false;
  return has_table(face, HB_TAG('C', 'F', 'F', ' ')) || has_table(face, HB_TAG('g', 'l', 'y', 'f'));
}

void EmbeddedFonts::use(hb_face_t* face, std::uint32_t glyph) {
  auto& font = fonts_[face];
  if (!font) font = std::make_unique<Font>(face);
  hb_set_add(font->parts_->used.get(), glyph);
}

Result<void> EmbeddedFonts::cut() {
  for (auto& [face, font] : fonts_) TRY(font->cut());
  return {};
}

Result<void> EmbeddedFonts::open() {
  for (auto& [face, font] : fonts_) TRY(font->open());
  return {};
}

void EmbeddedFonts::close() {
  for (auto& [face, font] : fonts_) {
    if (font->cairo_face_ != nullptr) cairo_font_face_destroy(font->cairo_face_);
    font->cairo_face_ = nullptr;
  }
}

const EmbeddedFonts::Font& EmbeddedFonts::at(hb_face_t* face) const {
  const auto place = fonts_.find(face);
  PROBITY_CHECK(place != fonts_.end());
  return *place->second;
}

}  // namespace probity::pdf
