// The log over real files: killed at a thousand moments it loses nothing that it acknowledged and takes back nothing
// that it signed; and what strace sees is a flush before every answer.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <sstream>
#include <thread>

#include "base/encoding.h"
#include "log/fsck.h"
#include "log/tree_files.h"
#include "log/writer.h"
#include "store/log_files.h"

namespace probity::log {
namespace {

namespace fs = std::filesystem;

std::string appender() { return fs::read_symlink("/proc/self/exe").parent_path() / "log_appender"; }

// In memory where there is such a folder: a kill does not ask the disk.
class Folder {
 public:
  explicit Folder(const char* where = nullptr) {
    const fs::path base = where != nullptr ? where : fs::exists("/dev/shm") ? "/dev/shm" : fs::temp_directory_path();
    std::string pattern = (base / "probity-kill-XXXXXX").string();
    path = ::mkdtemp(pattern.data());
  }
  ~Folder() { fs::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string path;
};

// When the appender is killed: so many answers after its start, and then a little later; or just after a while.
struct Moment {
  int after_answers = -1;
  int after_us = 0;
};

int count_answers(const std::string& said) {
  int count = 0;
  for (std::size_t at = said.find("ack "); at != std::string::npos; at = said.find("ack ", at + 4)) ++count;
  return count;
}

// All that it said until then. A last line without an end was not said.
std::string run_and_kill(const std::vector<std::string>& arguments, const Moment& moment) {
  int ends[2];
  EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    std::vector<char*> pointers;
    for (const std::string& argument : arguments) pointers.push_back(const_cast<char*>(argument.c_str()));
    pointers.push_back(nullptr);
    ::execv(pointers[0], pointers.data());
    ::_exit(127);
  }
  ::close(ends[1]);
  std::thread killer;
  const auto kill_soon = [&] {
    killer = std::thread([&] {
      std::this_thread::sleep_for(std::chrono::microseconds(moment.after_us));
      ::kill(child, SIGKILL);
    });
  };
  if (moment.after_answers < 0) kill_soon();
  std::string said;
  char buffer[4096];
  for (ssize_t got = 0; (got = ::read(ends[0], buffer, sizeof buffer)) > 0;) {
    said.append(buffer, static_cast<std::size_t>(got));
    if (!killer.joinable() && count_answers(said) >= moment.after_answers) kill_soon();
  }
  if (killer.joinable()) killer.join();
  ::waitpid(child, nullptr, 0);
  ::close(ends[0]);
  return said.substr(0, said.rfind('\n') + 1);
}

// What one log has promised in all its lives.
struct Promises {
  std::map<std::uint64_t, std::string> acknowledged;
  std::map<std::uint64_t, std::string> roots;
  int opened = 0;

  void hear(const std::string& said) {
    std::istringstream lines(said);
    for (std::string word, line; std::getline(lines, line);) {
      std::istringstream words(line);
      std::uint64_t number = 0;
      std::string text;
      words >> word;
      ASSERT_NE(word, "error") << line;
      words >> number >> text;
      if (word == "open") ++opened;
      if (word == "ack") {
        ASSERT_TRUE(acknowledged.emplace(number, text).second) << "two entries have one place";
      }
      if (word == "signed") {
        const auto [known, is_new] = roots.emplace(number, text);
        ASSERT_EQ(known->second, text) << "a fork";
      }
    }
  }

  void check(const std::string& folder) const {
    SystemRandom random;
    const SecretKey seed(sha256(as_bytes("log_appender")));
    const auto key = tlog::SigningKey::from_seed("log.example", tlog::SignatureType::ed25519, seed);
    const auto files = store::FolderLogFiles::open(folder + "/log", store::FolderLogFiles::Use::writing).value();
    store::FileCheckpointGuard guard(folder + "/guard");
    const auto writer = LogWriter::open(*files, guard, key, random);
    ASSERT_TRUE(writer) << writer.error().message;
    const tlog::TreeHead head = (*writer)->signed_head();
    const auto entries = read_entries(*files, 0, head.size, head.size).value();
    for (const auto& [place, entry] : acknowledged) {
      ASSERT_LT(place, entries.size()) << "an acknowledged entry is lost";
      ASSERT_EQ(to_hex(entries[place]), entry);
    }
    tlog::TileSource source = tile_source(*files, head.size);
    for (const auto& [size, root] : roots) {
      ASSERT_LE(size, head.size);
      ASSERT_EQ(to_hex(tlog::root_at(source, size).value()), root) << "a fork";
    }
    const tlog::Policy policy{{{key.verifier(), ""}}, {}, {}, "none"};
    const auto report = fsck(*files, guard, policy).value();
    ASSERT_TRUE(report.wrong.empty()) << report.wrong.front();
  }
};

TEST(Kills, at_a_thousand_moments_lose_nothing) {
  const char* asked = std::getenv("PROBITY_LOG_KILLS");
  const int kills = asked != nullptr ? std::atoi(asked) : 1000;
  constexpr int kLives = 50;  // of one log
  std::mt19937 random(17);
  int opened = 0, done = 0;
  std::size_t acknowledged = 0;
  // A thousand take 20 s; a machine that is busy with other things stops earlier unless it is asked for a number.
  const auto start = std::chrono::steady_clock::now();
  const auto late = [&] {
    return asked == nullptr && done >= 100 && std::chrono::steady_clock::now() - start > std::chrono::seconds(40);
  };
  for (; done < kills && !late(); done += kLives) {
    const Folder folder;
    Promises promises;
    for (int life = 0; life < kLives; ++life) {
      Moment moment;
      moment.after_us = std::uniform_int_distribution<int>(0, 3000)(random);
      if (life % 5 != 0) moment.after_answers = std::uniform_int_distribution<int>(0, 100)(random);
      promises.hear(run_and_kill({appender(), folder.path, std::to_string(done + life), "100000", "4"}, moment));
      if (testing::Test::HasFatalFailure()) FAIL() << "life " << done + life;
    }
    promises.check(folder.path);
    if (testing::Test::HasFatalFailure()) FAIL() << "lives " << done;
    opened += promises.opened;
    acknowledged += promises.acknowledged.size();
  }
  std::printf("%d kills, %d of them after the log was open, %zu entries acknowledged\n", done, opened, acknowledged);
  EXPECT_GT(opened, done / 2);
  EXPECT_GT(acknowledged, static_cast<std::size_t>(done) * 20);
}

// One submitter at a time: write to the journal, its flush, and only then the answer.
TEST(Strace, sees_a_flush_before_every_answer) {
  ASSERT_EQ(std::system("command -v strace >/dev/null"), 0) << "./setup installs strace";
  const Folder folder("/tmp");
  const std::string trace = folder.path + "/trace";
  // A sanitizer cannot look for leaks in what is traced.
  const std::string command = "ASAN_OPTIONS=detect_leaks=0 strace -f -o " + trace +
                              " -e trace=openat,write,fdatasync,fsync " + appender() + " " + folder.path +
                              " 1 40 1 > /dev/null";
  ASSERT_EQ(std::system(command.c_str()), 0);
  std::ifstream lines(trace);
  std::string journal;  // its descriptor
  bool unflushed = true;
  int answers = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.find("/journal/") != std::string::npos && line.find("O_APPEND") != std::string::npos)
      journal = line.substr(line.rfind(' ') + 1);
    if (journal.empty()) continue;
    if (line.find("write(" + journal + ", \"BTCH") != std::string::npos) unflushed = true;
    const bool flush = line.find("fdatasync(" + journal + ")") != std::string::npos ||
                       line.find("<... fdatasync resumed>") != std::string::npos;
    if (flush && line.ends_with("= 0")) unflushed = false;
    if (line.find("write(1, \"ack ") == std::string::npos) continue;
    ++answers;
    EXPECT_FALSE(unflushed) << line;
  }
  EXPECT_EQ(answers, 40);
}

}  // namespace
}  // namespace probity::log
