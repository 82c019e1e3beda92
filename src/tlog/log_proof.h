// Proofs that stand by themselves (c2sp.org/tlog-proof): an entry's place, its path to the root, and the checkpoint.
#pragma once

#include <optional>
#include <string>

#include "tlog/policy.h"

namespace probity::tlog {

struct LogProof {
  std::optional<Bytes> extra;  // of the application, not authenticated
  std::uint64_t index = 0;
  HashPath path;
  std::string checkpoint;  // a signed note
  bool operator==(const LogProof&) const = default;

  // What a .tlog-proof file holds.
  std::string text() const;
  // Errors: invalid_argument for anything that text() does not give back.
  static Result<LogProof> parse(std::string_view text);
};

// That `entry` is in a log that the policy believes. Errors: invalid_argument with what does not hold.
Result<AcceptedCheckpoint> verify_log_proof(const LogProof& proof, BytesView entry, const Policy& policy);

}  // namespace probity::tlog
