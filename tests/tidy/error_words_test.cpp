#include "error_words.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace tidy {
namespace {

namespace fs = std::filesystem;

// A project of two files.
class ErrorWordsRule : public testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(project_);
    fs::create_directories(project_ / "src/base");
    fs::create_directories(project_ / "src/jobs");
  }
  void TearDown() override { fs::remove_all(project_); }

  ErrorWordsReport check(const std::string& table, const std::string& source) {
    std::ofstream(project_ / "src/base/error_words_zh.txt") << table;
    std::ofstream(project_ / "src/jobs/service.cpp") << source;
    return check_error_words(project_);
  }

  fs::path project_ = fs::temp_directory_path() / ("tidy_test." + std::to_string(::getpid()));
};

const std::string kJob = R"(return fail(ErrorCode::not_found, "there is no such job", fmt::format("{} are", n));)";

TEST_F(ErrorWordsRule, IsContentWithAWholeTable) {
  const auto report = check("# jobs\n\nthere is no such job\n没有这个任务\n\n{} are\n共有 {} 个\n", kJob);
  EXPECT_EQ(report.failures, std::vector<std::string>{});
}

TEST_F(ErrorWordsRule, NamesWhatIsMissingAndWhatIsLeftOver) {
  const auto report = check("there was a job\n曾有任务\n", kJob);
  ASSERT_EQ(report.failures.size(), 3U);
  EXPECT_EQ(report.failures[0], "src/jobs/service.cpp:1: no Chinese for: there is no such job");
  EXPECT_EQ(report.failures[2], "src/base/error_words_zh.txt:1: nobody says any more: there was a job");
  EXPECT_EQ(report.missing.at(1), "# src/jobs/service.cpp:1\n{} are\n");
}

TEST_F(ErrorWordsRule, ComparesTheGaps) {
  const auto report = check("there is no such job\n没有这个任务\n\n{} are\n共有几个\n", kJob);
  ASSERT_EQ(report.failures.size(), 1U);
  EXPECT_EQ(report.failures[0], "src/base/error_words_zh.txt:4: the two have other gaps");
}

TEST_F(ErrorWordsRule, LetsWordsOfOthersStand) {
  const std::string table = "there is no such job\n没有这个任务\n\n{} are\n共有 {0} 个\n\n";
  EXPECT_EQ(check(table + "# not in the sources\n\nPermission denied\n没有权限\n", kJob).failures.size(), 0U);
  EXPECT_EQ(check(table + "# jobs\n\nPermission denied\n没有权限\n", kJob).failures.size(), 1U);
}

}  // namespace
}  // namespace tidy
