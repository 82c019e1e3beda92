// A commitment in a line or two, as lists and verbs print it.
#pragma once

#include "cli/terminal.h"
#include "commitments/service.h"

namespace probity::cli {

void describe_commitment(Terminal& terminal, const commitments::CommitmentView& view);

}  // namespace probity::cli
