#include "accounts/sign_in.h"

#include "accounts/totp.h"

namespace probity::accounts {
namespace {

tl::unexpected<Error> wrong() {
  return fail(ErrorCode::unauthenticated, "the e-mail address or the password is wrong");
}

// What a log may say about a visitor: who the account is, or nothing of what was typed.
std::string named(const std::optional<Account>& account) { return account ? account->email : "unknown"; }

}  // namespace

Result<CodeOutcome> take_code(const Ports& ports, Account& account, const std::string& code) {
  if (looks_like_recovery_code(code)) {
    TRY_ASSIGN(const bool taken, ports.store.take_recovery_code(account.id, recovery_code_hash(account.id, code)));
    return taken ? CodeOutcome::recovery : CodeOutcome::wrong;
  }
  TRY_ASSIGN(const Bytes seed, open_seed(ports.seed_key, account.id, account.totp_seed));
  const auto step = matching_step(seed, code, ports.clock.now_ms(), account.totp_used_step);
  if (!step) return CodeOutcome::wrong;
  account.totp_used_step = *step;
  TRY(ports.store.update(account));
  return CodeOutcome::right;
}

// Password and code. What a wrong one leaves behind (the count, the log entry) stays although the request fails.
Result<Account> SignIn::checked(const std::string& email, const Credentials& credentials, const Visitor& visitor,
                                const char* kind) {
  if (const auto free = ports_.throttle.begin(email, visitor.address); !free) {
    TRY(ports_.audit.refused_sparingly(kind, "unknown", visitor.address, "too many attempts"));
    return tl::unexpected(free.error());
  }
  TRY_ASSIGN(const auto known, ports_.store.account_by_email(email));
  const bool may = known && known->state == AccountState::active;
  const auto fits = ports_.hasher.matches(may ? known->password_hash : "", credentials.password);
  if (!fits) {
    ports_.throttle.forgive(email, visitor.address);
    return tl::unexpected(fits.error());
  }
  if (!may || !*fits) {
    TRY(ports_.audit.refused(kind, named(known), visitor.address, "wrong password or no such account"));
    return wrong();
  }
  if (known->has_totp() && credentials.code.empty()) {
    ports_.throttle.forgive(email, visitor.address);
    return fail(ErrorCode::second_factor_required, "a one-time code is needed",
                "the six digits of your authenticator app, or one of your recovery codes");
  }
  Account account;
  CodeOutcome outcome = CodeOutcome::right;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    // While the password was hashed, the account may have been disabled or the password changed.
    TRY_ASSIGN(auto fresh, ports_.store.account(known->id));
    if (!fresh || fresh->state != AccountState::active || fresh->password_hash != known->password_hash) return wrong();
    account = std::move(*fresh);
    if (account.has_totp()) {
      TRY_ASSIGN(outcome, take_code(ports_, account, credentials.code));
    }
    if (outcome == CodeOutcome::wrong) return ports_.audit.refused(kind, account.email, visitor.address, "wrong code");
    if (outcome == CodeOutcome::recovery) TRY(ports_.audit.done("recovery_code.used", account.email, visitor.address));
    return {};
  }));
  if (outcome == CodeOutcome::wrong)
    return fail(ErrorCode::unauthenticated, "the one-time code is wrong or was used already", "wait for the next one");
  ports_.throttle.succeeded(email, visitor.address);
  return account;
}

Result<Opened> SignIn::sign_in(const Credentials& credentials, const Visitor& visitor) {
  // An address that cannot be one is nobody's: it takes the same way, so that it takes the same time.
  const std::string email = tidy_email(credentials.email).value_or(credentials.email);
  TRY_ASSIGN(Account account, checked(email, credentials, visitor, "session.started"));
  std::string better_hash;
  if (ports_.hasher.is_outdated(account.password_hash)) {
    TRY_ASSIGN(better_hash, ports_.hasher.hash(credentials.password));
  }
  Opened opened;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(auto fresh, ports_.store.account(account.id));
    if (!fresh || fresh->state != AccountState::active || fresh->password_hash != account.password_hash) return wrong();
    if (!better_hash.empty()) {
      fresh->password_hash = better_hash;
      TRY(ports_.store.update(*fresh));
    }
    TRY_ASSIGN(opened, sessions_.open(*fresh, visitor));
    return ports_.audit.done("session.started", fresh->email, visitor.address);
  }));
  return opened;
}

Result<Opened> SignIn::step_up(const Caller& caller, const std::string& password, const std::string& code) {
  if (!caller.session) return fail(ErrorCode::forbidden, "an API key cannot prove presence");
  TRY_ASSIGN(const auto before, ports_.store.account(caller.actor.id.value_or(Id{})));
  if (!before) return fail(ErrorCode::unauthenticated, "nobody is signed in");
  TRY_ASSIGN(const Account account,
             checked(before->email, {before->email, password, code}, {caller.address, ""}, "presence.proved"));
  Opened opened;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const auto sessions, ports_.store.sessions(account.id));
    for (const Session& session : sessions) {
      if (session.id != *caller.session) continue;
      TRY_ASSIGN(opened, sessions_.renew(account, session));
      return ports_.audit.done("presence.proved", account.email, caller.address);
    }
    return fail(ErrorCode::unauthenticated, "you were signed out");
  }));
  return opened;
}

int SignIn::retry_after_s(const std::string& email, const std::string& address) {
  return ports_.throttle.retry_after_s(tidy_email(email).value_or(email), address);
}

}  // namespace probity::accounts
