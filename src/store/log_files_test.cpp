// The log's files in a real folder: one writer, files that come whole, a guard that compares, a witness's memory.
#include "store/log_files.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <thread>

namespace probity::store {
namespace {

namespace fs = std::filesystem;

class LogFolder : public testing::Test {
 protected:
  LogFolder() {
    std::string pattern = (fs::temp_directory_path() / "probity-logfiles-XXXXXX").string();
    path = ::mkdtemp(pattern.data());
  }
  ~LogFolder() override { fs::remove_all(path); }
  std::string path;
};

TEST_F(LogFolder, has_one_writer_and_many_readers) {
  auto writer = FolderLogFiles::open(path + "/log", FolderLogFiles::Use::writing).value();
  EXPECT_EQ(FolderLogFiles::open(path + "/log", FolderLogFiles::Use::writing).error().code, ErrorCode::conflict);
  const auto reader = FolderLogFiles::open(path + "/log", FolderLogFiles::Use::reading).value();
  ASSERT_TRUE(writer->write("tile/0/x001/000", as_bytes("one")));
  ASSERT_TRUE(writer->write("tile/0/001.p/2", as_bytes("two")));
  ASSERT_TRUE(writer->flush());
  ASSERT_TRUE(writer->replace("checkpoint", as_bytes("three")));
  EXPECT_EQ(as_text(reader->read("tile/0/x001/000").value()), "one");
  EXPECT_EQ(as_text(reader->read_back("tile/0/001.p/2").value()), "two");
  EXPECT_EQ(reader->list("tile/0").value(), (std::vector<std::string>{"001.p", "x001"}));
  EXPECT_TRUE(reader->list("nothing").value().empty());
  EXPECT_EQ(reader->read("nothing").error().code, ErrorCode::not_found);
  ASSERT_TRUE(writer->remove("tile/0/001.p"));
  ASSERT_TRUE(writer->remove("tile/0/001.p"));
  EXPECT_EQ(reader->read("tile/0/001.p/2").error().code, ErrorCode::not_found);
  writer.reset();
  EXPECT_TRUE(FolderLogFiles::open(path + "/log", FolderLogFiles::Use::writing));
}

TEST_F(LogFolder, takes_more_files_at_once_than_may_be_open) {
  const auto files = FolderLogFiles::open(path, FolderLogFiles::Use::writing).value();
  for (int i = 0; i < 500; ++i) ASSERT_TRUE(files->write("tile/0/" + std::to_string(i), as_bytes("x")));
  EXPECT_TRUE(files->flush());
}

TEST_F(LogFolder, journals_grow_and_are_never_taken_over) {
  const auto files = FolderLogFiles::open(path, FolderLogFiles::Use::writing).value();
  const auto journal = files->create("journal/1").value();
  ASSERT_TRUE(journal->append(as_bytes("a")));
  ASSERT_TRUE(journal->flush());
  ASSERT_TRUE(journal->append(as_bytes("b")));
  ASSERT_TRUE(journal->flush());
  EXPECT_EQ(as_text(files->read("journal/1").value()), "ab");
  EXPECT_FALSE(files->create("journal/1"));
}

TEST_F(LogFolder, says_when_it_cannot_write) {
  const auto files = FolderLogFiles::open(path, FolderLogFiles::Use::writing).value();
  ASSERT_TRUE(files->write("tile", as_bytes("a file where a folder must be")));
  EXPECT_EQ(files->write("tile/0/000", as_bytes("x")).error().code, ErrorCode::storage);
}

TEST_F(LogFolder, the_guard_compares_before_it_swaps) {
  FileCheckpointGuard guard(path + "/guard"), other(path + "/guard");
  EXPECT_FALSE(guard.read().value());
  EXPECT_EQ(guard.swap("something", "one").error().code, ErrorCode::conflict);
  ASSERT_TRUE(guard.swap(std::nullopt, "one"));
  EXPECT_EQ(other.swap(std::nullopt, "two").error().code, ErrorCode::conflict);
  ASSERT_TRUE(other.swap("one", "two"));
  EXPECT_EQ(guard.read().value(), "two");
}

TEST_F(LogFolder, a_witness_never_goes_back_however_many_ask) {
  FolderWitnessMemory memory(path + "/logs"), same(path + "/logs");
  std::vector<std::thread> threads;
  std::atomic<int> advanced{0};
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 25; ++i) {
        auto& one = t % 2 == 0 ? memory : same;
        const auto next = one.advance("log.example", [](const auto& last) -> Result<tlog::TreeHead> {
          return tlog::TreeHead{last ? last->size + 1 : 1, Hash{1}};
        });
        if (next) ++advanced;
      }
    });
  for (auto& thread : threads) thread.join();
  const auto last = memory.advance("log.example", [](const auto& head) -> Result<tlog::TreeHead> { return *head; });
  EXPECT_EQ(last.value().size, static_cast<std::uint64_t>(advanced));
  EXPECT_EQ(advanced, 200);
  EXPECT_FALSE(memory.advance("log.example",
                              [](const auto&) -> Result<tlog::TreeHead> { return fail(ErrorCode::conflict, "no"); }));
}

}  // namespace
}  // namespace probity::store
