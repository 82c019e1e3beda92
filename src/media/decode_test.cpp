#include "media/decode.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <opencv2/core.hpp>

#include "media/decode_protocol.h"
#include "media/test_pictures.h"

namespace probity::media {
namespace {

double psnr_db(const cv::Mat& a, const cv::Mat& b) {
  return 10 * std::log10(255.0 * 255.0 / (mean_square(a, b) + 1e-9));
}

Picture decoded(BytesView file) {
  auto picture = decode_picture(file);
  EXPECT_TRUE(picture.has_value()) << (picture ? "" : picture.error().message);
  return picture ? std::move(*picture) : Picture{};
}

ErrorCode refusal(BytesView file, const DecodeLimits& limits = {}) {
  const auto picture = decode_picture(file, limits);
  EXPECT_FALSE(picture.has_value());
  if (picture) return ErrorCode::internal;
  EXPECT_FALSE(picture.error().message.empty());
  EXPECT_FALSE(picture.error().hint.empty());
  return picture.error().code;
}

void append_chunk(Bytes& png, const char* type, BytesView data) {
  Bytes body(type, type + 4);
  body.insert(body.end(), data.begin(), data.end());
  const auto put = [&](std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) png.push_back(static_cast<std::uint8_t>(value >> shift));
  };
  put(static_cast<std::uint32_t>(data.size()));
  png.insert(png.end(), body.begin(), body.end());
  put(static_cast<std::uint32_t>(crc32(0, body.data(), static_cast<uInt>(body.size()))));
}

// A PNG that claims a size and holds hardly any data.
Bytes claimed_png(std::uint32_t width, std::uint32_t height) {
  Bytes png = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  Bytes header;
  for (const std::uint32_t side : {width, height})
    for (int shift = 24; shift >= 0; shift -= 8) header.push_back(static_cast<std::uint8_t>(side >> shift));
  for (const int field : {8, 2, 0, 0, 0}) header.push_back(static_cast<std::uint8_t>(field));
  append_chunk(png, "IHDR", header);
  const Bytes rows(100, 0);
  Bytes packed(200);
  uLongf size = packed.size();
  compress(packed.data(), &size, rows.data(), rows.size());
  append_chunk(png, "IDAT", BytesView(packed).first(size));
  append_chunk(png, "IEND", {});
  return png;
}

// What EXIF orientation `value` asks a viewer to do.
cv::Mat upright(const cv::Mat& stored, int value) {
  cv::Mat out = stored.clone();
  if (value >= 5) out = out.t();  // 5: mirrored along the main diagonal
  const int flips[] = {9, 9, 1, -1, 0, 9, 1, -1, 0};
  if (flips[value] != 9) cv::flip(out, out, flips[value]);
  return out;
}

TEST(decode, lossless_formats_come_back_exactly) {
  for (const char* suffix : {".png", ".png[interlace]", ".tif", ".tif[compression=lzw]", ".webp[lossless]"}) {
    const cv::Mat pixels = made_up_pixels(97, 61, CV_8UC3);
    const Picture picture = decoded(write_picture(pixels, suffix));
    EXPECT_EQ(mean_square(picture.pixels, pixels), 0) << suffix;
    EXPECT_EQ(picture.icc.size(), 0U);
  }
}

TEST(decode, sixteen_bits_are_kept_for_lossless_masters) {
  for (const int type : {CV_16UC1, CV_16UC3})
    for (const char* suffix : {".png", ".tif"}) {
      const cv::Mat pixels = made_up_pixels(80, 70, type);
      const Picture picture = decoded(write_picture(pixels, suffix));
      EXPECT_EQ(mean_square(picture.pixels, pixels), 0) << suffix;
      EXPECT_TRUE(picture.lossless());
    }
}

TEST(decode, palettes_and_first_frames_are_expanded) {
  const cv::Mat flat(60, 90, CV_8UC3, cv::Scalar(200, 30, 60));
  EXPECT_LT(mean_square(decoded(write_picture(flat, ".png[palette]")).pixels, flat), 1);
  EXPECT_LT(mean_square(decoded(write_picture(flat, ".gif")).pixels, flat), 16);
}

TEST(decode, jpegs_of_every_kind) {
  const cv::Mat pixels = made_up_pixels(200, 120, CV_8UC3);
  const struct {
    const char* suffix;
    Subsampling subsampling;
  } kinds[] = {{".jpg[Q=95,subsample-mode=off]", Subsampling::full_444},
               {".jpg[Q=95,subsample-mode=on]", Subsampling::quarter_420},
               {".jpg[Q=95,interlace]", Subsampling::full_444}};
  for (const auto& kind : kinds) {
    const Picture picture = decoded(write_picture(pixels, kind.suffix));
    EXPECT_GT(psnr_db(picture.pixels, pixels), 28) << kind.suffix;
    EXPECT_EQ(picture.format, FileFormat::jpeg);
    if (std::string_view(kind.suffix).find("subsample") != std::string_view::npos) {
      EXPECT_EQ(picture.subsampling, kind.subsampling);
    }
  }
  const cv::Mat grey = made_up_pixels(200, 120, CV_8UC1);
  const Picture picture = decoded(write_picture(grey, ".jpg[Q=95]"));
  EXPECT_EQ(picture.subsampling, Subsampling::grey);
  EXPECT_GT(psnr_db(picture.pixels, grey), 35);
}

TEST(decode, webp_heic_and_avif) {
  const cv::Mat pixels = made_up_pixels(200, 120, CV_8UC3);
  for (const char* suffix : {".webp[Q=90]", ".heic[Q=90]", ".avif[Q=90]"}) {
    const Picture picture = decoded(write_picture(pixels, suffix));
    EXPECT_FALSE(picture.lossless());
    EXPECT_GT(psnr_db(picture.pixels, pixels), 25) << suffix;
  }
}

TEST(decode, cmyk_becomes_srgb) {
  const cv::Mat flat(64, 64, CV_8UC3, cv::Scalar(180, 120, 90));
  const Picture picture = decoded(write_picture(flat, ".jpg[Q=95]", {.cmyk = true}));
  EXPECT_TRUE(picture.had_cmyk);
  EXPECT_TRUE(picture.icc.empty());
  ASSERT_EQ(picture.pixels.channels(), 3);
  EXPECT_LT(mean_square(picture.pixels, flat), 100);
}

TEST(decode, alpha_is_flattened_on_white) {
  const cv::Mat flat(64, 64, CV_8UC3, cv::Scalar(100, 100, 100));
  const Picture picture = decoded(write_picture(flat, ".png", {.alpha = 0}));
  EXPECT_TRUE(picture.had_alpha);
  EXPECT_EQ(picture.pixels.at<cv::Vec3b>(3, 3), cv::Vec3b(255, 255, 255));
}

TEST(decode, profile_is_kept) {
  const Picture picture = decoded(write_picture(made_up_pixels(64, 64, CV_8UC3), ".jpg[Q=95]", {.with_profile = true}));
  EXPECT_GT(picture.icc.size(), 100U);
}

TEST(decode, all_eight_orientations_come_upright) {
  const cv::Mat stored = made_up_pixels(96, 48, CV_8UC3);
  for (int value = 1; value <= 8; ++value) {
    const Picture jpeg = decoded(write_picture(stored, ".jpg[Q=98,subsample-mode=off]", {.orientation = value}));
    EXPECT_EQ(jpeg.orientation, value);
    ASSERT_EQ(jpeg.pixels.size(), upright(stored, value).size()) << value;
    EXPECT_GT(psnr_db(jpeg.pixels, upright(stored, value)), 33) << value;
  }
}

TEST(decode, every_truncation_is_refused) {
  for (const char* suffix : {".jpg[Q=90]", ".jpg[Q=90,interlace]", ".png", ".tif", ".webp[Q=90]", ".heic", ".gif"}) {
    const Bytes file = write_picture(made_up_pixels(160, 120, CV_8UC3), suffix);
    for (const double part : {0.001, 0.01, 0.1, 0.5, 0.9, 0.97}) {
      const auto size = static_cast<std::size_t>(part * static_cast<double>(file.size()));
      EXPECT_EQ(refusal(BytesView(file).first(std::max<std::size_t>(size, 1))), ErrorCode::not_a_picture)
          << suffix << " " << part;
    }
  }
}

TEST(decode, other_files_are_refused) {
  EXPECT_EQ(refusal({}), ErrorCode::not_a_picture);
  EXPECT_EQ(refusal(as_bytes("hello")), ErrorCode::not_a_picture);
  EXPECT_EQ(refusal(as_bytes("%PDF-1.7\n%%EOF")), ErrorCode::not_a_picture);
  EXPECT_EQ(refusal(as_bytes("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")),
            ErrorCode::not_a_picture);
  EXPECT_EQ(refusal(Bytes(5000, 0xFF)), ErrorCode::not_a_picture);
  EXPECT_EQ(refusal(Bytes{0xFF, 0xD8, 0xFF, 0xD9}), ErrorCode::not_a_picture);
}

TEST(decode, sizes_over_the_limits_are_refused_before_decoding) {
  EXPECT_EQ(refusal(claimed_png(65'000, 10)), ErrorCode::too_large);
  EXPECT_EQ(refusal(claimed_png(30'000, 30'000)), ErrorCode::too_large);
  const Bytes file = write_picture(made_up_pixels(100, 100, CV_8UC3), ".jpg");
  EXPECT_EQ(refusal(file, {.pixels = 9'999}), ErrorCode::too_large);
  EXPECT_EQ(refusal(file, {.side_px = 99}), ErrorCode::too_large);
  EXPECT_EQ(refusal(file, {.file_bytes = file.size() - 1}), ErrorCode::too_large);
  EXPECT_TRUE(decode_picture(file, {.file_bytes = file.size(), .pixels = 10'000, .side_px = 100}).has_value());
}

TEST(decode, one_pixel_is_a_picture) {
  EXPECT_EQ(decoded(write_picture(made_up_pixels(1, 1, CV_8UC3), ".png")).pixels.size(), cv::Size(1, 1));
}

TEST(decode, a_child_out_of_memory_or_time_leaves_the_parent_unharmed) {
  const cv::Mat large(3000, 4000, CV_8UC3, cv::Scalar(20, 200, 90));
  const Bytes file = write_picture(large, ".jpg", {.orientation = 6});
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  EXPECT_EQ(refusal(file, {.memory_bytes = 165 << 20}), ErrorCode::too_large);
  EXPECT_FALSE(decode_picture(file, {.memory_bytes = 20 << 20}).has_value());
#endif
  EXPECT_EQ(refusal(file, {.timeout_ms = 5}), ErrorCode::too_large);
  EXPECT_TRUE(decode_picture(write_picture(made_up_pixels(64, 64, CV_8UC3), ".png")).has_value());
}

TEST(decode, files_by_path) {
  const auto path = std::filesystem::temp_directory_path() / ("decode_test_" + std::to_string(::getpid()) + ".png");
  EXPECT_EQ(decode_picture_file(path).error().code, ErrorCode::not_found);
  EXPECT_EQ(decode_picture_file("/").error().code, ErrorCode::invalid_argument);
  const Bytes file = write_picture(made_up_pixels(64, 64, CV_8UC3), ".png");
  FILE* out = std::fopen(path.c_str(), "wb");
  ASSERT_EQ(std::fwrite(file.data(), 1, file.size(), out), file.size());
  std::fclose(out);
  EXPECT_TRUE(decode_picture_file(path).has_value());
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace probity::media
