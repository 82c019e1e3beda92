#include "accounts/permissions.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace probity::accounts {
namespace {

constexpr Role kRoles[] = {Role::custodian,     Role::investigator, Role::reviewer,  Role::screener,
                           Role::administrator, Role::auditor,      Role::ombudsman, Role::hub_operator};

// One line a permission, one column a role in the order above. Written out a second time on purpose: a change of the
// rules has to be meant twice.
const std::map<std::string, std::string> kMatrix{
    //                    cust inve revi scre admi audi ombu oper
    {"read_projects", "x x x x x x x x"},      {"write_projects", "x . . . x . . ."},
    {"read_parties", "x x x . x x . ."},       {"write_parties", "x . . . x . . ."},
    {"read_commitments", "x x x . x x . ."},   {"write_commitments", "x . . . . . . ."},
    {"read_copies", "x . x . x x . ."},        {"write_copies", "x . . . . . . ."},
    {"read_jobs", "x x . . x x . ."},          {"read_outbox", "x . . . x . . ."},
    {"read_accounts", "x x x . x x . ."},      {"manage_webhooks", ". . . . x . . ."},
    {"manage_accounts", ". . . . x . . ."},    {"read_audit", ". . . . x x . ."},
    {"manage_settings", ". . . . x . . ."},    {"read_shoots", "x x x . x x . ."},
    {"write_shoots", "x . . . . . . ."},       {"read_leaks", "x x x . x x . ."},
    {"write_leaks", "x x . . . . . ."},        {"read_cases", ". x x . . x . ."},
    {"write_cases", ". x x . . . . ."},        {"review_cases", ". . x . . . . ."},
    {"read_statements", "x x x . x x . ."},    {"write_statements", ". x x . . . . ."},
    {"approve_statements", "x . x . . . . ."}, {"read_screening", ". . x x . x . ."},
    {"write_screening", ". . . x . . . ."},    {"read_filings", ". x x . . x . ."},
    {"write_filings", ". x . . . . . ."},      {"approve_filings", ". . x . . . . ."},
    {"decide_appeals", ". . . . . . x ."},     {"operate_hub", ". . . . . . . x"},
    {"read_bulletins", "x x x x x x x x"},     {"write_bulletins", ". x x x . . . x"},
    {"own_account", "x x x x x x x x"}};

TEST(Permissions, are_those_of_the_matrix_for_every_role) {
  for (std::size_t column = 0; column < std::size(kRoles); ++column) {
    const auto permissions = permissions_of({kRoles[column]});
    for (int i = 0; i <= static_cast<int>(Permission::own_account); ++i) {
      const auto permission = static_cast<Permission>(i);
      const std::string name(permission_name(permission));
      EXPECT_EQ(permissions.contains(permission), kMatrix.at(name)[2 * column] == 'x')
          << role_name(kRoles[column]) << ' ' << name;
    }
  }
  EXPECT_EQ(kMatrix.size(), static_cast<std::size_t>(Permission::own_account) + 1);
}

TEST(Permissions, of_several_roles_are_their_union_and_of_none_nothing) {
  EXPECT_TRUE(permissions_of({}).empty());
  const auto both = permissions_of({Role::administrator, Role::custodian});
  EXPECT_TRUE(both.contains(Permission::manage_accounts));
  EXPECT_TRUE(both.contains(Permission::write_commitments));
}

TEST(Permissions, names_go_both_ways) {
  for (const Role role : kRoles) EXPECT_EQ(parse_role(role_name(role)), role);
  EXPECT_FALSE(parse_role("owner"));
  for (int i = 0; i <= static_cast<int>(Scope::bulletins_write); ++i) {
    const auto scope = static_cast<Scope>(i);
    EXPECT_EQ(parse_scope(scope_name(scope)), scope);
    // "copies:read" is read_copies.
    const std::string name(scope_name(scope));
    const std::size_t colon = name.find(':');
    EXPECT_EQ(permission_name(permission_of(scope)), name.substr(colon + 1) + "_" + name.substr(0, colon));
  }
  EXPECT_FALSE(parse_scope("accounts:write"));
}

TEST(Permissions, no_scope_reaches_accounts_settings_or_the_security_log) {
  for (int i = 0; i <= static_cast<int>(Scope::bulletins_write); ++i)
    for (const Permission kept : {Permission::manage_accounts, Permission::manage_settings, Permission::manage_webhooks,
                                  Permission::read_audit, Permission::own_account})
      EXPECT_NE(permission_of(static_cast<Scope>(i)), kept);
}

}  // namespace
}  // namespace probity::accounts
