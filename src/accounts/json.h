// The JSON forms of accounts, sessions, keys, settings and the security log.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "accounts/service.h"

namespace probity::accounts {

nlohmann::json account_to_json(const Account& account);
// What a page needs to know of its own session. `now_ms` decides whether presence counts as proved.
nlohmann::json session_to_json(const Account& account, const Session& session, const Settings& settings, TimeMs now_ms);
nlohmann::json session_row_to_json(const Session& session, bool current);
nlohmann::json api_key_to_json(const ApiKey& key);
nlohmann::json audit_entry_to_json(const AuditEntry& entry);
nlohmann::json settings_to_json(const Settings& settings);

}  // namespace probity::accounts
