// Recipients from a CSV file (RFC 4180), read as a whole before anything is done with it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parties/recipient.h"

namespace probity::parties {

struct CsvProblem {
  std::size_t line = 0;  // counted from 1, the header is line 1
  std::string message;
};

struct CsvDuplicate {
  std::size_t line = 0;
  std::size_t first_line = 0;  // where the same name and outlet stood before
};

// What a file would import. Usable only when `problems` is empty: nothing is ever half imported.
struct RecipientList {
  std::vector<RecipientDetails> recipients;  // in file order, without duplicates
  std::vector<CsvProblem> problems;
  std::vector<CsvDuplicate> duplicates;
  std::vector<std::string> ignored_columns;
};

// Reads a header row with `name`, `outlet` and maybe `email` (or 姓名, 机构, 邮箱) in any order, then one recipient a
// row. Quoted fields, CRLF or LF, an optional byte-order mark; other columns are ignored and listed. Errors:
// invalid_argument when the file as a whole cannot be read (not UTF-8, no such header, an unclosed quote, more than
// kMaxCsvBytes). Trouble with single rows goes to `problems`.
Result<RecipientList> read_recipients_csv(std::string_view file);

constexpr std::size_t kMaxCsvBytes = std::size_t{256} << 20;

}  // namespace probity::parties
