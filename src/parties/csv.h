// Comma-separated files (RFC 4180), row by row.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace probity::parties {

// A row of a table, of whatever kind of file.
struct SheetRow {
  std::size_t line = 0;  // where it begins, counted from 1
  std::vector<std::string> fields;
};

// Splits text into rows of fields, RFC 4180 section 2; a lone LF ends a row too, and a blank line is no row. Borrows
// the text.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text, char delimiter = ',') : text_(text), delimiter_(delimiter) {}

  // The next row, or nothing at the end. Errors: invalid_argument for misplaced or unclosed quotes.
  Result<std::optional<SheetRow>> next();

 private:
  Result<void> read_row(SheetRow& row);
  Result<void> read_plain(std::string& field);
  Result<void> read_quoted(std::string& field);
  bool at(char character) const { return position_ < text_.size() && text_[position_] == character; }

  std::string_view text_;
  char delimiter_;
  std::size_t position_ = 0;
  std::size_t line_ = 1;
};

// Errors: invalid_argument naming the first line that is not UTF-8.
Result<void> check_utf8(std::string_view text);

}  // namespace probity::parties
