#include "cli/help_words.h"

#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <set>

#include "cli/command_line.h"
#include "cli/grammar.h"

namespace probity::cli {
namespace {

class Help : public testing::Test {
 protected:
  Help() { describe_program(app, grammar, language); }
  CLI::App app;
  Grammar grammar{app};
  std::string language;
};

TEST_F(Help, HasChineseForEveryLine) {
  std::set<std::string> missing;
  for (const std::string& line : lines_of_help(app))
    if (help_in_chinese(line).empty()) missing.insert(line);
  std::string table;
  for (const std::string& line : missing) table += line + "\n\n\n";
  EXPECT_TRUE(missing.empty()) << missing.size() << " lines for src/cli/help_words_zh.txt:\n" << table;
}

// Run in the project's folder.
TEST_F(Help, HasNoChineseForWhatNobodySays) {
  const auto lines = lines_of_help(app);
  const std::set<std::string> said(lines.begin(), lines.end());
  std::ifstream table("src/cli/help_words_zh.txt");
  ASSERT_TRUE(table);
  std::set<std::string> seen;
  std::string english;
  for (std::string line; std::getline(table, line);) {
    if (line.empty() || line.starts_with('#')) {
      EXPECT_TRUE(english.empty()) << "no Chinese: " << english;
    } else if (english.empty()) {
      english = line;
      EXPECT_TRUE(seen.insert(english).second) << "twice: " << english;
      EXPECT_TRUE(said.contains(english) || english.find("{}") != std::string::npos) << "nobody says: " << english;
      continue;
    }
    EXPECT_EQ(line.find("罚款"), std::string::npos) << "an agreed amount is never a fine";
    english.clear();
  }
}

TEST_F(Help, IsReadInChinese) {
  put_help_into_chinese(app);
  const std::string issue = app.get_subcommand("copy")->get_subcommand("issue")->help();
  EXPECT_NE(issue.find("用法: issue [选项] assets..."), std::string::npos) << issue;
  EXPECT_NE(issue.find("\n  --json                      输出"), std::string::npos) << "what is typed stays";
  EXPECT_NE(issue.find("\n  --out 文本                  存放"), std::string::npos) << "columns, not bytes";
  EXPECT_NE(issue.find("probity copy issue coast-road harbour"), std::string::npos);
}

}  // namespace
}  // namespace probity::cli
