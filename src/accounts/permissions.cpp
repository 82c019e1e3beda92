#include "accounts/permissions.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace probity::accounts {
namespace {

constexpr std::array<std::pair<Role, std::string_view>, 8> kRoles{{{Role::custodian, "custodian"},
                                                                   {Role::investigator, "investigator"},
                                                                   {Role::reviewer, "reviewer"},
                                                                   {Role::screener, "screener"},
                                                                   {Role::administrator, "administrator"},
                                                                   {Role::auditor, "auditor"},
                                                                   {Role::ombudsman, "ombudsman"},
                                                                   {Role::hub_operator, "operator"}}};

struct ScopeRow {
  Scope scope;
  std::string_view name;
  Permission permission;
};
constexpr std::array<ScopeRow, 23> kScopes{{
    {Scope::projects_read, "projects:read", Permission::read_projects},
    {Scope::projects_write, "projects:write", Permission::write_projects},
    {Scope::parties_read, "parties:read", Permission::read_parties},
    {Scope::parties_write, "parties:write", Permission::write_parties},
    {Scope::commitments_read, "commitments:read", Permission::read_commitments},
    {Scope::commitments_write, "commitments:write", Permission::write_commitments},
    {Scope::copies_read, "copies:read", Permission::read_copies},
    {Scope::copies_write, "copies:write", Permission::write_copies},
    {Scope::jobs_read, "jobs:read", Permission::read_jobs},
    {Scope::outbox_read, "outbox:read", Permission::read_outbox},
    {Scope::accounts_read, "accounts:read", Permission::read_accounts},
    {Scope::shoots_read, "shoots:read", Permission::read_shoots},
    {Scope::shoots_write, "shoots:write", Permission::write_shoots},
    {Scope::leaks_read, "leaks:read", Permission::read_leaks},
    {Scope::leaks_write, "leaks:write", Permission::write_leaks},
    {Scope::cases_read, "cases:read", Permission::read_cases},
    {Scope::cases_write, "cases:write", Permission::write_cases},
    {Scope::statements_read, "statements:read", Permission::read_statements},
    {Scope::statements_write, "statements:write", Permission::write_statements},
    {Scope::screening_read, "screening:read", Permission::read_screening},
    {Scope::screening_write, "screening:write", Permission::write_screening},
    {Scope::bulletins_read, "bulletins:read", Permission::read_bulletins},
    {Scope::bulletins_write, "bulletins:write", Permission::write_bulletins},
}};

struct PermissionRow {
  Permission permission;
  std::string_view name;
  std::vector<Role> roles;
};

// The whole of the access rules. Two things are kept apart on purpose: an investigator works with copy numbers and may
// not look up whose copy it is (the name takes a second person), and an administrator keeps the house without being
// able to promise or hand out anything in the organisation's name.
const std::vector<PermissionRow>& table() {
  using enum Role;
  static const std::vector<Role> everyone{custodian,     investigator, reviewer,  screener,
                                          administrator, auditor,      ombudsman, hub_operator};
  static const std::vector<PermissionRow> rows{
      {Permission::read_projects, "read_projects", everyone},
      {Permission::write_projects, "write_projects", {custodian, administrator}},
      {Permission::read_parties, "read_parties", {custodian, investigator, reviewer, administrator, auditor}},
      {Permission::write_parties, "write_parties", {custodian, administrator}},
      {Permission::read_commitments, "read_commitments", {custodian, investigator, reviewer, administrator, auditor}},
      {Permission::write_commitments, "write_commitments", {custodian}},
      {Permission::read_copies, "read_copies", {custodian, reviewer, administrator, auditor}},
      {Permission::write_copies, "write_copies", {custodian}},
      {Permission::read_jobs, "read_jobs", {custodian, investigator, administrator, auditor}},
      {Permission::read_outbox, "read_outbox", {custodian, administrator}},
      {Permission::read_accounts, "read_accounts", {custodian, investigator, reviewer, administrator, auditor}},
      {Permission::manage_webhooks, "manage_webhooks", {administrator}},
      {Permission::manage_accounts, "manage_accounts", {administrator}},
      {Permission::read_audit, "read_audit", {administrator, auditor}},
      {Permission::manage_settings, "manage_settings", {administrator}},
      {Permission::read_shoots, "read_shoots", {custodian, investigator, reviewer, administrator, auditor}},
      {Permission::write_shoots, "write_shoots", {custodian}},
      {Permission::read_leaks, "read_leaks", {custodian, investigator, reviewer, administrator, auditor}},
      {Permission::write_leaks, "write_leaks", {custodian, investigator}},
      {Permission::read_cases, "read_cases", {investigator, reviewer, auditor}},
      {Permission::write_cases, "write_cases", {investigator, reviewer}},
      {Permission::review_cases, "review_cases", {reviewer}},
      {Permission::read_statements, "read_statements", {custodian, investigator, reviewer, administrator, auditor}},
      {Permission::write_statements, "write_statements", {investigator, reviewer}},
      {Permission::approve_statements, "approve_statements", {reviewer, custodian}},
      {Permission::read_screening, "read_screening", {screener, reviewer, auditor}},
      {Permission::write_screening, "write_screening", {screener}},
      {Permission::read_filings, "read_filings", {investigator, reviewer, auditor}},
      {Permission::write_filings, "write_filings", {investigator}},
      {Permission::approve_filings, "approve_filings", {reviewer}},
      {Permission::decide_appeals, "decide_appeals", {ombudsman}},
      {Permission::operate_hub, "operate_hub", {hub_operator}},
      {Permission::read_bulletins, "read_bulletins", everyone},
      {Permission::write_bulletins, "write_bulletins", {screener, investigator, reviewer, hub_operator}},
      {Permission::own_account, "own_account", everyone},
  };
  return rows;
}

}  // namespace

std::string_view role_name(Role role) {
  return std::ranges::find(kRoles, role, &std::pair<Role, std::string_view>::first)->second;
}

std::optional<Role> parse_role(std::string_view name) {
  for (const auto& [role, text] : kRoles)
    if (text == name) return role;
  return std::nullopt;
}

std::string_view scope_name(Scope scope) { return std::ranges::find(kScopes, scope, &ScopeRow::scope)->name; }

std::optional<Scope> parse_scope(std::string_view name) {
  for (const auto& row : kScopes)
    if (row.name == name) return row.scope;
  return std::nullopt;
}

std::string_view permission_name(Permission permission) {
  return std::ranges::find(table(), permission, &PermissionRow::permission)->name;
}

std::set<Permission> permissions_of(const std::set<Role>& roles) {
  std::set<Permission> permissions;
  for (const auto& row : table())
    if (std::ranges::any_of(row.roles, [&](Role role) { return roles.contains(role); }))
      permissions.insert(row.permission);
  return permissions;
}

Permission permission_of(Scope scope) { return std::ranges::find(kScopes, scope, &ScopeRow::scope)->permission; }

}  // namespace probity::accounts
