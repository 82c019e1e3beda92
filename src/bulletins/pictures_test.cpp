#include "bulletins/pictures.h"

#include <gtest/gtest.h>

namespace probity::bulletins {
namespace {

media::Picture picture_of(int width_px, int height_px, int type = CV_8UC3) {
  media::Picture picture;
  picture.pixels = cv::Mat(height_px, width_px, type, cv::Scalar(40, 90, 160));
  return picture;
}
DecodePicture gives(const media::Picture& picture) {
  return [picture](BytesView) { return picture; };
}
const DecodePicture kMustNotBeAsked = [](BytesView) -> Result<media::Picture> {
  ADD_FAILURE() << "decoded what is no picture";
  return fail(ErrorCode::internal, "");
};
Bytes jpeg_head(std::size_t size) {
  Bytes bytes(size, 0);
  bytes[0] = 0xFF;
  bytes[1] = 0xD8;
  bytes[2] = 0xFF;
  return bytes;
}

TEST(BulletinPictures, AreEncodedAnew) {
  const Bytes file = jpeg_head(100);
  const CleanPicture clean = clean_picture(file, gives(picture_of(300, 200))).value();
  EXPECT_EQ(clean.width_px, 300);
  EXPECT_EQ(clean.height_px, 200);
  ASSERT_GT(clean.jpeg.size(), 100U);
  EXPECT_NE(clean.jpeg, file);
  EXPECT_EQ(clean.jpeg[0], 0xFF);
}

TEST(BulletinPictures, LargeOnesAreMadeSmaller) {
  const CleanPicture clean = clean_picture(jpeg_head(9), gives(picture_of(9'000, 3'000))).value();
  EXPECT_EQ(clean.width_px, kPictureSidePx);
  EXPECT_EQ(clean.height_px, 683);
  EXPECT_TRUE(clean_picture(jpeg_head(9), gives(picture_of(8'000, 1))).has_value());
  EXPECT_TRUE(clean_picture(jpeg_head(9), gives(picture_of(100, 100, CV_16UC1))).has_value());
}

TEST(BulletinPictures, OtherFilesAreNotEvenDecoded) {
  for (const std::string& text : {std::string(), std::string("<svg onload=alert(1)>"), std::string("%PDF-1.7"),
                                  std::string("GIF89a"), std::string("<script>"), std::string("\xFF\xD8")})
    EXPECT_EQ(clean_picture(as_bytes(text), kMustNotBeAsked).error().code, ErrorCode::not_a_picture) << text;
  EXPECT_EQ(clean_picture(jpeg_head(kMostPictureFileBytes + 1), kMustNotBeAsked).error().code, ErrorCode::too_large);
}

}  // namespace
}  // namespace probity::bulletins
