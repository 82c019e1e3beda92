#include "parties/recipient_csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>

#include "parties/csv.h"
#include "parties/text.h"

namespace probity::parties {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

struct Columns {
  static constexpr std::size_t kAbsent = static_cast<std::size_t>(-1);
  std::size_t name = kAbsent, outlet = kAbsent, email = kAbsent;
  std::size_t count = 0;
};

std::string field_of(const SheetRow& row, std::size_t column) {
  return column < row.fields.size() ? row.fields[column] : std::string();
}

Result<Columns> read_header(const SheetRow& row, std::vector<std::string>& ignored) {
  Columns columns;
  columns.count = row.fields.size();
  for (std::size_t i = 0; i < row.fields.size(); ++i) {
    TRY_ASSIGN(const std::string title, tidy_line("header row", row.fields[i], kMaxNameCharacters));
    const std::string folded = fold_for_lookup(title);
    std::size_t* column = folded == "name" || folded == "姓名"     ? &columns.name
                          : folded == "outlet" || folded == "机构" ? &columns.outlet
                          : folded == "email" || folded == "邮箱"  ? &columns.email
                                                                   : nullptr;
    if (column == nullptr) {
      ignored.push_back(title);
      continue;
    }
    if (*column != Columns::kAbsent)
      return fail(ErrorCode::invalid_argument, fmt::format("the header row has two columns called {}", title));
    *column = i;
  }
  if (columns.name == Columns::kAbsent || columns.outlet == Columns::kAbsent)
    return fail(ErrorCode::invalid_argument, "the first line of the file must have the columns name and outlet",
                "start the file with the line: name,outlet,email (with commas between, not semicolons)");
  return columns;
}

void add_row(const SheetRow& row, const Columns& columns, std::unordered_map<std::string, std::size_t>& seen,
             RecipientList& list) {
  if (row.fields.size() != columns.count) {
    list.problems.push_back(
        {row.line, fmt::format("{} fields where the header has {}", row.fields.size(), columns.count)});
    return;
  }
  auto details = RecipientDetails::create(field_of(row, columns.name), field_of(row, columns.outlet),
                                          field_of(row, columns.email));
  if (!details) {
    list.problems.push_back({row.line, details.error().message});
    return;
  }
  const auto [place, is_new] = seen.emplace(details->lookup_key(), row.line);
  if (is_new)
    list.recipients.push_back(std::move(*details));
  else
    list.duplicates.push_back({row.line, place->second});
}

}  // namespace

Result<RecipientList> read_recipients_csv(std::string_view file) {
  if (file.size() > kMaxCsvBytes)
    return fail(ErrorCode::too_large, "the file of recipients is larger than 256 MB", "divide it");
  if (file.substr(0, kByteOrderMark.size()) == kByteOrderMark) file.remove_prefix(kByteOrderMark.size());
  TRY(check_utf8(file));

  RecipientList list;
  CsvReader reader(file);
  TRY_ASSIGN(const std::optional<SheetRow> header, reader.next());
  if (!header) return fail(ErrorCode::invalid_argument, "the file of recipients is empty");
  TRY_ASSIGN(const Columns columns, read_header(*header, list.ignored_columns));

  std::unordered_map<std::string, std::size_t> seen;
  while (true) {
    TRY_ASSIGN(const std::optional<SheetRow> row, reader.next());
    if (!row) break;
    add_row(*row, columns, seen, list);
  }
  return list;
}

}  // namespace probity::parties
