// The rows of a table that somebody uploads: CSV text, or the first sheet of an XLSX workbook.
#pragma once

#include <functional>

#include "base/bytes.h"
#include "parties/csv.h"

namespace probity::parties {

// A row is handed over as soon as it is read; an error from the receiver ends the reading.
using RowReceiver = std::function<Result<void>(SheetRow&&)>;

constexpr std::size_t kMostSheetColumns = 100;   // what stands further right is not read
constexpr std::size_t kMostSheetRows = 200'000;  // with the header
constexpr std::size_t kMostSheetBytes = 32 << 20;

// Told apart by their first bytes. CSV may be divided by commas, semicolons or tabs, in UTF-8 or, with a byte-order
// mark, UTF-16. Rows without any text are passed over. Errors: invalid_argument, too_large, unsupported.
Result<void> read_sheet(BytesView file, const RowReceiver& receive);

// XLSX alone. What the archive unpacks to is bounded, whatever it claims.
Result<void> read_xlsx(BytesView file, const RowReceiver& receive);

}  // namespace probity::parties
