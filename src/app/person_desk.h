// Screening of people in a member's node: questions, hits, audits of consent, and what the hub tells of changes.
#pragma once

#include <memory>

#include "alliance/membership.h"
#include "alliance/ports.h"
#include "base/random.h"
#include "base/secret.h"
#include "events/event.h"
#include "http/routes/guard.h"
#include "log/log_book.h"
#include "store/database.h"

namespace probity::screening {
class HitService;
class PersonScreening;
}  // namespace probity::screening

namespace probity::app {

struct PersonDeskPorts {
  store::Database& database;
  alliance::Membership& membership;
  log::LogBook& log_book;
  events::EventLog& events;
  SecretKey secret;  // of the node: what recognises a person again is made with it
  Clock& clock;
  Random& random;
};

// Thread-safe. Borrows its ports.
class PersonDesk {
 public:
  static std::unique_ptr<PersonDesk> make(const PersonDeskPorts& ports);
  virtual ~PersonDesk() = default;

  virtual screening::PersonScreening& people() = 0;
  virtual screening::HitService& hits() = 0;
  virtual void add_routes(http::Router& router, http::routes::Guard& guard) = 0;
  // A change in a bucket that this node fetched; durable when it returns. May come again.
  virtual Result<void> take_notice(const alliance::ChangeNotice& notice) = 0;
  // What time brings; speaks to the hub now and then. By one thread.
  virtual Result<void> turn() = 0;
};

}  // namespace probity::app
