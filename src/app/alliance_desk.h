// The alliance's hub in a node: there when the workspace has a hub's key, with a clockwork of its own.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "alliance/hub.h"
#include "bulletins/hub_caller.h"
#include "http/routes/guard.h"
#include "outbox/transport.h"
#include "store/database.h"

namespace probity::app {

// What a hub keeps in its workspace, under alliance/: hub.key (secret), ombudsman (a member's id), keys/<epoch>.json
// (the directories of key-holders in use).
class HubFolder {
 public:
  explicit HubFolder(const std::string& workspace_folder) : folder_(workspace_folder + "/alliance") {}
  bool exists() const;
  // Errors: already_exists, storage.
  Result<oprf::PublicIdentity> init(Random& random) const;
  // Errors: not_found, corrupt, forbidden when others may read it.
  Result<oprf::Identity> identity() const;
  Result<void> set_ombudsman(const Id& member) const;
  Result<std::optional<Id>> ombudsman() const;
  // Replaces that of an earlier generation. Errors: conflict, storage.
  Result<void> save_keys(const alliance::KeyDirectory& directory) const;
  Result<std::vector<alliance::KeyDirectory>> keys() const;
  // The days that are no working days. Errors: invalid_argument, storage.
  Result<alliance::Holidays> holidays() const;
  Result<void> save_holidays(const alliance::Holidays& holidays) const;
  // Changes whenever keys, holidays or the ombudsman are saved.
  std::string state() const;
  const std::string& path() const { return folder_; }

 private:
  std::string folder_;
};

struct AllianceDeskPorts {
  std::string workspace_folder;
  store::Database& database;
  log::LogBook& log_book;
  std::optional<outbox::SmtpOptions> mail;
  std::string public_url;
  Clock& clock;
  Random& random;
  std::function<void(const std::string&)> remark;
};

// Running from open() on; the destructor stops its clockwork. Borrows its ports.
class AllianceDesk {
 public:
  // Nothing for a workspace that is no hub. Errors: those of HubFolder and Hub::use_keys.
  static Result<std::unique_ptr<AllianceDesk>> open(const AllianceDeskPorts& ports);
  virtual ~AllianceDesk() = default;
  // How the hub's own staff speak to its board. Borrows the desk.
  virtual std::unique_ptr<bulletins::HubCaller> board_caller() = 0;
  virtual void add_routes(http::Router& router, http::routes::Guard& guard) = 0;
};

}  // namespace probity::app
