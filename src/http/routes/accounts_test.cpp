// The accounts' routes as a browser and a program use them, in process.
#include "http/routes/accounts.h"

#include <gtest/gtest.h>

#include "http/routes/security_headers.h"
#include "support/staff_client.h"

namespace probity::http::routes {
namespace {

using nlohmann::json;
using test::kAdminPassword;
using test::kCustodianPassword;
using test::StaffClient;

constexpr const char* kNewPassword = "willow 4 basalt ferry";

struct AccountRoutes : ::testing::Test, test::AccountsFixture {
  AccountRoutes() {
    router.use(security_headers());
    add_accounts_routes(router, guard, service, clock, [] { return NodeFacts{true, "CN=Harbour Nine", "ab:cd"}; });
  }
  json setup_request() {
    return {{"token", service.directory.setup_path().value().substr(7)},
            {"organisation", "Harbour Nine"},
            {"name", "Ada Admin"},
            {"email", "ada@example.com"},
            {"password", kAdminPassword},
            {"locale", "en"},
            {"zone", "Europe/Berlin"}};
  }
  StaffClient administrator() {
    StaffClient client(router);
    EXPECT_EQ(client.post("/setup", setup_request()).status, 201);
    return client;
  }
  StaffClient signed_in(const std::string& email, const std::string& password, const std::string& code = "") {
    StaffClient client(router);
    json request{{"email", email}, {"password", password}};
    if (!code.empty()) request["code"] = code;
    const Response response = client.post("/sign-in", request);
    EXPECT_EQ(response.status, 200) << StaffClient::outcome_of(response);
    return client;
  }

  Router router;
  StaffGuard guard{service};
};

TEST_F(AccountRoutes, first_run_makes_the_organisation_and_signs_in) {
  StaffClient client(router);
  EXPECT_EQ(client.json_of(client.get("/setup")).at("needed"), true);
  json wrong = setup_request();
  wrong["token"] = "guess";
  EXPECT_EQ(client.outcome(Method::post, "/setup", wrong), "403 forbidden");
  wrong = setup_request();
  wrong["password"] = "password1234";
  EXPECT_EQ(client.outcome(Method::post, "/setup", wrong), "400 invalid_argument");
  wrong["surprise"] = true;
  const json problem = client.json_of(client.post("/setup", wrong));
  EXPECT_EQ(problem.at("fields").at("surprise"), "is not a known field");
  const json done = setup_request();
  const Response made = client.post("/setup", done);
  ASSERT_EQ(made.status, 201);
  const json session = client.json_of(made);
  EXPECT_EQ(session.at("organisation"), "Harbour Nine");
  EXPECT_EQ(session.at("zone"), "Europe/Berlin");
  EXPECT_EQ(session.at("account").at("roles"), json({"custodian", "administrator"}));
  EXPECT_EQ(client.json_of(client.get("/setup")).at("needed"), false);
  EXPECT_EQ(client.outcome(Method::post, "/setup", done), "409 conflict");
  EXPECT_EQ(client.outcome(Method::get, "/session"), "200");
}

TEST_F(AccountRoutes, the_cookie_is_bound_to_host_tls_and_this_site) {
  StaffClient client(router);
  const Response response = client.post("/setup", setup_request());
  EXPECT_EQ(response.header("Set-Cookie"), client.cookie + "; Path=/; Secure; HttpOnly; SameSite=Strict");
  EXPECT_TRUE(client.cookie.starts_with("__Host-probity="));
  EXPECT_EQ(http::testing::body_of(response).find(client.cookie.substr(15)), std::string::npos) << "in the cookie only";
  EXPECT_EQ(response.header("Cache-Control"), "no-store");
}

TEST_F(AccountRoutes, wrong_sign_ins_get_one_and_the_same_answer) {
  add("maya@example.com", {accounts::Role::custodian}, kCustodianPassword);
  StaffClient client(router);
  const Response wrong = client.post("/sign-in", {{"email", "maya@example.com"}, {"password", "no no no no no"}});
  const Response unknown = client.post("/sign-in", {{"email", "nobody@example.com"}, {"password", "no no no no no"}});
  EXPECT_EQ(wrong.status, 401);
  EXPECT_EQ(http::testing::body_of(wrong), http::testing::body_of(unknown));
  EXPECT_EQ(wrong.headers, unknown.headers);
  EXPECT_TRUE(client.cookie.empty());
}

TEST_F(AccountRoutes, too_many_wrong_sign_ins_are_told_how_long_to_wait) {
  StaffClient client(router);
  const json request{{"email", "maya@example.com"}, {"password", "no no no no no"}};
  for (int i = 0; i < 6; ++i) client.post("/sign-in", request);
  clock.advance(1000);
  client.post("/sign-in", request);
  const Response refused = client.post("/sign-in", request);
  EXPECT_EQ(client.outcome_of(refused), "429 too_many_requests");
  EXPECT_EQ(refused.header("Retry-After"), "2");
}

TEST_F(AccountRoutes, sign_in_never_takes_over_a_reference_that_was_brought_along) {
  add("maya@example.com", {accounts::Role::custodian}, kCustodianPassword);
  StaffClient client(router);
  client.cookie = "__Host-probity=" + std::string(43, 'F');
  EXPECT_EQ(client.post("/sign-in", {{"email", "maya@example.com"}, {"password", kCustodianPassword}}).status, 200);
  EXPECT_NE(client.cookie, "__Host-probity=" + std::string(43, 'F'));
  const std::string first = client.cookie;
  EXPECT_EQ(client.post("/sign-in", {{"email", "maya@example.com"}, {"password", kCustodianPassword}}).status, 200);
  EXPECT_NE(client.cookie, first);
  StaffClient old(router);
  old.cookie = first;
  EXPECT_EQ(old.outcome(Method::get, "/session"), "401 unauthenticated") << "the browser's earlier session ended";
}

TEST_F(AccountRoutes, sign_out_ends_the_session_on_the_server) {
  StaffClient client = administrator();
  const std::string cookie = client.cookie;
  const Response response = client.post("/sign-out");
  EXPECT_EQ(response.status, 204);
  EXPECT_TRUE(client.cookie.empty());
  client.cookie = cookie;
  EXPECT_EQ(client.outcome(Method::get, "/session"), "401 unauthenticated");
}

TEST_F(AccountRoutes, sessions_end_when_idle) {
  StaffClient client = administrator();
  clock.advance(29 * 60'000);
  EXPECT_EQ(client.outcome(Method::get, "/session"), "200");
  clock.advance(30 * 60'000);
  EXPECT_EQ(client.outcome(Method::get, "/session"), "401 unauthenticated");
}

TEST_F(AccountRoutes, own_sessions_are_listed_and_ended) {
  StaffClient here = administrator();
  StaffClient there = signed_in("ada@example.com", kAdminPassword);
  const json listed = here.json_of(here.get("/sessions"));
  ASSERT_EQ(listed.at("total"), 2);
  for (const json& row : listed.at("items")) {
    if (row.at("current").get<bool>()) continue;
    EXPECT_EQ(here.outcome(Method::del, "/sessions/" + row.at("id").get<std::string>()), "204");
  }
  EXPECT_EQ(there.outcome(Method::get, "/session"), "401 unauthenticated");
  EXPECT_EQ(here.outcome(Method::del, "/sessions/nonsense"), "404 not_found");
  EXPECT_EQ(here.outcome(Method::get, "/session"), "200");
}

TEST_F(AccountRoutes, dangerous_acts_need_presence_proved_in_the_last_ten_minutes) {
  StaffClient client = administrator();
  const std::string maya = add("maya@example.com", {accounts::Role::custodian}, kCustodianPassword).id.text();
  clock.advance(11 * 60'000);
  const json wanted_key{
      {"name", "k"}, {"scopes", {"projects:read"}}, {"expires_at", to_rfc3339(clock.now_ms() + 1'000'000)}};
  const std::vector<std::tuple<Method, std::string, json>> acts{
      {Method::patch, "/accounts/" + maya, {{"roles", {"auditor"}}}},
      {Method::post, "/accounts/" + maya + "/reset", nullptr},
      {Method::post, "/api-keys", wanted_key},
      {Method::patch, "/settings", {{"organisation", "Other"}}},
      {Method::post, "/account/totp", nullptr},
      {Method::put, "/account/totp", {{"code", "123456"}}},
      {Method::del, "/account/totp", nullptr},
      {Method::post, "/accounts", {{"email", "new@example.com"}, {"name", "N"}, {"roles", {"administrator"}}}}};
  for (const auto& [method, path, body] : acts)
    EXPECT_EQ(client.outcome(method, path, body), "403 step_up_required") << path;
  EXPECT_EQ(client.outcome(Method::post, "/session/step-up", {{"password", "wrong wrong"}}), "401 unauthenticated");
  const std::string before = client.cookie;
  EXPECT_EQ(client.outcome(Method::post, "/session/step-up", {{"password", kAdminPassword}}), "200");
  EXPECT_NE(client.cookie, before);
  for (const auto& [method, path, body] : acts)
    EXPECT_NE(client.outcome(method, path, body), "403 step_up_required") << path;
}

TEST_F(AccountRoutes, invitations_lead_to_an_account) {
  StaffClient admin = administrator();
  const Response invited = admin.post(
      "/accounts", {{"email", "new@example.com"}, {"name", "Nia"}, {"roles", {"reviewer"}}, {"locale", "zh"}});
  ASSERT_EQ(invited.status, 201);
  const std::string link = admin.json_of(invited).at("link");
  const std::string token = link.substr(link.find('#') + 1);
  StaffClient nia(router);
  const json seen = nia.json_of(nia.post("/invitations/look", {{"token", token}}));
  EXPECT_EQ(seen.at("email"), "new@example.com");
  EXPECT_EQ(nia.outcome(Method::post, "/invitations/look", {{"token", "x"}}), "404 not_found");
  EXPECT_EQ(nia.outcome(Method::post, "/invitations/accept", {{"token", token}, {"password", "short"}}),
            "400 invalid_argument");
  EXPECT_EQ(nia.outcome(Method::post, "/invitations/accept", {{"token", token}, {"password", kNewPassword}}), "200");
  EXPECT_EQ(nia.json_of(nia.get("/session")).at("account").at("locale"), "zh");
  EXPECT_EQ(nia.outcome(Method::post, "/invitations/accept", {{"token", token}, {"password", kNewPassword}}),
            "404 not_found");
  EXPECT_EQ(nia.outcome(Method::get, "/accounts"), "200");  // a reviewer chooses among colleagues
  EXPECT_EQ(nia.outcome(Method::get, "/audit"), "403 forbidden");
}

TEST_F(AccountRoutes, own_account_and_second_factor) {
  StaffClient client = administrator();
  EXPECT_EQ(client.json_of(client.send(Method::patch, "/account", {{"locale", "zh"}})).at("locale"), "zh");
  EXPECT_EQ(client.outcome(Method::patch, "/account", {{"roles", {"auditor"}}}), "400 invalid_argument")
      << "nobody gives themselves roles here";
  EXPECT_EQ(client.outcome(Method::put, "/account/password", {{"current", kAdminPassword}, {"new", kNewPassword}}),
            "204");
  const json begun = client.json_of(client.post("/account/totp"));
  EXPECT_TRUE(begun.at("qr_svg").get<std::string>().starts_with("<svg"));
  const auto account = store.account_by_email("ada@example.com").value().value();
  const Bytes seed = accounts::open_seed(key, account.id, account.totp_new_seed).value();
  EXPECT_EQ(begun.at("secret"), accounts::to_base32(seed));
  const auto code = [&] { return accounts::totp_code(seed, accounts::totp_step(clock.now_ms())); };
  EXPECT_EQ(client.outcome(Method::put, "/account/totp", {{"code", "000000"}}), "400 invalid_argument");
  const json codes = client.json_of(client.send(Method::put, "/account/totp", {{"code", code()}})).at("codes");
  EXPECT_EQ(codes.size(), 10U);
  clock.advance(30'000);
  StaffClient other(router);
  EXPECT_EQ(other.outcome(Method::post, "/sign-in", {{"email", "ada@example.com"}, {"password", kNewPassword}}),
            "401 second_factor_required");
  signed_in("ada@example.com", kNewPassword, code());
  signed_in("ada@example.com", kNewPassword, codes[0]);
  EXPECT_EQ(client.outcome(Method::del, "/account/totp"), "204");
}

TEST_F(AccountRoutes, accounts_are_listed_changed_and_signed_out) {
  StaffClient admin = administrator();
  const std::string maya = add("maya@example.com", {accounts::Role::custodian}, kCustodianPassword, "Maya").id.text();
  StaffClient client = signed_in("maya@example.com", kCustodianPassword);
  const json listed = admin.json_of(admin.get("/accounts?search=maya&sort=-email&limit=5"));
  ASSERT_EQ(listed.at("total"), 1);
  for (const char* secret : {"password_hash", "totp_seed", "totp_new_seed"})
    EXPECT_FALSE(listed.at("items")[0].contains(secret));
  EXPECT_EQ(admin.outcome(Method::get, "/accounts?limit=0"), "400 invalid_argument");
  EXPECT_EQ(admin.outcome(Method::del, "/accounts/" + maya + "/sessions"), "204");
  EXPECT_EQ(client.outcome(Method::get, "/session"), "401 unauthenticated");
  client = signed_in("maya@example.com", kCustodianPassword);
  EXPECT_EQ(admin.json_of(admin.send(Method::patch, "/accounts/" + maya, {{"state", "disabled"}})).at("state"),
            "disabled");
  EXPECT_EQ(client.outcome(Method::get, "/session"), "401 unauthenticated") << "at once";
  EXPECT_EQ(admin.outcome(Method::patch, "/accounts/" + maya, {{"state", "owner"}}), "400 invalid_argument");
  EXPECT_EQ(admin.outcome(Method::patch, "/accounts/" + maya, {{"roles", {"owner"}}}), "400 invalid_argument");
  EXPECT_EQ(admin.outcome(Method::patch, "/accounts/" + Id{}.text(), {{"name", "x"}}), "404 not_found");
}

TEST_F(AccountRoutes, api_keys_open_what_their_scopes_say) {
  StaffClient admin = administrator();
  const Response made = admin.post("/api-keys", {{"name", "Newsroom"},
                                                 {"scopes", {"projects:read", "accounts:read"}},
                                                 {"expires_at", to_rfc3339(clock.now_ms() + 86'400'000)}});
  ASSERT_EQ(made.status, 201);
  const json body = admin.json_of(made);
  StaffClient program(router);
  program.bearer = body.at("secret");
  program.more_headers = {{"sec-fetch-site", ""}, {"user-agent", "curl"}};
  EXPECT_EQ(program.outcome(Method::get, "/accounts"), "200");
  EXPECT_EQ(program.outcome(Method::get, "/settings"), "200");
  EXPECT_EQ(program.outcome(Method::get, "/audit"), "403 forbidden");
  EXPECT_EQ(program.outcome(Method::get, "/session"), "403 forbidden") << "a key is nobody's session";
  EXPECT_EQ(program.outcome(Method::post, "/accounts", {{"email", "x@y"}, {"name", "n"}, {"roles", {"auditor"}}}),
            "403 forbidden");
  const json listed = admin.json_of(admin.get("/api-keys"));
  EXPECT_EQ(listed.at("items")[0].at("prefix"), body.at("secret").get<std::string>().substr(0, 12));
  EXPECT_EQ(listed.dump().find(body.at("secret").get<std::string>().substr(31)), std::string::npos);
  EXPECT_EQ(admin.outcome(Method::del, "/api-keys/" + body.at("key").at("id").get<std::string>()), "204");
  const Response refused = program.get("/accounts");
  EXPECT_EQ(program.outcome_of(refused), "401 unauthenticated");
  EXPECT_EQ(refused.header("WWW-Authenticate"), "Bearer");
}

TEST_F(AccountRoutes, settings_join_what_the_node_knows) {
  StaffClient admin = administrator();
  const json settings = admin.json_of(admin.get("/settings"));
  EXPECT_EQ(settings.at("smtp_configured"), true);
  EXPECT_EQ(settings.at("seal_fingerprint"), "ab:cd");
  EXPECT_EQ(settings.at("contact_email"), "ada@example.com");
  EXPECT_EQ(admin.outcome(Method::patch, "/settings", {{"public_url", "https://node.example"}}), "200");
  EXPECT_EQ(admin.outcome(Method::patch, "/settings", {{"public_url", "javascript:x"}}), "400 invalid_argument");
  EXPECT_EQ(admin.outcome(Method::patch, "/settings", {{"smtp_configured", false}}), "400 invalid_argument");
}

TEST_F(AccountRoutes, the_security_log_is_for_administrators_and_auditors) {
  StaffClient admin = administrator();
  add("aud@example.com", {accounts::Role::auditor}, kCustodianPassword);
  add("maya@example.com", {accounts::Role::custodian}, kNewPassword);
  StaffClient auditor = signed_in("aud@example.com", kCustodianPassword);
  const json listed = auditor.json_of(auditor.get("/audit?search=set_up"));
  ASSERT_EQ(listed.at("total"), 1);
  EXPECT_EQ(listed.at("items")[0].at("outcome"), "done");
  EXPECT_EQ(listed.at("items")[0].at("actor"), "ada@example.com");
  StaffClient maya = signed_in("maya@example.com", kNewPassword);
  EXPECT_EQ(maya.outcome(Method::get, "/audit"), "403 forbidden");
  const json refusals = admin.json_of(admin.get("/audit?search=read_audit"));
  ASSERT_EQ(refusals.at("total"), 1) << "the refusal is in the log itself";
  EXPECT_EQ(refusals.at("items")[0].at("outcome"), "refused");
  EXPECT_EQ(refusals.at("items")[0].at("detail"), "GET /api/v1/audit: needs read_audit");
}

TEST_F(AccountRoutes, every_answer_of_the_api_stays_out_of_caches) {
  StaffClient admin = administrator();
  for (const char* path :
       {"/setup", "/session", "/sessions", "/accounts", "/api-keys", "/audit", "/settings", "/nothing"})
    EXPECT_EQ(admin.get(path).header("Cache-Control"), "no-store") << path;
}

}  // namespace
}  // namespace probity::http::routes
