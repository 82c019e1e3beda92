#include "accounts/settings.h"

#include <algorithm>
#include <array>
#include <utility>

#include "accounts/account.h"

namespace probity::accounts {
namespace {

bool is_zone(std::string_view zone) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '_' ||
           c == '-' || c == '+';
  };
  return !zone.empty() && zone.size() <= 64 && std::ranges::all_of(zone, fits) && !zone.starts_with('/');
}

// "https://node.example:8443/probity/" -> without the slash at the end.
Result<std::string> tidy_url(std::string_view url) {
  const auto refuse = [] {
    return fail(ErrorCode::invalid_argument, "the public address must look like https://node.example",
                "scheme, host and port; no user name, query or fragment");
  };
  while (url.ends_with('/')) url.remove_suffix(1);
  std::string_view rest = url;
  if (rest.starts_with("https://"))
    rest.remove_prefix(8);
  else if (rest.starts_with("http://"))
    rest.remove_prefix(7);
  else
    return refuse();
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view(".-:/[]_~").find(c) != std::string_view::npos;
  };
  if (rest.empty() || rest.starts_with('/') || url.size() > 300 || !std::ranges::all_of(rest, fits)) return refuse();
  return std::string(url);
}

constexpr std::array<std::pair<SecondFactorDuty, std::string_view>, 3> kDuties{
    {{SecondFactorDuty::nobody, "nobody"},
     {SecondFactorDuty::administrators, "administrators"},
     {SecondFactorDuty::everybody, "everybody"}}};

}  // namespace

std::string_view second_factor_duty_name(SecondFactorDuty duty) {
  return std::ranges::find(kDuties, duty, &std::pair<SecondFactorDuty, std::string_view>::first)->second;
}

std::optional<SecondFactorDuty> parse_second_factor_duty(std::string_view name) {
  for (const auto& [duty, text] : kDuties)
    if (text == name) return duty;
  return std::nullopt;
}

bool has_duty(SecondFactorDuty duty, const Account& account) {
  if (duty == SecondFactorDuty::administrators) return account.roles.contains(Role::administrator);
  return duty == SecondFactorDuty::everybody;
}

Result<Settings> SettingsService::get() {
  TRY_ASSIGN(const auto values, ports_.store.settings());
  const auto value = [&](const char* name, std::string otherwise) {
    const auto found = values.find(name);
    return found == values.end() ? otherwise : found->second;
  };
  return Settings{
      value("organisation", ""),
      value("public_url", default_public_url_),
      value("locale", "en"),
      value("zone", "UTC"),
      value("contact_email", ""),
      parse_second_factor_duty(value("second_factor_duty", "nobody")).value_or(SecondFactorDuty::everybody)};
}

Result<Settings> SettingsService::put(const SettingsUpdate& update) {
  std::map<std::string, std::string> changed;
  if (update.organisation) {
    TRY_ASSIGN(changed["organisation"], tidy_name("the organisation", *update.organisation));
  }
  if (update.public_url) {
    TRY_ASSIGN(changed["public_url"], tidy_url(*update.public_url));
  }
  if (update.locale) {
    TRY_ASSIGN(changed["locale"], checked_locale(*update.locale));
  }
  if (update.zone) {
    if (!is_zone(*update.zone))
      return fail(ErrorCode::invalid_argument, "the time zone must be a name such as Europe/Berlin");
    changed["zone"] = *update.zone;
  }
  if (update.contact_email) {
    changed["contact_email"].clear();
    if (!update.contact_email->empty()) {
      TRY_ASSIGN(changed["contact_email"], tidy_email(*update.contact_email));
    }
  }
  if (update.second_factor_duty) changed["second_factor_duty"] = second_factor_duty_name(*update.second_factor_duty);
  for (const auto& [name, value] : changed) TRY(ports_.store.set_setting(name, value));
  return get();
}

Result<Settings> SettingsService::update(const SettingsUpdate& update, const Caller& caller) {
  Settings after;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const auto account, ports_.store.account(caller.actor.id.value_or(Id{})));
    if (update.second_factor_duty && account && has_duty(*update.second_factor_duty, *account) && !account->has_totp())
      return fail(ErrorCode::conflict, "set up your own second factor first", "it would lock you out otherwise");
    TRY_ASSIGN(const Settings before, get());
    TRY_ASSIGN(after, put(update));
    std::string what;
    const auto note = [&](bool changed, const char* name) {
      if (changed) what += what.empty() ? name : std::string(", ") + name;
    };
    note(before.organisation != after.organisation, "organisation");
    note(before.public_url != after.public_url, "public_url");
    note(before.locale != after.locale, "locale");
    note(before.zone != after.zone, "zone");
    note(before.contact_email != after.contact_email, "contact_email");
    note(before.second_factor_duty != after.second_factor_duty, "second_factor_duty");
    if (what.empty()) return {};
    return ports_.audit.done("settings.changed", caller.actor.name, caller.address, what);
  }));
  return after;
}

}  // namespace probity::accounts
