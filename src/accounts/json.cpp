#include "accounts/json.h"

#include <nlohmann/json.hpp>

namespace probity::accounts {
namespace {

using nlohmann::json;

json time_or_null(TimeMs time_ms) { return time_ms == 0 ? json(nullptr) : json(to_rfc3339(time_ms)); }

}  // namespace

json account_to_json(const Account& account) {
  json roles = json::array();
  for (const Role role : account.roles) roles.push_back(role_name(role));
  return {{"id", account.id.text()},
          {"email", account.email},
          {"name", account.name},
          {"roles", roles},
          {"state", account_state_name(account.state)},
          {"locale", account.locale},
          {"has_totp", account.has_totp()},
          {"created_at", to_rfc3339(account.created_ms)},
          {"last_seen_at", time_or_null(account.last_seen_ms)}};
}

json session_to_json(const Account& account, const Session& session, const Settings& settings, TimeMs now_ms) {
  const auto stepped_up = stepped_up_until_ms(session, now_ms);
  return {{"account", account_to_json(account)},
          {"organisation", settings.organisation},
          {"zone", settings.zone},
          {"csrf_token", session.csrf_token},
          {"expires_at", to_rfc3339(ends_at_ms(session))},
          {"step_up_until", stepped_up ? json(to_rfc3339(*stepped_up)) : json(nullptr)},
          {"second_factor_due", !account.has_totp() && has_duty(settings.second_factor_duty, account)}};
}

json session_row_to_json(const Session& session, bool current) {
  return {{"id", session.id.text()},
          {"created_at", to_rfc3339(session.created_ms)},
          {"last_seen_at", to_rfc3339(session.last_seen_ms)},
          {"address", session.address},
          {"agent", session.agent},
          {"current", current}};
}

json api_key_to_json(const ApiKey& key) {
  json scopes = json::array();
  for (const Scope scope : key.scopes) scopes.push_back(scope_name(scope));
  return {{"id", key.id.text()},
          {"name", key.name},
          {"prefix", key.prefix()},
          {"scopes", scopes},
          {"created_at", to_rfc3339(key.created_ms)},
          {"expires_at", to_rfc3339(key.expires_ms)},
          {"last_used_at", time_or_null(key.last_used_ms)},
          {"revoked", key.revoked}};
}

json audit_entry_to_json(const AuditEntry& entry) {
  return {{"id", entry.id},        {"time", to_rfc3339(entry.time_ms)}, {"kind", entry.kind},
          {"actor", entry.actor},  {"address", entry.address},          {"outcome", outcome_name(entry.done)},
          {"detail", entry.detail}};
}

json settings_to_json(const Settings& settings) {
  json form{{"organisation", settings.organisation},
            {"public_url", settings.public_url},
            {"locale", settings.locale},
            {"zone", settings.zone},
            {"second_factor_duty", second_factor_duty_name(settings.second_factor_duty)}};
  if (!settings.contact_email.empty()) form["contact_email"] = settings.contact_email;
  return form;
}

}  // namespace probity::accounts
