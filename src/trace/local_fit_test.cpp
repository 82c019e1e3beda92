// The fit finds the coefficients that made a plane, and blocks tile their region.
#include "trace/local_fit.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "trace/synthetic.h"

namespace probity::trace {
namespace {

TEST(BlockGrid, tiles_its_region_without_gaps) {
  EXPECT_TRUE(rc::check([] {
    const cv::Rect region(*rc::gen::inRange(0, 300), *rc::gen::inRange(0, 300), *rc::gen::inRange(1, 400),
                          *rc::gen::inRange(1, 400));
    const double pitch = *rc::gen::inRange(20, 400) / 10.0;
    const BlockGrid grid(region, pitch, pitch * 0.8);
    RC_ASSERT(grid.column_starts().size() == static_cast<std::size_t>(grid.columns()) + 1);
    RC_ASSERT(grid.column_starts().front() == 0);
    RC_ASSERT(grid.column_starts().back() == region.width);
    RC_ASSERT(std::is_sorted(grid.column_starts().begin(), grid.column_starts().end()));
    RC_ASSERT(grid.row_starts().back() == region.height);
  }));
}

TEST(FitBlocks, finds_a_slowly_changing_gain_and_level) {
  const cv::Mat1f plane = synthetic_luma({400, 300}, 1.0, 4);
  const BlockGrid grid({0, 0, 400, 300}, 16, 16);
  cv::Mat1f target(plane.size());
  for (int y = 0; y < plane.rows; ++y)
    for (int x = 0; x < plane.cols; ++x)
      target(y, x) = plane(y, x) * (0.8F + 0.0005F * static_cast<float>(x)) + 0.02F * static_cast<float>(y);
  const std::vector<cv::Mat1f> regressors{cv::Mat1f::ones(plane.size()), plane};
  const FitField fit = fit_blocks(grid, regressors, target, cv::Mat1f::ones(plane.size()));
  const cv::Mat1f rest = target - evaluate(grid, fit, regressors);
  cv::Scalar mean, before, after;
  cv::meanStdDev(target(cv::Rect(40, 40, 320, 220)), mean, before);
  cv::meanStdDev(rest(cv::Rect(40, 40, 320, 220)), mean, after);
  EXPECT_LT(after[0], 0.05 * before[0]);
}

TEST(FitBlocks, falls_back_to_the_whole_where_nothing_is_seen) {
  const cv::Mat1f plane = synthetic_luma({400, 300}, 1.0, 5);
  cv::Mat1f weight = cv::Mat1f::ones(plane.size());
  weight.colRange(0, 200).setTo(0.0F);
  const BlockGrid grid({0, 0, 400, 300}, 16, 16);
  const std::vector<cv::Mat1f> regressors{cv::Mat1f::ones(plane.size()), plane};
  const FitField fit = fit_blocks(grid, regressors, plane * 0.5 + 10, weight);
  EXPECT_NEAR(fit.coefficients[0][1], 0.5, 1e-2);
  EXPECT_EQ(fit.determinacy[0][1], 0.0F);
}

}  // namespace
}  // namespace probity::trace
