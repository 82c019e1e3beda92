#include "accounts/api_keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "accounts/token.h"
#include "base/encoding.h"

namespace probity::accounts {
namespace {

constexpr const char* kKeyPurpose = "api key";

std::string scope_list(const std::set<Scope>& scopes) {
  std::string text;
  for (const Scope scope : scopes) text += (text.empty() ? "" : ", ") + std::string(scope_name(scope));
  return text;
}

}  // namespace

Result<NewApiKey> ApiKeys::create(const std::string& name, const std::set<Scope>& scopes, TimeMs expires_ms,
                                  const Caller& caller) {
  const TimeMs now = ports_.clock.now_ms();
  NewApiKey made;
  TRY_ASSIGN(made.key.name, tidy_name("the name", name));
  if (scopes.empty()) return fail(ErrorCode::invalid_argument, "a key needs at least one scope");
  if (expires_ms <= now || expires_ms > now + kLongestKeyMs)
    return fail(ErrorCode::invalid_argument, "a key must end within a year from now");
  for (const Scope scope : scopes)
    if (!caller.may(permission_of(scope)))
      return fail(ErrorCode::forbidden, fmt::format("your own roles do not include {}", scope_name(scope)),
                  "a key may not do more than its maker");
  const std::string secret = new_token(ports_.random);
  made.key.id = Id::random(ports_.random);
  made.key.account = caller.actor.id.value_or(Id{});
  made.key.scopes = scopes;
  made.key.secret_hash = token_hash(kKeyPurpose, secret);
  made.key.created_ms = now;
  made.key.expires_ms = expires_ms;
  made.secret = key_text({made.key.id, secret});
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY(ports_.store.insert(made.key));
    return ports_.audit.done("api_key.created", caller.actor.name, caller.address,
                             made.key.prefix() + " " + made.key.name + ": " + scope_list(scopes));
  }));
  return made;
}

Result<std::vector<ApiKey>> ApiKeys::list() { return ports_.store.api_keys(); }

Result<void> ApiKeys::revoke(const Id& id, const Caller& caller) {
  return ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const bool revoked, ports_.store.revoke_api_key(id));
    if (!revoked) return fail(ErrorCode::not_found, "there is no such key");
    return ports_.audit.done("api_key.revoked", caller.actor.name, caller.address, "pbk_" + id.text().substr(0, 8));
  });
}

Result<Caller> ApiKeys::authenticate(std::string_view text, const std::string& address) {
  const auto refused = [] { return fail(ErrorCode::unauthenticated, "this API key is not valid", "make a new one"); };
  const auto parsed = parse_key_text(text);
  if (!parsed) return refused();
  TRY_ASSIGN(const auto key, ports_.store.api_key(parsed->id));
  const Hash hash = token_hash(kKeyPurpose, parsed->secret);
  const Hash kept = key ? key->secret_hash : Hash{};
  if (!equal_in_constant_time(as_text(hash), as_text(kept)) || !key) return refused();
  const TimeMs now = ports_.clock.now_ms();
  TRY_ASSIGN(const auto maker, ports_.store.account(key->account));
  const char* why = key->revoked                                     ? "revoked"
                    : now >= key->expires_ms                         ? "expired"
                    : !maker || maker->state != AccountState::active ? "its maker's account is not active"
                                                                     : nullptr;
  if (why != nullptr) {
    TRY(ports_.audit.refused_sparingly("api_key.used", key->prefix(), address, why));
    return refused();
  }
  Caller caller;
  caller.actor = {events::Actor::Kind::api_key, key->id, key->name};
  caller.address = address;
  const auto possible = permissions_of(maker->roles);
  for (const Scope scope : key->scopes)
    if (possible.contains(permission_of(scope))) caller.permissions.insert(permission_of(scope));
  if (std::abs(now - key->last_used_ms) >= kMinuteMs)
    TRY(ports_.transactions.write([&] { return ports_.store.touch_api_key(key->id, now); }));
  return caller;
}

}  // namespace probity::accounts
