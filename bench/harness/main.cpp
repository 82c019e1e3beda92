// probity-bench: measures what the project promises and prints it as Markdown.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <opencv2/core.hpp>

#include "base/random.h"
#include "harness/benches.h"
#include "media/decode.h"

namespace {

using namespace probity;

struct Bench {
  const char* name;
  const char* heading;  // of its table; none for what `all` leaves out
  Result<void> (*run)(const bench::BenchOptions&);
};

int report(const Result<void>& done) {
  if (done) return 0;
  fmt::print(stderr, "probity-bench: {}\n", done.error().message);
  if (!done.error().hint.empty()) fmt::print(stderr, "  {}\n", done.error().hint);
  return catalogue_entry(done.error().code).exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  if (media::is_decode_child(argc, argv)) return media::decode_child_main();
  CLI::App app{"Measures what Probity promises; prints Markdown tables."};
  bench::BenchOptions options;
  std::string half = "both";
  app.add_option("--half", half, "tune, held or both");
  app.add_option("--photos", options.photos, "only the first so many photos");
  app.add_option("--only", options.only, "only photos whose name holds this");
  app.add_option("--attacks", options.attacks, "only rows whose chain or title holds one of these (a;b)");
  app.add_option("--copies", options.copies, "copies registered per photo");
  app.add_option("--threads", options.threads, "worker threads");
  app.add_option("--seed", options.seed, "of every random draw");
  app.add_option("--csv", options.csv, "writes the rows here too");
  app.add_option("--cache", options.cache, "prepared photos are kept here");
  app.add_option("--out", options.out, "pictures for human eyes go here");
  app.add_option("--plot", options.plot, "calibration: where the plot goes");
  app.add_option("--strength", options.strength, "of the mark (invisibility and eyes)");
  app.add_option("--crop", options.crop_px, "invisibility: only this many pixels square in the middle");
  app.add_flag("--mark-only", options.mark_only, "invisibility: without the delivered JPEG");
  app.add_option("--scores", options.scores, "calibration: innocent scores at least");
  // In the order of docs/results.md; `all` runs them one after another, calibration on what the two before it left.
  const std::vector<Bench> benches = {
      {"invisibility", "Invisibility", bench::bench_invisibility},
      {"attacks", "Attacks", bench::bench_attacks},
      {"collusion", "Collusion", bench::bench_collusion},
      {"calibration", "Calibration", bench::bench_calibration},
      {"size", "Size", bench::bench_size},
      {"speed", "Speed", bench::bench_speed},
      {"eyes", nullptr, bench::make_eye_sheets},
      {"prepare-once", nullptr, bench::bench_prepare_once},
  };
  app.require_subcommand(1);
  app.fallthrough();
  app.add_subcommand("all", "every table");
  for (const Bench& entry : benches) app.add_subcommand(entry.name);
  CLI11_PARSE(app, argc, argv);

  init_crypto();
  cv::setNumThreads(1);
  const auto chosen = bench::parse_half(half);
  if (!chosen) return report(tl::unexpected<Error>(chosen.error()));
  options.half = *chosen;
  const bool all = app.got_subcommand("all");
  for (const Bench& entry : benches) {
    if (all && entry.heading == nullptr) continue;
    if (!all && !app.got_subcommand(entry.name)) continue;
    if (all) fmt::print("\n## {}\n\n", entry.heading);
    const int status = report(entry.run(options));
    if (status != 0) return status;
  }
  return 0;
}
