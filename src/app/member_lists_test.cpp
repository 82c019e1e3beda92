#include <gtest/gtest.h>

#include <filesystem>

#include "app/list_history.h"
#include "app/list_trust.h"

namespace probity::app {
namespace {

namespace fs = std::filesystem;

alliance::HeldTagSet list_of(oprf::TagSetVersion version, oprf::Prefix prefix) {
  return {oprf::TagSet::make(2027, version, 5, {prefix}).value(), {}};
}

TEST(ListHistory, a_hub_that_shows_another_list_is_caught_after_a_restart_too) {
  std::string pattern = (fs::temp_directory_path() / "probity-lists-XXXXXX").string();
  const std::string folder = ::mkdtemp(pattern.data());
  EXPECT_TRUE(ListHistory(folder).accept(list_of(3, 7)));
  ListHistory again(folder);
  EXPECT_TRUE(again.accept(list_of(3, 7)));
  EXPECT_EQ(again.accept(list_of(3, 8)).error().code, ErrorCode::forbidden) << "two lists under one version";
  EXPECT_TRUE(fs::exists(folder + "/lists/conflict-2027-3.json")) << "the proof is kept";
  EXPECT_EQ(again.accept(list_of(2, 7)).error().code, ErrorCode::forbidden) << "it goes back";
  EXPECT_TRUE(again.accept(list_of(5, 9)));
  EXPECT_EQ(ListHistory(folder).accept(list_of(4, 7)).error().code, ErrorCode::forbidden);
  EXPECT_FALSE(again.policy());
  ASSERT_TRUE(again.conflict()) << "until somebody has settled it";
  EXPECT_EQ(again.conflict()->code, ErrorCode::forbidden);
  fs::remove(folder + "/lists/conflict-2027-3.json");
  EXPECT_FALSE(again.conflict()) << "to go back proves nothing";
  fs::remove_all(folder);
}

TEST(ListTrust, answers_from_lists_that_are_in_the_log) {
  const auto view = [](oprf::TagSetVersion version) {
    alliance::KeyDirectory keys;
    keys.keys.epoch = 2027;
    return std::make_shared<const alliance::ListView>(alliance::ListView{keys, list_of(version, 7)});
  };
  const Error not_yet{ErrorCode::unavailable, "no quorum has seen it yet", ""};
  const Error other{ErrorCode::forbidden, "another list than it has put into the log", ""};
  const auto first = view(1), second = view(2);
  ListTrust trust;
  EXPECT_EQ(trust.usable({{2027, first}}, 0).error().code, ErrorCode::unavailable);
  trust.missed(2027, not_yet, 0);
  EXPECT_EQ(trust.usable({{2027, first}}, 0).error().message, not_yet.message) << "there is none before it";
  trust.found(first);
  EXPECT_EQ(trust.usable({{2027, first}}, 0).value().at(2027), first);
  // A new list answers when it is found; the one before it until then, and not for ever.
  EXPECT_EQ(trust.usable({{2027, second}}, 1).value().at(2027), first);
  trust.missed(2027, not_yet, 1'000);
  EXPECT_FALSE(trust.alarm(1'000)) << "a proof takes its seconds";
  EXPECT_EQ(trust.usable({{2027, second}}, 1'000 + kMostUnprovedMs).value().at(2027), first);
  EXPECT_TRUE(trust.alarm(1'001 + kProofPatienceMs));
  EXPECT_EQ(trust.usable({{2027, second}}, 1'001 + kMostUnprovedMs).error().code, ErrorCode::unavailable);
  trust.found(second);
  EXPECT_FALSE(trust.alarm(1'001 + kMostUnprovedMs));
  EXPECT_EQ(trust.usable({{2027, second}}, 2'000).value().at(2027), second);
  // A hub that shows another list than it logged is not waited for.
  trust.missed(2027, other, 3'000);
  EXPECT_EQ(trust.alarm(3'000)->code, ErrorCode::forbidden);
  EXPECT_EQ(trust.usable({{2027, second}}, 3'000).error().code, ErrorCode::forbidden);
}

}  // namespace
}  // namespace probity::app
