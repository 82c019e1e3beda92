#include "sentences.h"

#include <gtest/gtest.h>

namespace tidy {
namespace {

std::vector<std::string> texts(const std::string& source, const Makers& makers = {}) {
  std::vector<std::string> found;
  for (const Sentence& sentence : sentences_of(tokens_of(source), makers)) found.push_back(sentence.text);
  return found;
}

using Texts = std::vector<std::string>;

TEST(Sentences, AreMessageAndHint) {
  EXPECT_EQ(texts(R"(return fail(ErrorCode::not_found, "there is no such job", "list them");)"),
            (Texts{"there is no such job", "list them"}));
  EXPECT_EQ(texts(R"(return {ErrorCode::conflict, "it is closed", ""};)"), (Texts{"it is closed"}));
  EXPECT_EQ(texts(R"(constexpr Row kRows[] = {{SQLITE_FULL, ErrorCode::storage, "the disk is full", "make room"}};)"),
            (Texts{"the disk is full", "make room"}));
  EXPECT_EQ(texts(R"(error.hint = "give a PEM file";)"), (Texts{"give a PEM file"}));
}

TEST(Sentences, AreJoinedWhereTheSourceJoinsThem) {
  EXPECT_EQ(texts(R"(fail(code == 1 ? ErrorCode::gone : ErrorCode::internal, "one " // why
                          "two", "text " + x.name() + " more"))"),
            (Texts{"one two", "text {} more"}));
  EXPECT_EQ(texts(R"(fail(ErrorCode::gone, std::string(what) + ", " + std::to_string(n) + " left"))"),
            (Texts{"{}, {} left"}));
}

TEST(Sentences, HavePlainGaps) {
  EXPECT_EQ(texts(R"x(fail(ErrorCode::gone, fmt::format("{:.1f} of {{}} at {}", a, f(b, c))))x"),
            (Texts{"{} of {} at {}"}));
}

TEST(Sentences, AreTwoWhereTheSourceChooses) {
  EXPECT_EQ(texts(R"(fail(ErrorCode::gone, is_old ? "too old" : late ? "too late" : "too new"))"),
            (Texts{"too old", "too late", "too new"}));
  EXPECT_EQ(texts(R"(fail(ErrorCode::gone, "it is " + (is_old ? std::string("old") : name) + "."))"),
            (Texts{"it is old.", "it is {}."}));
}

TEST(Sentences, LeaveOutWhatIsNoText) {
  EXPECT_EQ(texts(R"(fail(ErrorCode::gone, message, other.error().hint); // fail(ErrorCode::gone, "no"))"), Texts{});
  EXPECT_EQ(texts(R"(fail(ErrorCode::gone, fmt::format("{}: {}", a, b)))"), Texts{});
}

TEST(Sentences, AreGivenThroughOtherHands) {
  const auto tokens = tokens_of(R"(
    tl::unexpected<Error> damaged(const std::string& what) { return fail(ErrorCode::corrupt, "damaged: " + what); }
    Result<void> check(int row, const char* what) { if (row > 3) return damaged(what); return {}; }
    const auto refuse = [&](const char* why) { return fail(ErrorCode::gone, why); };
    Result<int> open(const std::string& path) { return path.size(); }
  )");
  Makers makers = error_makers(tokens, {});
  makers = error_makers(tokens, makers);
  EXPECT_EQ(makers, (Makers{{"damaged", {0}}, {"check", {1}}, {"refuse", {0}}}));
  EXPECT_EQ(texts(R"(return check(4, "the first row"); return refuse("it is late"); open("a b");)", makers),
            (Texts{"the first row", "it is late"}));
  EXPECT_EQ(texts(R"(list.check(4, "of another"); refuse("none", "无");)", makers), Texts{});
}

TEST(Sentences, MayBeWords) {
  const auto found =
      sentences_of(tokens_of(R"(tidy_line("title", text); tidy_line("job title", text);)"), {{"tidy_line", {0}}});
  ASSERT_EQ(found.size(), 2U);
  EXPECT_TRUE(found[0].is_word);
  EXPECT_FALSE(found[1].is_word);
}

TEST(Sentences, StandInRawTextAndBesideComments) {
  EXPECT_EQ(texts("/* fail(ErrorCode::gone, \"no\") */\n#define X fail(ErrorCode::gone, \"no\")\nconst char c = '\"';\n"
                  "fail(ErrorCode::gone, R\"(say \"it\" again)\");"),
            (Texts{"say \"it\" again"}));
}

}  // namespace
}  // namespace tidy
