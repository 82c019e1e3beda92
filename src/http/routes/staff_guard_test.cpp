#include "http/routes/staff_guard.h"

#include <gtest/gtest.h>

#include "http/routes/same_origin.h"
#include "http/routes/security_headers.h"
#include "support/staff_client.h"

namespace probity::http::routes {
namespace {

using accounts::Caller;
using accounts::Permission;
using test::kCustodianPassword;
using test::StaffClient;

struct Guarded : ::testing::Test, test::AccountsFixture {
  Guarded() {
    const auto count = [this](const Request&, const Caller& caller) {
      ++handled;
      last = caller;
      return Response::no_content();
    };
    router.use(security_headers());
    for (const Method method : {Method::get, Method::post, Method::put, Method::patch, Method::del})
      router.add(method, "/api/v1/thing", guard.staff(Permission::write_projects, count));
    router.add(Method::post, "/api/v1/danger", guard.staff(Permission::write_projects, count, {true}));
    router.add(Method::get, "/api/v1/kept", guard.staff(Permission::read_projects, [](const Request&, const Caller&) {
      return Response::no_content().set("Cache-Control", "private, max-age=60");
    }));
    add("maya@example.com", {accounts::Role::custodian}, kCustodianPassword, "Maya");
  }
  StaffClient maya() {
    const auto opened = sign_in("maya@example.com", kCustodianPassword).value();
    StaffClient client(router);
    client.cookie = std::string(kSessionCookie) + "=" + opened.reference;
    client.csrf_token = opened.session.csrf_token;
    return client;
  }

  Router router;
  StaffGuard guard{service};
  int handled = 0;
  Caller last;
};

TEST_F(Guarded, nobody_gets_through_without_a_session) {
  StaffClient nobody(router);
  EXPECT_EQ(nobody.outcome(Method::get, "/thing"), "401 unauthenticated");
  EXPECT_EQ(nobody.outcome(Method::post, "/thing"), "401 unauthenticated");
  nobody.cookie = "__Host-probity=";
  EXPECT_EQ(nobody.outcome(Method::get, "/thing"), "401 unauthenticated");
  nobody.cookie = "probity=" + maya().cookie.substr(15);
  EXPECT_EQ(nobody.outcome(Method::get, "/thing"), "401 unauthenticated");
  EXPECT_EQ(handled, 0);
}

TEST_F(Guarded, changes_need_the_sessions_own_csrf_token) {
  StaffClient client = maya(), other = maya();
  for (const Method method : {Method::post, Method::put, Method::patch, Method::del}) {
    const std::string token = client.csrf_token;
    for (const std::string& wrong : {std::string(), std::string("x"), other.csrf_token, token + "x"}) {
      client.csrf_token = wrong;
      EXPECT_EQ(client.outcome(method, "/thing"), "403 forbidden");
    }
    client.csrf_token = token;
    EXPECT_EQ(client.outcome(method, "/thing"), "204");
  }
  EXPECT_EQ(handled, 4);
  EXPECT_EQ(logged("access", false), 16);
}

TEST_F(Guarded, reading_needs_no_csrf_token) {
  StaffClient client = maya();
  client.csrf_token.clear();
  EXPECT_EQ(client.outcome(Method::get, "/thing"), "204");
  EXPECT_EQ(client.outcome(Method::head, "/thing"), "204");
}

TEST_F(Guarded, changes_from_pages_of_other_sites_are_refused) {
  StaffClient client = maya();
  const auto outcome = [&](Fields headers) {
    client.more_headers = std::move(headers);
    return client.outcome(Method::post, "/thing");
  };
  EXPECT_EQ(outcome({{"sec-fetch-site", "cross-site"}}), "403 forbidden");
  EXPECT_EQ(outcome({{"sec-fetch-site", "same-site"}}), "403 forbidden");
  EXPECT_EQ(outcome({{"sec-fetch-site", ""}, {"origin", "https://evil.example"}}), "403 forbidden");
  EXPECT_EQ(outcome({{"sec-fetch-site", ""}, {"origin", "null"}}), "403 forbidden");
  EXPECT_EQ(outcome({{"sec-fetch-site", ""}, {"origin", "https://node.example.evil.example"}}), "403 forbidden");
  EXPECT_EQ(outcome({{"sec-fetch-site", ""}, {"origin", "https://node.example:444"}}), "403 forbidden");
  EXPECT_EQ(handled, 0);
  EXPECT_EQ(outcome({{"origin", "https://Node.Example"}}), "204");
  EXPECT_EQ(outcome({{"sec-fetch-site", ""}}), "204") << "programs and old browsers send neither";
  accounts::SettingsUpdate settings;
  settings.public_url = "https://public.example";
  ASSERT_TRUE(service.settings.put(settings));
  EXPECT_EQ(outcome({{"origin", "https://public.example"}}), "204") << "behind a proxy that changes Host";
}

TEST_F(Guarded, permissions_are_asked_for_on_every_route_and_refusals_are_logged) {
  add("scr@example.com", {accounts::Role::screener}, kCustodianPassword);
  const auto opened = sign_in("scr@example.com", kCustodianPassword).value();
  StaffClient screener(router);
  screener.cookie = std::string(kSessionCookie) + "=" + opened.reference;
  screener.csrf_token = opened.session.csrf_token;
  EXPECT_EQ(screener.outcome(Method::get, "/kept"), "204");
  EXPECT_EQ(screener.outcome(Method::post, "/thing"), "403 forbidden");
  EXPECT_EQ(handled, 0);
  EXPECT_EQ(log().back().detail, "POST /api/v1/thing: needs write_projects");
}

TEST_F(Guarded, the_handler_learns_who_calls) {
  StaffClient client = maya();
  EXPECT_EQ(client.outcome(Method::post, "/thing"), "204");
  EXPECT_EQ(last.actor.name, "Maya");
  EXPECT_EQ(last.address, "192.0.2.7");
  EXPECT_TRUE(last.session);
}

TEST_F(Guarded, a_wrong_key_never_falls_back_to_a_session) {
  StaffClient client = maya();
  client.bearer = "pbk_nonsense";
  EXPECT_EQ(client.outcome(Method::get, "/thing"), "401 unauthenticated");
  client.bearer.clear();
  client.more_headers = {{"authorization", "Basic bWF5YTp4"}};
  EXPECT_EQ(client.outcome(Method::get, "/thing"), "401 unauthenticated");
}

TEST_F(Guarded, keys_need_no_csrf_token_and_cannot_prove_presence) {
  const auto opened = sign_in("maya@example.com", kCustodianPassword).value();
  const auto made =
      service.keys.create("k", {accounts::Scope::projects_write}, clock.now_ms() + 1'000'000, caller(opened));
  StaffClient program(router);
  program.bearer = made->secret;
  EXPECT_EQ(program.outcome(Method::post, "/thing"), "204");
  EXPECT_EQ(program.outcome(Method::post, "/danger"), "403 forbidden");
  EXPECT_EQ(last.actor.kind, events::Actor::Kind::api_key);
}

TEST_F(Guarded, dangerous_routes_ask_for_presence) {
  StaffClient client = maya();
  EXPECT_EQ(client.outcome(Method::post, "/danger"), "204") << "just signed in";
  clock.advance(10 * 60'000);
  EXPECT_EQ(client.outcome(Method::post, "/danger"), "403 step_up_required");
}

TEST_F(Guarded, private_answers_stay_out_of_caches) {
  StaffClient client = maya();
  EXPECT_EQ(client.get("/thing").header("Cache-Control"), "no-store");
  EXPECT_EQ(client.get("/kept").header("Cache-Control"), "private, max-age=60") << "what the handler says stands";
}

TEST(SecurityHeaders, stand_on_every_answer) {
  Router router;
  router.use(security_headers());
  Request request = http::testing::make_request(Method::get, "/api/v1/nothing");
  const Response plain = router.handle(request);
  EXPECT_EQ(plain.header("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(plain.header("Referrer-Policy"), "no-referrer");
  EXPECT_EQ(plain.header("Cross-Origin-Opener-Policy"), "same-origin");
  EXPECT_EQ(plain.header("Cross-Origin-Resource-Policy"), "same-origin");
  EXPECT_EQ(plain.header("X-Frame-Options"), "DENY");
  EXPECT_TRUE(plain.header("Permissions-Policy"));
  EXPECT_FALSE(plain.header("Strict-Transport-Security")) << "nothing to promise without TLS";
  EXPECT_FALSE(plain.header("Access-Control-Allow-Origin"));
  request.secure = true;
  EXPECT_EQ(router.handle(request).header("Strict-Transport-Security"), "max-age=31536000; includeSubDomains");
}

TEST(SecurityHeaders, pages_run_no_inline_script) {
  Response page;
  const std::string nonce = page_nonce();
  set_page_policy(page, nonce);
  const std::string policy(*page.header("Content-Security-Policy"));
  EXPECT_NE(policy.find("default-src 'none'"), std::string::npos);
  EXPECT_NE(policy.find("script-src 'self';"), std::string::npos);
  EXPECT_NE(policy.find("style-src 'self' 'nonce-" + nonce + "'"), std::string::npos);
  EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos);
  EXPECT_EQ(policy.find("unsafe"), std::string::npos);
  EXPECT_EQ(nonce.size(), 24U);
  EXPECT_NE(page_nonce(), nonce);
}

TEST(SecurityHeaders, a_handlers_own_policy_stands) {
  Router router;
  router.use(security_headers());
  router.otherwise([](const Request&) {
    Response page;
    set_page_policy(page, "abc");
    return page;
  });
  const Response page = router.handle(http::testing::make_request(Method::get, "/"));
  EXPECT_NE(page.header("Content-Security-Policy")->find("nonce-abc"), std::string_view::npos);
  EXPECT_FALSE(page.header("Cache-Control"));
}

}  // namespace
}  // namespace probity::http::routes
