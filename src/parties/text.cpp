#include "parties/text.h"

#include <fmt/format.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include "base/check.h"

namespace probity::parties {
namespace {

bool turns_direction(UChar32 character) {
  return (character >= 0x202A && character <= 0x202E) || (character >= 0x2066 && character <= 0x2069);
}

icu::UnicodeString normalised(const icu::Normalizer2* (*form)(UErrorCode&), const icu::UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = form(status);
  PROBITY_CHECK(U_SUCCESS(status));
  icu::UnicodeString result = normalizer->normalize(text, status);
  PROBITY_CHECK(U_SUCCESS(status));
  return result;
}

std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

icu::UnicodeString from_utf8(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

tl::unexpected<Error> too_long(std::string_view what, std::size_t max_characters) {
  return fail(ErrorCode::invalid_argument, fmt::format("the {} is longer than {} characters", what, max_characters));
}

tl::unexpected<Error> holds_control_characters(std::string_view what) {
  return fail(ErrorCode::invalid_argument, fmt::format("the {} holds control characters", what),
              "type it again without them");
}

// Normal form C of what may be anything.
Result<icu::UnicodeString> composed_of(std::string_view what, std::string_view text, std::size_t max_characters) {
  if (text.size() > max_characters * 8 + 64) return too_long(what, max_characters);
  if (!is_utf8(text)) return fail(ErrorCode::invalid_argument, fmt::format("the {} is not UTF-8 text", what));
  return normalised(icu::Normalizer2::getNFCInstance, from_utf8(text));
}

}  // namespace

bool is_utf8(std::string_view text) {
  int32_t position = 0;
  const auto size = static_cast<int32_t>(text.size());
  while (position < size) {
    UChar32 character = 0;
    U8_NEXT(text.data(), position, size, character);
    if (character <= 0) return false;
  }
  return true;
}

Result<std::string> tidy_line(std::string_view what, std::string_view text, std::size_t max_characters) {
  TRY_ASSIGN(const icu::UnicodeString composed, composed_of(what, text, max_characters));
  icu::UnicodeString tidy;
  bool space_pending = false;
  for (int32_t i = 0; i < composed.length(); i = composed.moveIndex32(i, 1)) {
    const UChar32 character = composed.char32At(i);
    if (u_isUWhiteSpace(character)) {
      space_pending = !tidy.isEmpty();
      continue;
    }
    if (u_iscntrl(character) || turns_direction(character)) return holds_control_characters(what);
    if (space_pending) tidy.append(static_cast<UChar32>(' '));
    space_pending = false;
    tidy.append(character);
  }
  if (static_cast<std::size_t>(tidy.countChar32()) > max_characters) return too_long(what, max_characters);
  return utf8(tidy);
}

Result<std::string> tidy_text(std::string_view what, std::string_view text, std::size_t max_characters) {
  TRY_ASSIGN(icu::UnicodeString composed, composed_of(what, text, max_characters));
  composed.findAndReplace("\r\n", "\n").findAndReplace("\r", "\n");
  for (int32_t i = 0; i < composed.length(); i = composed.moveIndex32(i, 1)) {
    const UChar32 character = composed.char32At(i);
    const bool allowed = character == '\n' || character == '\t';
    if ((u_iscntrl(character) && !allowed) || turns_direction(character)) return holds_control_characters(what);
  }
  composed.trim();
  if (static_cast<std::size_t>(composed.countChar32()) > max_characters) return too_long(what, max_characters);
  return utf8(composed);
}

bool looks_like_email(std::string_view email) {
  const std::size_t at = email.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < email.size() && email.find(' ') == std::string_view::npos;
}

std::string fold_for_lookup(std::string_view tidy_text) {
  return utf8(normalised(icu::Normalizer2::getNFKCCasefoldInstance, from_utf8(tidy_text)));
}

}  // namespace probity::parties
