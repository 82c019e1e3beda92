#include "http/routes/same_origin.h"

#include <algorithm>

namespace probity::http::routes {
namespace {

// "https://node.example:8443/path" -> "node.example:8443"; empty when there is no scheme.
std::string_view host_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  url.remove_prefix(scheme + 3);
  return url.substr(0, url.find('/'));
}

bool same_host(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return !a.empty() && std::ranges::equal(a, b, {}, lower, lower);
}

}  // namespace

bool is_change(Method method) { return method != Method::get && method != Method::head && method != Method::options; }

Result<void> check_same_origin(const Request& request, std::string_view public_url) {
  const auto refused = [] {
    return fail(ErrorCode::forbidden, "this request was sent by a page of another site",
                "open this node's own page and try again");
  };
  const auto site = request.header("sec-fetch-site");
  if (site && *site != "same-origin" && *site != "none") return refused();
  const auto origin = request.header("origin");
  if (!origin) return {};
  const std::string_view host = host_of(*origin);
  if (same_host(host, request.header("host").value_or("")) || same_host(host, host_of(public_url))) return {};
  return refused();
}

}  // namespace probity::http::routes
