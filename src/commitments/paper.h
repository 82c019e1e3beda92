// Commitments signed on paper: what is recorded of them, and in which words.
#pragma once

#include "commitments/service.h"

namespace probity::commitments {

// The stored record, already in state in_force, with a frozen text that says what paper it stands for. The scope is all
// of the project. Errors: not_found, conflict (archived; another live commitment), invalid_argument (terms).
Result<Commitment> draft_paper(const Desk& desk, const PaperCommitment& paper, const std::string& scan_name,
                               const Hash& scan);

}  // namespace probity::commitments
