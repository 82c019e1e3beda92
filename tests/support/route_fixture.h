// What tests of staff routes share: a guard that knows one caller, a folder with a database and its stores, and
// requests.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "http/testing.h"
#include "store/database.h"
#include "store/events_store.h"
#include "store/jobs_store.h"
#include "store/parties_store.h"
#include "store/projects_store.h"
#include "support/memory_ports.h"
#include "support/one_caller.h"

namespace probity::test {

class RouteTest : public testing::Test {
 protected:
  using Json = nlohmann::json;
  struct Answer {
    int status = 0;
    Json json;
  };

  RouteTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "probity-routes-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    database = store::Database::open_sqlite(folder + "/test.db").value();
    log = std::make_unique<store::SqlEventLog>(*database);
    guard.caller.actor = {events::Actor::Kind::account, std::nullopt, "Ada"};
    for (const auto permission :
         {accounts::Permission::read_projects, accounts::Permission::write_projects, accounts::Permission::read_parties,
          accounts::Permission::write_parties, accounts::Permission::read_jobs})
      guard.caller.permissions.insert(permission);
  }
  ~RouteTest() override { std::filesystem::remove_all(folder); }

  static Answer answer_of(const http::Response& response) {
    const std::string body = http::testing::body_of(response);
    return {response.status, body.empty() ? Json() : Json::parse(body)};
  }
  Answer send(http::Method method, const std::string& target) {
    return answer_of(router.handle(http::testing::make_request(method, "/api/v1" + target)));
  }
  Answer send(http::Method method, const std::string& target, const Json& body) {
    return answer_of(router.handle(http::testing::make_json_request(method, "/api/v1" + target, body.dump())));
  }
  Answer get(const std::string& target) { return send(http::Method::get, target); }

  // Bodies that fit nothing: every one is answered with 400 and a problem.
  void expect_hostile_bodies_refused(http::Method method, const std::string& target) {
    const std::string deep = std::string(5000, '[') + std::string(5000, ']');
    for (const std::string& body :
         {std::string(), std::string("null"), std::string("[]"), std::string("7"), std::string("{"),
          std::string("{\"name\":"), deep, "{\"name\":" + deep + "}", std::string("{\"name\":{}}"),
          std::string("{\"name\":[\"x\"]}"), std::string("{\"name\":1e999}"),
          std::string("{\"name\":\"a\",\"name\":\"b\"}"), std::string("{\"name\":\"\\u0000\"}"),
          std::string("{\"name\":\"\xFF\"}"), std::string("{\"__proto__\":1}"),
          "{\"name\":\"" + std::string(100'000, 'x') + "\"}"}) {
      const auto answer = answer_of(router.handle(http::testing::make_json_request(method, "/api/v1" + target, body)));
      EXPECT_EQ(answer.status, 400) << target << " " << body.substr(0, 60);
      EXPECT_TRUE(answer.json.contains("code"));
    }
  }

  // Ids that are none, and one that nothing has.
  static std::vector<std::string> strange_ids() {
    return {std::string(26, '0'),  "x",         "1%20OR%201=1",
            std::string(200, '0'), "%E2%80%AE", "0000000000000000000000000I"};
  }

  std::string folder;
  std::unique_ptr<store::Database> database;
  std::unique_ptr<store::SqlEventLog> log;
  HandClock clock;
  SeededRandom random;
  OneCaller guard;
  http::Router router;
};

}  // namespace probity::test
