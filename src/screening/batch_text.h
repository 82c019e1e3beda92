// The bytes of somebody's table as rows, whatever was done to it: nothing is lost, and what is broken is said by line.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace probity::screening {

inline constexpr std::size_t kMostFileBytes = std::size_t{32} << 20;
inline constexpr std::size_t kMostFieldBytes = 4096;  // of a quoted field; one that is longer was never closed

enum class TableKind { csv_utf8, csv_utf16, csv_gb18030, xlsx };
std::string_view kind_name(TableKind kind);

struct TableRow {
  std::size_t line = 0;  // where it begins, counted from 1
  std::vector<std::string> fields;
  bool broken = false;  // a quotation mark out of place: the line stands in one field, as it is
};
// An error from the receiver ends the reading.
using TableReceiver = std::function<Result<void>(TableRow&&)>;

// Told apart by the first bytes; text that is no UTF-8 is read as GB18030 when all of it is. Columns are divided by
// commas, semicolons or tabs. Errors: too_large (32 MB, or what a workbook unpacks to), unsupported, invalid_argument
// when it is no text and no workbook.
Result<TableKind> read_table(BytesView file, const TableReceiver& receive);

// Rows of CSV in UTF-8 (RFC 4180), one after another. Time is linear in the text whatever is in it.
class LooseCsv {
 public:
  LooseCsv(std::string_view text, char delimiter) : text_(text), delimiter_(delimiter) {}
  // False at the end. Blank lines are passed over.
  bool next(TableRow& row);

 private:
  bool read_row(TableRow& row);
  bool read_quoted(std::string& field);
  bool at_end_of_row() const {
    return position_ >= text_.size() || text_[position_] == '\r' || text_[position_] == '\n';
  }
  void end_row();

  std::string_view text_;
  char delimiter_;
  std::size_t position_ = 0;
  std::size_t line_ = 1;
};

}  // namespace probity::screening
