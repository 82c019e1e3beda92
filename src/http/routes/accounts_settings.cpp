// Routes of the organisation's settings and the security log.
#include <nlohmann/json.hpp>

#include "accounts/json.h"
#include "http/routes/accounts_parts.h"

namespace probity::http::routes {
namespace {

using accounts::Caller;
using accounts::Permission;
using nlohmann::json;

Response settings_response(const AccountParts& parts, const accounts::Settings& settings) {
  const NodeFacts facts = parts.facts();
  json form = accounts::settings_to_json(settings);
  form["smtp_configured"] = facts.smtp_configured;
  form["seal_subject"] = facts.seal_subject;
  form["seal_fingerprint"] = facts.seal_fingerprint;
  return json_response(200, form);
}

Response get_settings(const AccountParts& parts, const Request& request, const Caller&) {
  const auto settings = parts.service.settings.get();
  if (!settings) return problem(settings.error(), request.id);
  return settings_response(parts, *settings);
}

Response update_settings(const AccountParts& parts, const Request& request, const Caller& caller) {
  auto fields = JsonFields::parse(request);
  if (!fields) return problem(fields.error(), request.id);
  accounts::SettingsUpdate update;
  update.organisation = fields->optional_text("organisation", kLine);
  update.public_url = fields->optional_text("public_url", {1, 300});
  update.locale = fields->optional_text("locale", {1, 10});
  update.zone = fields->optional_text("zone", {1, 64});
  update.contact_email = fields->optional_text("contact_email", {0, 254});
  if (const auto duty = fields->optional_text("second_factor_duty", {1, 40})) {
    update.second_factor_duty = accounts::parse_second_factor_duty(*duty);
    if (!update.second_factor_duty)
      fields->complain("second_factor_duty", "must be nobody, administrators or everybody");
  }
  if (!fields->done()) return fields->problem(request.id);
  const auto settings = parts.service.settings.update(update, caller);
  if (!settings) return problem(settings.error(), request.id);
  return settings_response(parts, *settings);
}

Response list_audit(const AccountParts& parts, const Request& request, const Caller&) {
  const auto query = list_query(request);
  if (!query) return problem(query.error(), request.id);
  const auto listed = parts.service.audit.list(*query);
  if (!listed) return problem(listed.error(), request.id);
  json items = json::array();
  for (const auto& entry : listed->items) items.push_back(accounts::audit_entry_to_json(entry));
  return json_response(200, {{"items", items}, {"total", listed->total}});
}

}  // namespace

void add_settings_routes(Router& router, const AccountParts& parts) {
  const auto staff = [&](Permission permission, Method method, const char* pattern, auto verb,
                         GuardOptions options = {}) {
    router.add(method, pattern,
               parts.guard.staff(
                   permission,
                   [parts, verb](const Request& request, const Caller& caller) { return verb(parts, request, caller); },
                   options));
  };
  // Every role sees the settings: pages show the organisation's name and zone. None of them is a secret.
  staff(Permission::read_projects, Method::get, "/api/v1/settings", get_settings);
  staff(Permission::manage_settings, Method::patch, "/api/v1/settings", update_settings, {true});
  staff(Permission::read_audit, Method::get, "/api/v1/audit", list_audit);
}

}  // namespace probity::http::routes
