// The services of accounts as one object, in the order in which they stand on each other.
#pragma once

#include <string>

#include "accounts/api_keys.h"
#include "accounts/directory.h"
#include "accounts/own_account.h"
#include "accounts/sessions.h"
#include "accounts/settings.h"
#include "accounts/sign_in.h"

namespace probity::accounts {

// What comes from outside; references outlive the service.
struct Outside {
  Store& store;
  Transactions& transactions;
  Clock& clock;
  Random& random;
  outbox::Sender& mail;
  PasswordHasher& hasher;
  SecretKey seed_key;              // seals the seeds of second factors: derived from the workspace's key
  std::string default_public_url;  // until the settings name one
  ThrottleOptions throttle = {};
};

// Thread-safe. Not movable: its parts refer to each other.
class AccountService {
 public:
  explicit AccountService(const Outside& outside)
      : throttle(outside.clock, outside.throttle),
        audit(outside.store, outside.clock),
        ports{outside.store,   outside.transactions, outside.clock, outside.random,
              outside.mail,    outside.hasher,       throttle,      audit,
              outside.seed_key},
        settings(ports, outside.default_public_url),
        sessions(ports, settings),
        sign_in(ports, sessions),
        directory(ports, sessions, settings),
        own(ports, settings),
        keys(ports) {}
  AccountService(const AccountService&) = delete;
  AccountService& operator=(const AccountService&) = delete;

  Throttle throttle;
  AuditLog audit;

 private:
  const Ports ports;

 public:
  SettingsService settings;
  Sessions sessions;
  SignIn sign_in;
  Directory directory;
  OwnAccount own;
  ApiKeys keys;
};

}  // namespace probity::accounts
