// The benches, one function each; all print Markdown on standard output.
#pragma once

#include "base/result.h"
#include "harness/options.h"

namespace probity::bench {

// PSNR, SSIM and Butteraugli of the mark alone and of the delivered JPEG, one line a photo and the worst of each.
Result<void> bench_invisibility(const BenchOptions& options);

// Pictures for human eyes: the smoothest part of each photo, master and marked, at 100 % and 400 %.
Result<void> make_eye_sheets(const BenchOptions& options);

// The attack suite on every photo: identified, smallest z, highest innocent z, and the failures by photo.
Result<void> bench_attacks(const BenchOptions& options);

// Two to five copies put together by each strategy, then chat: at least one named, innocents accused.
Result<void> bench_collusion(const BenchOptions& options);

// Bounds of innocent scores over the observations that the attacks and collusions left: a table, CSV and an SVG plot.
Result<void> bench_calibration(const BenchOptions& options);

// What segments and fill bytes cost in bytes, photo by photo, and the medians.
Result<void> bench_size(const BenchOptions& options);

// Weaving, preparing, registering and tracing one 12-MP photograph, against the promises.
Result<void> bench_speed(const BenchOptions& options);
// Prepares one photo and prints seconds and peak memory; bench_speed runs it in a process of its own.
Result<void> bench_prepare_once(const BenchOptions& options);

}  // namespace probity::bench
