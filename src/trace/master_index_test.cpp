#include "trace/master_index.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <opencv2/imgproc.hpp>

#include "base/hash.h"
#include "support/jpeg_luma.h"

namespace probity::trace {
namespace {

Id id_of(std::uint8_t number) {
  Id id;
  id.bytes[0] = number;
  return id;
}

cv::Mat1b texture(std::uint64_t seed) {
  cv::RNG random(seed);
  cv::Mat1f sum(480, 640, 0.0F);
  for (const double sigma : {1.5, 4.0, 12.0, 40.0}) {
    cv::Mat1f noise(sum.size());
    random.fill(noise, cv::RNG::NORMAL, 0, 1);
    cv::GaussianBlur(noise, noise, {}, sigma);
    sum += noise * sigma;
  }
  cv::normalize(sum, sum, 0, 255, cv::NORM_MINMAX);
  cv::Mat1b picture;
  sum.convertTo(picture, CV_8U);
  return picture;
}

MasterSketch sketch_of(std::uint8_t number) {
  const cv::Mat1b picture = texture(number);
  return sketch_master(id_of(number), extract_features(picture, {.max_count = 1500}), pdq(picture));
}

std::vector<Candidate> ask(const MasterIndex& index, const cv::Mat1b& leak, std::size_t count = 20) {
  return index.query(extract_features(leak, leak_features()), pdq(leak), count);
}

class master_index : public testing::Test {
 protected:
  static constexpr std::uint8_t kMasters = 8;
  static const std::vector<MasterSketch>& sketches() {
    static const std::vector<MasterSketch> all = [] {
      std::vector<MasterSketch> out;
      for (std::uint8_t i = 0; i < kMasters; ++i) out.push_back(sketch_of(i));
      return out;
    }();
    return all;
  }
  static MasterIndex full() {
    MasterIndex index;
    for (const MasterSketch& sketch : sketches()) index.add(sketch);
    index.prepare();
    return index;
  }
};

TEST_F(master_index, names_the_master_of_a_small_crop) {
  const MasterIndex index = full();
  for (std::uint8_t i = 0; i < kMasters; i += 3) {
    const auto leak = support::through_jpeg(texture(i)(cv::Rect(200, 150, 160, 120)).clone(), 60);
    const auto found = ask(index, leak, 3);
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found[0].id, id_of(i));
    EXPECT_GT(found[0].score, 3 * found[1].score);
    EXPECT_FALSE(found[0].mirrored);
  }
}

TEST_F(master_index, names_the_master_of_a_turned_and_mirrored_leak) {
  const MasterIndex index = full();
  cv::Mat1b leak;
  cv::warpAffine(texture(7), leak, cv::Matx23d(-0.6, 0.5, 300, 0.5, 0.6, 20), {600, 600}, cv::INTER_AREA);
  const auto found = ask(index, leak);
  EXPECT_EQ(found[0].id, id_of(7));
  EXPECT_TRUE(found[0].mirrored);
  EXPECT_EQ(found.size(), kMasters);
}

TEST_F(master_index, knows_whole_pictures_by_their_hash) {
  cv::Mat1b leak;
  cv::flip(support::at_long_side(texture(5), 100), leak, 0);
  const auto found = ask(full(), leak);
  EXPECT_EQ(found[0].id, id_of(5));
  EXPECT_LE(found[0].pdq_distance, kPdqSame);
}

TEST_F(master_index, adding_one_by_one_is_like_adding_all) {
  MasterIndex index;
  for (const MasterSketch& sketch : sketches()) {
    index.add(sketch);
    index.prepare();
  }
  const cv::Mat1b leak = texture(3)(cv::Rect(20, 30, 200, 200)).clone();
  const auto expected = ask(full(), leak), found = ask(index, leak);
  EXPECT_EQ(found[0].id, expected[0].id);
  EXPECT_GT(found[0].votes, 10);
}

TEST_F(master_index, forgets_what_is_removed_and_knows_what_is_put_back) {
  MasterIndex index = full();
  const cv::Mat1b leak = texture(4)(cv::Rect(100, 100, 300, 200)).clone();
  for (std::uint8_t i = 0; i < kMasters - 2; ++i) EXPECT_TRUE(index.remove(id_of(i)));
  EXPECT_FALSE(index.remove(id_of(4)));
  EXPECT_EQ(index.size(), 2U);
  for (const Candidate& candidate : ask(index, leak)) EXPECT_LT(candidate.votes, 10);
  index.prepare();
  for (const Candidate& candidate : ask(index, leak)) EXPECT_LT(candidate.votes, 10);
  index.add(sketches()[4]);
  index.prepare();
  EXPECT_EQ(ask(index, leak)[0].id, id_of(4));
}

TEST_F(master_index, an_empty_one_has_no_answer) {
  MasterIndex index;
  index.prepare();
  EXPECT_TRUE(ask(index, texture(1)).empty());
}

TEST_F(master_index, comes_back_from_its_file_format) {
  const MasterIndex index = full();
  const Bytes bytes = serialise(index);
  EXPECT_LE(bytes.size(), kMasters * 15'000U);
  const auto parsed = parse_master_index(bytes);
  ASSERT_TRUE(parsed.has_value());
  EXPECT_EQ(serialise(*parsed), bytes);
  EXPECT_EQ(ask(*parsed, texture(6))[0].id, id_of(6));
}

TEST_F(master_index, refuses_damaged_files) {
  MasterIndex index;
  index.add({.id = id_of(1), .pdq = {}, .pdq_quality = 3, .features = {IndexedFeature{}, IndexedFeature{}}});
  const Bytes whole = serialise(index);
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(parse_master_index(BytesView(whole).first(size)).has_value());
  for (std::size_t i = 0; i < whole.size(); ++i) {
    Bytes changed = whole;
    changed[i] ^= 1;
    EXPECT_FALSE(parse_master_index(changed).has_value());
  }
}

// With a checksum that fits, so that the parser itself is reached.
RC_GTEST_PROP(MasterIndexFormat, survives_any_bytes, ()) {
  MasterIndex index;
  index.add({.id = id_of(1), .pdq = {}, .pdq_quality = 3, .features = {IndexedFeature{}, IndexedFeature{}}});
  Bytes body = serialise(index);
  body.resize(body.size() - 32);
  const auto at = *rc::gen::inRange<std::size_t>(0, body.size());
  body[at] = *rc::gen::arbitrary<std::uint8_t>();
  body.resize(*rc::gen::inRange<std::size_t>(at, body.size() + 1));
  const Hash hash = sha256(body);
  body.insert(body.end(), hash.begin(), hash.end());
  (void)parse_master_index(body);
}

TEST(signature, bits_are_even_and_alike_descriptors_differ_in_few) {
  const Features features = extract_features(texture(1), leak_features());
  ASSERT_GT(features.count(), 300U);
  int ones = 0;
  for (std::size_t i = 0; i < features.count(); ++i)
    ones += hamming_distance(signature_of(project(features.descriptor(i))), Signature{});
  EXPECT_NEAR(ones / (128.0 * static_cast<double>(features.count())), 0.5, 0.05);
  std::vector<std::uint8_t> changed(features.descriptor(0).begin(), features.descriptor(0).end());
  for (std::size_t k = 0; k < 128; k += 5) changed[k] = static_cast<std::uint8_t>(changed[k] ^ 4);
  EXPECT_LT(hamming_distance(signature_of(project(changed)), signature_of(project(features.descriptor(0)))), 20);
}

TEST(signature, is_part_of_the_file_format) {
  std::vector<std::uint8_t> descriptor(128);
  for (std::size_t k = 0; k < 128; ++k) descriptor[k] = static_cast<std::uint8_t>(k * 37 % 101);
  const Signature signature = signature_of(project(descriptor));
  EXPECT_EQ(signature.low, 17782929198607891646U);
  EXPECT_EQ(signature.high, 3924996857135717572U);
}

TEST(signature, stretches_wrap_around) {
  const Signature signature{0x0123456789abcdef, 0xfedcba9876543210};
  EXPECT_EQ(signature.from_bit(0), signature.low);
  EXPECT_EQ(signature.from_bit(64), signature.high);
  EXPECT_EQ(signature.from_bit(4), 0x00123456789abcdeU);
  EXPECT_EQ(signature.from_bit(112) & 0xffffffff, 0xcdeffedcU);
}

}  // namespace
}  // namespace probity::trace
