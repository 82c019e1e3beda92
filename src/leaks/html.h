// Small pieces of HTML that the report's sections are put together from.
#pragma once

#include <opencv2/core.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace probity::leaks {

// Safe as text and inside quoted attributes.
std::string escape_html(std::string_view text);

// <tag class="style">body</tag>; `body` is HTML, the class is left out when empty.
std::string element(std::string_view tag, std::string_view style, std::string_view body);

// <ul> of sentences that are plain text.
std::string bullet_list(const std::vector<std::string>& sentences);

// <img> with the picture as a JPEG data URI; `alt` is plain text. Errors: internal.
Result<std::string> picture_element(const cv::Mat& pixels, std::string_view alt, std::string_view style = {});

// The page's style sheet and its one small script (the compare slider works without it, standing still).
std::string_view report_style();
std::string_view report_script();

}  // namespace probity::leaks
