// Bits come out of untouched, toned, moved and partly covered copies, and nothing comes out of strangers.
#include "trace/demodulate.h"

#include <gtest/gtest.h>

#include <cmath>

#include "trace/reading.h"
#include "trace/synthetic.h"

namespace probity::trace {
namespace {

const cv::Size kSize(800, 608);

Alignment in_place(const cv::Size& size) { return {cv::Matx33d::eye(), size, 0, "test"}; }

Observation observe(const SyntheticAsset& asset, const LeakPicture& leak, const Alignment& alignment) {
  const DisplacementField field = refine(leak, alignment, asset.reference).value();
  return demodulate(leak, alignment, asset.reference, field).value();
}

// sum s x / sqrt(sum s^2): the standard score of the true codeword.
double standard_score(const SyntheticAsset& asset, const Observation& seen) {
  double along = 0;
  double energy = 1e-12;
  for (std::size_t i = 0; i < seen.soft.size(); ++i) {
    const double soft = static_cast<double>(seen.soft[i]);
    along += soft * asset.bits[i];
    energy += soft * soft;
  }
  return along / std::sqrt(energy);
}

TEST(Demodulate, reads_nearly_every_bit_of_an_untouched_copy) {
  const SyntheticAsset asset = synthetic_asset(kSize, 1.0, 1);
  const Observation seen = observe(asset, asset.copy, in_place(kSize));
  const double most = std::sqrt(static_cast<double>(asset.bits.size()));
  EXPECT_GT(standard_score(asset, seen), 0.97 * most);
  EXPECT_NEAR(seen.gain, 1.0, 0.15);
}

TEST(Demodulate, explains_contrast_brightness_and_a_vignette) {
  const SyntheticAsset asset = synthetic_asset(kSize, 1.0, 2);
  cv::Mat1f leak = asset.copy * 0.6 + 30;
  for (int y = 0; y < leak.rows; ++y)
    for (int x = 0; x < leak.cols; ++x)
      leak(y, x) = std::round(leak(y, x) * static_cast<float>(1 - 0.3 * std::pow((x - 400) / 400.0, 2)));
  const Observation seen = observe(asset, leak, in_place(kSize));
  EXPECT_GT(standard_score(asset, seen), 0.8 * std::sqrt(static_cast<double>(asset.bits.size())));
}

TEST(Demodulate, follows_a_bent_leak) {
  const SyntheticAsset asset = synthetic_asset(kSize, 1.0, 3);
  cv::Mat2f map(kSize);
  for (int y = 0; y < kSize.height; ++y)
    for (int x = 0; x < kSize.width; ++x)
      map(y, x) = {static_cast<float>(x + 3 * std::sin(y / 90.0)), static_cast<float>(y + 2 * std::cos(x / 120.0))};
  cv::Mat1f bent;
  cv::remap(asset.copy, bent, map, cv::noArray(), cv::INTER_CUBIC, cv::BORDER_REFLECT);
  const Observation seen = observe(asset, bent, in_place(kSize));
  EXPECT_GT(standard_score(asset, seen), 0.8 * std::sqrt(static_cast<double>(asset.bits.size())));
}

TEST(Demodulate, erases_what_is_covered_and_reads_the_rest) {
  const SyntheticAsset asset = synthetic_asset(kSize, 1.0, 4);
  cv::Mat1f leak = asset.copy.clone();
  cv::rectangle(leak, {100, 100, 300, 250}, 255.0, cv::FILLED);
  const Observation seen = observe(asset, leak, in_place(kSize));
  EXPECT_EQ(seen.soft[static_cast<std::size_t>(asset.reference.plan.cell_at(250, 220))], 0.0F);
  EXPECT_GT(standard_score(asset, seen), 0.75 * std::sqrt(static_cast<double>(asset.bits.size())));
}

TEST(Demodulate, finds_no_code_in_the_unmarked_master) {
  const SyntheticAsset asset = synthetic_asset(kSize, 1.0, 5);
  cv::Mat1f noisy = asset.luma.clone();
  cv::Mat1f noise(kSize);
  cv::RNG(9).fill(noise, cv::RNG::NORMAL, 0, 2);
  noisy += noise;
  EXPECT_LT(std::abs(standard_score(asset, observe(asset, noisy, in_place(kSize)))), 4.5);
}

TEST(Demodulate, says_when_too_little_is_shown) {
  const SyntheticAsset asset = synthetic_asset(kSize, 1.0, 6);
  const LeakPicture leak = cv::Mat1f(asset.copy({0, 0, 20, 20}));
  const auto seen = demodulate(leak, in_place({20, 20}), asset.reference, {1, 1, {{0, 0}}});
  ASSERT_FALSE(seen);
  EXPECT_EQ(seen.error().code, ErrorCode::not_found);
}

struct Place {
  const char* name;
  double roughness;
  cv::Matx23d leak_from_master;
  cv::Size leak;
  double least_share;  // of the largest standard score that its cells allow
};

class AlignAndRead : public testing::TestWithParam<Place> {};

TEST_P(AlignAndRead, names_the_bits) {
  const Place& place = GetParam();
  const SyntheticAsset asset = synthetic_asset({1200, 900}, place.roughness, 7);
  cv::Mat1f leak;
  cv::warpAffine(asset.copy, leak, place.leak_from_master, place.leak, cv::INTER_CUBIC, cv::BORDER_CONSTANT, 0.0);
  PreparedLeak prepared{LeakPicture(leak)};
  const auto reading = read_leak(prepared, asset.reference);
  ASSERT_TRUE(reading) << reading.error().message;
  const Observation& seen = reading->observation;
  EXPECT_GT(standard_score(asset, seen), place.least_share * std::sqrt(static_cast<double>(seen.cells_seen)));
}

constexpr double kCos = 0.9396926;  // 20 degrees
constexpr double kSin = 0.3420201;
INSTANTIATE_TEST_SUITE_P(Leaks, AlignAndRead,
                         testing::Values(Place{"crop", 1.0, {1, 0, -400, 0, 1, -300}, {420, 300}, 0.85},
                                         Place{"half_size", 1.0, {0.5, 0, 0, 0, 0.5, 0}, {600, 450}, 0.6},
                                         Place{"turned", 1.0, {kCos, -kSin, 100, kSin, kCos, -100}, {1100, 900}, 0.85},
                                         Place{"mirrored", 1.0, {-1, 0, 1199, 0, 1, 0}, {1200, 900}, 0.85},
                                         Place{"framed", 1.0, {0.7, 0, 60, 0, 0.7, 300}, {960, 1400}, 0.75},
                                         Place{
                                             "crop_of_a_cloudy_sky", 0.05, {1, 0, -350, 0, 1, -250}, {500, 380}, 0.8}),
                         [](const auto& place) { return place.param.name; });

// Smooth noise may lie somewhere over other smooth noise by accident; then it must show nobody's code.
TEST(ReadLeak, finds_nobodys_code_in_another_picture) {
  const SyntheticAsset asset = synthetic_asset({1200, 900}, 1.0, 8);
  PreparedLeak stranger{LeakPicture(synthetic_luma({900, 700}, 1.0, 99))};
  const auto reading = read_leak(stranger, asset.reference);
  if (!reading) return;
  EXPECT_LT(reading->observation.evidence, kPlentyEvidence);
  EXPECT_LT(std::abs(standard_score(asset, reading->observation)), 4.5);
}

// Nothing but a gradient: no feature, no structure, only the mark.
TEST(ReadLeak, lays_an_empty_sky_by_its_cells) {
  SyntheticAsset asset = synthetic_asset({1200, 900}, 0.0, 11);
  cv::Mat1f sky(asset.luma.size());
  for (int y = 0; y < sky.rows; ++y)
    for (int x = 0; x < sky.cols; ++x)
      sky(y, x) =
          90 + 0.05F * static_cast<float>(x) + 0.08F * static_cast<float>(y) + 1e-5F * static_cast<float>(x * y);
  const cv::Mat1f marked = sky + (asset.copy - asset.luma);
  asset.reference.luma = sky;
  asset.reference.features = extract_features(cv::Mat1b(sky), master_features());
  cv::Mat1f leak;
  cv::warpAffine(marked, leak, cv::Matx23d(1.3, 0, -520, 0, 1.3, -390), {480, 340}, cv::INTER_CUBIC);
  cv::Mat1f noise(leak.size());
  cv::RNG(12).fill(noise, cv::RNG::NORMAL, 0, 0.7);
  PreparedLeak prepared{LeakPicture(leak + noise)};
  const auto reading = read_leak(prepared, asset.reference);
  ASSERT_TRUE(reading) << reading.error().message;
  EXPECT_EQ(reading->alignment.method, "lattice");
  EXPECT_GT(reading->observation.evidence, kPlentyEvidence);
  EXPECT_GT(standard_score(asset, reading->observation), 0.8 * std::sqrt(reading->observation.cells_seen));
}

TEST(LeakPicture, halves_keep_the_mean_and_the_place) {
  const cv::Mat1f luma = synthetic_luma({2301, 1501}, 1.0, 13);
  const LeakPicture leak(luma);
  ASSERT_EQ(leak.halves.size(), 2U);
  EXPECT_EQ(leak.halves[0].luma.size(), cv::Size(1150, 750));
  EXPECT_NEAR(leak.halves[1].luma(10, 20), cv::mean(luma({80, 40, 4, 4}))[0], 1e-3);
}

}  // namespace
}  // namespace probity::trace
