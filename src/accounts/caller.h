// Who makes a request: a signed-in account or an API key, and what they may do.
#pragma once

#include <set>
#include <string>

#include "base/id.h"
#include "events/event.h"

namespace probity::accounts {

enum class Role { custodian, investigator, reviewer, screener, administrator, auditor };

// What a verb asks for. The table of roles and scopes per permission is in permissions.cpp.
enum class Permission {
  read_projects,   // every role; scope projects:read
  write_projects,  // custodian, administrator; projects:write
  read_parties,
  write_parties,
  read_commitments,
  write_commitments,  // custodian
  read_copies,
  write_copies,  // custodian
  read_jobs,
  read_outbox,      // custodian, administrator
  manage_webhooks,  // administrator
  manage_accounts,  // administrator
  read_audit,       // administrator, auditor
  manage_settings,  // administrator
  own_account,      // whoever is signed in; never an API key
};

struct Caller {
  events::Actor actor;  // kind account or api_key
  std::set<Permission> permissions;
  std::string address;  // where the request came from
  bool stepped_up = false;
  bool may(Permission permission) const { return permissions.contains(permission); }
};

}  // namespace probity::accounts
