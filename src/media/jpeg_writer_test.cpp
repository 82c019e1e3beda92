#include "media/jpeg_writer.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cmath>

#include "media/jpeg_scan.h"
#include "media/test_pictures.h"

namespace probity::media {
namespace {

using Bits = std::vector<std::uint8_t>;

struct Case {
  Picture picture;
  Subsampling subsampling;
  mark::CellPlan plan;
  cv::Mat1f luma;
  cv::Mat1f delta;
  JpegOptions options;
};

Case make_case(int width_px, int height_px, Subsampling subsampling, int quality = 92, unsigned seed = 1,
               float strength = 6.0F) {
  Case made;
  made.picture = made_up_picture(width_px, height_px, subsampling, seed);
  made.subsampling = subsampling;
  made.plan = mark::plan_cells(width_px, height_px, coding_unit(subsampling)).value();
  made.luma = luma_plane(made.picture);
  made.delta = made_up_delta(made.plan, strength, seed);
  made.options.quality = quality;
  return made;
}

Case random_case() {
  const int width_px = 64 + *rc::gen::inRange(0, 41);
  const int height_px = 64 + *rc::gen::inRange(0, 41);
  const auto subsampling =
      *rc::gen::element(Subsampling::grey, Subsampling::full_444, Subsampling::half_422, Subsampling::quarter_420);
  return make_case(width_px, height_px, subsampling, *rc::gen::element(1, 30, 75, 92, 98, 100),
                   *rc::gen::arbitrary<unsigned>());
}

Bits random_bits(int count) {
  return *rc::gen::container<Bits>(static_cast<std::size_t>(count), rc::gen::inRange<std::uint8_t>(0, 2));
}

JpegTally encoded(const Case& c) {
  auto made = encode_jpeg_tally(c.picture, c.luma, c.delta, c.plan, c.subsampling, c.options);
  EXPECT_TRUE(made.has_value());
  return std::move(*made);
}

Bytes woven(const tally::Content& content, const Bits& bits) {
  const auto tally = tally::Tally::parse_owned(*tally::encode(content)).value();
  Bytes out(tally.size());
  EXPECT_TRUE(tally.weave(bits, 0, out).has_value());
  return out;
}

TEST(jpeg_writer, any_mix_is_a_clean_jpeg_of_the_chosen_cells) {
  rc::check([] {
    const Case c = random_case();
    const Bits bits = random_bits(c.plan.cell_count());
    const auto content = encoded(c).content;
    const auto mixed = read_strictly(woven(content, bits));
    RC_ASSERT(mixed.has_value());
    RC_ASSERT(mixed->warnings == 0);
    RC_ASSERT(mixed->baseline);
    RC_ASSERT(mixed->samples.size() == c.luma.size());
    const auto a = read_strictly(content.a);
    const auto b = read_strictly(content.b);
    RC_ASSERT(a->warnings == 0 && b->warnings == 0);
    for (int y = 0; y < c.luma.rows; ++y)
      for (int x = 0; x < c.luma.cols; ++x) {
        const int cell = c.plan.cell_at(x, y);
        const auto& from = cell >= 0 && bits[static_cast<std::size_t>(cell)] == 1 ? a : b;
        const auto step = static_cast<std::size_t>(mixed->samples.channels());
        const auto* got = mixed->samples.ptr(y) + step * static_cast<std::size_t>(x);
        RC_ASSERT(std::equal(got, got + step, from->samples.ptr(y) + step * static_cast<std::size_t>(x)));
      }
  });
}

TEST(jpeg_writer, samples_stay_as_near_as_the_quantisers_allow) {
  for (const auto subsampling :
       {Subsampling::grey, Subsampling::full_444, Subsampling::half_422, Subsampling::quarter_420}) {
    const Case c = make_case(301, 203, subsampling, 100, 1, 1.0F);
    const Bits ones(static_cast<std::size_t>(c.plan.cell_count()), 1);
    const auto read = read_strictly(woven(encoded(c).content, ones)).value();
    cv::Mat luma;
    cv::extractChannel(read.samples, luma, 0);
    cv::Mat expected;
    cv::Mat(c.luma + c.delta).convertTo(expected, CV_8U);
    // Three roundings of 1/12 each: the coefficients, the decoder's samples, and `expected`; and coefficients changed.
    EXPECT_LT(mean_square(luma, expected), 0.29) << name_of(subsampling);
  }
}

TEST(jpeg_writer, colours_survive) {
  const Case c = make_case(160, 160, Subsampling::full_444, 100);
  const auto read =
      read_strictly(woven(encoded(c).content, Bits(static_cast<std::size_t>(c.plan.cell_count())))).value();
  for (int y = 0; y < 160; y += 7)
    for (int x = 0; x < 160; x += 7) {
      const auto rgb = c.picture.pixels.at<cv::Vec3b>(y, x);
      const auto ycc = read.samples.at<cv::Vec3b>(y, x);
      EXPECT_NEAR(ycc[1], 128 - 0.1687 * rgb[0] - 0.3313 * rgb[1] + 0.5 * rgb[2], 2.5);
      EXPECT_NEAR(ycc[2], 128 + 0.5 * rgb[0] - 0.4187 * rgb[1] - 0.0813 * rgb[2], 2.5);
    }
}

TEST(jpeg_writer, variants_agree_outside_cells) {
  rc::check([] {
    const Case c = random_case();
    const auto content = encoded(c).content;
    std::size_t start = 0;
    std::vector<int> pieces_of(static_cast<std::size_t>(c.plan.cell_count()));
    for (const auto& piece : content.pieces) {
      if (piece.cell == tally::kNoCell)
        RC_ASSERT(std::equal(content.a.begin() + static_cast<std::ptrdiff_t>(start), content.a.begin() + piece.end,
                             content.b.begin() + static_cast<std::ptrdiff_t>(start)));
      else
        ++pieces_of[piece.cell];
      start = piece.end;
    }
    const int rows_per_cell = c.plan.cell_height_px / c.plan.unit.height_px;
    RC_ASSERT(std::ranges::all_of(pieces_of, [&](int count) { return count <= rows_per_cell; }));
  });
}

TEST(jpeg_writer, extremes_of_every_kind_are_legal) {
  for (const int quality : {1, 50, 100})
    for (const auto subsampling : {Subsampling::grey, Subsampling::full_444, Subsampling::quarter_420}) {
      Case c = make_case(130, 90, subsampling, quality);
      for (int y = 0; y < 90; ++y)  // checkerboard of black and white: the largest coefficients there are
        for (int x = 0; x < 130; ++x)
          c.picture.pixels.row(y).col(x).setTo((x + y) % 2 == 0 || x % 29 == 0 ? cv::Scalar::all(0)
                                                                               : cv::Scalar::all(255));
      c.luma = luma_plane(c.picture);
      const auto read =
          read_strictly(woven(encoded(c).content, Bits(static_cast<std::size_t>(c.plan.cell_count()), 1)));
      ASSERT_TRUE(read.has_value());
      EXPECT_EQ(read->warnings, 0);
    }
}

TEST(jpeg_writer, profile_goes_along_and_other_metadata_does_not) {
  Case c = make_case(100, 100, Subsampling::quarter_420);
  c.picture.icc = Bytes(70'000, 7);  // longer than one marker segment
  const auto read = read_strictly(woven(encoded(c).content, Bits(static_cast<std::size_t>(c.plan.cell_count()))));
  EXPECT_EQ(read->profile_bytes, 70'000U);
  EXPECT_FALSE(read->has_exif);
}

TEST(jpeg_writer, exchangeable_copies_are_hardly_longer) {
  const auto stats = encoded(make_case(1600, 1200, Subsampling::quarter_420, 92, 1, 1.0F)).stats;
  EXPECT_LT(static_cast<double>(stats.copy_bytes), 1.01 * static_cast<double>(stats.plain_bytes));
  EXPECT_LT(static_cast<double>(stats.unmarked_runs), 0.01 * static_cast<double>(stats.runs));
}

TEST(jpeg_writer, sixteen_bits_are_rounded) {
  Case c = make_case(100, 100, Subsampling::full_444);
  const auto eight = encoded(c).content;
  c.picture.pixels.convertTo(c.picture.pixels, CV_16U, 257);
  EXPECT_EQ(encoded(c).content.a, eight.a);
}

TEST(jpeg_scan, damage_never_reads_outside) {
  const Case c = make_case(80, 70, Subsampling::quarter_420);
  const Bytes good = woven(encoded(c).content, Bits(static_cast<std::size_t>(c.plan.cell_count())));
  ASSERT_TRUE(jpeg_frame(good).has_value());
  for (std::size_t size = 0; size < 700; ++size)
    (void)jpeg_frame(Bytes(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size)));
  rc::check([&] {
    Bytes bad = good;
    for (int i = *rc::gen::inRange(1, 6); i > 0; --i)
      bad[*rc::gen::inRange<std::size_t>(0, 700)] = *rc::gen::element<std::uint8_t>(0, 0xFF, 0xD0, 0xD9, 0xDA, 0xC0);
    (void)jpeg_frame(bad);
  });
}

}  // namespace
}  // namespace probity::media
