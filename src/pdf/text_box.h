// A text broken into lines of one width, ready to be drawn line by line.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "pdf/document.h"
#include "pdf/embedded_fonts.h"
#include "pdf/style.h"

struct _cairo;
struct _PangoContext;

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

// Copies share the text. Must not outlive its Shaper.
class TextBox {
 public:
  // `lead_in` is set bold before `text`. Both are UTF-8.
  TextBox(Shaper& shaper, std::string_view lead_in, std::string_view text, const TextStyle& style, double width);

  std::size_t line_count() const;  // at least 1
  double leading() const;
  double height() const { return static_cast<double>(line_count()) * leading(); }
  // The widest line's width.
  double ink_width() const;
  // The line's left edge at `x` and its top at `top`. The shaper's fonts must have been cut.
  void draw_line(_cairo* cairo, std::size_t line, double x, double top) const;
  void draw(_cairo* cairo, double x, double top) const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace probity::pdf
