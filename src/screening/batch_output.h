// The result of a file of partners as a file: CSV or XLSX, in either language; no cell of it is ever run as a formula.
#pragma once

#include <memory>
#include <string>

#include "base/bytes.h"
#include "screening/batch.h"

namespace probity::screening {

// A cell that a spreadsheet would take for a formula ('=', '+', '-', '@', tab or carriage return in front, also behind
// blanks and in full width) gets an apostrophe in front, as OWASP advises; what else stands there stays.
std::string harmless_cell(std::string_view text);

// Row by row, so that a long result need not stand in memory twice.
class ResultWriter {
 public:
  virtual ~ResultWriter() = default;
  virtual void add(const PartnerRow& row) = 0;
  // The file. Errors: storage (out of memory).
  virtual Result<std::string> finish() = 0;
};

enum class ResultLanguage { en, zh };
std::unique_ptr<ResultWriter> csv_result(ResultLanguage language);   // UTF-8 with a mark, CRLF
std::unique_ptr<ResultWriter> xlsx_result(ResultLanguage language);  // text cells only

}  // namespace probity::screening
