#include "parties/recipient_csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>

#include "parties/text.h"

namespace probity::parties {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

struct Row {
  std::size_t line = 0;
  std::vector<std::string> fields;
};

// Splits text into rows of fields, RFC 4180 section 2; a lone LF ends a row too, and a blank line is no row.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text) : text_(text) {}

  // The next row, or nothing at the end. Errors: invalid_argument for misplaced or unclosed quotes.
  Result<std::optional<Row>> next() {
    while (position_ < text_.size()) {
      Row row{line_, {}};
      TRY(read_row(row));
      if (row.fields.size() > 1 || !row.fields.front().empty()) return row;
    }
    return std::optional<Row>();
  }

 private:
  Result<void> read_row(Row& row) {
    while (true) {
      std::string field;
      TRY(at('"') ? read_quoted(field) : read_plain(field));
      row.fields.push_back(std::move(field));
      if (at(',')) {
        ++position_;
        continue;
      }
      if (at('\r')) ++position_;
      if (at('\n')) ++position_;
      ++line_;
      return {};
    }
  }

  Result<void> read_plain(std::string& field) {
    const std::size_t end = std::min(text_.find_first_of(",\r\n", position_), text_.size());
    field = text_.substr(position_, end - position_);
    position_ = end;
    if (field.find('"') != std::string::npos) return misplaced_quote(line_);
    return {};
  }

  Result<void> read_quoted(std::string& field) {
    const std::size_t first_line = line_;
    ++position_;
    while (position_ < text_.size()) {
      const char character = text_[position_++];
      if (character == '\n') ++line_;
      if (character != '"') {
        field.push_back(character);
      } else if (at('"')) {
        field.push_back('"');
        ++position_;
      } else {
        const bool ended = position_ == text_.size() || at(',') || at('\r') || at('\n');
        return ended ? Result<void>() : misplaced_quote(first_line);
      }
    }
    return fail(ErrorCode::invalid_argument, fmt::format("line {}: a quoted field is never closed", first_line));
  }

  static Result<void> misplaced_quote(std::size_t line) {
    return fail(ErrorCode::invalid_argument, fmt::format("line {}: a quotation mark stands inside a field", line),
                "put the whole field in quotation marks and double the one inside");
  }

  bool at(char character) const { return position_ < text_.size() && text_[position_] == character; }

  std::string_view text_;
  std::size_t position_ = 0;
  std::size_t line_ = 1;
};

struct Columns {
  static constexpr std::size_t kAbsent = static_cast<std::size_t>(-1);
  std::size_t name = kAbsent, outlet = kAbsent, email = kAbsent;
  std::size_t count = 0;
};

std::string field_of(const Row& row, std::size_t column) {
  return column < row.fields.size() ? row.fields[column] : std::string();
}

Result<Columns> read_header(const Row& row, std::vector<std::string>& ignored) {
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

Result<void> check_encoding(std::string_view text) {
  if (is_utf8(text)) return {};
  const std::size_t line_count = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  std::size_t start = 0;
  for (std::size_t line = 1; line <= line_count; ++line) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    if (!is_utf8(text.substr(start, end - start)))
      return fail(ErrorCode::invalid_argument, fmt::format("line {} of the file is not UTF-8 text", line),
                  "save the file as \"CSV UTF-8\"");
    start = end + 1;
  }
  return {};
}

void add_row(const Row& row, const Columns& columns, std::unordered_map<std::string, std::size_t>& seen,
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
  TRY(check_encoding(file));

  RecipientList list;
  CsvReader reader(file);
  TRY_ASSIGN(const std::optional<Row> header, reader.next());
  if (!header) return fail(ErrorCode::invalid_argument, "the file of recipients is empty");
  TRY_ASSIGN(const Columns columns, read_header(*header, list.ignored_columns));

  std::unordered_map<std::string, std::size_t> seen;
  while (true) {
    TRY_ASSIGN(const std::optional<Row> row, reader.next());
    if (!row) break;
    add_row(*row, columns, seen, list);
  }
  return list;
}

}  // namespace probity::parties
