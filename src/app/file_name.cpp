#include "app/file_name.h"

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace probity::app {
namespace {

constexpr std::size_t kPartBytes = 60;
constexpr std::size_t kIdCharacters = 10;

void append_utf8(std::string& out, UChar32 character) {
  char buffer[U8_MAX_LENGTH];
  int32_t size = 0;
  U8_APPEND_UNSAFE(buffer, size, character);
  out.append(buffer, static_cast<std::size_t>(size));
}

}  // namespace

std::string slug(std::string_view text, std::size_t max_bytes) {
  std::string out;
  int32_t position = 0;
  const auto size = static_cast<int32_t>(text.size());
  while (position < size) {
    UChar32 character = 0;
    U8_NEXT(text.data(), position, size, character);
    const bool kept = character > 0 && (u_isalnum(character) || u_charType(character) == U_NON_SPACING_MARK);
    std::string next;
    if (kept)
      append_utf8(next, u_tolower(character));
    else if (!out.empty() && out.back() != '-')
      next = "-";
    if (out.size() + next.size() > max_bytes) break;
    out += next;
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out.empty() ? "x" : out;
}

std::string copy_file_name(const copies::Asset& asset, const copies::CopyWithRecipient& issued) {
  const auto& details = issued.recipient.details;
  return fmt::format("{}--{}--{}--{}{}", slug(asset.title, kPartBytes), slug(details.name, kPartBytes),
                     slug(details.outlet, kPartBytes), issued.copy.id.text().substr(0, kIdCharacters),
                     copies::file_extension(asset.media_type));
}

}  // namespace probity::app
