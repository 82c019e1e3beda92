// Every reason that the checks of seals, packages and proofs can give has its Chinese words; the list is read from
// their sources, so that a new reason without words is found.
#include "evidence/reason_words.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

namespace probity::evidence {
namespace {

// Where a reason begins in those files.
constexpr const char* kCalls[] = {
    "malformed(",         "other_form(",   "corrupt(", "ErrorCode::corrupt,", "ErrorCode::unsupported,",
    "Standing::unknown,", "check.reason ="};

std::string source(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

// The literal that comes next, its parts joined; empty when something else comes.
std::string literal_at(const std::string& text, std::size_t at) {
  std::string joined;
  const auto skip = [&] { at = std::min(text.find_first_not_of(" \n", at), text.size()); };
  skip();
  if (text.compare(at, 12, "fmt::format(") == 0) at += 12;
  for (skip(); at < text.size() && text[at] == '"'; skip()) {
    const std::size_t end = text.find('"', at + 1);
    joined += text.substr(at + 1, end - at - 1);
    at = end + 1;
  }
  return joined;
}

TEST(ReasonWords, every_reason_of_the_checks_is_there_in_chinese) {
  std::set<std::string> reasons;
  for (const char* file :
       {"seal/check.cpp", "seal/seal_form.cpp", "seal/cms_check.cpp", "seal/asic.cpp", "seal/timestamp.cpp",
        "seal/standing.cpp", "seal/pdf_revisions.cpp", "log/check_entry.cpp"}) {
    const std::string text = source(std::string("src/") + file);
    ASSERT_FALSE(text.empty()) << file;
    for (const char* call : kCalls)
      for (std::size_t at = text.find(call); at != std::string::npos; at = text.find(call, at + 1)) {
        const std::string reason = literal_at(text, at + std::string_view(call).size());
        if (reason.find(' ') != std::string::npos) reasons.insert(reason);
      }
  }
  EXPECT_GT(reasons.size(), 70U);
  // Of replies that are asked for, and of packages that are made: no check of a file says so.
  for (const char* other : {"the authority's reply cannot be read", "the authority's reply holds no timestamp",
                            "the authority answered another question"})
    reasons.erase(other);
  for (std::string reason : reasons) {
    if (const std::size_t gap = reason.find("{}"); gap != std::string::npos) reason.replace(gap, 2, "leak/001.jpg");
    if (reason.ends_with(": ")) reason += "another reason";
    EXPECT_NE(reason_zh(reason), reason);
  }
}

TEST(ReasonWords, names_and_numbers_stay_and_strangers_words_are_told_as_they_are) {
  EXPECT_EQ(reason_zh("leak/001.png was altered after the package was sealed"), "leak/001.png 在证据包盖章之后被改动");
  EXPECT_EQ(reason_zh("the proof is of another entry: this is not a proof of a log"),
            "证明属于另一条记录：这不是日志证明");
  EXPECT_EQ(reason_zh("too few witnesses cosigned: 1 of 3"), "会签的见证者过少：1 of 3");
  EXPECT_EQ(reason_zh("self-signed certificate"), "self-signed certificate");
  EXPECT_EQ(reason_zh(""), "");
}

}  // namespace
}  // namespace probity::evidence
