// File names, the workspace on disk, and finding masters among many.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <opencv2/imgproc.hpp>

#include "app/file_name.h"
#include "app/master_index_file.h"
#include "app/masters.h"
#include "store/file.h"
#include "support/copies_fixture.h"

namespace probity::app {
namespace {

namespace fs = std::filesystem;

TEST(FileNames, keep_letters_of_any_script_and_nothing_dangerous) {
  EXPECT_EQ(slug("Mira  Holloway, Jr.", 60), "mira-holloway-jr");
  EXPECT_EQ(slug("../../etc/passwd", 60), "etc-passwd");
  EXPECT_EQ(slug("星河车评", 60), "星河车评");
  EXPECT_EQ(slug("星河车评", 7), "星河");
  EXPECT_EQ(slug("---", 60), "x");
  EXPECT_EQ(slug("CON\xFF", 60), "con");
}

class WorkspaceTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "probity-app-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    ASSERT_TRUE(Workspace::init(folder + "/launch"));
    workspace = Workspace::open(folder + "/launch").value();
  }
  void TearDown() override { fs::remove_all(folder); }

  std::string folder;
  std::unique_ptr<Workspace> workspace;
};

TEST_F(WorkspaceTest, opens_what_was_made_and_refuses_what_was_not) {
  EXPECT_EQ(Workspace::open(folder + "/launch").value()->id(), workspace->id());
  EXPECT_EQ(Workspace::open(folder).error().code, ErrorCode::not_found);
  EXPECT_EQ(Workspace::init(folder + "/launch").error().code, ErrorCode::already_exists);
  EXPECT_EQ(Workspace::init(folder).error().code, ErrorCode::already_exists);
  for (const char* text : {"", "[]", "{}", R"({"format":1})", R"({"format":99,"workspace":"x"})"}) {
    std::ofstream(folder + "/launch/workspace.json") << text;
    EXPECT_FALSE(Workspace::open(folder + "/launch")) << text;
  }
}

TEST_F(WorkspaceTest, waits_for_the_turn_to_write) {
  const auto held = workspace->lock_for_writing({});
  ASSERT_TRUE(held);
  int waits = 0;
  WorkspaceLock::Options options;
  options.on_wait = [&] { ++waits; };
  options.wait_ms = 1;
  EXPECT_EQ(workspace->lock_for_writing(options).error().code, ErrorCode::conflict);
  options.stop_requested = [] { return true; };
  EXPECT_EQ(workspace->lock_for_writing(options).error().code, ErrorCode::cancelled);
  EXPECT_EQ(waits, 2);
}

// Smooth random blobs: as different from each other as photographs are, and full of features.
cv::Mat1f texture(int seed) {
  cv::Mat1f luma(300, 400);
  cv::RNG(static_cast<std::uint64_t>(seed) + 1).fill(luma, cv::RNG::UNIFORM, 0, 255);
  cv::GaussianBlur(luma, luma, {}, 3);
  cv::normalize(luma, luma, 0, 255, cv::NORM_MINMAX);
  return luma;
}

TEST_F(WorkspaceTest, finds_a_master_among_many_and_keeps_the_index) {
  constexpr int kAssets = static_cast<int>(kAssetsWithoutIndex) + 3;
  std::vector<Id> ids;
  for (int i = 0; i < kAssets; ++i) {
    test::LetterAsset letters("asset " + std::to_string(i));
    const auto prepared = letters.prepared("asset " + std::to_string(i));
    const cv::Mat1f luma = texture(i);
    mark::CellPlan plan = prepared.plan;
    plan.width_px = luma.cols;
    plan.height_px = luma.rows;
    letters.reference = trace::serialise(trace::make_reference(luma, cv::Mat1f::zeros(luma.size()), plan, {}));
    const auto added = workspace->copies().add_asset(workspace->copies().draft_asset(),
                                                     letters.prepared("asset " + std::to_string(i)));
    ASSERT_TRUE(added) << added.error().message;
    ids.push_back(added->id);
  }
  const cv::Mat1f leak = texture(7)(cv::Rect(60, 40, 280, 220)).clone();
  EXPECT_EQ(WorkspaceMasters(*workspace).candidates(leak).value().front(), ids[7]);
  const std::string index_file = workspace->folder() + "/index/masters";
  ASSERT_TRUE(fs::exists(index_file));
  std::ofstream(index_file) << "damaged";
  EXPECT_EQ(WorkspaceMasters(*workspace).candidates(leak).value().front(), ids[7]);
  EXPECT_GT(fs::file_size(index_file), 100U);
}

}  // namespace
}  // namespace probity::app
