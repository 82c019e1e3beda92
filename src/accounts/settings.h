// Settings of the organisation: the record, and changing it.
#pragma once

#include <optional>
#include <string>

#include "accounts/ports.h"

namespace probity::accounts {

// Who has to have a second factor. Whoever lacks one may sign in and enrol it, and nothing else.
enum class SecondFactorDuty { nobody, administrators, everybody };
std::string_view second_factor_duty_name(SecondFactorDuty duty);
std::optional<SecondFactorDuty> parse_second_factor_duty(std::string_view name);
bool has_duty(SecondFactorDuty duty, const Account& account);

struct Settings {
  std::string organisation;
  std::string public_url;  // as recipients reach this node, without a slash at the end
  std::string locale = "en";
  std::string zone = "UTC";
  std::string contact_email;  // may be empty
  SecondFactorDuty second_factor_duty = SecondFactorDuty::nobody;
  bool operator==(const Settings&) const = default;
};

struct SettingsUpdate {
  std::optional<std::string> organisation, public_url, locale, zone, contact_email;
  std::optional<SecondFactorDuty> second_factor_duty;
};

// Thread-safe.
class SettingsService {
 public:
  // `default_public_url` stands as long as none was set.
  SettingsService(const Ports& ports, std::string default_public_url)
      : ports_(ports), default_public_url_(std::move(default_public_url)) {}
  // Errors: storage.
  Result<Settings> get();
  // Errors: invalid_argument; conflict when second factors become a duty and the caller has none.
  Result<Settings> update(const SettingsUpdate& update, const Caller& caller);
  // For the first run and for samples: joins the transaction, writes no entry into the security log.
  Result<Settings> put(const SettingsUpdate& update);

 private:
  const Ports& ports_;
  const std::string default_public_url_;
};

}  // namespace probity::accounts
