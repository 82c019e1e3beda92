#include "accounts/directory.h"

#include <gtest/gtest.h>

#include "support/accounts_fixture.h"

namespace probity::accounts {
namespace {

using test::kAdminPassword;
using test::kCustodianPassword;

struct TheDirectory : testing::Test, test::AccountsFixture {
  std::string token_of(const Invited& invited) { return invited.link.substr(invited.link.find('#') + 1); }
  FirstAccount first(const std::string& token) {
    return {token, "Harbour Nine", "Ada Admin", "ada@example.com", kAdminPassword, "en", "Europe/Berlin"};
  }
};

TEST_F(TheDirectory, is_set_up_once_and_with_the_printed_link_only) {
  EXPECT_TRUE(service.directory.needs_setup().value());
  const std::string path = service.directory.setup_path().value();
  ASSERT_TRUE(path.starts_with("/setup#"));
  const std::string token = path.substr(7);
  EXPECT_EQ(token.size(), 43U);
  EXPECT_EQ(service.directory.set_up(first("guess"), visitor).error().code, ErrorCode::forbidden);
  FirstAccount weak = first(token);
  weak.password = "harbournine12";
  EXPECT_EQ(service.directory.set_up(weak, visitor).error().code, ErrorCode::invalid_argument);
  const Opened opened = service.directory.set_up(first(token), visitor).value();
  EXPECT_EQ(opened.account.roles, (std::set<Role>{Role::administrator, Role::custodian}));
  EXPECT_TRUE(service.sessions.authenticate(opened.reference, visitor));
  EXPECT_EQ(service.settings.get().value().organisation, "Harbour Nine");
  EXPECT_EQ(service.settings.get().value().zone, "Europe/Berlin");
  EXPECT_FALSE(service.directory.needs_setup().value());
  EXPECT_EQ(service.directory.setup_path().value(), "");
  EXPECT_EQ(service.directory.set_up(first(token), visitor).error().code, ErrorCode::conflict);
  EXPECT_EQ(logged("organisation.set_up", true), 1);
  EXPECT_EQ(logged("organisation.set_up", false), 1);
}

TEST_F(TheDirectory, invites_by_a_link_that_works_once) {
  const Caller ada = caller(set_up());
  const Invited invited = service.directory.invite({"New@Example.com", "Nia New", {Role::reviewer}, "zh"}, ada).value();
  EXPECT_TRUE(invited.link.starts_with("http://127.0.0.1:8080/welcome#")) << invited.link;
  EXPECT_EQ(invited.account.state, AccountState::invited);
  ASSERT_EQ(mail.messages.size(), 1U);
  EXPECT_EQ(mail.messages[0].to, "new@example.com");
  EXPECT_EQ(mail.messages[0].link, invited.link);
  EXPECT_NE(mail.messages[0].text.find("您好"), std::string::npos);
  EXPECT_EQ(mail.messages[0].kind, "account.invited");

  const std::string token = token_of(invited);
  EXPECT_FALSE(store.invitation(Hash{}).value()) << "kept as a hash only";
  const InvitationInfo info = service.directory.look_at_invitation(token).value();
  EXPECT_EQ(info.email, "new@example.com");
  EXPECT_EQ(info.organisation, "Harbour Nine");
  EXPECT_EQ(info.locale, "zh");
  EXPECT_EQ(service.directory.accept_invitation(token, "short", {}, visitor).error().code, ErrorCode::invalid_argument);
  const Opened opened = service.directory.accept_invitation(token, kCustodianPassword, "Nia Newman", visitor).value();
  EXPECT_EQ(opened.account.name, "Nia Newman");
  EXPECT_EQ(opened.account.state, AccountState::active);
  EXPECT_TRUE(sign_in("new@example.com", kCustodianPassword));
  EXPECT_EQ(service.directory.look_at_invitation(token).error().code, ErrorCode::not_found);
  EXPECT_EQ(service.directory.accept_invitation(token, kAdminPassword, {}, visitor).error().code, ErrorCode::not_found);
  EXPECT_EQ(service.directory.invite({"new@example.com", "Twice", {Role::auditor}, ""}, ada).error().code,
            ErrorCode::already_exists);
}

TEST_F(TheDirectory, invitations_end_after_seven_days) {
  const Caller ada = caller(set_up());
  const Invited invited = service.directory.invite({"new@example.com", "Nia", {Role::reviewer}, ""}, ada).value();
  clock.advance(kInvitationMs - 1);
  EXPECT_TRUE(service.directory.look_at_invitation(token_of(invited)));
  clock.advance(1);
  const auto over = service.directory.look_at_invitation(token_of(invited));
  const auto never = service.directory.look_at_invitation("never was");
  EXPECT_EQ(over.error().code, ErrorCode::not_found);
  EXPECT_EQ(over.error().message, never.error().message);
}

TEST_F(TheDirectory, an_invitation_is_taken_by_the_first_of_two) {
  const Caller ada = caller(set_up());
  const Invited invited = service.directory.invite({"new@example.com", "Nia", {Role::reviewer}, ""}, ada).value();
  // Both have looked; one is hashing while the other finishes.
  hasher.while_hashing = [&] {
    ASSERT_TRUE(service.directory.accept_invitation(token_of(invited), kCustodianPassword, {}, visitor));
  };
  EXPECT_EQ(service.directory.accept_invitation(token_of(invited), kAdminPassword, {}, visitor).error().code,
            ErrorCode::not_found);
  EXPECT_TRUE(sign_in("new@example.com", kCustodianPassword));
}

TEST_F(TheDirectory, disabling_ends_sessions_and_keys_at_once) {
  const Caller ada = caller(set_up());
  const Account maya = add("maya@example.com", {Role::administrator, Role::custodian}, kCustodianPassword);
  const Opened opened = sign_in("maya@example.com", kCustodianPassword).value();
  const NewApiKey made =
      service.keys.create("k", {Scope::projects_read}, clock.now_ms() + 1000'000, caller(opened)).value();
  EXPECT_TRUE(service.keys.authenticate(made.secret, "192.0.2.1"));
  ASSERT_TRUE(service.directory.update(maya.id, {{}, {}, AccountState::disabled}, ada));
  EXPECT_FALSE(service.sessions.authenticate(opened.reference, visitor));
  EXPECT_FALSE(service.keys.authenticate(made.secret, "192.0.2.1"));
  EXPECT_FALSE(sign_in("maya@example.com", kCustodianPassword));
  ASSERT_TRUE(service.directory.update(maya.id, {{}, {}, AccountState::active}, ada));
  EXPECT_FALSE(service.sessions.authenticate(opened.reference, visitor)) << "ended is ended";
  EXPECT_TRUE(sign_in("maya@example.com", kCustodianPassword));
}

TEST_F(TheDirectory, never_loses_its_last_administrator) {
  const Opened opened = set_up();
  const Caller ada = caller(opened);
  const auto changed = [&](const AccountUpdate& update) {
    const auto account = service.directory.update(opened.account.id, update, ada);
    return account ? ErrorCode::internal : account.error().code;
  };
  EXPECT_EQ(changed({{}, std::set{Role::custodian}, {}}), ErrorCode::conflict);
  EXPECT_EQ(changed({{}, {}, AccountState::disabled}), ErrorCode::conflict);
  EXPECT_EQ(changed({{}, std::set<Role>{}, {}}), ErrorCode::invalid_argument);
  EXPECT_EQ(changed({{}, {}, AccountState::invited}), ErrorCode::invalid_argument);
  add("second@example.com", {Role::administrator}, kCustodianPassword);
  EXPECT_EQ(changed({{}, {}, AccountState::disabled}), ErrorCode::conflict) << "nobody disables themselves";
  EXPECT_EQ(changed({{}, std::set{Role::custodian}, {}}), ErrorCode::internal) << "fine: there is another";
  EXPECT_EQ(service.directory.update(Id{}, {}, ada).error().code, ErrorCode::not_found);
}

TEST_F(TheDirectory, writes_changes_of_roles_into_the_log) {
  const Caller ada = caller(set_up());
  const Account maya = add("maya@example.com", {Role::custodian}, kCustodianPassword);
  ASSERT_TRUE(service.directory.update(maya.id, {{}, std::set{Role::auditor}, {}}, ada));
  EXPECT_EQ(log().back().detail, "maya@example.com: roles custodian -> auditor");
  EXPECT_EQ(log().back().actor, "Ada Admin");
  const auto before = log().size();
  ASSERT_TRUE(service.directory.update(maya.id, {{}, std::set{Role::auditor}, {}}, ada));
  EXPECT_EQ(log().size(), before) << "nothing changed";
}

TEST_F(TheDirectory, reset_takes_everything_and_gives_a_link) {
  const Caller ada = caller(set_up());
  const Account maya = add("maya@example.com", {Role::custodian}, kCustodianPassword);
  const Opened opened = sign_in("maya@example.com", kCustodianPassword).value();
  enrol(caller(opened));
  const Invited invited = service.directory.reset(maya.id, ada).value();
  EXPECT_FALSE(service.sessions.authenticate(opened.reference, visitor));
  EXPECT_FALSE(sign_in("maya@example.com", kCustodianPassword));
  EXPECT_EQ(store.recovery_codes_left(maya.id).value(), 0U);
  const Opened again =
      service.directory.accept_invitation(token_of(invited), "willow 4 basalt ferry", {}, visitor).value();
  EXPECT_FALSE(again.account.has_totp());
  EXPECT_EQ(again.account.roles, std::set{Role::custodian});
  EXPECT_EQ(service.directory.reset(*ada.actor.id, ada).error().code, ErrorCode::conflict) << "not oneself";
}

TEST_F(TheDirectory, refuses_odd_addresses_and_names) {
  const Caller ada = caller(set_up());
  const auto refused = [&](const std::string& email, const std::string& name) {
    const auto invited = service.directory.invite({email, name, {Role::auditor}, ""}, ada);
    return !invited && invited.error().code == ErrorCode::invalid_argument;
  };
  for (const char* email : {"", "a", "@", "a@", "@b", "a b@c", "a@b@c", "a@b\r\nBcc: x@y", "a@.b", "a,b@c", "é@b.c"})
    EXPECT_TRUE(refused(email, "Name")) << email;
  for (const char* name : {"", "  ", "a\nb", "a\x7f", "\u202Egnp.exe", "a\u2066b"})
    EXPECT_TRUE(refused("ok@example.com", name)) << name;
  EXPECT_TRUE(refused("ok@example.com", std::string(201, 'a')));
  EXPECT_TRUE(service.directory.invite({"o'neil+x@example.com", "Zoë O'Neil 何敏", {Role::auditor}, ""}, ada));
}

}  // namespace
}  // namespace probity::accounts
