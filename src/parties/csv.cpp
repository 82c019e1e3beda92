#include "parties/csv.h"

#include <fmt/format.h>

#include <algorithm>

#include "parties/text.h"

namespace probity::parties {
namespace {

Result<void> misplaced_quote(std::size_t line) {
  return fail(ErrorCode::invalid_argument, fmt::format("line {}: a quotation mark stands inside a field", line),
              "put the whole field in quotation marks and double the one inside");
}

}  // namespace

Result<std::optional<SheetRow>> CsvReader::next() {
  while (position_ < text_.size()) {
    SheetRow row{line_, {}};
    TRY(read_row(row));
    if (row.fields.size() > 1 || !row.fields.front().empty()) return row;
  }
  return std::optional<SheetRow>();
}

Result<void> CsvReader::read_row(SheetRow& row) {
  while (true) {
    std::string field;
    TRY(at('"') ? read_quoted(field) : read_plain(field));
    row.fields.push_back(std::move(field));
    if (at(delimiter_)) {
      ++position_;
      continue;
    }
    if (at('\r')) ++position_;
    if (at('\n')) ++position_;
    ++line_;
    return {};
  }
}

Result<void> CsvReader::read_plain(std::string& field) {
  const char ends[] = {delimiter_, '\r', '\n'};
  const std::size_t end = std::min(text_.find_first_of({ends, 3}, position_), text_.size());
  field = text_.substr(position_, end - position_);
  position_ = end;
  if (field.find('"') != std::string::npos) return misplaced_quote(line_);
  return {};
}

Result<void> CsvReader::read_quoted(std::string& field) {
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
      const bool ended = position_ == text_.size() || at(delimiter_) || at('\r') || at('\n');
      return ended ? Result<void>() : misplaced_quote(first_line);
    }
  }
  return fail(ErrorCode::invalid_argument, fmt::format("line {}: a quoted field is never closed", first_line));
}

Result<void> check_utf8(std::string_view text) {
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

}  // namespace probity::parties
