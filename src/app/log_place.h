// Where a workspace keeps its transparency log: the folder, the key, the guard, and whom the log asks to cosign.
#pragma once

#include <optional>
#include <string>

#include "app/config.h"
#include "base/id.h"
#include "base/random.h"
#include "tlog/policy.h"

namespace probity::app {

// log/ holds the public files, keys/log.key the signing key, keys/log.checkpoint the last signed checkpoint unless
// [log] guard names another file (outside of what backups of the workspace hold).
class LogPlace {
 public:
  LogPlace(std::string workspace_folder, Config::Log config)
      : folder_(std::move(workspace_folder)), config_(std::move(config)) {}

  std::string files_folder() const;
  std::string guard_file() const;
  // Nothing before the log was founded. Errors: corrupt, storage; invalid_argument when [log] origin is another one.
  Result<std::optional<tlog::SigningKey>> key() const;
  // The key, made when there is none. Its name, the log's origin, stays for ever: [log] origin, else of the public
  // URL, else of the workspace. Errors: those of key(); corrupt when there is a log without its key.
  Result<tlog::SigningKey> found(const std::string& public_url, const Id& workspace, Random& random) const;
  // The log's key, the configured witnesses and the quorum: what a verifier needs. Errors: invalid_argument with what
  // is wrong in the configuration; not_found before the log was founded; those of key().
  Result<tlog::Policy> policy() const;

 private:
  std::string key_file() const;

  std::string folder_;
  Config::Log config_;
};

}  // namespace probity::app
