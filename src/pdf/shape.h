// Turning text into lines of glyphs with Pango: fonts by language, punctuation by script, and nothing left invisible.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "pdf/embedded_fonts.h"
#include "pdf/script.h"
#include "pdf/style.h"

struct _PangoContext;
struct _PangoGlyphItem;
struct _PangoLayout;

namespace probity::pdf {

// What one document's texts share: the language, Pango's context and the fonts used so far. Belongs to one thread.
class Shaper {
 public:
  explicit Shaper(Language language);
  ~Shaper();
  Shaper(const Shaper&) = delete;
  Shaper& operator=(const Shaper&) = delete;

  Language language() const { return language_; }
  _PangoContext* context() const { return context_; }
  EmbeddedFonts& fonts() { return fonts_; }
  const EmbeddedFonts& fonts() const { return fonts_; }

 private:
  Language language_;
  _PangoContext* context_;
  EmbeddedFonts fonts_;
};

struct FreeLayout {
  void operator()(_PangoLayout* layout) const;
};
using Layout = std::unique_ptr<_PangoLayout, FreeLayout>;

// A text as it is set: characters that no font can show are written out as "[U+E000]".
struct Shaped {
  std::string text;
  ScriptSeams seams;
  Layout layout;
};
Shaped shape(const Shaper& shaper, std::string_view lead_in, std::string_view text, const TextStyle& style,
             double width);

// The font of a run of glyphs.
hb_face_t* face_of(const _PangoGlyphItem* run);

// Whether Pango finds a family of that name.
bool has_family(const char* family);

}  // namespace probity::pdf
