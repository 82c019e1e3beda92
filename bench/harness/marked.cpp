#include "harness/marked.h"

#include <opencv2/imgproc.hpp>
#include <vector>

#include "attacks/dice.h"
#include "attacks/picture_file.h"
#include "harness/quality.h"
#include "mark/pattern.h"

namespace probity::bench {

Result<MarkedPhoto> mark_photo(const Photo& photo, double strength, std::uint64_t seed) {
  MarkedPhoto out;
  TRY_ASSIGN(out.master, read_rgb(photo.path));
  TRY_ASSIGN(const mark::CellPlan plan, mark::plan_cells(out.master.cols, out.master.rows, {16, 16}));
  mark::MarkOptions options;
  options.strength = strength;
  out.delta = mark::mark_delta(luma_of(out.master), plan, sha256(as_bytes(photo.name)), options);
  Dice dice = Dice(seed).fork(photo.name);
  for (int cell = 0; cell < plan.cell_count(); ++cell) {
    if (dice.coin()) continue;
    const cv::Rect place(cell % plan.columns * plan.cell_width_px, cell / plan.columns * plan.cell_height_px,
                         plan.cell_width_px, plan.cell_height_px);
    out.delta(place) *= -1;
  }
  cv::Mat three;
  cv::merge(std::vector<cv::Mat>{out.delta, out.delta, out.delta}, three);
  cv::add(out.master, three, out.marked, cv::noArray(), CV_8U);
  return out;
}

}  // namespace probity::bench
