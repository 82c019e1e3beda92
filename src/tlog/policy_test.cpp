// Policies: the example of C2SP with real keys, nested quorums, and lines that must be refused.
#include "tlog/policy.h"

#include <gtest/gtest.h>

#include "support/memory_ports.h"

namespace probity::tlog {
namespace {

std::string vkey(const std::string& name, SignatureType type = SignatureType::cosignature) {
  static std::uint64_t seed = 0;
  test::SeededRandom random(++seed);
  return SigningKey::generate(name, type, random).verifier().text();
}

std::string nested() {
  std::string text = "# two houses\nlog " + vkey("log.example", SignatureType::ed25519) + " https://log.example/\n\n";
  for (const char* name : {"X1", "X2", "X3", "Y1", "Y2", "Y3"})
    text += std::string("witness\t") + name + "  " + vkey(name) + " \n";
  return text +
         "group X-witnesses 2 X1 X2 X3\ngroup Y-witnesses any Y1 Y2 Y3\n"
         "group X-and-Y all X-witnesses Y-witnesses\nquorum X-and-Y\n";
}

TEST(Policies, nest_groups) {
  const Policy policy = Policy::parse(nested()).value();
  EXPECT_EQ(policy.logs.front().url, "https://log.example/");
  EXPECT_TRUE(policy.satisfied_by({"X1", "X3", "Y2"}));
  EXPECT_FALSE(policy.satisfied_by({"X1", "Y2", "Y1"}));
  EXPECT_FALSE(policy.satisfied_by({"X1", "X2", "X3"}));
  EXPECT_FALSE(policy.satisfied_by({}));
  EXPECT_EQ(Policy::parse(policy.text()).value().text(), policy.text());
}

TEST(Policies, may_ask_for_nobody) {
  const Policy policy = Policy::parse("quorum none\n").value();
  EXPECT_TRUE(policy.satisfied_by({}));
}

TEST(Policies, refuse_what_they_do_not_understand) {
  const std::string a = "witness a " + vkey("a") + "\n", b = "witness b " + vkey("b") + "\n", end = "quorum none\n";
  const std::string same = vkey("s");
  for (const std::string& bad : std::vector<std::string>{std::string(),
                                                         a,
                                                         end + end,
                                                         "quorum none",
                                                         "quorum a\n" + a,
                                                         a + "quorum c\n",
                                                         a + a + end,
                                                         "witness a " + same + "\nwitness b " + same + "\n" + end,
                                                         "witness none " + vkey("n") + "\n" + end,
                                                         "log " + vkey("a") + "\n" + end,
                                                         "witness a " + vkey("a", SignatureType::ed25519) + "\n" + end,
                                                         a + "group g any\n" + end,
                                                         a + "group g 2 a\n" + end,
                                                         a + "group g 0 a\n" + end,
                                                         a + "group g 01 a\n" + end,
                                                         a + "group g any b\n" + b + end,
                                                         a + b + "group g all a b\ngroup h any a\n" + end,
                                                         a + "group a any a\n" + end,
                                                         a + "group g any a a\n" + end,
                                                         "hello\n" + end,
                                                         a + "group g any none\n" + end,
                                                         "witness a\n" + end,
                                                         "quorum none x\n",
                                                         std::string("quorum none\n\0\n", 14),
                                                         "quorum\x7Fnone\n"})
    EXPECT_FALSE(Policy::parse(bad)) << bad;
}

TEST(Policies, hold_thirty_two_of_each) {
  std::string text;
  for (int i = 0; i < 32; ++i) {
    const std::string n = std::to_string(i);
    text += "log " + vkey("l" + n, SignatureType::ed25519) + "\nwitness w" + n + " " + vkey("w" + n) + "\ngroup g" + n +
            " any w" + n + "\n";
  }
  EXPECT_TRUE(Policy::parse(text + "quorum g31\n"));
}

TEST(Policies, take_the_time_at_which_the_quorum_was_there) {
  test::SeededRandom random(7);
  const auto log = SigningKey::generate("log.example", SignatureType::ed25519, random);
  std::vector<SigningKey> keys;
  Policy policy;
  policy.logs.push_back({log.verifier(), ""});
  PolicyGroup group{"two", 2, {}};
  for (const char* name : {"a", "b", "c"}) {
    keys.push_back(SigningKey::generate(name, SignatureType::cosignature, random));
    policy.witnesses.push_back({name, keys.back().verifier(), ""});
    group.members.emplace_back(name);
  }
  policy.groups.push_back(group);
  policy.quorum = "two";
  const std::string text = Checkpoint{"log.example", {1, Hash{1}}, {}}.text();
  const auto note =
      join_note(text, {log.sign(text), keys[0].sign(text, 30), keys[1].sign(text, 10), keys[2].sign(text, 20)});
  EXPECT_EQ(accept_checkpoint(note, policy).value().time_s, 20);
  EXPECT_FALSE(accept_checkpoint(join_note(text, {log.sign(text), keys[0].sign(text, 30)}), policy));
}

}  // namespace
}  // namespace probity::tlog
