#include "media/jpeg_writer.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>

#include "media/asset.h"
#include "media/decode.h"

namespace probity::media {
double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }
TEST(jpeg_writer, photo) {
  double t0 = now();
  const auto p = decode_picture_file("/usr/share/backgrounds/sunset_by_Aitzol_Berasategi.jpg");
  double t1 = now();
  auto plan = mark::plan_cells(p->pixels.cols, p->pixels.rows, delivered_unit(*p)).value();
  auto luma = luma_plane(*p);
  double t2 = now();
  auto delta = mark::mark_delta(luma, plan, Hash{}, {});
  double t3 = now();
  auto made = encode_jpeg_tally(*p, luma, delta, plan, delivered_subsampling(*p), {});
  ASSERT_TRUE(made.has_value()) << made.error().message;
  double t4 = now();
  auto plain = plain_jpeg_bytes(*p, luma, delta, delivered_subsampling(*p), {});
  double t5 = now();
  printf("decode %f luma %f mark %f encode %f plain %f; segs %zu pieces %zu bytes %zu fill %zu plain %zu\n", t1 - t0,
         t2 - t1, t3 - t2, t4 - t3, t5 - t4, made->stats.segments, made->content.pieces.size(), made->stats.copy_bytes,
         made->stats.fill_bytes, *plain);
  FILE* f = fopen("/tmp/a.jpg", "wb");
  fwrite(made->content.a.data(), 1, made->content.a.size(), f);
  fclose(f);
  f = fopen("/tmp/b.jpg", "wb");
  fwrite(made->content.b.data(), 1, made->content.b.size(), f);
  fclose(f);
  f = fopen("/tmp/ab.jpg", "wb");
  auto enc = tally::encode(made->content);
  ASSERT_TRUE(enc.has_value()) << enc.error().message;
  auto t = tally::Tally::parse_owned(*tally::encode(made->content)).value();
  Bytes bits(plan.cell_count()), out(t.size());
  for (auto& b : bits) b = rand() & 1;
  ASSERT_TRUE(t.weave(bits, 0, out).has_value());
  fwrite(out.data(), 1, out.size(), f);
  fclose(f);
}
}  // namespace probity::media
