// "--as" and "--code": which account of the staff a command acts for.
#pragma once

#include "cli/grammar.h"

namespace probity::cli {

// For options with the members `as` and `code`.
template <class Options>
void add_account(const Command<Options>& command) {
  command->add_option("--as", command.options.as, "Mail address of your account; $PROBITY_PASSWORD or asked for");
  command->add_option("--code", command.options.code, "One-time code of that account");
}

}  // namespace probity::cli
