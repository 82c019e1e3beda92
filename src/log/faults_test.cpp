// Power cuts and errors at every call of the disk: nothing acknowledged is lost, nothing that was signed is taken back,
// and the log opens again each time.
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

#include "log/fsck.h"
#include "log/reader.h"
#include "log/tree_files.h"
#include "log/writer.h"
#include "support/faulty_log_files.h"
#include "support/memory_ports.h"

namespace probity::log {
namespace {

using test::FaultyDisk;

tlog::SigningKey log_key() {
  test::SeededRandom random(5);
  return tlog::SigningKey::generate("log.example", tlog::SignatureType::ed25519, random);
}

// A log on a disk that fails, and what was promised to the outside.
class Story {
 public:
  explicit Story(std::uint64_t seed) : disk(seed), random_(seed), files_(disk), guard_(disk), seed_(seed) {}

  bool open() {
    writer_.reset();
    auto opened = LogWriter::open(files_, guard_, key_, randomness_, {.rotate_journal_bytes = 600});
    if (!opened) {
      trouble = opened.error().message;
      return false;
    }
    writer_ = std::move(*opened);
    keep_signed();
    return true;
  }

  // A run of verbs until one fails or `steps` are done.
  bool work(int steps) {
    for (int i = 0; i < steps; ++i) {
      if (pick(4) == 0) {
        if (!writer_->sign()) return false;
        keep_signed();
        if (!writer_->signed_checkpoint().empty() && !publish()) return false;
        continue;
      }
      std::vector<Bytes> entries;
      const int count = pick(10) == 0 ? 300 : 1 + pick(5);
      for (int n = 0; n < count; ++n) entries.push_back(make_entry());
      const auto first = writer_->append(entries);
      if (!first) return false;
      for (std::size_t n = 0; n < entries.size(); ++n) acknowledged[*first + n] = entries[n];
    }
    return true;
  }

  // Everything that was promised still holds, in a log without faults.
  void check() {
    ASSERT_TRUE(open()) << trouble << ", seed " << seed_;
    ASSERT_TRUE(writer_->append(std::vector<Bytes>{make_entry()}));
    ASSERT_TRUE(writer_->sign());
    const tlog::TreeHead head = writer_->signed_head();
    ASSERT_GT(head.size, acknowledged.empty() ? 0 : acknowledged.rbegin()->first);
    const auto entries = read_entries(files_, 0, head.size, head.size).value();
    for (const auto& [place, entry] : acknowledged) ASSERT_EQ(entries[place], entry) << "entry " << place;
    tlog::TileSource source = tile_source(files_, head.size);
    for (const tlog::TreeHead& before : signed_heads) {
      ASSERT_LE(before.size, head.size) << "the log shrank";
      ASSERT_EQ(tlog::root_at(source, before.size).value(), before.root) << "the log forked, seed " << seed_;
    }
    const auto report = fsck(files_, guard_, policy()).value();
    ASSERT_TRUE(report.wrong.empty()) << report.wrong.front();
  }

  tlog::Policy policy() const { return {{{key_.verifier(), ""}}, {}, {}, "none"}; }
  LogWriter& writer() { return *writer_; }
  test::FaultyLogFiles& files() { return files_; }
  test::FaultyGuard& guard() { return guard_; }
  bool publish() { return files_.replace(kCheckpointFile, as_bytes(writer_->signed_checkpoint())).has_value(); }

  FaultyDisk disk;
  std::string trouble;
  std::map<std::uint64_t, Bytes> acknowledged;
  std::vector<tlog::TreeHead> signed_heads;

 private:
  int pick(int below) { return std::uniform_int_distribution<int>(0, below - 1)(random_); }
  Bytes make_entry() {
    ++made_;
    const std::string text = std::to_string(seed_) + "/" + std::to_string(made_) + std::string(made_ % 40, 'x');
    return {text.begin(), text.end()};
  }
  void keep_signed() {
    if (writer_->signed_checkpoint().empty()) return;
    signed_heads.push_back(writer_->signed_head());
  }

  std::mt19937_64 random_;
  test::FaultyLogFiles files_;
  test::FaultyGuard guard_;
  test::SeededRandom randomness_;
  tlog::SigningKey key_ = log_key();
  std::unique_ptr<LogWriter> writer_;
  std::uint64_t seed_, made_ = 0;
};

int from_environment(const char* name, int otherwise) {
  const char* value = std::getenv(name);
  return value != nullptr ? std::atoi(value) : otherwise;
}

TEST(PowerCuts, lose_nothing_that_was_acknowledged) {
  const int cuts = from_environment("PROBITY_LOG_POWER_CUTS", 200);
  for (int seed = 1; seed <= cuts; ++seed) {
    Story story(static_cast<std::uint64_t>(seed));
    std::mt19937_64 random(static_cast<std::uint64_t>(seed) * 77);
    for (int lives = 0; lives < 4; ++lives) {
      story.disk.fail_at(std::uniform_int_distribution<std::uint64_t>(1, 120)(random), true);
      if (story.open()) story.work(60);
      story.disk.cut_power();
    }
    story.check();
    if (testing::Test::HasFatalFailure()) FAIL() << "seed " << seed;
  }
}

// After the error the program is started again on the same machine, goes on, and only then the power is cut: what a
// failed flush left in the system's memory must not have been believed.
TEST(Errors, at_every_call_once_lose_nothing) {
  constexpr int kSteps = 25;
  Story without(3);
  without.disk.fail_at(0, false);
  ASSERT_TRUE(without.open() && without.work(kSteps));
  const std::uint64_t calls = without.disk.calls();
  ASSERT_GT(calls, 60U);
  for (std::uint64_t at = 1; at <= calls; ++at) {
    for (const bool restarts_before_the_cut : {true, false}) {
      Story story(3);
      story.disk.fail_at(at, false);
      const bool failed = !(story.open() && story.work(kSteps));
      ASSERT_TRUE(failed || story.disk.has_failed()) << at;
      story.disk.restart();
      if (restarts_before_the_cut) {
        ASSERT_TRUE(story.open()) << story.trouble << ", call " << at;
        ASSERT_TRUE(story.work(3));
      }
      story.disk.cut_power();
      story.check();
      if (testing::Test::HasFatalFailure()) FAIL() << "call " << at;
    }
  }
}

TEST(Errors, stop_the_writer_for_good) {
  Story story(9);
  ASSERT_TRUE(story.open());
  const std::vector<Bytes> one{Bytes{1}};
  ASSERT_TRUE(story.writer().append(one));
  story.disk.fail_at(2, false);  // the flush
  EXPECT_EQ(story.writer().append(one).error().code, ErrorCode::storage);
  EXPECT_EQ(story.writer().append(one).error().code, ErrorCode::unavailable);
  EXPECT_EQ(story.writer().sign().error().code, ErrorCode::unavailable);
}

TEST(Backups, that_are_older_than_the_last_signature_are_refused) {
  Story story(4);
  ASSERT_TRUE(story.open() && story.work(30));
  ASSERT_TRUE(story.writer().sign());
  const auto old = story.disk.copy();
  ASSERT_TRUE(story.writer().append(std::vector<Bytes>{Bytes{1}}));
  ASSERT_TRUE(story.writer().sign());
  const Bytes guard = story.disk.cached().at(test::FaultyGuard::kPath);

  auto restored = old;
  restored[test::FaultyGuard::kPath] = guard;
  story.disk.put_back(restored);
  EXPECT_FALSE(story.open()) << "the folder is older than the guard";

  auto without_guard = old;
  without_guard.erase(test::FaultyGuard::kPath);
  without_guard[kCheckpointFile] = guard;
  story.disk.put_back(without_guard);
  EXPECT_FALSE(story.open()) << "the guard is gone";

  story.disk.put_back({{test::FaultyGuard::kPath, guard}});
  EXPECT_FALSE(story.open()) << "the folder is gone";

  auto ahead = old;
  ahead[kCheckpointFile] = guard;
  story.disk.put_back(ahead);
  EXPECT_FALSE(story.open()) << "the guard is older than what was published";

  story.disk.put_back(old);
  EXPECT_TRUE(story.open()) << story.trouble;
}

// A journal that is damaged among acknowledged entries is no torn end.
TEST(Journals, do_not_pass_damage_off_as_a_power_cut) {
  Story story(6);
  ASSERT_TRUE(story.open());
  for (std::uint8_t i = 0; i < 5; ++i) ASSERT_TRUE(story.writer().append(std::vector<Bytes>{Bytes(40, i)}));
  const auto whole = story.disk.copy();
  const auto journal =
      std::find_if(whole.begin(), whole.end(), [](const auto& f) { return f.first.starts_with("journal/"); });
  ASSERT_NE(journal, whole.end());
  const std::size_t last_batch = 56 + 42, size = journal->second.size();
  for (std::size_t i = 0; i < size; ++i) {
    auto damaged = whole;
    damaged[journal->first][i] ^= 0x10;
    story.disk.put_back(damaged);
    const bool opened = story.open();
    EXPECT_EQ(opened, i >= size - last_batch) << "byte " << i;
  }
  for (std::size_t kept = size - last_batch; kept < size; ++kept) {
    auto cut = whole;
    cut[journal->first].resize(kept);
    story.disk.put_back(cut);
    ASSERT_TRUE(story.open()) << kept;
    EXPECT_EQ(story.writer().size(), 4U);
  }
}

// A log of 10,000 entries: every flipped bit of its tiles and checkpoint is found, and never signed over.
class BitFlips : public testing::Test {
 protected:
  BitFlips() : story(8) {
    EXPECT_TRUE(story.open());
    std::vector<Bytes> entries;
    for (std::uint32_t i = 0; i < 10'000; ++i) {
      const Hash hash = sha256(as_bytes(std::to_string(i)));
      entries.emplace_back(hash.begin(), hash.end());
    }
    EXPECT_TRUE(story.writer().append(entries));
    EXPECT_TRUE(story.writer().sign());
    EXPECT_TRUE(story.publish());
  }
  bool found() { return !fsck(story.files(), story.guard(), story.policy()).value().wrong.empty(); }
  void flip(const std::string& path, std::size_t bit) {
    auto& byte = story.disk.cached()[path][bit / 8];
    byte = static_cast<std::uint8_t>(byte ^ (1 << (bit % 8)));
  }
  Story story;
};

TEST_F(BitFlips, are_all_found) {
  ASSERT_FALSE(found());
  const auto whole = story.disk.copy();
  std::mt19937_64 random(11);
  for (const auto& [path, bytes] : whole) {
    if (path.starts_with("journal/")) continue;
    const std::size_t bits = bytes.size() * 8, step = bits <= 1500 ? 29 : bits / 3;
    for (std::size_t bit = random() % step; bit < bits; bit += step) {
      flip(path, bit);
      ASSERT_TRUE(found()) << path << ", bit " << bit;
      flip(path, bit);
    }
  }
  EXPECT_FALSE(found());
}

// Every bit without exception. Those of bundles and of leaf hashes are tried on the check of their bundle alone, all of
// whose remarks fsck() makes and open() refuses for; with the whole log each time they would take half a day.
TEST_F(BitFlips, are_found_each_one) {
  const int stride = from_environment("PROBITY_LOG_ALL_FLIPS", 0) != 0 ? 1 : 1009;
  const std::uint64_t size = story.writer().size();
  std::size_t tried = 0, missed = 0;
  const auto whole = story.disk.copy();
  for (const auto& [path, bytes] : whole) {
    if (path.starts_with("journal/")) continue;
    const auto tile = tlog::parse_tile_path(path);
    for (std::size_t bit = 0; bit < bytes.size() * 8; bit += stride) {
      flip(path, bit);
      const bool seen =
          tile && tile->level == 0 ? !check_bundle(story.files(), tile->index, size).value().wrong.empty() : found();
      flip(path, bit);
      ++tried;
      if (!seen) ++missed;
    }
  }
  EXPECT_EQ(missed, 0U) << "of " << tried;
  std::cout << tried << " bits flipped one by one, " << missed << " not found\n";
}

TEST_F(BitFlips, are_not_signed_over) {
  const auto whole = story.disk.copy();
  std::mt19937_64 random(12);
  for (const auto& [path, bytes] : whole) {
    if (path.starts_with("journal/")) continue;
    auto damaged = whole;
    damaged[path][random() % bytes.size()] ^= static_cast<std::uint8_t>(1 << (random() % 8));
    story.disk.put_back(damaged);
    EXPECT_FALSE(story.open()) << path;
  }
}

TEST_F(BitFlips, behind_the_writer_are_seen_before_it_signs) {
  ASSERT_TRUE(story.open());
  class Flipping final : public LogFiles {
   public:
    explicit Flipping(LogFiles& below) : below_(below) {}
    Result<Bytes> read(const std::string& path) override { return below_.read(path); }
    Result<Bytes> read_back(const std::string& path) override {
      TRY_ASSIGN(Bytes bytes, below_.read(path));
      if (count++ == flip_at) bytes[bytes.size() / 2] ^= 4;
      return bytes;
    }
    Result<std::vector<std::string>> list(const std::string& folder) override { return below_.list(folder); }
    Result<void> write(const std::string& path, BytesView bytes) override { return below_.write(path, bytes); }
    Result<void> flush() override { return below_.flush(); }
    Result<void> replace(const std::string& path, BytesView bytes) override { return below_.replace(path, bytes); }
    Result<std::unique_ptr<AppendFile>> create(const std::string& path) override { return below_.create(path); }
    Result<void> remove(const std::string& path) override { return below_.remove(path); }
    int count = 0, flip_at = -1;

   private:
    LogFiles& below_;
  };
  test::SeededRandom random;
  const auto key = log_key();
  const auto whole = story.disk.copy();
  for (int flip = 0; flip < 5; ++flip) {
    story.disk.put_back(whole);
    Flipping files(story.files());
    auto writer = LogWriter::open(files, story.guard(), key, random).value();
    ASSERT_TRUE(writer->append(std::vector<Bytes>(300, Bytes{7})));
    files.flip_at = flip;
    const auto outcome = writer->sign();
    ASSERT_GT(files.count, flip);
    EXPECT_EQ(outcome.error().code, ErrorCode::corrupt) << flip;
    EXPECT_EQ(writer->signed_head().size, 10'000U);
  }
}

}  // namespace
}  // namespace probity::log
