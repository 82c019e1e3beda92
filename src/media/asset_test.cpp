#include "media/asset.h"

#include <gtest/gtest.h>

#include <cmath>

#include "media/test_pictures.h"

namespace probity::media {
namespace {

Prepared prepared(const Picture& picture, const PrepareOptions& options = {}) {
  auto made = prepare_asset(picture, Hash{1, 2, 3}, options);
  EXPECT_TRUE(made.has_value()) << (made ? "" : made.error().message);
  return std::move(*made);
}

TEST(asset, jpeg_masters_become_jpegs_and_lossless_ones_pngs) {
  Picture picture = made_up_picture(320, 200, Subsampling::quarter_420);
  EXPECT_EQ(prepared(picture).content.media, tally::MediaType::jpeg);
  for (const auto format : {FileFormat::webp, FileFormat::heif}) {
    picture.format = format;
    EXPECT_EQ(prepared(picture).content.media, tally::MediaType::jpeg);
  }
  for (const auto format : {FileFormat::png, FileFormat::tiff, FileFormat::gif}) {
    picture.format = format;
    EXPECT_EQ(prepared(picture).content.media, tally::MediaType::png);
    PrepareOptions as_jpeg;
    as_jpeg.lossless_as_png = false;
    EXPECT_EQ(prepared(picture, as_jpeg).content.media, tally::MediaType::jpeg);
  }
}

TEST(asset, stats_say_what_was_made) {
  for (const auto format : {FileFormat::jpeg, FileFormat::png}) {
    Picture picture = made_up_picture(640, 480, Subsampling::quarter_420);
    picture.format = format;
    const Prepared made = prepared(picture);
    EXPECT_EQ(made.stats.copy_bytes, made.content.a.size());
    EXPECT_EQ(made.stats.pieces, made.content.pieces.size());
    EXPECT_GT(made.stats.mark_psnr_db, 40);
    EXPECT_LT(made.stats.mark_psnr_db, 70);
    EXPECT_LT(std::abs(static_cast<double>(made.stats.copy_bytes) / static_cast<double>(made.stats.plain_bytes) - 1),
              0.1);
    EXPECT_LT(static_cast<double>(made.stats.unmarked_pieces), 0.02 * static_cast<double>(made.stats.pieces));
    EXPECT_TRUE(tally::encode(made.content).has_value());
  }
}

TEST(asset, tiny_pictures_are_refused) {
  const auto made = prepare_asset(made_up_picture(63, 400, Subsampling::grey), Hash{});
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(made.error().code, ErrorCode::invalid_argument);
}

TEST(asset, a_dithered_mark_keeps_its_size_and_its_symmetry) {
  const cv::Mat pixels(200, 200, CV_8UC3, cv::Scalar::all(100));
  const cv::Mat1f delta(200, 200, 0.3F);
  const cv::Mat a = with_mark(pixels, delta, Variant::a);
  const cv::Mat b = with_mark(pixels, delta, Variant::b);
  EXPECT_NEAR(cv::mean(a)[0], 100.3, 0.01);
  EXPECT_NEAR(cv::mean(b)[0], 99.7, 0.01);
  EXPECT_EQ(cv::norm(a + b, 2 * pixels, cv::NORM_INF), 0);
}

}  // namespace
}  // namespace probity::media
