#include "accounts/sessions.h"

#include <algorithm>
#include <cstdlib>

#include "accounts/token.h"

namespace probity::accounts {
namespace {

constexpr std::size_t kMostSessions = 20;
constexpr std::size_t kMostAgentBytes = 300;
// Being seen is written down once a minute, not with every request.
constexpr TimeMs kTouchMs = kMinuteMs;
constexpr TimeMs kForgetMs = TimeMs{7} * 24 * 60 * kMinuteMs;

constexpr const char* kSessionPurpose = "session";

// At most so many bytes, without cutting a character in two.
std::string cut(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string(text);
  while (most > 0 && (text[most] & 0xC0) == 0x80) --most;
  return std::string(text.substr(0, most));
}

tl::unexpected<Error> signed_out() { return fail(ErrorCode::unauthenticated, "nobody is signed in", "sign in"); }

}  // namespace

Caller caller_of(const Account& account, const std::string& address) {
  Caller caller;
  caller.actor = {events::Actor::Kind::account, account.id, account.name};
  caller.permissions = permissions_of(account.roles);
  caller.address = address;
  return caller;
}

Result<Opened> Sessions::open(const Account& account, const Visitor& visitor) {
  const TimeMs now = ports_.clock.now_ms();
  Opened opened;
  opened.account = account;
  opened.account.last_seen_ms = now;
  opened.reference = new_token(ports_.random);
  Session& session = opened.session;
  session.id = Id::random(ports_.random);
  session.account = account.id;
  session.reference_hash = token_hash(kSessionPurpose, opened.reference);
  session.csrf_token = new_token(ports_.random);
  session.created_ms = session.last_seen_ms = session.stepped_up_ms = now;
  session.address = cut(visitor.address, kMostAgentBytes);
  session.agent = cut(visitor.agent, kMostAgentBytes);
  TRY_ASSIGN(const auto earlier, ports_.store.sessions(account.id));
  for (std::size_t i = kMostSessions - 1; i < earlier.size(); ++i)
    TRY(ports_.store.remove_session(account.id, earlier[i].id));
  TRY(ports_.store.insert(session));
  TRY(ports_.store.touch_session(session.id, now));
  return opened;
}

Result<Opened> Sessions::renew(const Account& account, Session session) {
  const TimeMs now = ports_.clock.now_ms();
  const std::string reference = new_token(ports_.random);
  session.previous_hash = session.reference_hash;
  session.rotated_ms = now;
  session.reference_hash = token_hash(kSessionPurpose, reference);
  session.stepped_up_ms = session.last_seen_ms = now;
  TRY(ports_.store.update(session));
  return Opened{account, session, reference};
}

Result<SignedIn> Sessions::authenticate(std::string_view reference, const Visitor& visitor) {
  const Hash hash = token_hash(kSessionPurpose, reference);
  TRY_ASSIGN(auto session, ports_.store.session_by_reference(hash));
  const TimeMs now = ports_.clock.now_ms();
  if (!session || !is_alive(*session, now)) return signed_out();
  if (session->reference_hash != hash && !previous_counts(*session, now)) return signed_out();
  TRY_ASSIGN(auto account, ports_.store.account(session->account));
  if (!account || account->state != AccountState::active) return signed_out();

  Caller caller = caller_of(*account, visitor.address);
  caller.session = session->id;
  caller.stepped_up = stepped_up_until_ms(*session, now).has_value();
  if (!account->has_totp()) {
    TRY_ASSIGN(const Settings settings, settings_.get());
    caller.second_factor_due = has_duty(settings.second_factor_duty, *account);
    if (caller.second_factor_due) caller.permissions = {Permission::own_account};
  }
  if (std::abs(now - session->last_seen_ms) >= kTouchMs) {
    TRY(ports_.transactions.write([&] { return ports_.store.touch_session(session->id, now); }));
    session->last_seen_ms = account->last_seen_ms = now;
  }
  return SignedIn{std::move(*account), std::move(*session), std::move(caller)};
}

Result<std::vector<Session>> Sessions::list(const Caller& caller) {
  TRY_ASSIGN(auto sessions, ports_.store.sessions(caller.actor.id.value_or(Id{})));
  const TimeMs now = ports_.clock.now_ms();
  std::erase_if(sessions, [&](const Session& session) { return !is_alive(session, now); });
  return sessions;
}

Result<Session> Sessions::present(const Caller& caller) {
  TRY_ASSIGN(const auto sessions, list(caller));
  for (const Session& session : sessions)
    if (session.id == caller.session) return session;
  return signed_out();
}

Result<void> Sessions::end(const Caller& caller, const Id& session) {
  return ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const bool removed, ports_.store.remove_session(caller.actor.id.value_or(Id{}), session));
    if (!removed) return fail(ErrorCode::not_found, "there is no such session of yours");
    return ports_.audit.done("session.ended", caller.actor.name, caller.address, session.text());
  });
}

Result<void> Sessions::sign_out(const Caller& caller) {
  if (!caller.session) return fail(ErrorCode::forbidden, "an API key has no session to end");
  return end(caller, *caller.session);
}

Result<void> Sessions::drop_other(std::string_view reference, const Id& kept) {
  return ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const auto session, ports_.store.session_by_reference(token_hash(kSessionPurpose, reference)));
    if (session && session->id != kept) TRY(ports_.store.remove_session(session->account, session->id));
    return {};
  });
}

Result<void> Sessions::clean() {
  return ports_.transactions.write(
      [&] { return ports_.store.remove_sessions_seen_before(ports_.clock.now_ms() - kForgetMs); });
}

}  // namespace probity::accounts
