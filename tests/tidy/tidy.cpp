// The house rules that a machine can check. Fails on includes against the folder table, headers without a purpose line
// and heavy libraries in headers, and on errors that cannot be read in Chinese; reports files and functions that have
// grown long.
//
//   tidy <project folder>
//   tidy <project folder> --missing-words    what src/base/error_words_zh.txt lacks, in its form
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "error_words.h"

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMostFileLines = 600;
constexpr std::size_t kMostFunctionLines = 60;

// ARCHITECTURE.md's folder table: what each folder of src/ may include besides itself.
const std::map<std::string, std::set<std::string>>& may_use() {
  static const std::set<std::string> cores{"base",      "code", "mark", "tally", "trace", "media",
                                           "watermark", "pdf",  "seal", "tlog",  "oprf",  "names"};
  const auto with = [](std::set<std::string> folders, std::initializer_list<std::string> more) {
    folders.insert(more);
    return folders;
  };
  const std::set<std::string> records =
      with(cores, {"events", "jobs", "outbox", "log", "accounts", "parties", "projects"});
  const std::set<std::string> copies = with(records, {"commitments", "copies", "evidence"});
  const std::set<std::string> cases = with(copies, {"shoots", "leaks", "cases"});
  const std::set<std::string> domain = with(cases, {"statements", "alliance", "bulletins", "filings", "screening"});
  static const std::map<std::string, std::set<std::string>> table{
      {"base", {}},
      {"code", {"base"}},
      {"mark", {"base"}},
      {"tally", {"base", "code"}},
      {"trace", {"base", "code", "mark"}},
      {"media", {"base", "mark", "tally"}},
      {"watermark", {"base"}},
      {"pdf", {"base"}},
      {"seal", {"base"}},
      {"tlog", {"base"}},
      {"oprf", {"base"}},
      {"names", {"base"}},
      {"events", {"base"}},
      {"jobs", {"base", "events"}},
      {"outbox", {"base", "events", "jobs"}},
      {"log", {"base", "tlog", "events", "jobs"}},
      {"accounts", {"base", "events", "jobs", "outbox"}},
      {"parties", {"base", "events", "jobs", "outbox"}},
      {"projects", {"base", "events", "jobs", "outbox", "accounts", "parties"}},
      {"commitments", with(records, {})},
      {"copies", with(records, {"commitments"})},
      {"evidence", with(records, {"commitments", "copies"})},
      {"shoots", copies},
      {"leaks", with(copies, {"shoots"})},
      {"cases", with(copies, {"shoots", "leaks"})},
      {"statements", cases},
      {"alliance", with(cases, {"statements"})},
      {"bulletins", with(cases, {"statements", "alliance"})},
      {"filings", with(cases, {"statements", "alliance"})},
      {"screening", with(cases, {"statements", "alliance"})},
      {"store", domain},
      {"http", domain},
      {"app", with(domain, {"store", "http"})},
      {"cli", with(domain, {"store", "http", "app"})},
  };
  return table;
}

// What costs every includer seconds, or is nobody else's business.
constexpr std::string_view kHeavyIncludes[] = {"CLI/",    "soci/", "nlohmann/json.hpp", "vips/", "boost/",
                                               "spdlog/", "curl/", "openssl/",          "pango/"};
// Wrappers that exist to include one of them, for a handful of files of their own folder.
constexpr std::string_view kHeavyWrappers[] = {"store/soci.h"};

struct Report {
  std::vector<std::string> failures;
  std::vector<std::string> remarks;
};

std::vector<std::string> read_lines(const fs::path& file) {
  std::ifstream in(file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// "app/workspace.h" of `#include "app/workspace.h"` or <…>.
std::optional<std::string> included(const std::string& line) {
  if (!line.starts_with("#include ")) return std::nullopt;
  const std::size_t open = line.find_first_of("\"<");
  const std::size_t close = line.find_last_of("\">");
  if (open == std::string::npos || close <= open) return std::nullopt;
  return line.substr(open + 1, close - open - 1);
}

void check_includes(const std::string& name, const std::string& folder, const std::vector<std::string>& lines,
                    Report& report) {
  const auto allowed = may_use().find(folder);
  if (allowed == may_use().end()) {
    report.failures.push_back(name + ": the folder src/" + folder + " is not in the folder table");
    return;
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto path = included(lines[i]);
    if (!path) continue;
    const std::string place = name + ":" + std::to_string(i + 1);
    const std::string used = path->substr(0, path->find('/'));
    if (may_use().contains(used) && path->find('/') != std::string::npos && used != folder &&
        !allowed->second.contains(used))
      report.failures.push_back(place + ": " + folder + " may not use " + used);
    const bool heavy = std::any_of(std::begin(kHeavyIncludes), std::end(kHeavyIncludes),
                                   [&](std::string_view start) { return path->starts_with(start); });
    const bool is_wrapper = std::any_of(std::begin(kHeavyWrappers), std::end(kHeavyWrappers),
                                        [&](std::string_view wrapper) { return name.ends_with(wrapper); });
    if (heavy && name.ends_with(".h") && !is_wrapper)
      report.failures.push_back(place + ": " + *path + " belongs into .cpp files only");
  }
}

void check_purpose(const std::string& name, const std::vector<std::string>& lines, Report& report) {
  const bool has_purpose = !lines.empty() && lines.front().starts_with("// ") && lines.front().size() > 12;
  if (!has_purpose) report.failures.push_back(name + ":1: the first line does not say what the header is for");
}

// A line without comments, text and character literals, so that only the code's braces are left to count.
std::string code_of(const std::string& line) {
  std::string code;
  char quote = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char character = line[i];
    if (quote != 0) {
      if (character == '\\') ++i;
      if (character == quote) quote = 0;
      continue;
    }
    const bool digit_separator =
        character == '\'' && i > 0 && std::isalnum(static_cast<unsigned char>(line[i - 1])) != 0;
    if (character == '/' && i + 1 < line.size() && line[i + 1] == '/') break;
    if ((character == '"' || character == '\'') && !digit_separator)
      quote = character;
    else
      code.push_back(character);
  }
  return code;
}

// Finds blocks that open after a parameter list in a namespace or class: functions, give or take a lambda.
class FunctionMeter {
 public:
  FunctionMeter(const std::string& name, Report& report) : name_(name), report_(report) {}

  void line(std::size_t number, const std::string& code) {
    if (code.starts_with("#")) return;
    for (const char character : code) {
      if (character == '{') {
        blocks_.push_back({opens_function(), number});
        before_.clear();
      } else if (character == '}') {
        close(number);
        before_.clear();
      } else if (character == ';' &&
                 std::count(before_.begin(), before_.end(), '(') == std::count(before_.begin(), before_.end(), ')')) {
        before_.clear();
      } else {
        before_.push_back(character);
      }
    }
    before_.push_back(' ');
  }

 private:
  struct Block {
    bool is_function = false;
    std::size_t line = 0;
  };

  bool opens_function() const {
    const bool inside =
        std::any_of(blocks_.begin(), blocks_.end(), [](const Block& block) { return block.is_function; });
    return !inside && before_.find(')') != std::string::npos && before_.find('=') == std::string::npos;
  }

  void close(std::size_t number) {
    if (blocks_.empty()) return;
    const Block block = blocks_.back();
    blocks_.pop_back();
    const std::size_t size = number - block.line + 1;
    if (block.is_function && size > kMostFunctionLines)
      report_.remarks.push_back(name_ + ":" + std::to_string(block.line) + ": a function of " + std::to_string(size) +
                                " lines");
  }

  const std::string& name_;
  Report& report_;
  std::vector<Block> blocks_;
  std::string before_;
};

// Takes raw string literals out of a line; `inside` carries one that spans lines.
std::string without_raw_text(const std::string& line, bool& inside) {
  std::string rest;
  std::size_t position = 0;
  while (position < line.size()) {
    const std::size_t next = line.find(inside ? ")\"" : "R\"(", position);
    if (!inside) rest += line.substr(position, next == std::string::npos ? next : next - position);
    if (next == std::string::npos) break;
    position = next + (inside ? 2 : 3);
    inside = !inside;
  }
  return rest;
}

void measure(const std::string& name, const std::vector<std::string>& lines, Report& report) {
  if (lines.size() > kMostFileLines) report.remarks.push_back(name + ": " + std::to_string(lines.size()) + " lines");
  FunctionMeter meter(name, report);
  bool inside_raw_text = false;
  for (std::size_t i = 0; i < lines.size(); ++i)
    meter.line(i + 1, code_of(without_raw_text(lines[i], inside_raw_text)));
}

void check_file(const fs::path& root, const fs::path& file, Report& report) {
  const std::string name = fs::relative(file, root).string();
  const std::vector<std::string> lines = read_lines(file);
  if (file.extension() == ".h") check_purpose(name, lines, report);
  if (name.starts_with("src/")) {
    const std::string inside = name.substr(4);
    check_includes(name, inside.substr(0, inside.find('/')), lines, report);
  }
  measure(name, lines, report);
}

}  // namespace

int main(int argument_count, char** arguments) {
  const bool asks_for_words = argument_count == 3 && std::string_view(arguments[2]) == "--missing-words";
  if (argument_count != 2 && !asks_for_words) {
    std::cerr << "usage: tidy <project folder> [--missing-words]\n";
    return 2;
  }
  const fs::path root = arguments[1];
  const tidy::ErrorWordsReport words = tidy::check_error_words(root);
  if (asks_for_words) {
    for (const std::string& entry : words.missing) std::cout << entry << "(in Chinese)\n\n";
    return 0;
  }
  Report report;
  report.failures = words.failures;
  for (const char* folder : {"src", "tests", "bench", "fuzz"})
    for (const auto& entry : fs::recursive_directory_iterator(root / folder))
      if (entry.is_regular_file() && (entry.path().extension() == ".h" || entry.path().extension() == ".cpp"))
        check_file(root, entry.path(), report);
  for (const auto& remark : report.remarks) std::cout << "long: " << remark << '\n';
  for (const auto& failure : report.failures) std::cout << "FAIL: " << failure << '\n';
  std::cout << report.failures.size() << " failures, " << report.remarks.size() << " remarks\n";
  return report.failures.empty() ? 0 : 1;
}
