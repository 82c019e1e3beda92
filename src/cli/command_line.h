// The grammar of the command line: parses arguments and runs the command they name.
#pragma once

namespace probity::cli {

// Returns the exit code. Prints help and complaints about the arguments itself.
int run_command_line(int argument_count, char** arguments);

}  // namespace probity::cli
