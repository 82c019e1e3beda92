// The score plot of a report: how far the named copies stand out of all others, as inline SVG.
#pragma once

#include <string>

#include "leaks/words.h"

namespace probity::leaks {

struct PlotShape {
  int width_px = 760;
  int height_px = 300;
};

// Empty when the report has no plot. Colours come from the page's style sheet, by class; text from `language`.
std::string score_plot_svg(const Report& report, const PlotShape& shape, Language language);

}  // namespace probity::leaks
