// The transparency log of a node from end to end: entries of commitments, three witnesses as processes of their own,
// proofs that a stranger checks, a crash, and a log folder restored from a backup.
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>
#include <fstream>

#include "base/encoding.h"
#include "journeys/node.h"
#include "tlog/log_proof.h"

namespace probity::test {
namespace {

namespace fs = std::filesystem;

constexpr int kSoonMs = 30'000;

std::string after(const std::string& text, const std::string& mark) {
  const std::size_t at = text.find(mark);
  if (at == std::string::npos) return "";
  const std::size_t begin = at + mark.size(), end = text.find('\n', begin);
  return end == std::string::npos ? "" : text.substr(begin, end - begin);
}

class LogStory : public testing::Test {
 protected:
  LogStory() {
    std::string pattern = (fs::temp_directory_path() / "probity-log-story-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
  }
  ~LogStory() override { fs::remove_all(folder); }

  // Witnesses of the node's log, and the configuration that names them.
  void add_witnesses(int count) {
    std::string key = node.run({"log", "key"}).out;
    while (key.ends_with('\n')) key.pop_back();
    std::ofstream config(node.workspace() + "/probity.toml");
    config << "[log]\nquorum = 2\n";
    for (int i = 0; i < count; ++i) {
      const std::string data = folder + "/w" + std::to_string(i), name = "witness-" + std::to_string(i) + ".example";
      EXPECT_EQ(probity({"witness", "init", data, "--name", name}).exit_code, 0);
      witnesses.push_back(std::make_unique<Program>(
          std::vector<std::string>{"witness", "serve", data, "--log", key, "--listen", "127.0.0.1:0"}));
      const auto url = [&] { return after(witnesses.back()->said_out(), "Witnessing on "); };
      EXPECT_TRUE(wait_until([&] { return !url().empty(); }, kSoonMs)) << witnesses.back()->said();
      std::string witness_key = probity({"witness", "key", data}).out;
      while (witness_key.ends_with('\n')) witness_key.pop_back();
      config << "[[log.witness]]\nname = \"w" << i << "\"\nurl = \"" << url() << "\"\nkey = \"" << witness_key
             << "\"\n";
    }
    config.close();
    node.stop();
    node.start();
  }
  nlohmann::json status() { return node.staff().get("/log").json(); }
  bool published(std::uint64_t size) {
    return wait_until(
        [&] {
          const auto now = status();
          return now.contains("published") && !now["published"].is_null() && now["published"]["size"] >= size;
        },
        kSoonMs);
  }
  // Checks the proof of each entry about the commitment as a stranger would; how many there are.
  std::size_t prove(const std::string& commitment) {
    const Answer policy_text = node.stranger().get("!/log/policy");
    EXPECT_EQ(policy_text.status, 200);
    const auto policy = tlog::Policy::parse(policy_text.body).value();
    const auto entries = node.staff().get("/log/entries?subject=" + commitment).json();
    for (const auto& entry : entries["items"]) {
      const Answer text = node.staff().get("/log/entries/" + entry["entry"].get<std::string>() + "/proof");
      EXPECT_EQ(text.status, 200) << text.body;
      const auto proof = tlog::LogProof::parse(text.body);
      if (!proof) {
        ADD_FAILURE() << "no proof";
        continue;
      }
      const Bytes salt = from_hex(entry["salt"].get<std::string>()).value();
      const Hash commitment_hash = sha256({salt, as_bytes(entry["text"].get<std::string>())});
      const auto accepted = tlog::verify_log_proof(*proof, commitment_hash, policy);
      EXPECT_TRUE(accepted) << accepted.error().message;
      if (accepted) seen = accepted->seen.size();
    }
    return entries["items"].size();
  }

  Node node;
  std::string folder;
  std::vector<std::unique_ptr<Program>> witnesses;
  std::size_t seen = 0;
};

TEST_F(LogStory, entries_are_cosigned_proved_and_never_taken_back) {
  add_witnesses(3);
  const Story story = begin_story(node.staff(), false);
  const auto first = invite(node.staff(), story, 2, "First Person");
  ASSERT_TRUE(published(2)) << status();
  EXPECT_EQ(prove(first[0].commitment), 1U);
  EXPECT_GE(seen, 2U);
  EXPECT_EQ(status()["trouble"], "");
  EXPECT_EQ(node.stranger().get("!/log/tile/entries/000.p/2").body.size(), 2U * 34);

  node.crash_and_restart();
  EXPECT_EQ(node.run({"log", "fsck"}).exit_code, 0);
  EXPECT_EQ(prove(first[1].commitment), 1U);

  // One witness less is no obstacle; two are, until one is back.
  witnesses[0].reset();
  const auto second = invite(node.staff(), story, 1, "Second Person");
  ASSERT_TRUE(published(3)) << status();
  EXPECT_EQ(prove(second[0].commitment), 1U);
}

TEST_F(LogStory, a_log_folder_from_a_backup_stands_still_and_nothing_else_does) {
  const Story story = begin_story(node.staff(), false);
  invite(node.staff(), story, 1, "First Person");
  ASSERT_TRUE(published(1)) << status();
  const std::string live = node.workspace() + "/log", backup = folder + "/backup";
  fs::copy(live, backup, fs::copy_options::recursive);
  invite(node.staff(), story, 1, "Second Person");
  ASSERT_TRUE(published(2)) << status();
  node.stop();
  const std::string newest = folder + "/newest";
  fs::rename(live, newest);
  fs::copy(backup, live, fs::copy_options::recursive);
  node.start();
  EXPECT_NE(status()["trouble"], "");
  EXPECT_NE(node.run({"log", "fsck"}).exit_code, 0);
  const auto third = invite(node.staff(), story, 1, "Third Person");
  EXPECT_EQ(status()["waiting"], 1);

  node.stop();
  fs::remove_all(live);
  fs::rename(newest, live);
  node.start();
  ASSERT_TRUE(published(3)) << status();
  EXPECT_EQ(prove(third[0].commitment), 1U);
  EXPECT_EQ(node.run({"log", "fsck"}).exit_code, 0);
}

}  // namespace
}  // namespace probity::test
