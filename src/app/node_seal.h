// The node's seal: its key and certificate, made when a document first needs them, or given by the operator.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "accounts/settings.h"
#include "app/config.h"
#include "app/timestamps.h"
#include "base/clock.h"
#include "seal/asic.h"
#include "seal/check.h"
#include "seal/sealer.h"

namespace probity::app {

// The authorities of probity.toml. Errors: invalid_argument (an address); not_found, corrupt (a file of roots).
Result<std::unique_ptr<Timestamps>> open_timestamps(const std::vector<Config::Timestamp>& config, Clock& clock,
                                                    Random& random);

// keys/seal.key and keys/seal.crt in the workspace, unless [seal] in probity.toml names others. Thread-safe.
class NodeSeal {
 public:
  NodeSeal(std::string workspace_folder, const Config::Seal& config, Timestamps& timestamps,
           accounts::SettingsService& settings, Clock& clock)
      : folder_(std::move(workspace_folder)),
        config_(config),
        timestamps_(timestamps),
        settings_(settings),
        clock_(clock) {}

  // PAdES B-T when an authority is configured, else B-B. A document counts as sealed once its time is attested: while
  // no authority answers this is `unavailable`, and the job that asks tries again (jobs::kPatientAttempts); nothing is
  // lost. Errors: also those of seal::Sealer::seal; not_found and corrupt for key files that are not usable; storage.
  Result<Bytes> seal(BytesView pdf, const std::string& reason, TimeMs time_ms);
  // An authority's token for a digest, as seal::build_container() asks for it; empty when no authority is configured.
  seal::StampDigest stamper();
  // The node's own key, made when there is none.
  Result<std::shared_ptr<const seal::Sealer>> sealer() { return sealer(true); }
  // What a check of the node's own documents relies on: its certificate, and the authorities' roots.
  Result<seal::CheckOptions> check_options();
  // Nothing before the first document, when the node makes its own certificate.
  Result<std::optional<seal::Certificate>> certificate();

 private:
  Result<std::shared_ptr<const seal::Sealer>> sealer(bool make);
  Result<seal::SealKey> load_or_make(bool make);

  std::string folder_;
  Config::Seal config_;
  Timestamps& timestamps_;
  accounts::SettingsService& settings_;
  Clock& clock_;
  std::mutex mutex_;
  std::shared_ptr<const seal::Sealer> sealer_;
};

}  // namespace probity::app
