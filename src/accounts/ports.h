// What the services of accounts stand on.
#pragma once

#include "accounts/audit.h"
#include "accounts/password.h"
#include "accounts/store.h"
#include "accounts/throttle.h"
#include "base/clock.h"
#include "base/random.h"
#include "base/secret.h"
#include "base/transactions.h"
#include "outbox/message.h"

namespace probity::accounts {

// References outlive the services.
struct Ports {
  Store& store;
  Transactions& transactions;
  Clock& clock;
  Random& random;
  outbox::Sender& mail;
  PasswordHasher& hasher;
  Throttle& throttle;
  AuditLog& audit;
  SecretKey seed_key;  // seals the seeds of second factors
};

}  // namespace probity::accounts
