// Recomputing the register: the chain itself, and every record against the entry that announced it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "copies/service.h"

namespace probity::copies {

struct AuditProblem {
  std::uint64_t sequence = 0;  // the entry where it shows; 0 for the register as a whole
  std::string message;
};

struct Audit {
  RegisterHead head;  // the last entry that was read
  StoreReader::Counts counts;
  std::vector<AuditProblem> problems;  // at most kMaxAuditProblems of them
  bool ok() const { return problems.empty(); }
};

constexpr std::size_t kMaxAuditProblems = 50;

// Checks entry after entry: numbering, hashes, and that the asset, copy or making it announces still says the same (the
// seed commitments too, which takes the master key). With `known_head`, that this head lies on the chain: nothing
// before it was replaced. Blobs are read through and hashed. One snapshot of the data.
// Errors: storage. Findings are in the Audit.
Result<Audit> audit_register(CopyService& service, const std::optional<RegisterHead>& known_head = std::nullopt);

}  // namespace probity::copies
