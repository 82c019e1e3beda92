#include "trace/pdq.h"

#include <gtest/gtest.h>

#include <fstream>
#include <opencv2/imgproc.hpp>
#include <sstream>

#include "base/encoding.h"
#include "support/jpeg_luma.h"

namespace probity::trace {
namespace {

const std::string kVectors = "tests/vectors/pdq/";

PdqHash hash_from_hex(const std::string& hex) {
  const auto bytes = from_hex(hex);
  PdqHash hash;
  for (std::size_t i = 0; i < 32; ++i) hash.words[3 - i / 8] |= std::uint64_t{(*bytes)[i]} << (8 * (7 - i % 8));
  return hash;
}

struct Vector {
  std::string file;
  int quality = 0;
  PdqHash hash;
};

std::vector<Vector> vectors() {
  std::vector<Vector> out;
  std::ifstream file(kVectors + "expected.csv");
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::istringstream fields(line);
    std::string name, quality, hex;
    std::getline(fields, name, ',');
    std::getline(fields, quality, ',');
    std::getline(fields, hex, ',');
    out.push_back({name, std::stoi(quality), hash_from_hex(hex)});
  }
  return out;
}

TEST(pdq, agrees_with_the_reference_vectors) {
  const auto expected = vectors();
  ASSERT_EQ(expected.size(), 8U);
  for (const Vector& vector : expected) {
    const auto luma = support::read_jpeg_luma(kVectors + vector.file);
    ASSERT_TRUE(luma.has_value()) << vector.file;
    const Pdq found = pdq(*luma);
    EXPECT_LE(hamming_distance(found.hash(), vector.hash), 10) << vector.file << " " << to_hex(found.hash());
    EXPECT_EQ(found.quality, vector.quality) << vector.file;
  }
}

// The reference pictures are the eight forms of one picture: each must be found among the forms of the first.
TEST(pdq, forms_are_those_of_the_turned_and_mirrored_pictures) {
  const auto expected = vectors();
  const auto luma = support::read_jpeg_luma(kVectors + expected[0].file);
  ASSERT_TRUE(luma.has_value());
  const Pdq found = pdq(*luma);
  for (std::size_t i = 0; i < 8; ++i)
    EXPECT_LE(hamming_distance(found.forms[i], expected[i].hash), 16) << expected[i].file;
}

TEST(pdq, survives_what_happens_to_whole_pictures) {
  const auto luma = support::read_jpeg_luma(kVectors + "bridge-1-original.jpg");
  ASSERT_TRUE(luma.has_value());
  const PdqHash whole = pdq(*luma).hash();
  const auto distance = [&](const cv::Mat1b& changed) { return hamming_distance(whole, pdq(changed).hash()); };
  EXPECT_LE(distance(support::through_jpeg(support::at_long_side(*luma, 320), 30)), 16);
  cv::Mat1b blurred;
  cv::GaussianBlur(*luma, blurred, {}, 3);
  EXPECT_LE(distance(blurred), 16);
  EXPECT_GT(distance((*luma)(cv::Rect(0, 0, luma->cols / 2, luma->rows / 2)).clone()), kPdqSame);
}

TEST(pdq, of_little_has_no_quality) {
  EXPECT_EQ(pdq(cv::Mat1b(1, 1, std::uint8_t{5})).quality, 0);
  EXPECT_EQ(pdq(cv::Mat1b(300, 200, std::uint8_t{200})).quality, 0);
  EXPECT_EQ(pdq(cv::Mat1b()).quality, 0);
}

TEST(pdq, hex_is_highest_bit_first) {
  const std::string hex = "d8f8f0cee0f4a84f0637022a078f67f0b36e2ed596621e1d33e6339c4e9c9b22";
  EXPECT_EQ(to_hex(hash_from_hex(hex)), hex);
}

}  // namespace
}  // namespace probity::trace
