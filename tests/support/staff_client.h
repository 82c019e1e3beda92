// A browser as far as the staff's routes see one: keeps the session cookie and the CSRF token, sends what pages send.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "http/routes/staff_guard.h"
#include "http/testing.h"
#include "support/accounts_fixture.h"

namespace probity::test {

struct StaffClient {
  explicit StaffClient(const http::Router& to) : router(&to) {}

  http::Response send(http::Method method, const std::string& path, const nlohmann::json& body = nullptr) {
    http::Request request = http::testing::make_request(method, "/api/v1" + path);
    request.remote_address = address;
    request.secure = true;
    request.id = "r1";
    request.headers = {{"host", "node.example"}, {"user-agent", "Browser 1"}, {"sec-fetch-site", "same-origin"}};
    if (!body.is_null()) {
      request.headers.emplace_back("content-type", "application/json");
      request.body = body.dump();
    }
    if (!cookie.empty()) request.headers.emplace_back("cookie", "theme=dark; " + cookie);
    if (!csrf_token.empty() && method != http::Method::get) request.headers.emplace_back("x-csrf-token", csrf_token);
    if (!bearer.empty()) request.headers.emplace_back("authorization", "Bearer " + bearer);
    for (const auto& [name, value] : more_headers) {
      std::erase_if(request.headers, [&](const auto& field) { return field.first == name; });
      if (!value.empty()) request.headers.emplace_back(name, value);
    }
    http::Response response = router->handle(request);
    remember(response);
    return response;
  }
  http::Response get(const std::string& path) { return send(http::Method::get, path); }
  http::Response post(const std::string& path, const nlohmann::json& body = nullptr) {
    return send(http::Method::post, path, body);
  }
  // The status, and the code of a problem: "403 step_up_required"; just "200" when it went well.
  std::string outcome(http::Method method, const std::string& path, const nlohmann::json& body = nullptr) {
    return outcome_of(send(method, path, body));
  }
  static std::string outcome_of(const http::Response& response) {
    const std::string status = std::to_string(response.status);
    return response.status < 400 ? status : status + " " + json_of(response).at("code").get<std::string>();
  }
  static nlohmann::json json_of(const http::Response& response) {
    return nlohmann::json::parse(http::testing::body_of(response));
  }

  const http::Router* router;
  std::string address = "192.0.2.7";
  std::string cookie, csrf_token, bearer;
  http::Fields more_headers;  // put over the usual ones; an empty value takes a header away

 private:
  void remember(const http::Response& response) {
    for (const auto& [name, value] : response.headers) {
      if (name != "Set-Cookie") continue;
      cookie = value.find("Max-Age=0") == std::string::npos ? value.substr(0, value.find(';')) : "";
    }
    if (response.status >= 300) return;
    const auto body = nlohmann::json::parse(http::testing::body_of(response), nullptr, false);
    if (body.is_object() && body.contains("csrf_token")) csrf_token = body["csrf_token"];
  }
};

}  // namespace probity::test
