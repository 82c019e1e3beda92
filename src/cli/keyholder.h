// The command that serves a key-holder, apart from those that prepare it.
#pragma once

#include <cstdint>
#include <memory>
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
  std::string hub_url;  // whose roll is followed; empty: nobody's, files are taken up as they are written
  std::string hub;      // its public identity in hex; needed the first time
  std::uint32_t roll_every_s = 30;
};

struct KeyHolderRollOptions {
  std::string data, from;
  std::string hub;  // its public identity in hex; needed the first time
};

// Takes the hub's roll into the key-holder's folder every so often, in a thread of its own: a hub that does not answer
// holds up nothing. What was refused is said once, until it is over.
class RollWatch {
 public:
  // Errors: invalid_argument without a hub's identity; forbidden when another was taken before; corrupt.
  static Result<std::unique_ptr<RollWatch>> start(Terminal& terminal, const KeyHolderServeOptions& options);
  virtual ~RollWatch() = default;
  // {"version","digest","heard_at","trouble"}: what anybody may compare between key-holders.
  virtual std::string status_json() const = 0;
};

Result<void> run_keyholder_roll(Terminal& terminal, const KeyHolderRollOptions& options);
Result<void> run_keyholder_serve(Terminal& terminal, const KeyHolderServeOptions& options);

}  // namespace probity::cli
