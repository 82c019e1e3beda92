#include "media/decode.h"

#include <gtest/gtest.h>
#include <chrono>

namespace probity::media {
TEST(decode, photo) {
  auto t0 = std::chrono::steady_clock::now();
  const auto p = decode_picture_file("/usr/share/backgrounds/sunset_by_Aitzol_Berasategi.jpg");
  ASSERT_TRUE(p.has_value()) << p.error().message;
  printf("%d x %d %s %f s\n", p->pixels.cols, p->pixels.rows, name_of(p->subsampling),
         std::chrono::duration<double>(std::chrono::steady_clock::now() - t0).count());
}
}  // namespace probity::media
