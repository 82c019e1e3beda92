#include "store/alliance_keyholder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>

#include "alliance/keyholder_fixture.h"

namespace probity::store {
namespace {

class Folder : public testing::Test {
 protected:
  std::string root;
  test::SeededRandom random{31};
  void SetUp() override {
    char name[] = "/tmp/probity-keyholder-XXXXXX";
    root = ::mkdtemp(name);
  }
  void TearDown() override { std::filesystem::remove_all(root); }
  KeyHolderFolder make() {
    EXPECT_TRUE(KeyHolderFolder::init(root + "/holder", "Ombudsman", "http://127.0.0.1:1", random));
    return KeyHolderFolder::open(root + "/holder").value();
  }
};

TEST_F(Folder, keeps_identity_shares_roll_and_counts) {
  const KeyHolderFolder folder = make();
  alliance::testing::KeyHolders setting;
  EXPECT_TRUE(folder.keys().value().empty());
  EXPECT_TRUE(folder.save_key({setting.keys, setting.shares[1], 77}));
  const auto keys = folder.keys().value();
  ASSERT_EQ(keys.size(), 1U);
  EXPECT_EQ(keys[0].keys, setting.keys);
  EXPECT_EQ(keys[0].share.index, 2);
  EXPECT_TRUE(keys[0].share.secret == setting.shares[1].secret);
  EXPECT_EQ(keys[0].until_ms, 77);
  const alliance::QuotaDay day{20'000, {{setting.member, {1, 2}, 19}}};
  EXPECT_EQ(folder.quota_day().value(), alliance::QuotaDay{});
  EXPECT_TRUE(folder.save_quota_day(day));
  EXPECT_EQ(folder.quota_day().value(), day);
  EXPECT_EQ(folder.roll().value().size(), 0U);
  EXPECT_EQ(KeyHolderFolder::open(root + "/holder").value().card(), folder.card());
}

TEST_F(Folder, takes_no_earlier_generation_back) {
  const KeyHolderFolder folder = make();
  alliance::testing::KeyHolders setting;
  oprf::KeySet later = setting.keys;
  later.generation = 2;
  EXPECT_TRUE(folder.save_key({later, setting.shares[0], 77}));
  EXPECT_EQ(folder.save_key({setting.keys, setting.shares[0], 77}).error().code, ErrorCode::conflict);
}

TEST_F(Folder, refuses_secrets_that_others_may_read) {
  const KeyHolderFolder folder = make();
  alliance::testing::KeyHolders setting;
  ASSERT_TRUE(folder.save_key({setting.keys, setting.shares[0], 77}));
  const std::string share = root + "/holder/keys/2027.json";
  struct stat facts {};
  ASSERT_EQ(::stat(share.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777U, 0600U);
  ::chmod(share.c_str(), 0640);
  EXPECT_EQ(folder.keys().error().code, ErrorCode::forbidden);
  ::chmod((root + "/holder/identity.key").c_str(), 0644);
  EXPECT_EQ(KeyHolderFolder::open(root + "/holder").error().code, ErrorCode::forbidden);
}

TEST_F(Folder, is_made_once) {
  make();
  EXPECT_EQ(KeyHolderFolder::init(root + "/holder", "x", "", random).error().code, ErrorCode::already_exists);
  EXPECT_EQ(KeyHolderFolder::open(root).error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace probity::store
