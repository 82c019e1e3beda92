// The node's seal: its key and certificate, made when a document first needs them, or given by the operator.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "accounts/settings.h"
#include "app/config.h"
#include "base/clock.h"
#include "seal/sealer.h"

namespace probity::app {

// keys/seal.key and keys/seal.crt in the workspace, unless [seal] in probity.toml names others. Thread-safe.
class NodeSeal {
 public:
  NodeSeal(std::string workspace_folder, const Config::Seal& config, accounts::SettingsService& settings, Clock& clock)
      : folder_(std::move(workspace_folder)), config_(config), settings_(settings), clock_(clock) {}

  // Errors: those of seal::Sealer::seal; not_found and corrupt for key files that are not usable; storage.
  Result<Bytes> seal(BytesView pdf, const std::string& reason, TimeMs time_ms);
  // Nothing before the first document, when the node makes its own certificate.
  Result<std::optional<seal::Certificate>> certificate();

 private:
  Result<std::shared_ptr<const seal::Sealer>> sealer(bool make);
  Result<seal::SealKey> load_or_make(bool make);

  std::string folder_;
  Config::Seal config_;
  accounts::SettingsService& settings_;
  Clock& clock_;
  std::mutex mutex_;
  std::shared_ptr<const seal::Sealer> sealer_;
};

}  // namespace probity::app
