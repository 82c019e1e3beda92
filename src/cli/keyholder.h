// The command that serves a key-holder, apart from those that prepare it.
#pragma once

#include <optional>
#include <string>

#include "cli/terminal.h"

namespace probity::cli {

struct KeyHolderServeOptions {
  std::string data;
  std::string listen = "127.0.0.1:8090";
  std::string certificate_file, key_file;
  std::optional<std::string> access_log;
  std::size_t workers = 0;
};

struct KeyHolderRollOptions {
  std::string data, from;
  std::string hub;  // its public identity in hex; needed the first time
};

Result<void> run_keyholder_roll(Terminal& terminal, const KeyHolderRollOptions& options);
Result<void> run_keyholder_serve(Terminal& terminal, const KeyHolderServeOptions& options);

}  // namespace probity::cli
