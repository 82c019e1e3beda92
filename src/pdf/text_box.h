// A text broken into lines of one width, ready to be drawn line by line.
#pragma once

#include <memory>
#include <string_view>

#include "pdf/shape.h"
#include "pdf/style.h"

struct _cairo;

namespace probity::pdf {

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
  // The line's left edge at `x` and its top at `top`. The shaper's fonts must be open.
  void draw_line(_cairo* cairo, std::size_t line, double x, double top) const;
  void draw(_cairo* cairo, double x, double top) const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace probity::pdf
