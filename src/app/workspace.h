// A workspace on disk: workspace.json, keys/master.key, probity.db, blobs/ and a lock; and the services over it.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/workspace_lock.h"
#include "base/clock.h"
#include "base/random.h"
#include "copies/deliveries.h"
#include "copies/service.h"
#include "store/commitments_store.h"
#include "store/delivery_store.h"
#include "store/file_blob_store.h"
#include "store/log_book_store.h"
#include "store/sql_store.h"

namespace probity::app {

// Owns everything that is open. Not movable: services hold references into it.
class Workspace {
 public:
  // Makes a new workspace in `folder`, which must not exist or be empty. workspace.json is written last: a folder
  // without it is no workspace. Errors: already_exists, storage.
  static Result<void> init(const std::string& folder);

  // `given`, else $PROBITY_WORKSPACE, else the nearest folder with a workspace.json from the current one upwards.
  // Errors: not_found.
  static Result<std::string> find(const std::optional<std::string>& given);

  // Errors: not_found; wrong_workspace when key, database and workspace.json were not made together; unsupported when a
  // newer program made it; corrupt; storage.
  static Result<std::unique_ptr<Workspace>> open(const std::string& folder);

  copies::CopyService& copies() { return copies_; }
  store::FileBlobStore& blobs() { return *blobs_; }
  const std::string& folder() const { return folder_; }
  const Id& id() const { return id_; }
  commitments::Store& commitments() { return commitments_; }
  store::Database& database() { return *database_; }
  // A key for one use, derived from the workspace's key.
  SecretKey derived_key(std::string_view purpose) const;
  Clock& clock() { return clock_; }
  Random& random() { return random_; }

  // For verbs that change anything. Removes what killed writers left behind in the blob folder.
  Result<WorkspaceLock> lock_for_writing(const WorkspaceLock::Options& options);

 private:
  Workspace(std::string folder, const Id& id, const SecretKey& master, std::unique_ptr<store::Database> database,
            std::unique_ptr<store::FileBlobStore> blobs);

  std::string folder_;
  Id id_;
  SecretKey master_;
  SystemClock clock_;
  SystemRandom random_;
  std::unique_ptr<store::Database> database_;
  store::SqlStore store_;
  std::unique_ptr<store::FileBlobStore> blobs_;
  store::CommitmentsStore commitments_;
  store::DeliveryStore deliveries_;
  store::SqlLogBook log_entries_;
  copies::DeliveryGate gate_;  // over the two stores: on the command line as on the pages
  copies::CopyService copies_;
};

// The account that runs this process, for the register's makings.
std::string operator_name();

}  // namespace probity::app
