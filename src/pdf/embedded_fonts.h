// The fonts of one PDF, cut down to the glyphs it uses before Cairo sees them.
//
// Why not leave it to Cairo: Cairo 1.16 cuts CFF fonts down by following subroutine calls, and loses count in fonts as
// deeply nested as Noto CJK: some sets of characters abort the process (an assertion in cairo-array.c), others embed
// 900 kB. HarfBuzz's subsetter writes the few glyphs without any subroutines, which Cairo then passes on as they are.
// It is also faster, because Cairo need not load 25 MB of font first.
#pragma once

#include <cstdint>
#include <map>
#include <memory>

#include "base/result.h"

struct _cairo_font_face;
struct hb_face_t;

namespace probity::pdf {

class EmbeddedFonts {
 public:
  EmbeddedFonts();
  ~EmbeddedFonts();
  EmbeddedFonts(const EmbeddedFonts&) = delete;
  EmbeddedFonts& operator=(const EmbeddedFonts&) = delete;

  // Fonts of outlines can be; pictures and colour cannot.
  static bool can_embed(hb_face_t* face);

  // Announces a glyph that will be drawn. All are announced before cut() is called.
  void use(hb_face_t* face, std::uint32_t glyph);
  // Makes the subsets, without Cairo. Errors: internal.
  Result<void> cut();

  // Hands the subsets to Cairo, and takes them back. The caller has Cairo to itself (typeset.cpp). Errors: internal.
  Result<void> open();
  void close();

  // A font as it is to be drawn with. One of its glyphs was announced.
  class Font;
  const Font& at(hb_face_t* face) const;

 private:
  std::map<hb_face_t*, std::unique_ptr<Font>> fonts_;
};

class EmbeddedFonts::Font {
 public:
  explicit Font(hb_face_t* face);
  ~Font();
  // While open.
  _cairo_font_face* face() const { return cairo_face_; }
  // The glyph's number in the cut font.
  std::uint32_t glyph(std::uint32_t original) const;

 private:
  friend class EmbeddedFonts;
  struct Parts;
  Result<void> cut();
  Result<void> open();
  std::unique_ptr<Parts> parts_;
  _cairo_font_face* cairo_face_ = nullptr;
};

}  // namespace probity::pdf
