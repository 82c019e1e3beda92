// Running the built program the way a person does: arguments in, words and an exit code out; and killing it half-way.
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>
#include <vector>

namespace probity::test {

struct Outcome {
  int exit_code = -1;  // 128 + the signal when one ended it
  std::string out;
  std::string err;
};

struct RunOptions {
  std::string folder = ".";              // where it runs
  std::vector<std::string> environment;  // "NAME=value", besides PATH
  std::size_t most_file_bytes = 0;       // RLIMIT_FSIZE: a full disk, as far as the program can tell
  std::string input = {};                // what it reads from standard input
};

// A program that is running. Killed and waited for when the object goes.
class Program {
 public:
  Program(const std::vector<std::string>& arguments, const RunOptions& options = {});
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  ~Program();

  pid_t id() const { return process_; }
  void send(int signal) const;
  bool running();
  Outcome wait();
  // What it has said to standard error so far.
  std::string said() const;
  // And to standard output.
  std::string said_out() const;

 private:
  std::string output_file(const char* name) const;

  pid_t process_ = -1;
  int status_ = 0;
  std::string scratch_;
};

// `probity` with these arguments, to its end.
Outcome probity(const std::vector<std::string>& arguments, const RunOptions& options = {});

// Waits until `condition` holds, at most so long; false when it never did.
bool wait_until(const std::function<bool()>& condition, int most_ms);

}  // namespace probity::test
