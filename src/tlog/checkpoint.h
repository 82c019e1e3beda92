// Checkpoints (c2sp.org/tlog-checkpoint): what a log signs of its tree.
#pragma once

#include <string>
#include <vector>

#include "tlog/merkle_proof.h"
#include "tlog/note.h"

namespace probity::tlog {

struct Checkpoint {
  std::string origin;
  TreeHead head;
  std::vector<std::string> extensions;  // opaque lines that no monitor audits; ours have none
  bool operator==(const Checkpoint&) const = default;

  std::string text() const;
  // A note's text. Errors: invalid_argument.
  static Result<Checkpoint> parse(std::string_view text);
};

// A checkpoint signed by the log `key`, whose name is its origin. Errors: invalid_argument, also for extension lines,
// which say what nobody checks.
Result<Checkpoint> open_checkpoint(std::string_view note, const VerifierKey& key);

}  // namespace probity::tlog
