#include "parties/sheet.h"

#include <unicode/unistr.h>

#include <algorithm>

namespace probity::parties {
namespace {

constexpr std::string_view kZip = "PK\x03\x04";
constexpr std::string_view kOldOffice = "\xD0\xCF\x11\xE0";
constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kUtf16Little = "\xFF\xFE";
constexpr std::string_view kUtf16Big = "\xFE\xFF";

std::string from_utf16(std::string_view bytes, bool little) {
  icu::UnicodeString text;
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    const auto first = static_cast<unsigned char>(bytes[i]), second = static_cast<unsigned char>(bytes[i + 1]);
    text.append(static_cast<char16_t>(little ? first | second << 8 : first << 8 | second));
  }
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8;
}

// The one of ",;\t" that stands most often in the first line, outside of quotes.
char delimiter_of(std::string_view text) {
  std::size_t counts[3] = {};
  bool quoted = false;
  for (const char character : text) {
    if (character == '\n' && !quoted) break;
    if (character == '"') quoted = !quoted;
    const std::size_t index = std::string_view(",;\t").find(character);
    if (!quoted && index != std::string_view::npos) ++counts[index];
  }
  return ",;\t"[std::max_element(counts, counts + 3) - counts];
}

Result<void> read_csv(std::string_view text, const RowReceiver& receive) {
  TRY(check_utf8(text));
  CsvReader reader(text, delimiter_of(text));
  for (std::size_t rows = 0;; ++rows) {
    TRY_ASSIGN(std::optional<SheetRow> row, reader.next());
    if (!row) return {};
    if (rows >= kMostSheetRows)
      return fail(ErrorCode::too_large, "the file has more than 200,000 rows", "divide it into several files");
    if (row->fields.size() > kMostSheetColumns) row->fields.resize(kMostSheetColumns);
    TRY(receive(std::move(*row)));
  }
}

}  // namespace

Result<void> read_sheet(BytesView file, const RowReceiver& receive) {
  if (file.size() > kMostSheetBytes)
    return fail(ErrorCode::too_large, "the file is larger than 32 MB", "divide it into several files");
  std::string_view text = as_text(file);
  if (text.starts_with(kZip)) return read_xlsx(file, receive);
  if (text.starts_with(kOldOffice))
    return fail(ErrorCode::unsupported, "this is a workbook in the old XLS format, or one with a password",
                "save it as XLSX without a password, or as CSV UTF-8");
  if (text.starts_with(kUtf16Little) || text.starts_with(kUtf16Big))
    return read_csv(from_utf16(text.substr(2), text.starts_with(kUtf16Little)), receive);
  if (text.starts_with(kUtf8Mark)) text.remove_prefix(kUtf8Mark.size());
  return read_csv(text, receive);
}

}  // namespace probity::parties
