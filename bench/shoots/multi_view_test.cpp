#include "shoots/multi_view.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "attacks/chain.h"
#include "attacks/picture_file.h"
#include "trace/own_footage.h"

namespace probity::bench {
namespace {

// Two small shoots of Debian's photographs, looked up as the product does; the whole is shoots_bench.
class MultiView : public testing::Test {
 protected:
  static cv::Mat1b luma_of(const cv::Mat& rgb) {
    cv::Mat1b luma;
    cv::cvtColor(rgb, luma, cv::COLOR_RGB2GRAY);
    return luma;
  }
};

TEST_F(MultiView, IsTheSameEachTimeAndDiffersFromShotToShot) {
  cv::Mat rgb(300, 400, CV_8UC3);
  cv::randu(rgb, 0, 255);
  cv::GaussianBlur(rgb, rgb, {}, 3);
  const Scene scene = make_scene(rgb, Dice(5));
  const auto once = shoot_scene(scene, Dice(7)), again = shoot_scene(scene, Dice(7));
  ASSERT_EQ(once.size(), static_cast<std::size_t>(kAttendees * kShotsEach));
  for (std::size_t i = 0; i < once.size(); ++i) EXPECT_EQ(cv::norm(once[i].rgb, again[i].rgb, cv::NORM_INF), 0);
  EXPECT_GT(cv::norm(once[0].rgb, once[1].rgb, cv::NORM_INF), 8);
}

TEST_F(MultiView, AChattedCropFindsItsFrameAndNobodyOfAnotherShoot) {
  std::vector<std::vector<HandedIn>> shoots;
  for (const char* name : {"mate/nature/Garden.jpg", "mate/nature/LadyBird.jpg"}) {
    const auto rgb = read_rgb(std::string("/usr/share/backgrounds/") + name);
    ASSERT_TRUE(rgb) << "./setup installs mate-backgrounds";
    cv::Mat small;
    cv::resize(*rgb, small, {1300, 1300 * rgb->rows / rgb->cols}, 0, 0, cv::INTER_AREA);
    shoots.push_back(shoot_scene(make_scene(small, Dice(3)), Dice(4)));
  }
  const auto leaked = Chain::parse("crop:0.5,chat")->apply(shoots[0][4].rgb, 9);
  const trace::LeakShot leak = trace::make_leak_shot(luma_of(leaked->rgb));
  const auto its_own = trace::compare_shots(leak, trace::make_shot(luma_of(shoots[0][4].rgb)));
  const auto neighbour = trace::compare_shots(leak, trace::make_shot(luma_of(shoots[0][3].rgb)));
  EXPECT_EQ(its_own.relation, trace::ShotRelation::same_shot);
  EXPECT_GE(neighbour.relation, trace::ShotRelation::same_burst) << "of the same hand, a moment apart";
  EXPECT_GT(its_own.score, neighbour.score);
  for (const std::size_t shot : {0U, 4U})
    EXPECT_EQ(trace::compare_shots(leak, trace::make_shot(luma_of(shoots[1][shot].rgb))).relation,
              trace::ShotRelation::none);
}

}  // namespace
}  // namespace probity::bench
