#include "cli/recipients.h"

#include <algorithm>

#include "store/file.h"

namespace probity::cli {
namespace {

constexpr std::size_t kMostLinesShown = 20;

Result<parties::RecipientList> read_list(const std::string& file) {
  TRY_ASSIGN(const Bytes bytes, store::read_file(file, parties::kMaxCsvBytes));
  auto list = parties::read_recipients_csv(as_text(bytes));
  if (!list) list.error().message = file + ": " + list.error().message;
  return list;
}

// Tells what the file holds; an error when it holds a row that cannot be used.
Result<void> review(Terminal& terminal, const std::string& file, const parties::RecipientList& list) {
  const Words& say = terminal.words();
  for (const auto& column : list.ignored_columns)
    terminal.note(say("{}: the column {} is ignored", "{}：忽略“{}”列", file, column));
  for (std::size_t i = 0; i < std::min(list.duplicates.size(), kMostLinesShown); ++i)
    terminal.note(say("{}: line {} is the same recipient as line {}", "{}：第 {} 行与第 {} 行是同一收件人", file,
                      list.duplicates[i].line, list.duplicates[i].first_line));
  for (std::size_t i = 0; i < std::min(list.problems.size(), kMostLinesShown); ++i)
    terminal.note(say("{}: line {}: {}", "{}：第 {} 行：{}", file, list.problems[i].line, list.problems[i].message));
  if (list.problems.empty()) return {};
  return fail(ErrorCode::invalid_argument,
              fmt::format("{} has {} rows that cannot be used; nothing was done", file, list.problems.size()),
              "correct them and run the same command again");
}

}  // namespace

Result<std::vector<parties::RecipientDetails>> gather_recipients(Terminal& terminal,
                                                                 const std::vector<std::string>& named,
                                                                 const std::optional<std::string>& csv_file) {
  std::vector<parties::RecipientDetails> recipients;
  std::vector<std::string> keys;
  for (const std::string& text : named) {
    TRY_ASSIGN(parties::RecipientDetails details, parties::RecipientDetails::parse(text));
    recipients.push_back(std::move(details));
  }
  if (csv_file) {
    TRY_ASSIGN(parties::RecipientList list, read_list(*csv_file));
    TRY(review(terminal, *csv_file, list));
    std::move(list.recipients.begin(), list.recipients.end(), std::back_inserter(recipients));
  }
  if (recipients.empty())
    return fail(ErrorCode::invalid_argument, "no recipient is given",
                "name them with --to \"Name, outlet\" or --csv people.csv");
  return recipients;
}

}  // namespace probity::cli
