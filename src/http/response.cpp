#include "http/response.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/check.h"
#include "base/error_words.h"

namespace probity::http {
namespace {

struct StatusRow {
  int status;
  const char* code;
  const char* title_en;
  const char* title_zh;
};

constexpr StatusRow kStatuses[] = {
    {400, "bad_request", "The request cannot be understood", "无法理解该请求"},
    {401, "unauthenticated", "Sign in first", "请先登录"},
    {403, "forbidden", "Not allowed", "没有权限"},
    {404, "not_found", "Not found", "未找到"},
    {405, "method_not_allowed", "This address takes other methods", "该地址不支持此方法"},
    {408, "request_timeout", "The request took too long to arrive", "请求传输超时"},
    {412, "precondition_failed", "It has changed meanwhile", "内容已发生变化"},
    {413, "too_large", "Too large", "超出限制"},
    {415, "unsupported_media_type", "This kind of content is not taken here", "不接受此类型的内容"},
    {416, "range_not_satisfiable", "The range lies outside the content", "请求的范围超出内容长度"},
    {417, "expectation_failed", "That expectation cannot be met", "无法满足该预期"},
    {421, "misdirected_request", "Not served here", "此服务器不提供该主机"},
    {429, "too_many_requests", "Too many requests", "请求过于频繁"},
    {431, "headers_too_large", "The request's headers are too large", "请求头过大"},
    {500, "internal", "Internal error", "内部错误"},
    {501, "not_implemented", "Not supported", "不支持"},
    {503, "busy", "The server is busy", "服务器繁忙"},
    {505, "version_not_supported", "This version of HTTP is not supported", "不支持该 HTTP 版本"},
};

const StatusRow& row_of(int status) {
  const auto row = std::ranges::find(kStatuses, status, &StatusRow::status);
  PROBITY_CHECK(row != std::end(kStatuses));
  return *row;
}

bool same_name(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

Response problem_of(const StatusRow& row, std::string_view detail, std::string_view hint, std::string_view request_id) {
  nlohmann::ordered_json document{{"type", std::string("urn:probity:problem:") + row.code},
                                  {"title", row.title_en},
                                  {"title_zh", row.title_zh},
                                  {"status", row.status},
                                  {"code", row.code},
                                  {"detail", detail},
                                  {"hint", hint},
                                  {"request_id", request_id}};
  // Only what somebody translated, so that a reader sees when there is nothing but English.
  if (std::string chinese = in_chinese(detail); chinese != detail) document["detail_zh"] = std::move(chinese);
  if (std::string chinese = in_chinese(hint); chinese != hint) document["hint_zh"] = std::move(chinese);
  // Details may quote what somebody sent: never let bad UTF-8 throw here.
  Response response;
  response.status = row.status;
  response.body = document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  response.set("Content-Type", "application/problem+json").set("Cache-Control", "no-store");
  response.set("X-Content-Type-Options", "nosniff");
  return response;
}

}  // namespace

Response& Response::set(std::string name, std::string value) {
  std::erase_if(headers, [&](const auto& field) { return same_name(field.first, name); });
  return add(std::move(name), std::move(value));
}

Response& Response::add(std::string name, std::string value) {
  headers.emplace_back(std::move(name), std::move(value));
  return *this;
}

std::optional<std::string_view> Response::header(std::string_view name) const {
  for (const auto& [field, value] : headers)
    if (same_name(field, name)) return value;
  return std::nullopt;
}

Response Response::json(int status, std::string text) {
  Response response;
  response.status = status;
  response.body = std::move(text);
  response.set("Content-Type", "application/json");
  return response;
}

Response Response::text(int status, std::string text) {
  Response response;
  response.status = status;
  response.body = std::move(text);
  response.set("Content-Type", "text/plain; charset=utf-8");
  return response;
}

Response Response::no_content() {
  Response response;
  response.status = 204;
  return response;
}

Response Response::redirect(std::string location) {
  Response response;
  response.status = 303;
  response.set("Location", std::move(location));
  return response;
}

Response problem(const Error& error, std::string_view request_id) {
  const CatalogueEntry& entry = catalogue_entry(error.code);
  return problem_of({entry.http_status, entry.name, entry.title_en, entry.title_zh}, error.message, error.hint,
                    request_id);
}

Response problem(int status, std::string_view detail, std::string_view hint, std::string_view request_id) {
  return problem_of(row_of(status), detail, hint, request_id);
}

}  // namespace probity::http
