// CLI11 says what is wrong by the type of its exception and an English sentence, which holds the option's name. The
// name is taken out of it; the sentence is ours, and so has its Chinese in the table of errors. What no branch knows
// stands as CLI11 says it.
#include "cli/usage.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string_view>
#include <vector>

namespace probity::cli {
namespace {

std::string text_before(std::string_view text, std::string_view mark) {
  return std::string(text.substr(0, text.find(mark)));
}

std::string text_behind(std::string_view text, std::string_view mark) {
  const std::size_t at = text.find(mark);
  return std::string(at == std::string_view::npos ? text : text.substr(at + mark.size()));
}

// "--to" as it is, "asset" as "<asset>": a place on the line has no dashes to tell it from a word.
std::string shown(const std::string& option) { return option.starts_with('-') ? option : "<" + option + ">"; }

// "probity copy issue": as far as the commands were understood.
std::string command_of(const CLI::App& program) {
  std::string command = program.get_name();
  for (const CLI::App* at = &program; !at->get_subcommands().empty();) {
    at = at->get_subcommands().front();
    command += " " + at->get_name();
  }
  return command;
}

Result<void> no_command(const CLI::App& program, const std::string& hint) {
  const std::vector<std::string> rest = program.remaining(true);
  if (rest.empty())
    return fail(ErrorCode::invalid_argument, fmt::format("{} is not a whole command", command_of(program)), hint);
  if (rest.front().starts_with('-'))
    return fail(ErrorCode::invalid_argument, fmt::format("{} is not expected here", rest.front()), hint);
  return fail(ErrorCode::invalid_argument, fmt::format("{} has no command {}", command_of(program), rest.front()),
              hint);
}

// "--limit: Value 0 not in range 1 to 500", "--lang: fr not in {en,zh}"
Result<void> unfit_value(const std::string& said, const std::string& hint) {
  constexpr std::string_view kRange = " not in range ", kSet = " not in {";
  const std::string option = shown(text_before(said, ": "));
  if (said.find(kRange) != std::string::npos) {
    const std::string range = text_behind(said, kRange);
    return fail(ErrorCode::invalid_argument,
                fmt::format("{} must be from {} to {}", option, text_before(range, " to "), text_behind(range, " to ")),
                hint);
  }
  if (said.find(kSet) != std::string::npos)
    return fail(ErrorCode::invalid_argument,
                fmt::format("{} must be one of these: {}", option, text_before(text_behind(said, kSet), "}")), hint);
  return fail(ErrorCode::invalid_argument, said, hint);
}

}  // namespace

Result<void> wrong_use(const CLI::App& program, const CLI::ParseError& problem) {
  const std::string said = problem.what();
  const std::string hint = fmt::format("{} --help lists what it takes", command_of(program));
  if (dynamic_cast<const CLI::RequiredError*>(&problem) != nullptr) {
    if (said.starts_with("A subcommand")) return no_command(program, hint);
    return fail(ErrorCode::invalid_argument, fmt::format("{} must be given", shown(text_before(said, " is required"))),
                hint);
  }
  if (dynamic_cast<const CLI::ExtrasError*>(&problem) != nullptr)
    return fail(ErrorCode::invalid_argument,
                fmt::format("{} is not expected here", text_behind(said, "not expected: ")), hint);
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&problem) != nullptr) {
    if (said.find(": At Most 1 ") != std::string::npos)
      return fail(ErrorCode::invalid_argument, fmt::format("{} may be given once only", shown(text_before(said, ": "))),
                  hint);
    if (said.ends_with(" missing"))
      return fail(ErrorCode::invalid_argument, fmt::format("{} needs a value", shown(text_before(said, ": "))), hint);
  }
  if (dynamic_cast<const CLI::ConversionError*>(&problem) != nullptr && said.starts_with("Could not convert: ")) {
    const std::string given = text_behind(said, ": ");
    return fail(ErrorCode::invalid_argument,
                fmt::format("{} cannot be \"{}\"", shown(text_before(given, " = ")), text_behind(given, " = ")), hint);
  }
  if (dynamic_cast<const CLI::ValidationError*>(&problem) != nullptr) return unfit_value(said, hint);
  return fail(ErrorCode::invalid_argument, said, hint);
}

std::string language_in(std::span<char* const> arguments) {
  constexpr std::string_view kOption = "--lang";
  std::string language;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view argument = arguments[i];
    if (argument == kOption && i + 1 < arguments.size()) language = arguments[i + 1];
    if (argument.starts_with("--lang=")) language = argument.substr(kOption.size() + 1);
  }
  return language == "en" || language == "zh" ? language : "";
}

bool asks_for_json(std::span<char* const> arguments) {
  return std::ranges::any_of(arguments, [](std::string_view argument) { return argument == "--json"; });
}

}  // namespace probity::cli
