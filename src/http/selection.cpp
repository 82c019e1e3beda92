#include "http/selection.h"

#include <algorithm>
#include <limits>

namespace probity::http {
namespace {

std::string_view opaque(std::string_view tag) { return tag.starts_with("W/") ? tag.substr(2) : tag; }

// Whether a list of entity tags holds `etag`. Weak: W/"x" is the same as "x"; strong: a weak tag matches nothing.
bool lists(std::string_view list, std::string_view etag, bool weak) {
  while (true) {
    const std::size_t start = list.find_first_not_of(" \t,");
    if (start == std::string_view::npos) return false;
    list.remove_prefix(start);
    if (list.front() == '*') return true;
    const std::size_t quote = list.find('"');
    const std::size_t end = quote == std::string_view::npos ? quote : list.find('"', quote + 1);
    if (end == std::string_view::npos) return false;
    const std::string_view tag = list.substr(0, end + 1);
    list.remove_prefix(end + 1);
    if (weak ? opaque(tag) == opaque(etag) : (tag == etag && !etag.starts_with("W/"))) return true;
  }
}

// Digits only; a number past the end of 64 bits is the largest one. Nothing for anything else.
std::optional<std::uint64_t> number(std::string_view digits) {
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();
  if (digits.empty()) return std::nullopt;
  std::uint64_t value = 0;
  for (const char digit : digits) {
    if (digit < '0' || digit > '9') return std::nullopt;
    const auto next = static_cast<std::uint64_t>(digit - '0');
    value = value > (kMost - next) / 10 ? kMost : value * 10 + next;
  }
  return value;
}

Selection range_of(std::string_view header, std::uint64_t size) {
  const Selection whole{200, 0, size};
  const Selection outside{416, 0, 0};
  if (!header.starts_with("bytes=")) return whole;
  const std::string_view range = header.substr(6);
  const std::size_t dash = range.find('-');
  if (dash == std::string_view::npos || range.find(',') != std::string_view::npos) return whole;
  const auto first = number(range.substr(0, dash));
  const auto last = number(range.substr(dash + 1));
  if (!first) {
    if (dash != 0 || !last) return whole;
    const std::uint64_t length = std::min(*last, size);  // "bytes=-500": the last 500
    return length == 0 ? outside : Selection{206, size - length, length};
  }
  if (!last && dash + 1 != range.size()) return whole;
  if (last && *last < *first) return whole;
  if (*first >= size) return outside;
  const std::uint64_t end = last && *last < size - 1 ? *last : size - 1;
  return {206, *first, end - *first + 1};
}

std::optional<std::string> owned(std::optional<std::string_view> value) {
  return value ? std::optional<std::string>(*value) : std::nullopt;
}

}  // namespace

Conditions conditions_of(const Request& request) {
  return {.method = request.method,
          .if_match = owned(request.header("if-match")),
          .if_none_match = owned(request.header("if-none-match")),
          .if_range = owned(request.header("if-range")),
          .range = owned(request.header("range"))};
}

Selection select(const Conditions& conditions, std::string_view etag, std::uint64_t size, bool ranges) {
  const bool reads = conditions.method == Method::get || conditions.method == Method::head;
  if (reads && !etag.empty()) {
    if (conditions.if_match && !lists(*conditions.if_match, etag, false)) return {412, 0, 0};
    if (conditions.if_none_match && lists(*conditions.if_none_match, etag, true)) return {304, 0, 0};
  }
  if (!ranges || conditions.method != Method::get || !conditions.range) return {200, 0, size};
  // A date in If-Range never matches: copies have tags, not dates.
  if (conditions.if_range && (etag.empty() || *conditions.if_range == "*" || !lists(*conditions.if_range, etag, false)))
    return {200, 0, size};
  return range_of(*conditions.range, size);
}

}  // namespace probity::http
