#include "pdf/catalogue.h"

#include <charconv>
#include <optional>
#include <string>

namespace probity::pdf {
namespace {

constexpr std::string_view kCatalogue = "<< /Type /Catalog\n";
constexpr std::string_view kStart = "\nstartxref\n";

std::optional<std::size_t> number_at(std::string_view text, std::size_t at) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), number);
  if (error != std::errc{}) return std::nullopt;
  return number;
}

}  // namespace

void mark_language(Bytes& pdf, Language language) {
  const std::string_view text = as_text(pdf);
  const std::size_t start = text.rfind(kStart);
  if (start == std::string_view::npos) return;
  const auto table = number_at(text, start + kStart.size());
  if (!table || *table >= start) return;
  const std::size_t catalogue = text.rfind(kCatalogue, *table);
  if (catalogue == std::string_view::npos) return;
  // Nothing but the table's own place may move.
  const std::size_t end = text.find("endobj\n", catalogue);
  if (end == std::string_view::npos || end + std::string_view("endobj\n").size() != *table) return;
  const std::string entries = std::string("   /Lang (") + (language == Language::zh_cn ? "zh-CN" : "en") +
                              ")\n   /ViewerPreferences << /DisplayDocTitle true >>\n";
  const std::string tail = std::string(kStart) + std::to_string(*table + entries.size()) + "\n%%EOF\n";
  pdf.resize(start);
  pdf.insert(pdf.end(), tail.begin(), tail.end());
  pdf.insert(pdf.begin() + static_cast<std::ptrdiff_t>(catalogue + kCatalogue.size()), entries.begin(), entries.end());
}

}  // namespace probity::pdf
