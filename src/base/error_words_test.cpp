#include "base/error_words.h"

#include <gtest/gtest.h>

#include <chrono>

namespace probity {
namespace {

TEST(ErrorWords, TranslateAWholeSentence) {
  EXPECT_EQ(in_chinese("there is no such job"), "没有这个任务");
  EXPECT_EQ(in_chinese("the e-mail address or the password is wrong"), "邮箱地址或密码有误");
}

TEST(ErrorWords, PutWhatVariesInItsPlace) {
  EXPECT_EQ(in_chinese("must have at most 200 characters"), "最多 200 个字符");
  EXPECT_EQ(in_chinese("must be a whole number from 1 to 500"), "须为 1 至 500 之间的整数");
  EXPECT_EQ(in_chinese("`port` must be from 1 to 65535"), "`port` 须在 1 至 65535 之间");
}

TEST(ErrorWords, KeepWhatIsInAnotherScriptAsItIs) {
  EXPECT_EQ(in_chinese("/数据/晨光 is not readable"), "/数据/晨光 无法读取");
}

TEST(ErrorWords, TranslateWhatStandsInside) {
  EXPECT_EQ(in_chinese("the telephone number is longer than 40 characters"), "电话号码不得超过 40 个字符");
  EXPECT_EQ(in_chinese("the log must not go on: the log has no checkpoint yet"), "日志不得继续写入：日志尚无检查点");
  EXPECT_EQ(in_chinese("/etc/probity.toml, line 3: must be true or false"),
            "/etc/probity.toml 第 3 行：须为 true 或 false");
}

TEST(ErrorWords, FindWhereTwoSentencesMeet) {
  EXPECT_EQ(in_chinese("the mail server could not be used: Connection refused (check the address)"),
            "邮件服务器无法使用：连接被拒绝（请检查地址）");
  EXPECT_EQ(in_chinese("cannot open /a (b)/c: Permission denied"), "无法打开 /a (b)/c：没有权限");
  EXPECT_EQ(in_chinese("the private key cannot be read (bad decrypt)"), "私钥无法读取（bad decrypt）");
}

TEST(ErrorWords, TakeTheWordsOfATableInTheirOwnOrder) {
  EXPECT_EQ(in_chinese("only 1 of the 3 key-holders needed answered rightly"),
            "所需的 3 家密钥持有方中只有 1 家正确应答");
  EXPECT_EQ(in_chinese("this commitment is in force, so it cannot be sent"), "此承诺书已生效，因此不能发送");
}

// Whatever somebody sends is looked up in no more than a moment.
TEST(ErrorWords, TakeAnyTextQuickly) {
  std::string text;
  for (int i = 0; i < 500; ++i) text += "is missing: is not ({} and; ";
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_FALSE(in_chinese(text).empty());
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(1));
}

TEST(ErrorWords, LeaveWhatNobodyHasTranslated) {
  EXPECT_EQ(in_chinese(""), "");
  EXPECT_EQ(in_chinese("zebras: seven of them"), "zebras: seven of them");
  EXPECT_EQ(in_chinese("已是中文"), "已是中文");
  EXPECT_EQ(in_chinese("{}"), "{}");
  EXPECT_EQ(in_chinese("\xff\xfe bytes of nobody's"), "\xff\xfe bytes of nobody's");
}

}  // namespace
}  // namespace probity
