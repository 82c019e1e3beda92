#include "accounts/api_keys.h"

#include <gtest/gtest.h>

#include "support/accounts_fixture.h"

namespace probity::accounts {
namespace {

constexpr TimeMs kDay = 24LL * 60 * 60'000;

struct Keys : testing::Test, test::AccountsFixture {
  Keys() { ada = caller(set_up()); }
  NewApiKey make(std::set<Scope> scopes) {
    return service.keys.create("Newsroom", std::move(scopes), clock.now_ms() + 30 * kDay, ada).value();
  }
  Caller ada;
};

TEST_F(Keys, may_do_what_their_scopes_say) {
  const NewApiKey made = make({Scope::projects_read, Scope::copies_write});
  EXPECT_TRUE(made.secret.starts_with("pbk_" + made.key.id.text() + "_"));
  const Caller caller = service.keys.authenticate(made.secret, "192.0.2.9").value();
  EXPECT_EQ(caller.permissions, (std::set{Permission::read_projects, Permission::write_copies}));
  EXPECT_EQ(caller.actor, (events::Actor{events::Actor::Kind::api_key, made.key.id, "Newsroom"}));
  EXPECT_FALSE(caller.session);
  EXPECT_FALSE(caller.stepped_up);
  EXPECT_EQ(store.api_key(made.key.id).value()->last_used_ms, clock.now_ms());
}

TEST_F(Keys, are_kept_as_hashes) {
  const NewApiKey made = make({Scope::projects_read});
  const ApiKey kept = store.api_key(made.key.id).value().value();
  const std::string secret = parse_key_text(made.secret)->secret;
  EXPECT_NE(as_text(kept.secret_hash), secret);
  for (const auto& entry : log()) EXPECT_EQ(entry.detail.find(secret), std::string::npos);
}

TEST_F(Keys, that_are_wrong_revoked_or_over_open_nothing) {
  const NewApiKey made = make({Scope::projects_read});
  const auto open = [&](const std::string& text) { return service.keys.authenticate(text, "192.0.2.9").has_value(); };
  std::string wrong = made.secret;
  wrong.back() = wrong.back() == 'A' ? 'B' : 'A';
  for (const std::string& text : {wrong, std::string(), std::string("pbk_"), made.secret + "x", made.secret.substr(4),
                                  "pbk_" + std::string(26, '0') + made.secret.substr(30)})
    EXPECT_FALSE(open(text)) << text;
  EXPECT_TRUE(open(made.secret));
  clock.advance(30 * kDay);
  EXPECT_FALSE(open(made.secret));
  clock.advance(-30 * kDay);
  EXPECT_TRUE(open(made.secret));
  ASSERT_TRUE(service.keys.revoke(made.key.id, ada));
  EXPECT_FALSE(open(made.secret));
  EXPECT_EQ(service.keys.revoke(Id{}, ada).error().code, ErrorCode::not_found);
  EXPECT_GE(logged("api_key.used", false), 1);
}

TEST_F(Keys, end_within_a_year_and_have_scopes) {
  const auto refused = [&](std::set<Scope> scopes, TimeMs lasts_ms) {
    const auto made = service.keys.create("k", std::move(scopes), clock.now_ms() + lasts_ms, ada);
    return made ? ErrorCode::internal : made.error().code;
  };
  EXPECT_EQ(refused({}, kDay), ErrorCode::invalid_argument);
  EXPECT_EQ(refused({Scope::jobs_read}, 0), ErrorCode::invalid_argument);
  EXPECT_EQ(refused({Scope::jobs_read}, -1), ErrorCode::invalid_argument);
  EXPECT_EQ(refused({Scope::jobs_read}, 367 * kDay), ErrorCode::invalid_argument);
  EXPECT_EQ(refused({Scope::jobs_read}, 366 * kDay), ErrorCode::internal);
}

TEST_F(Keys, never_do_more_than_their_maker_may_today) {
  const Account plain = add("plain@example.com", {Role::administrator}, test::kCustodianPassword);
  const Caller administrator = caller(sign_in("plain@example.com", test::kCustodianPassword).value());
  EXPECT_EQ(service.keys.create("k", {Scope::commitments_write}, clock.now_ms() + kDay, administrator).error().code,
            ErrorCode::forbidden);
  const NewApiKey made =
      service.keys.create("k", {Scope::projects_write, Scope::projects_read}, clock.now_ms() + kDay, administrator)
          .value();
  ASSERT_TRUE(service.directory.update(plain.id, {{}, std::set{Role::auditor}, {}}, ada));
  EXPECT_EQ(service.keys.authenticate(made.secret, "").value().permissions, std::set{Permission::read_projects});
}

TEST(Settings, are_checked_and_logged) {
  test::AccountsFixture fixture;
  const Caller ada = fixture.caller(fixture.set_up());
  auto& settings = fixture.service.settings;
  EXPECT_EQ(settings.get().value().public_url, "http://127.0.0.1:8080") << "until one is set";
  SettingsUpdate update;
  update.public_url = "https://node.example:8443/probity/";
  update.contact_email = "Press@Example.com";
  const Settings after = settings.update(update, ada).value();
  EXPECT_EQ(after.public_url, "https://node.example:8443/probity");
  EXPECT_EQ(after.contact_email, "press@example.com");
  EXPECT_EQ(fixture.log().back().kind, "settings.changed");
  EXPECT_EQ(fixture.log().back().detail, "public_url, contact_email");
  for (const char* url : {"", "node.example", "ftp://node.example", "https://", "https:///x", "https://a@b",
                          "https://a?b", "https://a#b", "javascript:alert(1)", "https://a b"}) {
    update.public_url = url;
    EXPECT_EQ(settings.update(update, ada).error().code, ErrorCode::invalid_argument) << url;
  }
  for (const char* zone : {"", "/etc/passwd", "Europe Berlin", "<b>"}) {
    SettingsUpdate other;
    other.zone = zone;
    EXPECT_EQ(settings.update(other, ada).error().code, ErrorCode::invalid_argument) << zone;
  }
}

TEST(AuditLog, bears_a_flood_of_refusals) {
  test::AccountsFixture fixture;
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(fixture.service.audit.refused_sparingly("access", "maya", "192.0.2.1"));
  EXPECT_EQ(fixture.log().size(), 1U);
  ASSERT_TRUE(fixture.service.audit.refused_sparingly("access", "maya", "192.0.2.2"));
  fixture.clock.advance(60'000);
  ASSERT_TRUE(fixture.service.audit.refused_sparingly("access", "maya", "192.0.2.1"));
  EXPECT_EQ(fixture.log().size(), 3U);
  const Caller signed_in = fixture.caller(fixture.set_up());
  const auto before = fixture.log().size();
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(fixture.service.audit.refused_access(signed_in, "GET /x"));
  EXPECT_EQ(fixture.log().size(), before + 30);
}

}  // namespace
}  // namespace probity::accounts
