// Who makes a request: a signed-in account or an API key, and what they may do.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "base/id.h"
#include "events/event.h"

namespace probity::accounts {

enum class Role {
  custodian,
  investigator,
  reviewer,
  screener,
  administrator,
  auditor,
  ombudsman,     // of the alliance; on the ombudsman's own node
  hub_operator,  // keeps the alliance's hub; on the hub only
};

// What a verb asks for. The table of roles and scopes per permission is in permissions.cpp.
enum class Permission {
  read_projects,
  write_projects,
  read_parties,
  write_parties,
  read_commitments,
  write_commitments,
  read_copies,  // tells which copy is whose
  write_copies,
  read_jobs,
  read_outbox,
  read_accounts,
  manage_webhooks,
  manage_accounts,
  read_audit,
  manage_settings,
  read_shoots,
  write_shoots,
  read_leaks,  // evidence and verdicts; names stay masked until a reviewer agrees
  write_leaks,
  read_cases,
  write_cases,
  review_cases,  // the second person: unmasking, decisions
  read_statements,
  write_statements,
  approve_statements,
  read_screening,  // questions to the alliance, hits and watches
  write_screening,
  read_filings,  // the organisation's own listings
  write_filings,
  approve_filings,  // the second person
  decide_appeals,   // the ombudsman's desk
  operate_hub,      // members, quotas, keys and alarms
  read_bulletins,
  write_bulletins,
  own_account,  // whoever is signed in; never an API key
};

struct Caller {
  events::Actor actor;  // kind account or api_key
  std::set<Permission> permissions;
  std::string address;  // where the request came from
  bool stepped_up = false;
  std::optional<Id> session;       // none for an API key
  bool second_factor_due = false;  // has to enrol one first; may do nothing else
  bool may(Permission permission) const { return permissions.contains(permission); }
};

}  // namespace probity::accounts
