#include "http/request.h"

#include <algorithm>
#include <array>

#include "base/check.h"

namespace probity::http {
namespace {

constexpr std::array<std::pair<Method, std::string_view>, 7> kMethods{{{Method::get, "GET"},
                                                                       {Method::head, "HEAD"},
                                                                       {Method::post, "POST"},
                                                                       {Method::put, "PUT"},
                                                                       {Method::patch, "PATCH"},
                                                                       {Method::del, "DELETE"},
                                                                       {Method::options, "OPTIONS"}}};

std::optional<std::string_view> first_value(const Fields& fields, std::string_view name) {
  const auto field = std::ranges::find(fields, name, &Fields::value_type::first);
  if (field == fields.end()) return std::nullopt;
  return field->second;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// The value of `name` in one Cookie header (RFC 6265 section 4.2).
std::optional<std::string_view> cookie_in(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    const std::size_t end = std::min(header.find(';'), header.size());
    const std::string_view pair = trimmed(header.substr(0, end));
    header.remove_prefix(std::min(end + 1, header.size()));
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;
    std::string_view value = pair.substr(equals + 1);
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
    return value;
  }
  return std::nullopt;
}

}  // namespace

std::string_view method_name(Method method) {
  return std::ranges::find(kMethods, method, [](const auto& row) { return row.first; })->second;
}

std::optional<Method> parse_method(std::string_view name) {
  for (const auto& [method, text] : kMethods)
    if (text == name) return method;
  return std::nullopt;
}

std::optional<std::string_view> Request::header(std::string_view lower_case_name) const {
  return first_value(headers, lower_case_name);
}

std::optional<std::string_view> Request::query_value(std::string_view name) const { return first_value(query, name); }

std::optional<std::string_view> Request::cookie(std::string_view name) const {
  for (const auto& [header_name, value] : headers) {
    if (header_name != "cookie") continue;
    if (const auto found = cookie_in(value, name)) return found;
  }
  return std::nullopt;
}

const std::string& Request::param(std::string_view name) const {
  const auto param = std::ranges::find(params, name, &Fields::value_type::first);
  PROBITY_CHECK(param != params.end());
  return param->second;
}

}  // namespace probity::http
