// How commands talk: results to standard output, progress and remarks to standard error, errors in words or as JSON.
#pragma once

#include <chrono>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "base/result.h"
#include "cli/words.h"

namespace probity::cli {

class Terminal {
 public:
  Terminal(Language language, bool json);

  const Words& words() const { return words_; }
  bool json() const { return json_; }

  // A line of the result; nothing under --json.
  void line(const std::string& text);
  // A remark that is not part of the result.
  void note(const std::string& text);
  // The one JSON document of a command under --json; nothing otherwise.
  void document(const nlohmann::json& json);

  // A progress bar, drawn on a terminal only and at most ten times a second.
  void progress(const std::string& what, double fraction);
  void end_progress();

  // Says what went wrong and returns the exit code of its kind.
  int failure(const Error& error);

 private:
  Words words_;
  bool json_;
  bool is_tty_;
  bool progress_shown_ = false;
  std::chrono::steady_clock::time_point last_drawn_;
};

// From now on Ctrl-C and a termination request ask commands to stop at the next safe point; a second one ends at once.
void watch_for_interrupts();
bool interrupted();

// "4.2 MB"
std::string bytes_in_words(std::uint64_t bytes);

}  // namespace probity::cli
