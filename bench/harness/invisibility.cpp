#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <mutex>
#include <numeric>

#include "attacks/picture_file.h"
#include "harness/benches.h"
#include "harness/marked.h"
#include "harness/quality.h"
#include "harness/workers.h"

namespace probity::bench {
namespace {

struct Measured {
  std::string name;
  Half half = Half::tune;
  double megapixels = 0;
  double psnr_db = 0;
  double ssim = 0;
  double mark_butteraugli = 0;
  double delivered_psnr_db = 0;
  double delivered_butteraugli = 0;
  double unmarked_butteraugli = 0;  // of the same JPEG without a mark
};

cv::Rect measured_area(cv::Size size, int crop_px) {
  if (crop_px == 0) return {0, 0, size.width, size.height};
  const cv::Size side(std::min(crop_px, size.width), std::min(crop_px, size.height));
  return {cv::Point((size.width - side.width) / 2, (size.height - side.height) / 2), side};
}

Result<Measured> measure(const Photo& photo, const BenchOptions& options) {
  TRY_ASSIGN(const MarkedPhoto pictures, mark_photo(photo, options.strength, options.seed));
  const cv::Rect area = measured_area(pictures.master.size(), options.crop_px);
  const cv::Mat master = pictures.master(area);
  const cv::Mat marked = pictures.marked(area);
  Measured out{photo.name, photo.half, static_cast<double>(pictures.master.total()) / 1e6, 0, 0, 0, 0, 0, 0};
  out.psnr_db = psnr_db(master, marked);
  out.ssim = ssim_luma(master, marked);
  TRY_ASSIGN(out.mark_butteraugli, butteraugli_3norm(master, marked));
  if (options.mark_only) return out;
  const JpegOptions delivered{92, Chroma::quarter_420};
  TRY_ASSIGN(const cv::Mat copy, decode_rgb(encode_jpeg(pictures.marked, delivered)));
  out.delivered_psnr_db = psnr_db(master, copy(area));
  TRY_ASSIGN(out.delivered_butteraugli, butteraugli_3norm(master, copy(area)));
  TRY_ASSIGN(const cv::Mat unmarked, decode_rgb(encode_jpeg(pictures.master, delivered)));
  TRY_ASSIGN(out.unmarked_butteraugli, butteraugli_3norm(master, unmarked(area)));
  return out;
}

void print_row(const Measured& row) {
  fmt::print("| {} | {} | {:.1f} | {:.2f} | {:.5f} | {:.3f} | {:.2f} | {:.3f} | {:.3f} |\n", row.name,
             half_name(row.half), row.megapixels, row.psnr_db, row.ssim, row.mark_butteraugli, row.delivered_psnr_db,
             row.delivered_butteraugli, row.unmarked_butteraugli);
  std::fflush(stdout);
}

void print_summary(const std::vector<Measured>& rows, Half half) {
  std::vector<Measured> chosen;
  for (const Measured& row : rows)
    if (half == Half::both || row.half == half) chosen.push_back(row);
  if (chosen.empty()) return;
  const auto mean = [&](double Measured::*field) {
    return std::accumulate(chosen.begin(), chosen.end(), 0.0,
                           [&](double sum, const Measured& r) { return sum + r.*field; }) /
           static_cast<double>(chosen.size());
  };
  const auto least = [&](double Measured::*field) {
    return *std::min_element(chosen.begin(), chosen.end(),
                             [&](const Measured& a, const Measured& b) { return a.*field < b.*field; });
  };
  const auto most = [&](double Measured::*field) {
    return *std::max_element(chosen.begin(), chosen.end(),
                             [&](const Measured& a, const Measured& b) { return a.*field < b.*field; });
  };
  const Measured psnr = least(&Measured::psnr_db);
  const Measured ssim = least(&Measured::ssim);
  const Measured alone = most(&Measured::mark_butteraugli);
  const Measured sent = most(&Measured::delivered_butteraugli);
  fmt::print("\n{} ({} photos): PSNR mean {:.2f}, worst {:.2f} ({}); SSIM mean {:.5f}, worst {:.5f} ({});\n",
             half == Half::both ? "All" : half_name(half), chosen.size(), mean(&Measured::psnr_db), psnr.psnr_db,
             psnr.name, mean(&Measured::ssim), ssim.ssim, ssim.name);
  fmt::print(
      "Butteraugli of the mark alone mean {:.3f}, worst {:.3f} ({}); of the delivered JPEG mean {:.3f}, worst {:.3f} "
      "({}).\n",
      mean(&Measured::mark_butteraugli), alone.mark_butteraugli, alone.name, mean(&Measured::delivered_butteraugli),
      sent.delivered_butteraugli, sent.name);
}

}  // namespace

Result<void> bench_invisibility(const BenchOptions& options) {
  TRY_ASSIGN(const std::vector<Photo> photos, chosen_photos(options));
  fmt::print(
      "| photo | half | MP | PSNR dB | SSIM | Butteraugli, mark | PSNR, JPEG 92 | Butteraugli, JPEG 92 | the same "
      "unmarked |\n");
  fmt::print("|---|---|---|---|---|---|---|---|---|\n");
  std::mutex mutex;
  std::vector<Measured> rows;
  Result<void> outcome;
  for_each_index(photos.size(), options.threads, [&](std::size_t i) {
    auto row = measure(photos[i], options);
    const std::lock_guard lock(mutex);
    if (!row) {
      outcome = tl::unexpected<Error>(row.error());
      return;
    }
    print_row(*row);
    rows.push_back(std::move(*row));
  });
  TRY(outcome);
  for (const Half half : {Half::tune, Half::held, Half::both}) print_summary(rows, half);
  return {};
}

}  // namespace probity::bench
