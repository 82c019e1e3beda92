// Tables that people upload: any bytes, as a file or as the parts of a workbook, give bounded rows or an error.
#include <cstdlib>
#include <string>

#include "parties/sheet.h"
#include "support/workbook.h"

namespace {

void read(probity::BytesView file) {
  static_cast<void>(probity::parties::read_sheet(file, [](probity::parties::SheetRow&& row) -> probity::Result<void> {
    if (row.fields.size() > probity::parties::kMostSheetColumns) std::abort();
    return {};
  }));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  read({data, size});
  const std::string text(reinterpret_cast<const char*>(data), size);
  const std::size_t middle = text.find('\n');
  read(probity::test::zip_of({{"xl/worksheets/sheet1.xml", text.substr(0, middle)},
                              {"xl/sharedStrings.xml", middle == std::string::npos ? "" : text.substr(middle)}}));
  return 0;
}
