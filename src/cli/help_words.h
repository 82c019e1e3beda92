// The help of the command line in Chinese: the lines of help_words_zh.txt.
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace CLI {
class App;
class FormatterBase;
}  // namespace CLI

namespace probity::cli {

// Lays options and their texts out in columns, whatever the letters. For a program that has no commands yet.
std::shared_ptr<CLI::FormatterBase> help_formatter();

// Puts the Chinese in the place of every text that --help shows of `program` and its commands, as far as there is one.
void put_help_into_chinese(CLI::App& program);

// What --help says in words, line by line: of the program, its commands and their options, and of CLI11.
std::vector<std::string> lines_of_help(CLI::App& program);

// Nothing when the table has none.
std::string help_in_chinese(const std::string& line);

}  // namespace probity::cli
