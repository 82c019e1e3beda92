#include "http/router.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace probity::http {
namespace {

Request request(Method method, std::string path) {
  Request asked;
  asked.method = method;
  asked.path = std::move(path);
  asked.id = "r1";
  return asked;
}

std::string text(const Response& response) { return std::get<std::string>(response.body); }

Handler says(std::string words) {
  return [words](const Request& asked) {
    std::string answer = words;
    for (const auto& [name, value] : asked.params) answer += " " + name + "=" + value;
    return Response::text(200, answer);
  };
}

TEST(Router, TakesLiteralsBeforeParametersBeforeTheRest) {
  Router router;
  router.add(Method::get, "/files/{rest*}", says("rest"));
  router.add(Method::get, "/files/{id}", says("one"));
  router.add(Method::get, "/files/latest", says("latest"));
  router.add(Method::get, "/files/{id}/parts/{part}", says("part"));
  EXPECT_EQ(text(router.handle(request(Method::get, "/files/latest"))), "latest");
  EXPECT_EQ(text(router.handle(request(Method::get, "/files/7"))), "one id=7");
  EXPECT_EQ(text(router.handle(request(Method::get, "/files/7/parts/a b"))), "part id=7 part=a b");
  EXPECT_EQ(text(router.handle(request(Method::get, "/files/7/other/x"))), "rest rest=7/other/x");
  EXPECT_EQ(text(router.handle(request(Method::get, "/files/"))), "rest rest=");
  EXPECT_EQ(router.handle(request(Method::get, "/files")).status, 404);
  EXPECT_EQ(router.handle(request(Method::get, "/files/7")).route, "/files/{id}");
}

TEST(Router, HeadGoesToGet) {
  Router router;
  router.add(Method::get, "/a", says("a"));
  EXPECT_EQ(router.handle(request(Method::head, "/a")).status, 200);
}

TEST(Router, SaysWhichMethodsAnAddressTakes) {
  Router router;
  router.add(Method::get, "/a/{x}", says("a"));
  router.add(Method::del, "/a/{y}", says("gone"));
  const Response refused = router.handle(request(Method::post, "/a/1"));
  EXPECT_EQ(refused.status, 405);
  EXPECT_EQ(refused.header("allow"), "DELETE, GET, HEAD, OPTIONS");
  EXPECT_EQ(refused.header("content-type"), "application/problem+json");
  const Response options = router.handle(request(Method::options, "/a/1"));
  EXPECT_EQ(options.status, 204);
  EXPECT_EQ(options.header("Allow"), "DELETE, GET, HEAD, OPTIONS");
}

TEST(Router, OtherwiseTakesOnlyWhatNoPatternTakes) {
  Router router;
  router.add(Method::get, "/a", says("a"));
  router.otherwise(says("page"));
  EXPECT_EQ(text(router.handle(request(Method::get, "/b/c"))), "page");
  EXPECT_EQ(router.handle(request(Method::post, "/a")).status, 405);
}

TEST(Router, MiddlewareWrapsInTheOrderOfAdding) {
  Router router;
  std::string seen;
  for (const char* name : {"1", "2"})
    router.use([&seen, name](const Request& asked, std::string_view pattern, const Handler& next) {
      seen += std::string("<") + name + std::string(pattern);
      Response response = next(asked);
      seen += std::string(name) + ">";
      return response;
    });
  router.add(Method::get, "/a", says("a"));
  router.handle(request(Method::get, "/a"));
  EXPECT_EQ(seen, "<1/a<2/a2>1>");
  seen.clear();
  EXPECT_EQ(router.handle(request(Method::get, "/none")).status, 404);
  EXPECT_EQ(seen, "<1<22>1>");
}

TEST(Router, MiddlewareMayAnswerInstead) {
  Router router;
  router.use([](const Request& asked, std::string_view, const Handler&) { return problem(403, "no", "", asked.id); });
  router.add(Method::get, "/a", [](const Request&) -> Response { throw std::logic_error("not reached"); });
  EXPECT_EQ(router.handle(request(Method::get, "/a")).status, 403);
}

TEST(Router, AnExceptionIsAFiveHundredThatMiddlewareSees) {
  Router router;
  int seen = 0;
  router.use([&seen](const Request& asked, std::string_view, const Handler& next) {
    Response response = next(asked);
    seen = response.status;
    return response;
  });
  router.add(Method::get, "/a", [](const Request&) -> Response { throw std::runtime_error("secret"); });
  const Response response = router.handle(request(Method::get, "/a"));
  EXPECT_EQ(response.status, 500);
  EXPECT_EQ(seen, 500);
  EXPECT_EQ(text(response).find("secret"), std::string::npos);
  EXPECT_NE(text(response).find("\"request_id\":\"r1\""), std::string::npos);
}

TEST(Router, BodyLimitsAreThoseOfTheRoute) {
  Router router;
  router.add(Method::post, "/upload/{id}", says("u"), {.most_body_bytes = 5});
  router.add(Method::get, "/upload/{id}", says("u"));
  EXPECT_EQ(router.most_body_bytes(Method::post, "/upload/x"), 5U);
  EXPECT_EQ(router.most_body_bytes(Method::get, "/upload/x"), RouteOptions{}.most_body_bytes);
  EXPECT_EQ(router.most_body_bytes(Method::post, "/none"), RouteOptions{}.most_body_bytes);
}

TEST(Router, ListsItsRoutes) {
  Router router;
  router.add(Method::post, "/b", says("b"));
  router.add(Method::get, "/a/{x}", says("a"));
  EXPECT_EQ(router.routes(), (std::vector<std::string>{"GET /a/{x}", "POST /b"}));
}

TEST(RouterDeathTest, PatternsRegisteredTwiceAreOurMistake) {
  Router router;
  router.add(Method::get, "/a/{x}", says("a"));
  EXPECT_DEATH(router.add(Method::get, "/a/{y}", says("a")), "same_shape");
  EXPECT_DEATH(router.add(Method::get, "/b/{y}/{y}", says("a")), "names");
  EXPECT_DEATH(router.add(Method::get, "/b/{y*}/c", says("a")), "is_rest");
}

TEST(Request, FindsCookiesAndFields) {
  Request asked;
  asked.headers = {{"cookie", "a=1; bb=\"two\";c=3=4"}, {"host", "x"}, {"cookie", "d=5"}};
  asked.query = {{"q", "1"}, {"q", "2"}};
  EXPECT_EQ(asked.cookie("a"), "1");
  EXPECT_EQ(asked.cookie("bb"), "two");
  EXPECT_EQ(asked.cookie("c"), "3=4");
  EXPECT_EQ(asked.cookie("d"), "5");
  EXPECT_FALSE(asked.cookie("b"));
  EXPECT_EQ(asked.query_value("q"), "1");
  EXPECT_FALSE(asked.header("cookies"));
}

TEST(Response, SetReplacesAndAddDoesNot) {
  Response response;
  response.set("Content-Type", "a").set("content-type", "b").add("Set-Cookie", "1").add("Set-Cookie", "2");
  ASSERT_EQ(response.headers.size(), 3U);
  EXPECT_EQ(response.header("Content-Type"), "b");
}

TEST(Response, ProblemsNameTheCatalogueRow) {
  const Response response = problem(Error{ErrorCode::not_found, "no such \"thing\" \xff", "look"}, "id7");
  EXPECT_EQ(response.status, 404);
  const std::string body = std::get<std::string>(response.body);
  EXPECT_NE(body.find(R"("type":"urn:probity:problem:not_found")"), std::string::npos);
  EXPECT_NE(body.find(R"("title_zh":"未找到")"), std::string::npos);
  EXPECT_NE(body.find(R"("hint":"look","request_id":"id7")"), std::string::npos);
  EXPECT_EQ(body.find("detail_zh"), std::string::npos) << "nobody has translated it";
}

TEST(Response, ProblemsAreReadInChineseToo) {
  const Response response = problem(Error{ErrorCode::not_found, "there is no such job", "try again in 7 s"}, "id7");
  const std::string body = std::get<std::string>(response.body);
  EXPECT_NE(body.find(R"("detail_zh":"没有这个任务")"), std::string::npos) << body;
  EXPECT_NE(body.find(R"("hint_zh":"请在 7 秒后再试")"), std::string::npos) << body;
}

}  // namespace
}  // namespace probity::http
