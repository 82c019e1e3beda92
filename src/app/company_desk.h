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

namespace probity::accounts {
class Directory;
}
namespace probity::jobs {
class Queue;
class Runner;
}  // namespace probity::jobs
namespace probity::outbox {
class Sender;
}
namespace probity::screening {
class BatchScreening;
class CompanyScreening;
class WatchService;
}  // namespace probity::screening

namespace probity::app {

struct CompanyDeskPorts {
  std::string workspace_folder;
  store::Database& database;
  alliance::Membership& membership;
  log::LogBook& log_book;
  events::EventLog& events;
  Clock& clock;
  Random& random;
  // Of a running node. Without a queue files of partners are screened by whoever has them (the command line).
  jobs::Queue* jobs = nullptr;
  outbox::Sender* mails = nullptr;
  accounts::Directory* accounts = nullptr;
  std::string public_url = {};
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
  // The work behind files of partners. Before the runner starts; the desk must outlive it.
  virtual void register_jobs(jobs::Runner& runner) = 0;

  virtual screening::CompanyScreening& companies() = 0;
  virtual screening::BatchScreening& batches() = 0;
  virtual screening::WatchService& watches() = 0;
};

}  // namespace probity::app
