#include "leaks/html.h"

#include <fmt/format.h>

#include "base/encoding.h"
#include "media/preview_jpeg.h"

namespace probity::leaks {

std::string escape_html(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      case '\'':
        safe += "&#39;";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

std::string element(std::string_view tag, std::string_view style, std::string_view body) {
  if (style.empty()) return fmt::format("<{0}>{1}</{0}>\n", tag, body);
  return fmt::format("<{0} class=\"{1}\">{2}</{0}>\n", tag, style, body);
}

std::string bullet_list(const std::vector<std::string>& sentences) {
  std::string items;
  for (const std::string& sentence : sentences) items += element("li", "", escape_html(sentence));
  return element("ul", "", items);
}

Result<std::string> picture_element(const cv::Mat& pixels, std::string_view alt, std::string_view style) {
  TRY_ASSIGN(const Bytes jpeg, media::encode_preview_jpeg(pixels));
  return fmt::format("<img class=\"{}\" alt=\"{}\" width=\"{}\" height=\"{}\" src=\"data:image/jpeg;base64,{}\">",
                     style, escape_html(alt), pixels.cols, pixels.rows, to_base64(jpeg));
}

}  // namespace probity::leaks
