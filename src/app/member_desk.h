// A member of an alliance in a node: there when the workspace has a member's key, with a clockwork of its own.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "alliance/enterprise_list.h"
#include "alliance/membership.h"
#include "base/random.h"
#include "base/secret.h"
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

namespace probity::app {

// The purpose of a workspace's key from which MemberDeskPorts::node_secret is made.
inline constexpr const char* kMemberSecret = "alliance member";

struct MemberDeskPorts {
  std::string workspace_folder;
  store::Database& database;
  log::LogBook& log_book;
  events::EventLog& events;
  SecretKey node_secret;  // of this use alone: pseudonyms and keyed hashes of what is not to be kept
  Clock& clock;
  Random& random;
  std::function<void(const std::string&)> remark;  // trouble that stops nothing, in words without secrets
  // Of companies: files of partners are screened by jobs, and whoever watches is told by mail.
  jobs::Queue* jobs = nullptr;
  jobs::Runner* runner = nullptr;  // not started yet
  outbox::Sender* mails = nullptr;
  accounts::Directory* accounts = nullptr;
  std::string public_url = {};
};

// Running from open() on; the destructor stops its clockwork. Borrows its ports. A hub that does not answer stops
// nothing: whoever asks is told.
class MemberDesk {
 public:
  // Nothing for a workspace that is no member's. Errors: those of MemberFolder.
  static Result<std::unique_ptr<MemberDesk>> open(const MemberDeskPorts& ports);
  virtual ~MemberDesk() = default;

  virtual alliance::Membership& membership() = 0;
  // The list of companies as this node holds it. Errors: unavailable before it has one.
  virtual Result<alliance::HeldEnterprises> enterprises() = 0;
  virtual void add_routes(http::Router& router, http::routes::Guard& guard) = 0;
};

}  // namespace probity::app
