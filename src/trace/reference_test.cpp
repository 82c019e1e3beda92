// References come back from their bytes as they were, and damaged ones do not come back.
#include "trace/reference.h"

#include <gtest/gtest.h>

#include "trace/synthetic.h"

namespace probity::trace {
namespace {

TEST(Reference, round_trips_within_its_steps) {
  const SyntheticAsset asset = synthetic_asset({700, 500}, 1.0, 1);
  cv::Mat3b rgb(500, 700, cv::Vec3b(200, 90, 30));
  const Reference made = make_reference(asset.luma, asset.reference.delta, asset.reference.plan, rgb);
  const Reference read = parse_reference(serialise(made)).value();
  EXPECT_EQ(read.plan, made.plan);
  EXPECT_LE(cv::norm(read.luma, made.luma, cv::NORM_INF), 0.5 / 128 + 1e-4);
  EXPECT_LE(cv::norm(read.delta, made.delta, cv::NORM_INF), 0.5 / 24 + 1e-4);
  EXPECT_EQ(cv::norm(read.red_difference, made.red_difference, cv::NORM_INF), 0.0);
  EXPECT_EQ(read.features.count(), made.features.count());
  EXPECT_EQ(read.features.descriptors, made.features.descriptors);
}

TEST(Reference, shrinks_large_masters_with_their_cells) {
  const cv::Mat1f luma = synthetic_luma({3200, 400}, 1.0, 2);
  const auto plan = mark::plan_cells(3200, 400, {16, 16}).value();
  const Reference reference = make_reference(luma, cv::Mat1f::zeros(luma.size()), plan, {});
  EXPECT_EQ(reference.luma.cols, kReferenceLongSidePx);
  EXPECT_DOUBLE_EQ(reference.scale, 0.5);
  EXPECT_DOUBLE_EQ(reference.cell_width_px(), plan.cell_width_px * 0.5);
}

TEST(Reference, refuses_damage_of_every_kind) {
  const SyntheticAsset asset = synthetic_asset({200, 150}, 1.0, 3);
  const Bytes bytes = serialise(asset.reference);
  for (std::size_t size = 0; size < bytes.size(); size += 997)
    EXPECT_FALSE(parse_reference(BytesView(bytes).first(size))) << size;
  for (std::size_t at = 0; at < bytes.size(); at += 463) {
    Bytes damaged = bytes;
    damaged[at] ^= 0x10;
    EXPECT_FALSE(parse_reference(damaged)) << at;
  }
}

}  // namespace
}  // namespace probity::trace
