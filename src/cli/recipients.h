// Recipients as commands are given them: by name, and in files.
#pragma once

#include "cli/terminal.h"
#include "parties/recipient_csv.h"

namespace probity::cli {

// The named ones, then those of the file, which is described first: ignored columns, doubles, rows that cannot be used.
// Errors: invalid_argument when there is none or a row cannot be used; those of reading the file.
Result<std::vector<parties::RecipientDetails>> gather_recipients(Terminal& terminal,
                                                                 const std::vector<std::string>& named,
                                                                 const std::optional<std::string>& csv_file);

}  // namespace probity::cli
