#include "journeys/program.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

namespace probity::test {
namespace {

std::string read_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// In the child, between fork and exec.
[[noreturn]] void become(const std::vector<std::string>& arguments, const RunOptions& options, const std::string& in,
                         const std::string& out, const std::string& err) {
  if (::chdir(options.folder.c_str()) != 0) ::_exit(126);
  ::dup2(::open(options.input.empty() ? "/dev/null" : in.c_str(), O_RDONLY), STDIN_FILENO);
  ::dup2(::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDOUT_FILENO);
  ::dup2(::open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDERR_FILENO);
  if (options.most_file_bytes > 0) {
    const rlimit limit{options.most_file_bytes, options.most_file_bytes};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ::setpgid(0, 0);  // signals reach its decode child too, as from a terminal
  std::vector<char*> argv{const_cast<char*>(PROBITY_PROGRAM)};
  for (const auto& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  std::vector<char*> environment{const_cast<char*>("PATH=/usr/bin:/bin"), const_cast<char*>("LANG=C.UTF-8")};
  for (const auto& variable : options.environment) environment.push_back(const_cast<char*>(variable.c_str()));
  std::string library_leaks = "LSAN_OPTIONS=";
  if (const char* told = std::getenv("LSAN_OPTIONS")) environment.push_back((library_leaks += told).data());
  environment.push_back(nullptr);
  ::execve(PROBITY_PROGRAM, argv.data(), environment.data());
  ::_exit(127);
}

}  // namespace

Program::Program(const std::vector<std::string>& arguments, const RunOptions& options) {
  std::string pattern = (std::filesystem::temp_directory_path() / "probity-run-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
  scratch_ = pattern;
  if (!options.input.empty()) std::ofstream(output_file("in"), std::ios::binary) << options.input;
  process_ = ::fork();
  if (process_ == 0) become(arguments, options, output_file("in"), output_file("out"), output_file("err"));
  ::setpgid(process_, process_);
}

Program::~Program() {
  if (process_ > 0) {
    send(SIGKILL);
    ::waitpid(process_, &status_, 0);
  }
  std::filesystem::remove_all(scratch_);
}

std::string Program::output_file(const char* name) const { return scratch_ + "/" + name; }

void Program::send(int signal) const { ::kill(-process_, signal); }

bool Program::running() {
  if (process_ <= 0) return false;
  if (::waitpid(process_, &status_, WNOHANG) == 0) return true;
  process_ = -1;
  return false;
}

Outcome Program::wait() {
  if (process_ > 0) {
    ::waitpid(process_, &status_, 0);
    process_ = -1;
  }
  const int exit_code = WIFEXITED(status_) ? WEXITSTATUS(status_) : 128 + WTERMSIG(status_);
  return {exit_code, read_text(output_file("out")), read_text(output_file("err"))};
}

std::string Program::said() const { return read_text(output_file("err")); }
std::string Program::said_out() const { return read_text(output_file("out")); }

Outcome probity(const std::vector<std::string>& arguments, const RunOptions& options) {
  return Program(arguments, options).wait();
}

bool wait_until(const std::function<bool()>& condition, int most_ms) {
  using namespace std::chrono;
  const auto end = steady_clock::now() + milliseconds(most_ms);
  while (!condition()) {
    if (steady_clock::now() > end) return false;
    std::this_thread::sleep_for(milliseconds(2));
  }
  return true;
}

}  // namespace probity::test
