// Which logs and witnesses are believed (c2sp.org/tlog-policy), and checkpoints held against it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tlog/checkpoint.h"

namespace probity::tlog {

struct PolicyLog {
  VerifierKey key;
  std::string url;  // may be empty
};

struct PolicyWitness {
  std::string name;  // inside the policy; the key has its own
  VerifierKey key;
  std::string url;
};

// At least `threshold` of the members, which are witnesses or groups.
struct PolicyGroup {
  std::string name;
  std::size_t threshold = 1;
  std::vector<std::string> members;
};

struct Policy {
  std::vector<PolicyLog> logs;
  std::vector<PolicyWitness> witnesses;
  std::vector<PolicyGroup> groups;
  std::string quorum = "none";  // "none", or the name of a witness or group

  // Errors: invalid_argument with the line: unknown words, names or keys used twice or not yet defined, no quorum, more
  // than 64 of anything.
  static Result<Policy> parse(std::string_view text);
  std::string text() const;
  // Whether those witnesses (by their names in the policy) are enough.
  bool satisfied_by(const std::vector<std::string>& names) const;
};

// A checkpoint that the policy accepts.
struct AcceptedCheckpoint {
  Checkpoint checkpoint;
  struct Seen {
    std::string witness;
    std::int64_t time_s = 0;
  };
  std::vector<Seen> seen;  // by every known witness, in the order of the note

  // When a quorum's worth of witnesses had seen it: the answer to backdating. None without witnesses.
  std::optional<std::int64_t> time_s;
};

// Errors: invalid_argument: not signed by a log of the policy, a wrong signature, too few witnesses, extension lines.
Result<AcceptedCheckpoint> accept_checkpoint(std::string_view note, const Policy& policy);

}  // namespace probity::tlog
