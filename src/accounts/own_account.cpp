#include "accounts/own_account.h"

#include <array>

#include "accounts/qr.h"
#include "accounts/totp.h"

namespace probity::accounts {
namespace {

// Wrong codes while enrolling are counted apart from sign-in: whoever makes them is signed in already.
std::string enrolment_of(const Account& account) { return "enrolment " + account.email; }

}  // namespace

Result<Account> OwnAccount::get(const Caller& caller) {
  TRY_ASSIGN(auto account, ports_.store.account(caller.actor.id.value_or(Id{})));
  if (!caller.session || !account || account->state != AccountState::active)
    return fail(ErrorCode::unauthenticated, "nobody is signed in", "sign in");
  return std::move(*account);
}

Result<Account> OwnAccount::update(const Caller& caller, const std::optional<std::string>& name,
                                   const std::optional<std::string>& locale) {
  Account account;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(account, get(caller));
    const Account before = account;
    if (name) {
      TRY_ASSIGN(account.name, tidy_name("the name", *name));
    }
    if (locale) {
      TRY_ASSIGN(account.locale, checked_locale(*locale));
    }
    if (account == before) return {};
    TRY(ports_.store.update(account));
    if (account.name == before.name) return {};
    return ports_.audit.done("account.changed", account.email, caller.address,
                             "name " + before.name + " -> " + account.name);
  }));
  return account;
}

Result<void> OwnAccount::change_password(const Caller& caller, const std::string& current, const std::string& wanted) {
  TRY_ASSIGN(const Account account, get(caller));
  TRY_ASSIGN(const Settings settings, settings_.get());
  const std::array own_words{account.email, account.name, settings.organisation};
  TRY(check_password(wanted, own_words));
  if (wanted == current)
    return fail(ErrorCode::invalid_argument, "the new password is the current one", "choose another");
  TRY(ports_.throttle.begin(account.email, caller.address));
  const auto fits = ports_.hasher.matches(account.password_hash, current);
  if (!fits) {
    ports_.throttle.forgive(account.email, caller.address);
    return tl::unexpected(fits.error());
  }
  if (!*fits) {
    TRY(ports_.audit.refused("password.changed", account.email, caller.address, "wrong password"));
    // Not "unauthenticated": the session is fine, and a page would take that for its end.
    return fail(ErrorCode::invalid_argument, "the current password is wrong");
  }
  ports_.throttle.succeeded(account.email, caller.address);
  TRY_ASSIGN(const std::string password_hash, ports_.hasher.hash(wanted));
  return ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(Account fresh, get(caller));
    if (fresh.password_hash != account.password_hash)
      return fail(ErrorCode::conflict, "the password was changed from elsewhere at the same time");
    fresh.password_hash = password_hash;
    TRY(ports_.store.update(fresh));
    TRY(ports_.store.remove_sessions(fresh.id, caller.session));
    return ports_.audit.done("password.changed", fresh.email, caller.address);
  });
}

Result<TotpEnrolment> OwnAccount::begin_totp(const Caller& caller) {
  const Bytes seed = new_totp_seed(ports_.random);
  TRY_ASSIGN(const Settings settings, settings_.get());
  const std::string issuer = settings.organisation.empty() ? "Probity" : settings.organisation + " (Probity)";
  std::string uri;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(Account account, get(caller));
    account.totp_new_seed = seal_seed(ports_.seed_key, account.id, seed, ports_.random);
    uri = totp_uri(seed, issuer, account.email);
    return ports_.store.update(account);
  }));
  TRY_ASSIGN(std::string picture, qr_svg(uri));
  return TotpEnrolment{to_base32(seed), uri, std::move(picture)};
}

Result<std::vector<std::string>> OwnAccount::confirm_totp(const Caller& caller, const std::string& code) {
  TRY_ASSIGN(const Account before, get(caller));
  if (before.totp_new_seed.empty())
    return fail(ErrorCode::conflict, "no second factor was begun", "scan a new QR code first");
  TRY(ports_.throttle.begin(enrolment_of(before), caller.address));
  std::vector<std::string> codes;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(Account account, get(caller));
    if (account.totp_new_seed != before.totp_new_seed)
      return fail(ErrorCode::conflict, "another second factor was begun meanwhile", "scan the newest QR code");
    TRY_ASSIGN(const Bytes seed, open_seed(ports_.seed_key, account.id, account.totp_new_seed));
    const auto step = matching_step(seed, code, ports_.clock.now_ms(), 0);
    if (!step)
      return fail(ErrorCode::invalid_argument, "the code is wrong",
                  "check the clock of the telephone, and take the newest code");
    account.totp_seed = account.totp_new_seed;
    account.totp_new_seed.clear();
    account.totp_used_step = *step;
    std::vector<Hash> hashes;
    for (int i = 0; i < kRecoveryCodes; ++i) {
      codes.push_back(new_recovery_code(ports_.random));
      hashes.push_back(recovery_code_hash(account.id, codes.back()));
    }
    TRY(ports_.store.update(account));
    TRY(ports_.store.set_recovery_codes(account.id, hashes));
    TRY(ports_.store.remove_sessions(account.id, caller.session));
    return ports_.audit.done("second_factor.added", account.email, caller.address);
  }));
  ports_.throttle.succeeded(enrolment_of(before), caller.address);
  return codes;
}

Result<void> OwnAccount::remove_totp(const Caller& caller) {
  return ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(Account account, get(caller));
    if (!account.has_totp()) return fail(ErrorCode::conflict, "there is no second factor to remove");
    TRY_ASSIGN(const Settings settings, settings_.get());
    if (has_duty(settings.second_factor_duty, account))
      return fail(ErrorCode::conflict, "your account needs a second factor here", "replace it instead");
    account.totp_seed.clear();
    account.totp_new_seed.clear();
    TRY(ports_.store.update(account));
    TRY(ports_.store.set_recovery_codes(account.id, {}));
    TRY(ports_.store.remove_sessions(account.id, caller.session));
    return ports_.audit.done("second_factor.removed", account.email, caller.address);
  });
}

}  // namespace probity::accounts
