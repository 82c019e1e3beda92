// What goes wrong in the world: tampering, the wrong keys, kill -9, Ctrl-C, full disks, two processes at once.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/file.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "journeys/launch.h"

namespace probity::test {
namespace {

namespace fs = std::filesystem;

constexpr int kManyPeople = 2000;

bool has_partial_files(const std::vector<std::string>& files) {
  for (const auto& file : files)
    if (file.find("partial") != std::string::npos) return true;
  return false;
}

void expect_broken(const Launch& launch, const std::string& part) {
  const Outcome verified = launch.run({"register", "verify"});
  EXPECT_EQ(verified.exit_code, 23) << verified.out;
  EXPECT_NE(verified.out.find(part), std::string::npos) << verified.out;
}

TEST(Tampering, shows_with_its_place) {
  // Entries: 1 workspace, 2 asset, 3 to 7 copies.
  const Launch original;
  original.run({"copy", "issue", "coast", "--csv", original.write_people(5)});
  const std::string head = original.json({"register", "verify"})["head"];

  const auto tampered = [&](const std::string& sql, const std::string& part) {
    Launch launch;
    fs::remove_all(launch.folder());
    fs::copy(original.folder(), launch.folder(), fs::copy_options::recursive);
    tamper(launch, sql);
    expect_broken(launch, part);
  };
  tampered("UPDATE register_entries SET time_ms = time_ms + 1 WHERE sequence = 4", "entry 4");
  tampered("PRAGMA foreign_keys=OFF; DELETE FROM register_entries WHERE sequence = 5", "entry 5 is missing");
  tampered("UPDATE recipients SET name = 'Somebody Else' WHERE name = 'Test Person 2'", "entry 5");
  tampered(
      "UPDATE copies SET recipient_id = (SELECT id FROM recipients WHERE name = 'Test Person 4'), asset_id = asset_id "
      "WHERE register_sequence = 7 AND 0; UPDATE copies SET seed_commitment = recipient_commitment WHERE "
      "register_sequence = 6",
      "entry 6");
  tampered("UPDATE assets SET title = 'another'", "entry 2");

  // Cutting the tail leaves a whole chain: only who kept the head can tell.
  tamper(original, "DELETE FROM copies WHERE register_sequence = 7; DELETE FROM register_entries WHERE sequence = 7");
  EXPECT_EQ(original.run({"register", "verify"}).exit_code, 0);
  EXPECT_EQ(original.run({"register", "verify", "--head", head}).exit_code, 23);
}

TEST(WrongWorkspace, is_told_from_damage) {
  const Launch mine;
  Launch other = Launch::empty();
  fs::remove_all(other.folder());
  ASSERT_EQ(probity({"init", other.folder()}).exit_code, 0);
  const auto swapped = [&](const std::string& file) {
    const std::string here = mine.folder() + "/" + file, kept = mine.file("kept");
    fs::copy_file(here, kept, fs::copy_options::overwrite_existing);
    fs::copy_file(other.folder() + "/" + file, here, fs::copy_options::overwrite_existing);
    const int exit_code = mine.run({"asset", "list"}).exit_code;
    fs::copy_file(kept, here, fs::copy_options::overwrite_existing);
    return exit_code;
  };
  EXPECT_EQ(swapped("keys/master.key"), 28);
  EXPECT_EQ(swapped("probity.db"), 28);
  EXPECT_EQ(swapped("workspace.json"), 28);
  EXPECT_EQ(mine.run({"asset", "list"}).exit_code, 0);
}

TEST(TwoProcesses, issue_at_once_without_harm) {
  const Launch launch;
  const auto command = [&](const std::string& prefix) {
    std::vector<std::string> arguments{"copy", "issue", "coast", "--out", launch.file("copies")};
    for (int i = 0; i < 20; ++i) {
      arguments.push_back("--to");
      arguments.push_back(prefix + " Person " + std::to_string(i) + ", Sample Gazette");
    }
    return arguments;
  };
  for (const char* prefix : {"Other", "Test"}) {
    const auto arguments = command(prefix);
    launch.sign({arguments.begin() + 5, arguments.end()});
  }
  Program first(command("Other"), {.folder = launch.folder(), .environment = {}});
  Program second(command("Test"), {.folder = launch.folder(), .environment = {}});
  Program third(command("Test"), {.folder = launch.folder(), .environment = {}});
  EXPECT_EQ(first.wait().exit_code, 0);
  EXPECT_EQ(second.wait().exit_code, 0);
  EXPECT_EQ(third.wait().exit_code, 0);
  const auto verified = launch.json({"register", "verify"});
  EXPECT_EQ(verified["ok"], true);
  EXPECT_EQ(verified["copies"], 40);
  EXPECT_EQ(verified["makings"], 40);
  EXPECT_EQ(launch.files_in("copies").size(), 40U);
}

TEST(TwoProcesses, writers_wait_and_readers_go_on) {
  const Launch launch;
  const int lock = ::open((launch.folder() + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  ASSERT_EQ(::flock(lock, LOCK_EX), 0);
  Program writer({"copy", "issue", "coast", "--to", "Mira Holloway, Motor Weekly"},
                 {.folder = launch.folder(), .environment = {}});
  EXPECT_TRUE(wait_until([&] { return writer.said().find("waiting") != std::string::npos; }, 10'000));
  EXPECT_EQ(launch.run({"asset", "list"}).exit_code, 0);
  EXPECT_TRUE(writer.running());
  ::close(lock);
  EXPECT_EQ(writer.wait().exit_code, 0);
}

TEST(Killed, an_asset_add_leaves_nothing_half_registered) {
  Launch launch = Launch::empty();
  for (const int after_ms : {5, 40, 120, 250, 400, 600}) {
    Program adding({"asset", "add", small_photo(1)}, {.folder = launch.folder(), .environment = {}});
    std::this_thread::sleep_for(std::chrono::milliseconds(after_ms));
    adding.send(SIGKILL);
    adding.wait();
    EXPECT_EQ(launch.run({"register", "verify"}).exit_code, 0);
    EXPECT_LE(launch.json({"asset", "list"})["assets"].size(), 1U);
  }
  EXPECT_EQ(launch.run({"asset", "add", small_photo(1)}).exit_code, 0);
  EXPECT_EQ(launch.run({"gc"}).exit_code, 0);
  EXPECT_EQ(launch.json({"gc"})["removed"], 0);
  launch.sign({"--to", "Mira Holloway, Motor Weekly"});
  EXPECT_EQ(
      launch.run({"copy", "issue", "photo-1", "--to", "Mira Holloway, Motor Weekly", "--out", launch.file("copies")})
          .exit_code,
      0);
}

// Every state a kill can leave is whole: all copies or none, files entire or absent, and the rest comes on resuming.
TEST(Killed, an_issue_of_many_copies_resumes) {
  const Launch launch;
  launch.sign({"--csv", launch.write_people(kManyPeople)});
  const std::vector<std::string> command{
      "copy", "issue", "coast", "--csv", launch.write_people(kManyPeople), "--out", launch.file("copies")};
  std::size_t file_size = 0;
  for (const std::size_t files_before_kill : {0U, 1U, 300U, 900U}) {
    Program issuing(command, {.folder = launch.folder(), .environment = {}});
    EXPECT_TRUE(wait_until([&] { return !issuing.running() || launch.files_in("copies").size() > files_before_kill; },
                           120'000));
    issuing.send(SIGKILL);
    issuing.wait();
    const std::size_t copies = launch.json({"copy", "list"})["copies"].size();
    EXPECT_TRUE(copies == 0 || copies == kManyPeople) << copies;
    EXPECT_EQ(launch.run({"register", "verify"}).exit_code, 0);
  }
  const auto resumed = launch.json(command);
  EXPECT_EQ(resumed["registered"], 0);
  EXPECT_EQ(resumed["written"].get<int>() + resumed["present"].get<int>(), kManyPeople);
  EXPECT_GT(resumed["present"].get<int>(), 0);
  const auto files = launch.files_in("copies");
  EXPECT_EQ(files.size(), static_cast<std::size_t>(kManyPeople));
  EXPECT_FALSE(has_partial_files(files));
  file_size = fs::file_size(files.front());
  for (const auto& file : files) EXPECT_EQ(fs::file_size(file), file_size) << file;
  const auto verified = launch.json({"register", "verify"});
  EXPECT_EQ(verified["ok"], true);
  EXPECT_EQ(verified["copies"], kManyPeople);
  EXPECT_GE(verified["makings"], kManyPeople);
}

TEST(Interrupted, an_issue_stops_cleanly_and_resumes) {
  const Launch launch;
  launch.sign({"--csv", launch.write_people(kManyPeople)});
  const std::vector<std::string> command{
      "copy", "issue", "coast", "--csv", launch.write_people(kManyPeople), "--out", launch.file("copies")};
  Program issuing(command, {.folder = launch.folder(), .environment = {}});
  EXPECT_TRUE(wait_until([&] { return launch.files_in("copies").size() > 100; }, 60'000));
  issuing.send(SIGINT);
  const Outcome stopped = issuing.wait();
  EXPECT_EQ(stopped.exit_code, 130) << stopped.err;
  EXPECT_NE(stopped.err.find("of 2000 files"), std::string::npos) << stopped.err;
  EXPECT_FALSE(has_partial_files(launch.files_in("copies")));
  const auto resumed = launch.json(command);
  EXPECT_EQ(resumed["written"].get<int>() + resumed["present"].get<int>(), kManyPeople);
  // Nothing was made twice: a clean stop is between batches.
  EXPECT_EQ(launch.json({"register", "verify"})["makings"], kManyPeople);
}

TEST(Interrupted, an_asset_add_registers_nothing) {
  Launch launch = Launch::empty();
  Program adding({"asset", "add", small_photo(1)}, {.folder = launch.folder(), .environment = {}});
  std::this_thread::sleep_for(std::chrono::milliseconds(60));
  adding.send(SIGINT);
  const Outcome stopped = adding.wait();
  EXPECT_TRUE(stopped.exit_code == 130 || stopped.exit_code == 0) << stopped.exit_code << stopped.err;
  const std::size_t assets = launch.json({"asset", "list"})["assets"].size();
  EXPECT_EQ(assets, stopped.exit_code == 130 ? 0U : 1U);
}

TEST(FullDisk, an_asset_add_registers_nothing) {
  Launch launch = Launch::empty();
  const Outcome added = probity({"asset", "add", small_photo(1)},
                                {.folder = launch.folder(), .environment = {}, .most_file_bytes = 60'000});
  EXPECT_EQ(added.exit_code, 27) << added.out << added.err;
  EXPECT_NE(added.err.find("room"), std::string::npos) << added.err;
  EXPECT_EQ(launch.json({"asset", "list"})["assets"].size(), 0U);
  EXPECT_EQ(launch.run({"register", "verify"}).exit_code, 0);
  EXPECT_EQ(launch.run({"asset", "add", small_photo(1)}).exit_code, 0);
}

TEST(FullDisk, an_issue_says_how_to_go_on) {
  const Launch launch;
  launch.sign({"--csv", launch.write_people(20)});
  const std::vector<std::string> command{
      "copy", "issue", "coast", "--csv", launch.write_people(20), "--out", launch.file("copies")};
  // Registering them takes more of the disk than one copy; making their files again takes less.
  ASSERT_EQ(launch.json(command)["written"], 20);
  std::filesystem::remove_all(launch.file("copies"));
  // The database may grow, the copies may not.
  const std::size_t copy_size = launch.json({"asset", "show", "coast"})["copy_size_bytes"];
  const Outcome issued =
      probity(command, {.folder = launch.folder(), .environment = {}, .most_file_bytes = copy_size - 1});
  EXPECT_EQ(issued.exit_code, 27) << issued.out << issued.err;
  EXPECT_NE(issued.err.find("0 of 20 files"), std::string::npos) << issued.err;
  EXPECT_TRUE(launch.files_in("copies").empty());
  const auto resumed = launch.json(command);
  EXPECT_EQ(resumed["registered"], 0);
  EXPECT_EQ(resumed["written"], 20);
}

TEST(FullDisk, a_database_that_cannot_grow_registers_nothing) {
  const Launch launch;
  const Outcome issued = probity({"copy", "issue", "coast", "--csv", launch.write_people(kManyPeople)},
                                 {.folder = launch.folder(), .environment = {}, .most_file_bytes = 300'000});
  EXPECT_EQ(issued.exit_code, 27) << issued.out << issued.err;
  EXPECT_EQ(launch.json({"copy", "list"})["copies"].size(), 0U);
  EXPECT_EQ(launch.run({"register", "verify"}).exit_code, 0);
}

TEST(Secrets, stay_out_of_everything_that_is_said) {
  const Launch launch;
  const std::string key = read_text_file(launch.folder() + "/keys/master.key");
  std::string hex;
  for (const unsigned char byte : key) {
    constexpr char kDigits[] = "0123456789abcdef";
    hex += {kDigits[byte >> 4], kDigits[byte & 15]};
  }
  std::string said;
  for (const auto& arguments : std::vector<std::vector<std::string>>{
           {"copy", "issue", "coast", "--to", "Mira Holloway, Motor Weekly", "--json"},
           {"asset", "show", "coast", "--json"},
           {"copy", "list", "--json"},
           {"register", "verify", "--json"}}) {
    const Outcome outcome = launch.run(arguments);
    said += outcome.out + outcome.err;
  }
  EXPECT_EQ(said.find(hex), std::string::npos);
  EXPECT_EQ(said.find(key), std::string::npos);
  EXPECT_EQ(said.find("salt"), std::string::npos);
  EXPECT_EQ(fs::status(launch.folder() + "/keys/master.key").permissions(), fs::perms(0600));
}

}  // namespace
}  // namespace probity::test
