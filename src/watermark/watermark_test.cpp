#include "watermark/watermark.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "watermark/text_tile.h"

namespace probity::watermark {
namespace {

TEST(TextTile, sets_text_of_any_script) {
  for (const char* text : {"Mira Holloway", "何敏 · 远山周刊", "М. Иванов"}) {
    const Tile tile = text_tile(text, 1200).value();
    const auto strokes = std::count_if(tile.light.begin(), tile.light.end(), [](std::uint8_t a) { return a > 128; });
    const auto area = static_cast<double>(tile.light.size());
    EXPECT_GT(static_cast<double>(strokes) / area, 0.02) << text;
    EXPECT_LT(static_cast<double>(strokes) / area, 0.3) << text;
  }
  EXPECT_FALSE(text_tile("", 1200));
  EXPECT_FALSE(text_tile("\xFF\xFE", 1200));
}

TEST(TextTile, repeats_over_the_whole_picture) {
  const Tile tile = text_tile("Mira Holloway", 1200).value();
  const Tile::Ink here = tile.at(tile.width_px / 2, tile.height_px / 2);
  const Tile::Ink there = tile.at(tile.width_px / 2 + 3 * tile.width_px, tile.height_px / 2 + 2 * tile.height_px);
  EXPECT_EQ(here.light, there.light);
  EXPECT_EQ(here.dark, there.dark);
}

TEST(Inked, never_leaves_the_range_and_shows_on_black_and_white) {
  for (int sample = 0; sample <= 255; ++sample) {
    EXPECT_GE(inked(sample, {255, 0}), sample);
    EXPECT_LE(inked(sample, {0, 255}), sample);
    EXPECT_EQ(inked(sample, {0, 0}), sample);
  }
  EXPECT_GT(inked(0, {255, 0}), 60);
  EXPECT_LT(inked(255, {0, 255}), 205);
}

TEST(Watermark, keeps_a_photograph_readable_and_its_size) {
  std::ifstream file("/usr/share/backgrounds/Fossa_by_Jasper_Roks.jpg", std::ios::binary);
  Bytes photo{std::istreambuf_iterator<char>(file), {}};
  if (photo.empty()) GTEST_SKIP() << "the photographs are not installed";
  const Bytes marked = lay_over(photo, "Mira Holloway · Motor Weekly").value();
  EXPECT_NE(marked, photo);
  EXPECT_EQ(marked, lay_over(photo, "Mira Holloway · Motor Weekly").value()) << "the same bytes each time";
  EXPECT_NE(marked, lay_over(photo, "Jo Lindqvist · Motor Weekly").value());
  EXPECT_LT(marked.size(), photo.size() * 3);
}

TEST(Watermark, refuses_what_is_no_copy) {
  EXPECT_EQ(lay_over(as_bytes("hello, world"), "x").error().code, ErrorCode::unsupported);
  const Bytes cut{0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 'J', 'F'};
  EXPECT_EQ(lay_over(cut, "x").error().code, ErrorCode::corrupt);
  const Bytes png{0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0};
  EXPECT_EQ(lay_over(png, "x").error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace probity::watermark
