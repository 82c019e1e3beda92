// A key with which a program calls the API: "pbk_<id>_<secret>", of which the secret's hash is kept.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "accounts/permissions.h"
#include "base/clock.h"
#include "base/hash.h"

namespace probity::accounts {

inline constexpr TimeMs kLongestKeyMs = TimeMs{366} * 24 * 60 * 60'000;

struct ApiKey {
  Id id;
  Id account;  // who made it: a key may never do more than this account may today
  std::string name;
  std::set<Scope> scopes;
  Hash secret_hash{};
  TimeMs created_ms = 0;
  TimeMs expires_ms = 0;
  TimeMs last_used_ms = 0;  // 0: never
  bool revoked = false;

  std::string prefix() const { return "pbk_" + id.text().substr(0, 8); }
  bool operator==(const ApiKey&) const = default;
};

struct KeyText {
  Id id;
  std::string secret;
};
std::string key_text(const KeyText& key);
// Nothing for what is not of that form.
std::optional<KeyText> parse_key_text(std::string_view text);

}  // namespace probity::accounts
