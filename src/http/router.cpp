#include "http/router.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/check.h"

namespace probity::http {
namespace {

// "/a/b" -> "a", "b"; "/a/" -> "a", "".
template <class Text>
std::vector<Text> split(std::string_view path) {
  PROBITY_CHECK(path.starts_with('/'));
  std::vector<Text> segments;
  for (std::size_t start = 1;;) {
    const std::size_t end = std::min(path.find('/', start), path.size());
    segments.emplace_back(path.substr(start, end - start));
    if (end == path.size()) return segments;
    start = end + 1;
  }
}

bool is_param(std::string_view segment) { return segment.starts_with('{'); }
bool is_rest(std::string_view segment) { return segment.ends_with("*}"); }
std::string_view param_name(std::string_view segment) {
  return segment.substr(1, segment.size() - (is_rest(segment) ? 3 : 2));
}

// 0 for a literal, 1 for a parameter, 2 for the rest of the path: compared segment by segment.
std::vector<int> particularity(const std::vector<std::string>& segments) {
  std::vector<int> ranks;
  for (const auto& segment : segments) ranks.push_back(!is_param(segment) ? 0 : is_rest(segment) ? 2 : 1);
  return ranks;
}

bool same_shape(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::ranges::equal(a, b, [](const auto& x, const auto& y) {
    return x == y || (is_param(x) && is_param(y) && is_rest(x) == is_rest(y));
  });
}

bool fits(const std::vector<std::string>& pattern, const std::vector<std::string_view>& path) {
  const bool rest = is_rest(pattern.back());
  if (rest ? path.size() < pattern.size() : path.size() != pattern.size()) return false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (is_rest(pattern[i])) return true;
    if (is_param(pattern[i]) ? path[i].empty() : path[i] != pattern[i]) return false;
  }
  return true;
}

Fields params_of(const std::vector<std::string>& pattern, const std::vector<std::string_view>& path,
                 std::string_view whole) {
  Fields params;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (!is_param(pattern[i])) continue;
    const auto from = static_cast<std::size_t>(path[i].data() - whole.data());
    params.emplace_back(param_name(pattern[i]), is_rest(pattern[i]) ? whole.substr(from) : path[i]);
  }
  return params;
}

void check_pattern(const std::vector<std::string>& segments) {
  std::set<std::string_view> names;
  for (const auto& segment : segments) {
    if (!is_param(segment)) continue;
    PROBITY_CHECK(segment.ends_with('}') && !param_name(segment).empty());
    PROBITY_CHECK(names.insert(param_name(segment)).second);
    PROBITY_CHECK(!is_rest(segment) || &segment == &segments.back());
  }
}

std::string allow_header(std::vector<Method> allowed) {
  if (std::ranges::find(allowed, Method::get) != allowed.end()) allowed.push_back(Method::head);
  allowed.push_back(Method::options);
  std::set<std::string_view> names;
  for (const Method method : allowed) names.insert(method_name(method));
  std::string text;
  for (const std::string_view name : names) text.append(text.empty() ? "" : ", ").append(name);
  return text;
}

Response internal_problem(const Request& request) {
  return problem(500, "the server failed while answering", "try again; report the request's id if it happens again",
                 request.id);
}

Response guarded(const Handler& handler, const Request& request) {
  try {
    return handler(request);
  } catch (...) {
    return internal_problem(request);
  }
}

}  // namespace

void Router::add(Method method, std::string pattern, Handler handler, RouteOptions options) {
  auto segments = split<std::string>(pattern);
  check_pattern(segments);
  const auto ranks = particularity(segments);
  for (const Route& route : routes_) PROBITY_CHECK(route.method != method || !same_shape(route.segments, segments));
  const auto place =
      std::ranges::find_if(routes_, [&](const Route& route) { return ranks < particularity(route.segments); });
  routes_.insert(place, {method, std::move(pattern), std::move(segments), std::move(handler), options});
}

void Router::use(Middleware middleware) { middleware_.push_back(std::move(middleware)); }
void Router::otherwise(Handler handler) { otherwise_ = std::move(handler); }

Router::Found Router::find(Method method, const std::vector<std::string_view>& segments) const {
  const Method wanted = method == Method::head ? Method::get : method;
  Found found;
  for (const Route& route : routes_) {
    if (!fits(route.segments, segments)) continue;
    if (route.method == wanted) return {&route, {}};
    found.allowed.push_back(route.method);
  }
  return found;
}

std::uint64_t Router::most_body_bytes(Method method, std::string_view path) const {
  if (!path.starts_with('/')) return RouteOptions{}.most_body_bytes;
  const Found found = find(method, split<std::string_view>(path));
  return found.route ? found.route->options.most_body_bytes : RouteOptions{}.most_body_bytes;
}

Response Router::handle(Request request) const {
  const std::string path = request.path;  // segments are views of it, and params are moved into the request
  const auto segments = split<std::string_view>(path);
  const Found found = find(request.method, segments);
  if (found.route) request.params = params_of(found.route->segments, segments, path);
  Response response = answer(request, found);
  if (found.route) response.route = found.route->pattern;
  return response;
}

Response Router::answer(Request& request, const Found& found) const {
  const Handler nothing_fits = [&](const Request& asked) {
    if (!found.allowed.empty()) {
      Response response = asked.method == Method::options
                              ? Response::no_content()
                              : problem(405, "this address does not take " + std::string(method_name(asked.method)),
                                        "see the header Allow", asked.id);
      return response.set("Allow", allow_header(found.allowed));
    }
    if (otherwise_) return otherwise_(asked);
    return problem(404, "nothing has this address", "", asked.id);
  };
  const Handler& handler = found.route ? found.route->handler : nothing_fits;
  const std::string_view pattern = found.route ? std::string_view(found.route->pattern) : std::string_view();
  // The inner wall lets middleware see a failed handler's 500; the outer one is for middleware itself.
  const Handler walled = [&](const Request& asked) { return guarded(handler, asked); };
  return guarded([&](const Request& asked) { return through(0, asked, pattern, walled); }, request);
}

Response Router::through(std::size_t index, const Request& request, std::string_view pattern,
                         const Handler& handler) const {
  if (index == middleware_.size()) return handler(request);
  return middleware_[index](request, pattern,
                            [&](const Request& passed) { return through(index + 1, passed, pattern, handler); });
}

std::vector<std::string> Router::routes() const {
  std::vector<std::string> lines;
  for (const Route& route : routes_) lines.push_back(std::string(method_name(route.method)) + " " + route.pattern);
  std::ranges::sort(lines);
  return lines;
}

}  // namespace probity::http
