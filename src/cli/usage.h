// What is wrong with a command line that could not be read, as an error like all others: in words, in both languages.
#pragma once

#include <span>
#include <string>

#include "base/result.h"

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace probity::cli {

// Always an error: invalid_argument, with the command whose help tells more. `problem` is what CLI11 threw at
// `program`.
Result<void> wrong_use(const CLI::App& program, const CLI::ParseError& problem);

// What arguments ask for that were not read to their end: the language of the errors, and JSON.
std::string language_in(std::span<char* const> arguments);
bool asks_for_json(std::span<char* const> arguments);

}  // namespace probity::cli
