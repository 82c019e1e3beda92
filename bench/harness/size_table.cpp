// What restart segments and fill bytes cost: every copy's size against the same picture encoded the usual way.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <mutex>
#include <vector>

#include "harness/benches.h"
#include "harness/workers.h"
#include "media/asset.h"
#include "media/decode.h"

namespace probity::bench {
namespace {

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

Result<void> bench_size(const BenchOptions& options) {
  TRY_ASSIGN(const std::vector<Photo> photos, chosen_photos(options));
  fmt::print(
      "\n| photo | MP | chroma | cells | pieces | plain bytes | copy bytes | cost % "
      "|\n|---|---|---|---|---|---|---|---|\n");
  std::mutex mutex;
  std::vector<double> large;
  std::vector<double> small;
  Result<void> outcome;
  for_each_index(photos.size(), options.threads, [&](std::size_t i) {
    const auto work = [&]() -> Result<void> {
      TRY_ASSIGN(const media::Picture picture, media::decode_picture_file(photos[i].path.string()));
      TRY_ASSIGN(const media::Prepared made,
                 media::prepare_asset(picture, sha256(as_bytes(photos[i].name)),
                                      {.jpeg = {}, .mark = {}, .measure_plain_size = true}));
      const double megapixels = 1e-6 * static_cast<double>(picture.pixels.total());
      const double cost =
          100 * (static_cast<double>(made.stats.copy_bytes) / static_cast<double>(made.stats.plain_bytes) - 1);
      const std::lock_guard lock(mutex);
      (megapixels >= 8 ? large : small).push_back(cost);
      fmt::print("| {} | {:.1f} | {} | {} | {} | {} | {} | {:.2f} |\n", photos[i].name, megapixels,
                 media::name_of(picture.subsampling), made.plan.cell_count(), made.stats.pieces, made.stats.plain_bytes,
                 made.stats.copy_bytes, cost);
      std::fflush(stdout);
      return {};
    };
    auto done = work();
    if (done) return;
    const std::lock_guard lock(mutex);
    outcome = std::move(done);
  });
  TRY(outcome);
  fmt::print(
      "\nMedian size cost: {:.2f} % at 8 MP and above ({} photos; wanted: <= 5), {:.2f} % below ({}; wanted: <= 10).\n",
      median(large), large.size(), median(small), small.size());
  return {};
}

}  // namespace probity::bench
