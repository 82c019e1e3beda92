// The request of c2sp.org/tlog-witness: a log asks a witness to cosign its checkpoint, and proves that it only grew.
#pragma once

#include <string>

#include "tlog/checkpoint.h"

namespace probity::tlog {

inline constexpr std::size_t kMostWitnessProofHashes = 63;

struct AddCheckpoint {
  std::uint64_t old_size = 0;
  HashPath proof;
  std::string checkpoint;  // a signed note

  std::string text() const;
  // The checkpoint is not looked into. Errors: invalid_argument.
  static Result<AddCheckpoint> parse(std::string_view body);
};

}  // namespace probity::tlog
