// Cell plans that every encoder can cut, and a pattern that leaves no seam.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <opencv2/imgproc.hpp>

#include "mark/cell_plan.h"
#include "mark/pattern.h"

namespace probity::mark {
namespace {

CellPlan plan_of(int width_px, int height_px, CodingUnit unit = {16, 16}) {
  return plan_cells(width_px, height_px, unit).value();
}

TEST(CellPlan, aligns_cells_with_segments_that_never_straddle_rows) {
  EXPECT_TRUE(rc::check([] {
    const int width_px = *rc::gen::inRange(64, 9000);
    const int height_px = *rc::gen::inRange(64, 9000);
    const CodingUnit unit =
        *rc::gen::element(CodingUnit{16, 16}, CodingUnit{16, 8}, CodingUnit{8, 8}, CodingUnit{1, 1});
    const CellPlan plan = plan_of(width_px, height_px, unit);
    const int units_per_row = (width_px + unit.width_px - 1) / unit.width_px;
    RC_ASSERT(units_per_row % plan.units_per_segment == 0);
    RC_ASSERT(plan.cell_width_px % (unit.width_px * plan.units_per_segment) == 0);
    RC_ASSERT(plan.cell_height_px % unit.height_px == 0);
    RC_ASSERT(plan.columns * plan.cell_width_px <= width_px);
    RC_ASSERT(plan.rows * plan.cell_height_px <= height_px);
  }));
}

TEST(CellPlan, gives_ordinary_photographs_thousands_of_cells) {
  for (const auto& [width_px, height_px] :
       {std::pair{1280, 1024}, {2560, 1600}, {4000, 3000}, {6000, 4000}, {4032, 3024}}) {
    EXPECT_GT(plan_of(width_px, height_px).cell_count(), 3400) << width_px;
    EXPECT_LT(plan_of(width_px, height_px).cell_count(), 9000) << width_px;
  }
}

TEST(CellPlan, refuses_pictures_too_small_to_carry_a_code) { EXPECT_FALSE(plan_cells(63, 1000, {16, 16})); }

TEST(CellPlan, finds_the_cell_of_a_pixel) {
  const CellPlan plan = plan_of(1280, 1024);
  EXPECT_EQ(plan.cell_at(0, 0), 0);
  EXPECT_EQ(plan.cell_at(plan.cell_width_px, 0), 1);
  EXPECT_EQ(plan.cell_at(0, plan.cell_height_px), plan.columns);
  EXPECT_EQ(plan.cell_at(plan.columns * plan.cell_width_px, 0), CellPlan::kNoCell);
}

TEST(Pattern, vanishes_on_every_cell_edge_and_outside) {
  const CellPlan plan = plan_of(333, 257);
  const cv::Mat1f pattern = unit_pattern(plan, Hash{1});
  for (int y = 0; y < pattern.rows; ++y) {
    for (int x = 0; x < pattern.cols; ++x) {
      const int in_cell_x = x % plan.cell_width_px;
      const int in_cell_y = y % plan.cell_height_px;
      const bool edge = in_cell_x == 0 || in_cell_y == 0 || in_cell_x == plan.cell_width_px - 1 ||
                        in_cell_y == plan.cell_height_px - 1;
      if (edge || plan.cell_at(x, y) == CellPlan::kNoCell) {
        ASSERT_EQ(pattern(y, x), 0.0F) << x << ',' << y;
      }
    }
  }
}

TEST(Pattern, depends_on_the_key_and_on_nothing_else) {
  const CellPlan plan = plan_of(320, 240);
  EXPECT_EQ(cv::norm(unit_pattern(plan, Hash{1}), unit_pattern(plan, Hash{1}), cv::NORM_INF), 0.0);
  EXPECT_GT(cv::norm(unit_pattern(plan, Hash{1}), unit_pattern(plan, Hash{2}), cv::NORM_INF), 0.1);
}

TEST(Mask, is_weak_on_smooth_areas_and_beside_a_lone_edge) {
  const CellPlan plan = plan_of(640, 480);
  cv::Mat1f luma(480, 640, 120.0F);
  luma.colRange(320, 640).setTo(200.0F);  // one hard edge
  cv::Mat1f noise(480, 160);
  cv::theRNG().state = 7;
  cv::randn(noise, 0, 12);
  luma.colRange(480, 640) += noise;
  const MaskOptions options;
  const cv::Mat1f mask = perceptual_mask(luma, plan, options);
  EXPECT_NEAR(mask(240, 60), options.smallest, 0.01);
  EXPECT_LT(mask(240, 350), 1.3 * options.smallest);  // about two cells away from the edge
  EXPECT_GT(mask(240, 560), 1.8 * options.smallest);
}

TEST(Delta, scales_with_strength) {
  const CellPlan plan = plan_of(320, 240);
  const cv::Mat1f luma(240, 320, 90.0F);
  const cv::Mat1f one = mark_delta(luma, plan, Hash{3}, {});
  const cv::Mat1f two = mark_delta(luma, plan, Hash{3}, {.strength = 2.0, .mask = {}});
  EXPECT_LT(cv::norm(two, one * 2, cv::NORM_INF), 1e-5);
}

}  // namespace
}  // namespace probity::mark
