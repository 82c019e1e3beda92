// Bulletins and training in a node: the staff's routes, drafts, and the mails that time brings. On every node; one that
// is in no alliance answers so.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "accounts/directory.h"
#include "alliance/enterprise_list.h"
#include "alliance/membership.h"
#include "base/random.h"
#include "bulletins/hub_caller.h"
#include "http/routes/guard.h"
#include "outbox/message.h"
#include "store/database.h"

namespace probity::app {

// A member's way to the board. Borrows the membership.
std::unique_ptr<bulletins::HubCaller> caller_of(alliance::Membership& membership);

struct BulletinDeskPorts {
  std::string workspace_folder;
  std::string public_url;
  store::Database& database;
  accounts::Directory& accounts;
  outbox::Sender& outbox;
  Clock& clock;
  Random& random;
  std::function<void(const std::string&)> remark;
  // Of a member's node.
  bool keep_received = false;  // what the hub says stays readable when it does not answer
  // The list of companies as this node holds it: drafts are checked against it while they are written.
  std::function<Result<alliance::HeldEnterprises>()> enterprises = {};
};

// Running from open() on; the destructor stops its clockwork. Borrows its ports.
class BulletinDesk {
 public:
  // `hub`: none in a node that is in no alliance. Errors: storage.
  static Result<std::unique_ptr<BulletinDesk>> open(const BulletinDeskPorts& ports,
                                                    std::unique_ptr<bulletins::HubCaller> hub);
  virtual ~BulletinDesk() = default;
  virtual void add_routes(http::Router& router, http::routes::Guard& guard) = 0;
};

}  // namespace probity::app
