#include "http/target.h"

#include <unicode/utf8.h>

#include <algorithm>
#include <optional>

namespace probity::http {
namespace {

auto refuse(const char* what) { return fail(ErrorCode::invalid_argument, what); }

std::optional<unsigned char> hex_digit(char character) {
  if (character >= '0' && character <= '9') return static_cast<unsigned char>(character - '0');
  if (character >= 'a' && character <= 'f') return static_cast<unsigned char>(character - 'a' + 10);
  if (character >= 'A' && character <= 'F') return static_cast<unsigned char>(character - 'A' + 10);
  return std::nullopt;
}

bool is_control(char character) {
  const auto byte = static_cast<unsigned char>(character);
  return byte < 0x20 || byte == 0x7F;
}

// Undoes %XX. Errors: invalid_argument for a bad escape or bytes that are not UTF-8 (which includes NUL).
Result<std::string> decode(std::string_view text, bool plus_is_space) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded.push_back(plus_is_space && text[i] == '+' ? ' ' : text[i]);
      continue;
    }
    const auto high = i + 1 < text.size() ? hex_digit(text[i + 1]) : std::nullopt;
    const auto low = i + 2 < text.size() ? hex_digit(text[i + 2]) : std::nullopt;
    if (!high || !low) return refuse("the address has a % that is not followed by two hexadecimal digits");
    decoded.push_back(static_cast<char>(*high << 4 | *low));
    i += 2;
  }
  if (!is_utf8(decoded)) return refuse("the address is not UTF-8 text");
  return decoded;
}

Result<std::string> parse_path(std::string_view path) {
  std::string whole;
  for (std::size_t start = 1; start <= path.size();) {
    const std::size_t end = std::min(path.find('/', start), path.size());
    const auto decoded = decode(path.substr(start, end - start), false);
    if (!decoded) return tl::unexpected(decoded.error());
    const std::string& segment = *decoded;
    if (segment == "." || segment == "..") return refuse("the address has a segment of dots");
    if (segment.empty() && end != path.size()) return refuse("the address has an empty segment");
    if (segment.find_first_of("/\\") != std::string::npos)
      return refuse("the address has an encoded slash or a backslash");
    if (std::ranges::any_of(segment, is_control)) return refuse("the address has a control character");
    whole.append("/").append(segment);
    start = end + 1;
  }
  return whole;
}

Result<Fields> parse_query(std::string_view query) {
  Fields fields;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (pair.empty()) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    TRY_ASSIGN(std::string name, decode(pair.substr(0, equals), true));
    TRY_ASSIGN(std::string value, decode(pair.substr(std::min(equals + 1, pair.size())), true));
    const auto refused = [](char c) { return is_control(c) && c != '\t' && c != '\r' && c != '\n'; };
    if (std::ranges::any_of(name, is_control) || std::ranges::any_of(value, refused))
      return refuse("the address has a control character");
    fields.emplace_back(std::move(name), std::move(value));
  }
  return fields;
}

// "http://host/path" -> "/path". Other texts stay as they are.
std::string_view without_authority(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!target.starts_with(scheme)) continue;
    const std::size_t path = target.find_first_of("/?", scheme.size());
    if (path == std::string_view::npos) return "/";
    return target.substr(path);
  }
  return target;
}

}  // namespace

bool is_utf8(std::string_view text) {
  std::size_t position = 0;
  while (position < text.size()) {
    UChar32 character = 0;
    U8_NEXT(text.data(), position, text.size(), character);
    if (character <= 0) return false;
  }
  return true;
}

Result<Target> parse_target(std::string_view target) {
  if (std::ranges::any_of(target,
                          [](char c) { return is_control(c) || c == ' ' || static_cast<unsigned char>(c) > 0x7E; }))
    return refuse("the address has characters that must be percent-encoded");
  if (target.find_first_of("#\\") != std::string_view::npos) return refuse("the address has a fragment or a backslash");
  target = without_authority(target);
  if (!target.starts_with('/')) return refuse("the address does not start with a slash");
  const std::size_t question = std::min(target.find('?'), target.size());
  Target parsed;
  TRY_ASSIGN(parsed.path, parse_path(target.substr(0, question)));
  TRY_ASSIGN(parsed.query, parse_query(target.substr(std::min(question + 1, target.size()))));
  return parsed;
}

}  // namespace probity::http
