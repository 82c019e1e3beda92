// Filings and the ombudsman's desk in a member's node, with what time brings to them.
#pragma once

#include <memory>
#include <string>

#include "alliance/membership.h"
#include "base/random.h"
#include "events/event.h"
#include "http/routes/guard.h"
#include "oprf/identity.h"
#include "store/database.h"

namespace probity::filings {
class CaseBook;
class FilingService;
class OmbudsmanDesk;
class PersonAnswers;
class Store;
}  // namespace probity::filings

namespace probity::app {

struct FilingDeskPorts {
  std::string workspace_folder;
  store::Database& database;
  events::EventLog& events;
  alliance::Membership& membership;
  oprf::Identity identity;  // the member's own: what is sealed to it opens here
  std::string public_url;
  Clock& clock;
  Random& random;
  std::shared_ptr<filings::CaseBook> cases = nullptr;  // none: nothing is filed from a case
};
// Over the node's own cases.
std::shared_ptr<filings::CaseBook> cases_for_filings(store::Database& database);

// Thread-safe. Borrows its ports.
class FilingDesk {
 public:
  // Errors: storage.
  static Result<std::unique_ptr<FilingDesk>> open(const FilingDeskPorts& ports);
  virtual ~FilingDesk() = default;
  virtual void add_routes(http::Router& router, http::routes::Guard& guard) = 0;
  // To be called every second or so by one thread; speaks to the hub only when it is time. Errors: those of the hub.
  virtual Result<void> tick() = 0;

  // For the command line.
  virtual filings::FilingService& filings() = 0;
  virtual filings::OmbudsmanDesk& ombudsman() = 0;
  virtual filings::PersonAnswers& answers() = 0;
  virtual filings::Store& store() = 0;
};

}  // namespace probity::app
