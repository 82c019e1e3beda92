#include "http/routes/json_fields.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "http/routes/json_time.h"

namespace probity::http::routes {
namespace {

Request with_body(std::string body, std::string type = "application/json") {
  Request request;
  request.method = Method::post;
  request.headers = {{"content-type", std::move(type)}};
  request.body = std::move(body);
  return request;
}

JsonFields fields_of(std::string body) { return JsonFields::parse(with_body(std::move(body))).value(); }

nlohmann::json complaints_of(const JsonFields& fields) {
  const Response response = fields.problem("r1");
  EXPECT_EQ(response.status, 400);
  return nlohmann::json::parse(std::get<std::string>(response.body)).at("fields");
}

TEST(JsonFields, reads_every_kind_of_field) {
  const std::string id(26, '0');
  auto fields = fields_of(R"({"name":"海岸","flag":true,"count":7,"id":")" + id +
                          R"(","at":"2026-11-21T20:29:45.5+08:00","tags":["a","b"],"ids":[")" + id +
                          R"("],"items":[{"x":1}],"part":{"y":"z"},"free":[1],"gone":null})");
  EXPECT_EQ(fields.text("name"), "海岸");
  EXPECT_TRUE(fields.boolean("flag"));
  EXPECT_EQ(fields.integer("count", 0, 9), 7);
  EXPECT_EQ(fields.id("id"), Id{});
  EXPECT_EQ(time_text(fields.time("at")), "2026-11-21T12:29:45.500Z");
  EXPECT_EQ(fields.texts("tags", 2), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(fields.ids("ids", 1).size(), 1U);
  auto items = fields.objects("items", 3);
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(items[0].integer("x", 0, 9), 1);
  EXPECT_EQ(fields.optional_object("part")->text("y"), "z");
  EXPECT_TRUE(fields.raw("free").is_array());
  EXPECT_TRUE(fields.has("gone"));
  EXPECT_FALSE(fields.optional_text("gone"));
  EXPECT_FALSE(fields.optional_time("never"));
  EXPECT_TRUE(fields.done()) << fields.done().error().message;
}

TEST(JsonFields, complains_in_chinese_too) {
  auto fields = fields_of(R"({"name":"","count":12})");
  fields.text("name");
  fields.integer("count", 0, 9);
  const Response response = fields.problem("r1");
  const auto body = nlohmann::json::parse(std::get<std::string>(response.body));
  EXPECT_EQ(body.at("detail"), "count must be a whole number from 0 to 9");
  EXPECT_EQ(body.at("detail_zh"), "count 须为 0 至 9 之间的整数");
  EXPECT_EQ(body.at("fields_zh").at("name"), "不得为空");
}

TEST(JsonFields, keeps_every_complaint) {
  auto fields = fields_of(R"({"a":"","b":1,"c":"x","d":1.5,"e":"no","f":"no","g":[1],"h":["a","b"],"items":[{"z":1}],
                              "part":[],"big":18446744073709551615,"more":1})");
  fields.text("a");
  fields.text("b");
  fields.boolean("c");
  fields.integer("d", 0, 9);
  fields.id("e");
  fields.time("f");
  fields.texts("g", 3);
  fields.texts("h", 1);
  fields.text("missing");
  fields.integer("big", 0, INT64_MAX);
  EXPECT_FALSE(fields.optional_object("part"));
  for (auto& item : fields.objects("items", 3)) item.text("x");
  EXPECT_FALSE(fields.done());
  const auto complaints = complaints_of(fields);
  EXPECT_EQ(complaints.at("a"), "must not be empty");
  EXPECT_EQ(complaints.at("b"), "must be text");
  EXPECT_EQ(complaints.at("c"), "must be true or false");
  EXPECT_EQ(complaints.at("d"), "must be a whole number from 0 to 9");
  EXPECT_EQ(complaints.at("g[0]"), "must be text");
  EXPECT_EQ(complaints.at("h"), "must have at most 1 items");
  EXPECT_EQ(complaints.at("missing"), "is required");
  EXPECT_EQ(complaints.at("items[0].x"), "is required");
  EXPECT_EQ(complaints.at("items[0].z"), "is not a known field");
  EXPECT_EQ(complaints.at("more"), "is not a known field");
  for (const char* name : {"e", "f", "big", "part"}) EXPECT_TRUE(complaints.contains(name)) << name;
  EXPECT_EQ(complaints.size(), 14U) << complaints.dump();
}

TEST(JsonFields, counts_characters_and_refuses_control_characters) {
  auto fields = fields_of(R"({"han":"一二三四","nul":"a\u0000b","c1":"a\u0085b","line":"a\nb","lines":"a\nb\tc"})");
  EXPECT_EQ(fields.text("han", {4, 4}), "一二三四");
  EXPECT_EQ(fields.text("lines", {1, 9, true}), "a\nb\tc");
  EXPECT_TRUE(fields.text("nul").empty());
  EXPECT_TRUE(fields.text("c1").empty());
  EXPECT_TRUE(fields.text("line").empty());
  EXPECT_EQ(complaints_of(fields).size(), 3U);
}

TEST(JsonFields, refuses_bodies_that_are_not_one_plain_object) {
  const auto refused = [](std::string body, std::string type = "application/json") {
    const auto fields = JsonFields::parse(with_body(std::move(body), std::move(type)));
    return !fields && fields.error().code == ErrorCode::invalid_argument;
  };
  EXPECT_TRUE(refused(""));
  EXPECT_TRUE(refused("[]"));
  EXPECT_TRUE(refused("{"));
  EXPECT_TRUE(refused("{}x"));
  EXPECT_TRUE(refused("{\"a\":\"\xff\"}"));
  EXPECT_TRUE(refused(R"({"a":1,"a":2})"));
  EXPECT_TRUE(refused(R"({"o":{"a":1,"a":2}})"));
  EXPECT_TRUE(refused("{\"a\":" + std::string(100'000, '[') + std::string(100'000, ']') + "}"));
  EXPECT_TRUE(refused("{}", "text/plain"));
  EXPECT_TRUE(refused("{}", "application/jsonx"));
  EXPECT_FALSE(refused("{}", "application/JSON; charset=utf-8"));
  EXPECT_FALSE(refused(R"({"a":{"x":1},"b":{"x":2}})"));
}

TEST(JsonTime, reads_rfc3339) {
  EXPECT_EQ(parse_rfc3339("1970-01-01T00:00:00Z"), 0);
  EXPECT_EQ(parse_rfc3339("1970-01-01T00:00:00.0019Z"), 1);
  EXPECT_EQ(parse_rfc3339("2026-11-21T20:29:45.123Z"), parse_rfc3339("2026-11-22t04:29:45.123+08:00"));
  EXPECT_EQ(parse_rfc3339("2024-02-29T00:00:00-00:30"), parse_rfc3339("2024-02-29T00:30:00Z"));
  for (const char* text :
       {"", "2026-11-21", "2026-11-21T20:29:45", "2026-11-21 20:29:45Z", "2026-13-21T20:29:45Z", "2026-02-29T00:00:00Z",
        "2026-11-21T24:00:00Z", "2026-11-21T20:29:60Z", "2026-11-21T20:29:45.Z", "2026-11-21T20:29:45.1234567890Z",
        "2026-11-21T20:29:45+8:00", "2026-11-21T20:29:45+24:00", "2026-11-21T20:29:45ZZ", "1969-12-31T23:59:59Z",
        "1970-01-01T00:00:00+01:00", "+026-11-21T20:29:45Z"})
    EXPECT_FALSE(parse_rfc3339(text)) << text;
}

TEST(ListQuery, reads_and_bounds_the_parameters) {
  const auto query = [](Fields fields) {
    Request request;
    request.query = std::move(fields);
    return list_query(request);
  };
  const auto usual = query({}).value();
  EXPECT_EQ(usual.limit, 50U);
  EXPECT_EQ(usual.offset, 0U);
  const auto all = query({{"search", "海"}, {"sort", "-created_at"}, {"offset", "20"}, {"limit", "500"}}).value();
  EXPECT_EQ(all.search, "海");
  EXPECT_EQ(all.sort, "created_at");
  EXPECT_TRUE(all.descending);
  EXPECT_EQ(all.offset, 20U);
  EXPECT_EQ(all.limit, 500U);
  for (const Fields& wrong : std::vector<Fields>{{{"limit", "0"}},
                                                 {{"limit", "501"}},
                                                 {{"limit", "-1"}},
                                                 {{"offset", "x"}},
                                                 {{"offset", ""}},
                                                 {{"sort", "a;b"}},
                                                 {{"sort", "-"}},
                                                 {{"search", std::string(201, 'a')}}})
    EXPECT_FALSE(query(wrong)) << wrong[0].first << '=' << wrong[0].second;
}

TEST(QueryId, never_turns_an_unreadable_filter_into_no_filter) {
  Request request;
  EXPECT_FALSE(query_id(request, "party"));
  request.query = {{"party", "nonsense"}};
  EXPECT_EQ(query_id(request, "party"), Id{});
  request.params = {{"project", "nonsense"}};
  EXPECT_EQ(param_id(request, "project").error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace probity::http::routes
