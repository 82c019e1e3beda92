// Companies in a member's node: the list kept up to date, questions, files of partners and watches, with their routes.
#pragma once

#include <memory>
#include <string>

#include "alliance/membership.h"
#include "base/random.h"
#include "events/event.h"
#include "http/routes/guard.h"
#include "log/log_book.h"
#include "store/database.h"

namespace probity::app {

struct CompanyDeskPorts {
  std::string workspace_folder;
  store::Database& database;
  alliance::Membership& membership;
  log::LogBook& log_book;
  events::EventLog& events;
  Clock& clock;
  Random& random;
};

// Thread-safe. Borrows its ports.
class CompanyDesk {
 public:
  // Takes up the list as this node last held it. Errors: storage, corrupt.
  static Result<std::unique_ptr<CompanyDesk>> open(const CompanyDeskPorts& ports);
  virtual ~CompanyDesk() = default;
  virtual void add_routes(http::Router& router, http::routes::Guard& guard) = 0;
  // Takes what has changed from the hub. To be called every second by one thread. Errors: those of the hub.
  virtual Result<void> turn() = 0;
};

}  // namespace probity::app
