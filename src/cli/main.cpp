// The program: one binary that is the command line and, started by itself, the sandboxed picture decoder.
#include <cstdio>
#include <exception>

#include "base/random.h"
#include "cli/command_line.h"
#include "cli/terminal.h"
#include "media/decode.h"

int main(int argument_count, char** arguments) {
  using namespace probity;
  if (media::is_decode_child(argument_count, arguments)) return media::decode_child_main();
  init_crypto();
  cli::watch_for_interrupts();
  try {
    return cli::run_command_line(argument_count, arguments);
  } catch (const std::exception&) {
    // The text could hold anything, so it is not printed.
    std::fputs("probity: an internal error: this is our mistake, please report what you did\n", stderr);
    return catalogue_entry(ErrorCode::internal).exit_code;
  }
}
