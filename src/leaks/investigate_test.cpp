#include "leaks/investigate.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "leaks/test_workspace.h"

namespace probity::leaks {
namespace {

using testing::kTracedMs;
using testing::leak_file;
using testing::TestWorkspace;
using testing::textured_picture;

constexpr int kWidthPx = 1024;
constexpr int kHeightPx = 768;
constexpr std::size_t kCopies = 60;

// One master with copies to recipients 0, 1, …
struct OneMaster {
  TestWorkspace workspace;
  Id asset;
  std::vector<Id> copies;

  explicit OneMaster(std::uint64_t seed = 1, std::size_t count = kCopies) {
    asset = workspace.add_master("Coast road", textured_picture(seed, {kWidthPx, kHeightPx}));
    for (std::size_t i = 0; i < count; ++i) copies.push_back(workspace.issue(asset, i));
  }
};

Investigation trace(std::span<const LeakFile> files, Masters& masters) {
  auto result = investigate(files, masters, kTracedMs, {.threads = 2, .progress = {}, .pictures = false});
  EXPECT_TRUE(result) << result.error().message;
  return std::move(result).value();
}

TEST(investigate, names_the_copy_of_a_crop_and_says_how_it_lies) {
  OneMaster world;
  const cv::Mat1f leak = world.workspace.copy_luma(world.copies[17])(cv::Rect(256, 192, 512, 384)).clone();
  const std::vector<LeakFile> files{leak_file("found.png", leak)};
  const Report report = trace(files, world.workspace).report;
  ASSERT_EQ(report.outcome, Outcome::identified);
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings.front().copies.front().copy, world.copies[17]);
  EXPECT_EQ(report.findings.front().recipient.name, "Recipient 17");
  EXPECT_EQ(report.trials.candidates, kCopies);
  EXPECT_EQ(report.trials.masters, 1U);
  const Lay& lay = report.files.front().lay;
  EXPECT_NEAR(lay.share_shown, 0.25, 0.01);
  EXPECT_NEAR(lay.scale, 1.0, 0.01);
  EXPECT_NEAR(lay.rotation_degrees, 0, 0.3);
  EXPECT_FALSE(lay.mirrored);
  EXPECT_NEAR(lay.share_foreign, 0, 0.01);
  ASSERT_EQ(lay.outline.size(), 4U);
}

TEST(investigate, sees_rotation_mirror_and_scale) {
  OneMaster world;
  cv::Mat1f leak = world.workspace.copy_luma(world.copies[3]);
  cv::flip(leak, leak, 1);
  cv::rotate(leak, leak, cv::ROTATE_90_CLOCKWISE);
  cv::resize(leak, leak, {}, 0.8, 0.8, cv::INTER_AREA);
  const std::vector<LeakFile> files{leak_file("turned.png", leak)};
  const Report report = trace(files, world.workspace).report;
  ASSERT_EQ(report.outcome, Outcome::identified);
  const Lay& lay = report.files.front().lay;
  EXPECT_TRUE(lay.mirrored);
  EXPECT_NEAR(lay.rotation_degrees, 90, 0.5);
  EXPECT_NEAR(lay.scale, 0.8, 0.01);
  EXPECT_NEAR(lay.stretch, 1, 0.01);
  EXPECT_NEAR(lay.share_shown, 1, 0.01);
}

TEST(investigate, refuses_a_picture_of_no_master) {
  OneMaster world;
  const std::vector<LeakFile> files{leak_file("other.png", textured_picture(99, {640, 480}))};
  const Report report = trace(files, world.workspace).report;
  EXPECT_EQ(report.outcome, Outcome::does_not_align);
  EXPECT_TRUE(report.findings.empty());
}

TEST(investigate, unmarked_master_matches_nobody) {
  OneMaster world;
  const std::vector<LeakFile> files{leak_file("master.png", textured_picture(1, {kWidthPx, kHeightPx}))};
  const Report report = trace(files, world.workspace).report;
  EXPECT_EQ(report.outcome, Outcome::no_match);
  ASSERT_TRUE(report.plot);
}

TEST(investigate, files_of_one_master_count_together) {
  OneMaster world;
  const cv::Mat1f copy = world.workspace.copy_luma(world.copies[8]);
  const std::vector<LeakFile> both{leak_file("left.png", copy(cv::Rect(0, 0, 400, 384)).clone()),
                                   leak_file("right.png", copy(cv::Rect(624, 384, 400, 384)).clone())};
  const Report together = trace(both, world.workspace).report;
  const Report alone = trace(std::span(both).first(1), world.workspace).report;
  ASSERT_EQ(together.outcome, Outcome::identified);
  EXPECT_EQ(together.assets.size(), 1U);
  EXPECT_EQ(together.files.size(), 2U);
  ASSERT_FALSE(alone.findings.empty());
  EXPECT_GT(together.findings.front().finding.cells, alone.findings.front().finding.cells);
  EXPECT_LT(together.findings.front().finding.log10_total, alone.findings.front().finding.log10_total);
}

TEST(investigate, files_of_two_masters_name_one_recipient) {
  OneMaster world;
  const Id second = world.workspace.add_master("Hangar", textured_picture(5, {kWidthPx, kHeightPx}));
  std::vector<Id> copies;
  for (std::size_t i = 30; i < 90; ++i) copies.push_back(world.workspace.issue(second, i));
  const std::vector<LeakFile> files{
      leak_file("coast.png", world.workspace.copy_luma(world.copies[40])(cv::Rect(0, 0, 300, 300)).clone()),
      leak_file("hangar.png", world.workspace.copy_luma(copies[10])(cv::Rect(500, 300, 300, 300)).clone())};
  const Report report = trace(files, world.workspace).report;
  ASSERT_EQ(report.outcome, Outcome::identified);
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings.front().recipient.name, "Recipient 40");
  EXPECT_EQ(report.findings.front().copies.size(), 2U);
  EXPECT_EQ(report.trials.candidates, 90U);
  EXPECT_EQ(report.trials.alignments, 3U);
}

TEST(investigate, two_mixed_copies_are_both_named) {
  OneMaster world;
  const cv::Mat1f mixed =
      0.5 * (world.workspace.copy_luma(world.copies[2]) + world.workspace.copy_luma(world.copies[5]));
  const std::vector<LeakFile> files{leak_file("mixed.png", mixed)};
  const Report report = trace(files, world.workspace).report;
  ASSERT_EQ(report.outcome, Outcome::identified);
  EXPECT_EQ(report.accused_count(), 2U);
}

TEST(investigate, an_empty_register_is_no_match) {
  OneMaster world(1, 0);
  const std::vector<LeakFile> files{leak_file("found.png", textured_picture(1, {kWidthPx, kHeightPx}))};
  const Report report = trace(files, world.workspace).report;
  EXPECT_EQ(report.outcome, Outcome::no_match);
  EXPECT_FALSE(report.plot);
}

TEST(investigate, a_workspace_without_masters_and_a_tiny_picture_do_not_align) {
  TestWorkspace empty;
  const std::vector<LeakFile> files{leak_file("a.png", textured_picture(1, {200, 200}))};
  const Report report = trace(files, empty).report;
  EXPECT_EQ(report.outcome, Outcome::does_not_align);
  EXPECT_EQ(report.files.front().miss, Miss::no_masters);
  const std::vector<LeakFile> tiny{leak_file("b.png", cv::Mat1f(1, 1, 5.0F))};
  EXPECT_EQ(trace(tiny, empty).report.files.front().miss, Miss::too_small);
  EXPECT_FALSE(investigate({}, empty, kTracedMs));
}

}  // namespace
}  // namespace probity::leaks
