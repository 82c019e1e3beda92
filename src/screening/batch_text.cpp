#include "screening/batch_text.h"

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>

#include "parties/sheet.h"
#include "parties/text.h"

namespace probity::screening {
namespace {

constexpr std::string_view kZip = "PK\x03\x04";
constexpr std::string_view kOldOffice = "\xD0\xCF\x11\xE0";
constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kUtf16Little = "\xFF\xFE";
constexpr std::string_view kUtf16Big = "\xFE\xFF";
constexpr std::size_t kMostColumns = 100;

tl::unexpected<Error> no_table() {
  return fail(ErrorCode::invalid_argument, "this is no table: neither a workbook nor text in UTF-8 or GB18030",
              "save it as XLSX, or as CSV UTF-8");
}

// The text in UTF-8; nothing when a single byte does not fit.
std::optional<std::string> converted(std::string_view bytes, const char* encoding) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, void (*)(UConverter*)> converter(ucnv_open(encoding, &status), ucnv_close);
  if (U_FAILURE(status)) return std::nullopt;
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  const icu::UnicodeString text(bytes.data(), static_cast<std::int32_t>(bytes.size()), converter.get(), status);
  if (U_FAILURE(status) || text.isBogus()) return std::nullopt;
  std::string utf8;
  text.toUTF8String(utf8);
  // Binary files are often "right" GB18030; their control characters give them away.
  const bool is_binary = std::ranges::any_of(
      utf8, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r'; });
  return is_binary ? std::nullopt : std::optional(std::move(utf8));
}

// The one of ",;\t" that stands most often in the first line, outside of quotes.
char delimiter_of(std::string_view text) {
  std::size_t counts[3] = {};
  bool quoted = false;
  for (const char character : text.substr(0, kMostFieldBytes * 4)) {
    if (character == '\n' && !quoted) break;
    if (character == '"') quoted = !quoted;
    const std::size_t index = std::string_view(",;\t").find(character);
    if (!quoted && index != std::string_view::npos) ++counts[index];
  }
  return ",;\t"[std::max_element(counts, counts + 3) - counts];
}

Result<void> read_csv(std::string_view text, const TableReceiver& receive) {
  LooseCsv csv(text, delimiter_of(text));
  TableRow row;
  while (csv.next(row)) {
    if (row.fields.size() > kMostColumns) row.fields.resize(kMostColumns);
    TRY(receive(std::move(row)));
    row = {};
  }
  return {};
}

}  // namespace

std::string_view kind_name(TableKind kind) {
  constexpr std::string_view kNames[] = {"CSV UTF-8", "CSV UTF-16", "CSV GB18030", "XLSX"};
  return kNames[static_cast<std::size_t>(kind)];
}

bool LooseCsv::read_quoted(std::string& field) {
  ++position_;
  while (position_ < text_.size() && field.size() <= kMostFieldBytes) {
    const char character = text_[position_++];
    if (character == '\n') ++line_;
    if (character != '"') {
      field += character;
    } else if (position_ < text_.size() && text_[position_] == '"') {
      field += '"';
      ++position_;
    } else {
      return at_end_of_row() || text_[position_] == delimiter_;
    }
  }
  return false;
}

void LooseCsv::end_row() {
  if (position_ < text_.size() && text_[position_] == '\r') ++position_;
  if (position_ < text_.size() && text_[position_] == '\n') ++position_;
  ++line_;
}

bool LooseCsv::read_row(TableRow& row) {
  while (true) {
    std::string field;
    if (position_ < text_.size() && text_[position_] == '"') {
      if (!read_quoted(field)) return false;
    } else {
      while (!at_end_of_row() && text_[position_] != delimiter_) field += text_[position_++];
      if (field.find('"') != std::string::npos) return false;
    }
    row.fields.push_back(std::move(field));
    if (position_ >= text_.size() || text_[position_] != delimiter_) break;
    ++position_;
  }
  end_row();
  return true;
}

bool LooseCsv::next(TableRow& row) {
  while (position_ < text_.size()) {
    const std::size_t start = position_, line = line_;
    row = {line, {}, false};
    if (!read_row(row)) {
      // Only this line is doubtful: the next one begins where it ends.
      position_ = start;
      line_ = line;
      row = {line, {}, true};
      const std::size_t end = std::min(text_.find_first_of("\r\n", start), text_.size());
      row.fields.emplace_back(text_.substr(start, std::min(end - start, kMostFieldBytes)));
      position_ = end;
      end_row();
    }
    const bool has_text = std::ranges::any_of(row.fields, [](const std::string& field) { return !field.empty(); });
    if (has_text) return true;
  }
  return false;
}

Result<TableKind> read_table(BytesView file, const TableReceiver& receive) {
  if (file.size() > kMostFileBytes)
    return fail(ErrorCode::too_large, "the file is larger than 32 MB", "divide it into several files");
  std::string_view text = as_text(file);
  if (text.starts_with(kZip)) {
    TRY(parties::read_xlsx(file, [&](parties::SheetRow&& row) {
      return receive(TableRow{row.line, std::move(row.fields), false});
    }));
    return TableKind::xlsx;
  }
  if (text.starts_with(kOldOffice))
    return fail(ErrorCode::unsupported, "this is a workbook in the old XLS format, or one with a password",
                "save it as XLSX without a password, or as CSV UTF-8");
  if (text.starts_with(kUtf16Little) || text.starts_with(kUtf16Big)) {
    const auto utf8 = converted(text.substr(2), text.starts_with(kUtf16Little) ? "UTF-16LE" : "UTF-16BE");
    if (!utf8) return no_table();
    TRY(read_csv(*utf8, receive));
    return TableKind::csv_utf16;
  }
  if (text.starts_with(kUtf8Mark)) text.remove_prefix(kUtf8Mark.size());
  if (parties::is_utf8(text)) {
    TRY(read_csv(text, receive));
    return TableKind::csv_utf8;
  }
  const auto utf8 = converted(text, "GB18030");
  if (!utf8) return no_table();
  TRY(read_csv(*utf8, receive));
  return TableKind::csv_gb18030;
}

}  // namespace probity::screening
