#include "cli/help_words.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <functional>
#include <memory>
#include <string_view>

#include "base/phrasebook.h"

namespace probity {
extern const std::string_view kHelpWordsZh;  // made from help_words_zh.txt
}

namespace probity::cli {
namespace {

using Rewrite = std::function<std::string(const std::string& line)>;

// What CLI11 writes by itself.
constexpr const char* kLabels[] = {"Usage", "OPTIONS", "Positionals", "REQUIRED", "SUBCOMMAND", "SUBCOMMANDS"};

// A command to type is the same in every language.
bool is_in_words(std::string_view line) {
  const auto is_letter = [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; };
  return !line.starts_with("  probity ") && std::ranges::any_of(line, is_letter);
}

std::string by_lines(const std::string& text, const Rewrite& rewrite) {
  std::string rewritten;
  std::size_t at = 0;
  while (true) {
    const std::size_t end = text.find('\n', at);
    const std::string line = text.substr(at, end == std::string::npos ? end : end - at);
    rewritten += is_in_words(line) ? rewrite(line) : line;
    if (end == std::string::npos) return rewritten;
    rewritten += '\n';
    at = end + 1;
  }
}

// The letters of Chinese are two columns wide; in UTF-8 they begin with E3 or more, and 80 to BF go on with a letter.
std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 || byte >= 0xC0) columns += byte >= 0xE3 ? 2 : 1;
  }
  return columns;
}

// CLI11 counts bytes.
class ColumnFormatter final : public CLI::Formatter {
 public:
  std::string make_option(const CLI::Option* option, bool is_positional) const override {
    const std::string name = "  " + make_option_name(option, is_positional) + make_option_opts(option);
    const std::size_t columns = columns_of(name), before_text = get_column_width();
    const std::string gap =
        columns < before_text ? std::string(before_text - columns, ' ') : "\n" + std::string(before_text, ' ');
    return name + gap + make_option_desc(option) + "\n";
  }
};

void rewrite_help(CLI::App& command, const Rewrite& rewrite) {
  command.description(by_lines(command.get_description(), rewrite));
  command.footer(by_lines(command.get_footer(), rewrite));
  command.group(by_lines(command.get_group(), rewrite));
  for (CLI::Option* option : command.get_options()) {
    option->description(by_lines(option->get_description(), rewrite));
    option->group(by_lines(option->get_group(), rewrite));
    if (const std::string type = option->get_type_name(); !type.empty())
      command.get_formatter()->label(type, by_lines(type, rewrite));
  }
  for (CLI::App* below : command.get_subcommands(std::function<bool(CLI::App*)>())) rewrite_help(*below, rewrite);
}

void rewrite_program(CLI::App& program, const Rewrite& rewrite) {
  for (const char* label : kLabels) program.get_formatter()->label(label, rewrite(label));
  rewrite_help(program, rewrite);
}

}  // namespace

std::shared_ptr<CLI::FormatterBase> help_formatter() { return std::make_shared<ColumnFormatter>(); }

void put_help_into_chinese(CLI::App& program) {
  rewrite_program(program, [](const std::string& line) {
    std::string chinese = help_in_chinese(line);
    return chinese.empty() ? line : chinese;
  });
}

std::vector<std::string> lines_of_help(CLI::App& program) {
  std::vector<std::string> lines;
  rewrite_program(program, [&](const std::string& line) {
    lines.push_back(line);
    return line;
  });
  return lines;
}

std::string help_in_chinese(const std::string& line) {
  static const Phrasebook kWords(kHelpWordsZh);
  return kWords.translated(line).value_or("");
}

}  // namespace probity::cli
