// The grammar of the command line: parses arguments and runs the command they name.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace probity::cli {

class Grammar;

// Returns the exit code. Prints help and complaints about the arguments itself.
int run_command_line(int argument_count, char** arguments);

// Every command, with its help. `language` becomes what --lang asked for.
void describe_program(CLI::App& app, Grammar& grammar, std::string& language);

}  // namespace probity::cli
