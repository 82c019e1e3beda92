// The alliance's board in a hub's node: bulletins, joint cases, training events, with their pictures and records.
#pragma once

#include <memory>
#include <string>

#include "alliance/enterprise_publisher.h"
#include "alliance/member_call.h"
#include "base/random.h"
#include "bulletins/hub_caller.h"
#include "http/router.h"
#include "log/log_book.h"
#include "store/database.h"

namespace probity::app {

struct HubBoardPorts {
  std::string folder;  // of the hub, in its workspace
  std::string name;    // in exports
  oprf::PublicIdentity identity;
  store::Database& database;
  alliance::HubStore& hub;
  alliance::EnterprisePublisher& enterprises;
  alliance::CallGate& gate;
  log::LogBook& log_book;
  Clock& clock;
  Random& random;
};

// Thread-safe. Borrows its ports.
class HubBoard {
 public:
  // Errors: storage.
  static Result<std::unique_ptr<HubBoard>> open(const HubBoardPorts& ports);
  virtual ~HubBoard() = default;
  virtual void add_routes(http::Router& router) = 0;
  // How the hub's own staff speak to it. Borrows the board.
  virtual std::unique_ptr<bulletins::HubCaller> own_caller() = 0;
  // Ends what is over. Called every second or so.
  virtual Result<void> tick() = 0;
};

}  // namespace probity::app
