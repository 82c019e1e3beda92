// The half of json_fields.h that reads queries and path parameters and shapes answers.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "http/routes/json_fields.h"
#include "http/routes/json_text.h"

namespace probity::http::routes {

using nlohmann::json;

namespace {

Result<std::uint32_t> query_number(const Request& request, std::string_view name, std::uint32_t otherwise,
                                   std::uint32_t least, std::uint32_t most) {
  const auto text = request.query_value(name);
  if (!text) return otherwise;
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (error != std::errc() || end != text->data() + text->size() || number < least || number > most)
    return fail(ErrorCode::invalid_argument, fmt::format("{} must be a number from {} to {}", name, least, most));
  return number;
}

}  // namespace

Result<ListQuery> list_query(const Request& request) {
  constexpr std::size_t kMostSearch = 200, kMostSort = 40;
  ListQuery query;
  query.search = request.query_value("search").value_or("");
  if (code_points(query.search) > kMostSearch || has_control_character(query.search, false))
    return fail(ErrorCode::invalid_argument,
                fmt::format("search must be one line of at most {} characters", kMostSearch));
  std::string_view sort = request.query_value("sort").value_or("");
  if (sort.starts_with('-')) {
    query.descending = true;
    sort.remove_prefix(1);
  }
  const bool is_name = std::all_of(sort.begin(), sort.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
  if (sort.size() > kMostSort || !is_name || (query.descending && sort.empty()))
    return fail(ErrorCode::invalid_argument, "sort must be the name of a field, with - before it for descending");
  query.sort = sort;
  TRY_ASSIGN(query.offset, query_number(request, "offset", 0, 0, 1'000'000'000));
  TRY_ASSIGN(query.limit, query_number(request, "limit", query.limit, 1, 500));
  return query;
}

std::optional<Id> query_id(const Request& request, std::string_view name) {
  const auto text = request.query_value(name);
  if (!text || text->empty()) return std::nullopt;
  return Id::parse(*text).value_or(Id{});
}

Result<Id> param_id(const Request& request, std::string_view name) {
  const auto id = Id::parse(request.param(name));
  if (!id) return fail(ErrorCode::not_found, fmt::format("there is no such {}", name));
  return *id;
}

Response json_response(int status, const json& document) {
  return Response::json(status, document.dump(-1, ' ', false, json::error_handler_t::replace));
}

std::string time_text(TimeMs time_ms) { return to_rfc3339(time_ms); }

json optional_time_json(const std::optional<TimeMs>& time_ms) {
  return time_ms ? json(to_rfc3339(*time_ms)) : json(nullptr);
}

json optional_id_json(const std::optional<Id>& id) { return id ? json(id->text()) : json(nullptr); }

}  // namespace probity::http::routes
