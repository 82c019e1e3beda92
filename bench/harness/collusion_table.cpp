// Two to five recipients put their copies together, send the result through a chat app, and are traced.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "attacks/chain.h"
#include "attacks/collusion.h"
#include "attacks/picture_file.h"
#include "harness/benches.h"
#include "harness/observations.h"
#include "harness/tracing.h"
#include "harness/workers.h"

namespace probity::bench {
namespace {

struct Row {
  Collusion collusion;
  int copies;
  int required_percent;  // 0: shown for information
};

// The promises: five averaging, mosaicking or interleaving always, extremes by three nearly always.
std::vector<Row> collusion_rows() {
  std::vector<Row> rows;
  for (const Collusion collusion : {Collusion::average, Collusion::mosaic, Collusion::interleave, Collusion::minimum,
                                    Collusion::maximum, Collusion::median}) {
    const bool extreme =
        collusion == Collusion::minimum || collusion == Collusion::maximum || collusion == Collusion::median;
    for (int copies = 2; copies <= 5; ++copies) {
      const int required = extreme ? (copies <= 3 ? 95 : 0) : 100;
      rows.push_back({collusion, copies, required});
    }
  }
  return rows;
}

struct CollusionRun {
  std::size_t row = 0;
  std::string photo;
  Half half = Half::tune;
  Outcome outcome;
  std::string note;
};

std::string row_name(const Row& row) {
  return fmt::format("{} of {}, chat", collusion_name(row.collusion), row.copies);
}

std::vector<std::size_t> draw_guilty(int count, std::size_t copies, Dice& dice) {
  std::set<std::size_t> guilty;
  while (guilty.size() < static_cast<std::size_t>(count))
    guilty.insert(static_cast<std::size_t>(dice.integer(0, static_cast<int>(copies) - 1)));
  return {guilty.begin(), guilty.end()};
}

Result<CollusionRun> run_collusion(const PreparedPhoto& photo, const Row& row, std::span<const Id> copies,
                                   const BenchOptions& options) {
  Dice dice = Dice(options.seed).fork(photo.photo.name).fork(row_name(row));
  const std::vector<std::size_t> guilty = draw_guilty(row.copies, copies.size(), dice);
  std::vector<cv::Mat> pictures;
  for (const std::size_t copy : guilty) {
    TRY_ASSIGN(const Bytes file, photo.copy_file(copies[copy]));
    TRY_ASSIGN(cv::Mat picture, decode_rgb(file));
    pictures.push_back(std::move(picture));
  }
  TRY_ASSIGN(const cv::Mat together, collude(pictures, row.collusion, dice));
  pictures.clear();
  TRY_ASSIGN(const Chain chat, Chain::parse("chat"));
  TRY_ASSIGN(const Frame leak, chat.apply(together, dice.next()));
  TRY_ASSIGN(const Traced traced, trace_leak(leak.rgb, photo, copies, 1));
  CollusionRun run{0, photo.photo.name, photo.photo.half, judge(traced, guilty), traced.reason};
  if (traced.aligned) {
    run.note = fmt::format("z {:.1f}, bound 1e{:.1f}, {} cells, gain {:.2f}, snr {:.2f}", run.outcome.guilty_z,
                           traced.verdict.runner_up ? traced.verdict.runner_up->log10_total : 0.0,
                           traced.seen.cells_seen, traced.seen.gain, traced.seen.signal_to_noise);
    TRY(save_observation(options, photo.photo.name, row_name(row), traced.seen.soft));
  }
  return run;
}

void print_row(const Row& row, const std::vector<CollusionRun>& runs, std::size_t index) {
  std::array<std::size_t, 3> photos{};
  std::array<std::size_t, 3> named{};
  std::size_t guilty = 0;
  std::size_t innocents = 0;
  double smallest_z = 1e9;
  double innocent_z = 0;
  for (const CollusionRun& run : runs) {
    if (run.row != index) continue;
    for (const std::size_t column : {std::size_t{0}, run.half == Half::tune ? std::size_t{1} : std::size_t{2}}) {
      ++photos[column];
      if (run.outcome.identified) ++named[column];
    }
    guilty += run.outcome.guilty_accused;
    innocents += run.outcome.innocents_accused;
    smallest_z = std::min(smallest_z, run.outcome.guilty_z);
    innocent_z = std::max(innocent_z, run.outcome.innocent_z);
  }
  const auto percent = [&](std::size_t column) {
    return photos[column] == 0 ? std::string()
                               : fmt::format("{:.0f}", 100.0 * static_cast<double>(named[column]) /
                                                           static_cast<double>(photos[column]));
  };
  const bool missed = 100 * named[0] < static_cast<std::size_t>(row.required_percent) * photos[0];
  fmt::print("| {} | {} | {} | {}{} | {} | {} | {} | {:.1f} | {:.1f} | {:.1f} | {} |\n", collusion_name(row.collusion),
             row.copies, photos[0], percent(0), missed ? " **(short)**" : "", percent(1), percent(2),
             row.required_percent == 0 ? std::string("–") : std::to_string(row.required_percent),
             photos[0] == 0 ? 0.0 : static_cast<double>(guilty) / static_cast<double>(photos[0]), smallest_z,
             innocent_z, innocents);
}

}  // namespace

Result<void> bench_collusion(const BenchOptions& options) {
  std::vector<Row> rows = collusion_rows();
  if (!options.attacks.empty())
    std::erase_if(rows, [&](const Row& row) { return row_name(row).find(options.attacks) == std::string::npos; });
  TRY_ASSIGN(const auto photos, prepared_photos(options));
  const std::vector<Id> copies = registered_copies(options.copies);
  std::mutex mutex;
  std::vector<CollusionRun> runs;
  Result<void> outcome;
  for_each_index(photos.size() * rows.size(), options.threads, [&](std::size_t i) {
    const std::size_t row = i % rows.size();
    auto run = run_collusion(*photos[i / rows.size()], rows[row], copies, options);
    const std::lock_guard lock(mutex);
    if (!run) {
      outcome = tl::unexpected<Error>(run.error());
      return;
    }
    run->row = row;
    runs.push_back(std::move(*run));
    if (runs.size() % 50 == 0) fmt::print(stderr, "{} of {}\n", runs.size(), photos.size() * rows.size());
  });
  TRY(outcome);
  fmt::print("\nCopies put together, then chat; {} copies registered per photo.\n\n", copies.size());
  fmt::print(
      "| strategy | copies | photos | one named % | tune | held out | wanted | named on average | smallest z | highest "
      "innocent z | innocents accused |\n|---|---|---|---|---|---|---|---|---|---|---|\n");
  for (std::size_t row = 0; row < rows.size(); ++row) print_row(rows[row], runs, row);
  fmt::print("\nNobody named:\n");
  for (const CollusionRun& run : runs)
    if (!run.outcome.identified)
      fmt::print("- {} {} ({}): {}\n", row_name(rows[run.row]), run.photo, half_name(run.half), run.note);
  return {};
}

}  // namespace probity::bench
