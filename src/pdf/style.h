// How documents look: lengths in points, colours, and the styles of text.
#pragma once

#include <cstdint>

#include "pdf/document.h"

namespace probity::pdf {

struct Ink {
  double red = 0;
  double green = 0;
  double blue = 0;
};

inline constexpr Ink kBlack{0.09, 0.10, 0.13};
inline constexpr Ink kGrey{0.40, 0.43, 0.48};
inline constexpr Ink kHairline{0.80, 0.82, 0.85};
inline constexpr Ink kNavy{0.11, 0.20, 0.38};
inline constexpr Ink kNavyTint{0.945, 0.955, 0.975};
inline constexpr Ink kRed{0.66, 0.15, 0.12};
inline constexpr Ink kRedTint{0.985, 0.950, 0.945};

// A4. The text is 43 full-width characters of 10.5 points wide, as a Chinese page is set.
inline constexpr double kPageWidth = 595.276;
inline constexpr double kPageHeight = 841.890;
inline constexpr double kTextWidth = 451.5;
inline constexpr double kLeft = (kPageWidth - kTextWidth) / 2;
inline constexpr double kTop = 82;
inline constexpr double kBottom = 84;
inline constexpr double kBodyHeight = kPageHeight - kTop - kBottom;
inline constexpr double kHeaderTop = 42;
inline constexpr double kFooterTop = kPageHeight - 50;

// `latin` has the serif's slope and bullets, which the Chinese fonts lack.
enum class Face : std::uint8_t { serif, sans, latin, symbols };

struct TextStyle {
  Face face = Face::serif;
  bool bold = false;
  bool italic = false;
  double size = 10.5;
  double leading = 15.5;  // from line to line
  Ink ink = kBlack;
  Align align = Align::left;
  bool justify = false;      // both edges straight; Chinese only
  bool single_line = false;  // cut with an ellipsis
};

// Chinese wants more room between lines, having neither ascenders nor descenders.
inline double leading_of(Language language, double size) { return size * (language == Language::zh_cn ? 1.72 : 1.48); }

inline TextStyle body_style(Language language) {
  TextStyle style;
  style.leading = leading_of(language, style.size);
  style.justify = language == Language::zh_cn;
  return style;
}

inline TextStyle note_style(Language language) {
  TextStyle style = body_style(language);
  style.size = 8.5;
  style.leading = leading_of(language, style.size) * 0.97;
  style.ink = kGrey;
  return style;
}

inline TextStyle small_style(Language language) {
  TextStyle style = note_style(language);
  style.face = Face::sans;
  style.justify = false;
  return style;
}

inline TextStyle title_style(Language language) {
  TextStyle style;
  style.face = Face::sans;
  style.bold = true;
  style.size = 21;
  style.leading = language == Language::zh_cn ? 31 : 27;
  style.ink = kNavy;
  return style;
}

inline TextStyle heading_style(int level) {
  TextStyle style;
  style.face = Face::sans;
  style.bold = true;
  style.size = level == 1 ? 13.5 : level == 2 ? 11.5 : 10.5;
  style.leading = style.size * 1.4;
  style.ink = level == 3 ? kBlack : kNavy;
  return style;
}

}  // namespace probity::pdf
