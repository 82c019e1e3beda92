// Which roles may do what, and which scopes of an API key.
#pragma once

#include <optional>
#include <set>
#include <string_view>

#include "accounts/caller.h"

namespace probity::accounts {

enum class Scope {
  projects_read,
  projects_write,
  parties_read,
  parties_write,
  commitments_read,
  commitments_write,
  copies_read,
  copies_write,
  jobs_read,
  outbox_read,
  accounts_read,
  shoots_read,
  shoots_write,
  leaks_read,
  leaks_write,
  cases_read,
  cases_write,
  statements_read,
  statements_write,
  screening_read,
  screening_write,
  bulletins_read,
  bulletins_write,
};

// The names of the API: "custodian", "projects:read".
std::string_view role_name(Role role);
std::optional<Role> parse_role(std::string_view name);
std::string_view scope_name(Scope scope);
std::optional<Scope> parse_scope(std::string_view name);
std::string_view permission_name(Permission permission);

// The union of what the roles may do. Empty roles may do nothing, not even see themselves.
std::set<Permission> permissions_of(const std::set<Role>& roles);
Permission permission_of(Scope scope);

}  // namespace probity::accounts
