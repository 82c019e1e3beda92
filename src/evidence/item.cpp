#include "evidence/item.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/encoding.h"

namespace probity::evidence {
namespace {

constexpr std::array<std::string_view, 5> kKinds{"original", "repost", "capture", "derived", "report"};

bool has(BytesView bytes, std::size_t at, std::string_view text) {
  return bytes.size() >= at + text.size() && as_text(bytes.subspan(at, text.size())) == text;
}

}  // namespace

std::string_view kind_name(Kind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

std::optional<Kind> parse_kind(std::string_view name) {
  const auto found = std::ranges::find(kKinds, name);
  if (found == kKinds.end()) return std::nullopt;
  return static_cast<Kind>(found - kKinds.begin());
}

std::string media_type_of(BytesView bytes) {
  using namespace std::literals;
  if (has(bytes, 0, "\xff\xd8\xff"sv)) return "image/jpeg";
  if (has(bytes, 0, "\x89PNG\r\n\x1a\n"sv)) return "image/png";
  if (has(bytes, 0, "RIFF"sv) && has(bytes, 8, "WEBP"sv)) return "image/webp";
  if (has(bytes, 0, "II*\0"sv) || has(bytes, 0, "MM\0*"sv)) return "image/tiff";
  if (has(bytes, 0, "GIF8"sv)) return "image/gif";
  if (has(bytes, 4, "ftypavif"sv)) return "image/avif";
  if (has(bytes, 4, "ftyphei"sv) || has(bytes, 4, "ftypmif1"sv)) return "image/heic";
  if (has(bytes, 0, "%PDF-"sv)) return "application/pdf";
  if (has(bytes, 0, "PK\x03\x04"sv) || has(bytes, 0, "PK\x05\x06"sv)) return "application/zip";
  return "application/octet-stream";
}

std::string item_facts(const Item& item) {
  return nlohmann::json{{"id", item.id.text()},
                        {"kind", kind_name(item.kind)},
                        {"parent", item.parent ? item.parent->text() : ""},
                        {"name", item.name},
                        {"media_type", item.media_type},
                        {"size_bytes", item.size_bytes},
                        {"sha256", to_hex(item.sha256)},
                        {"added_ms", item.added_ms},
                        {"added_by", item.added_by}}
      .dump();
}

}  // namespace probity::evidence
