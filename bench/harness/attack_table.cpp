// Every row of the attack suite on every photo: one copy among many leaks, is attacked, and is traced.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <mutex>
#include <string>
#include <vector>

#include "attacks/chain.h"
#include "attacks/picture_file.h"
#include "attacks/suite.h"
#include "harness/benches.h"
#include "harness/observations.h"
#include "harness/tracing.h"
#include "harness/workers.h"

namespace probity::bench {
namespace {

struct Run {
  std::size_t row = 0;
  std::string photo;
  Half half = Half::tune;
  bool aligned = false;
  std::string note;  // why not identified, in numbers
  std::string csv;
  double seconds = 0;
  Outcome outcome;
};

bool row_chosen(const SuiteRow& row, const std::string& wanted) {
  if (wanted.empty()) return true;
  for (std::size_t at = 0; at <= wanted.size();) {
    const std::size_t comma = std::min(wanted.find(';', at), wanted.size());
    const std::string_view word = std::string_view(wanted).substr(at, comma - at);
    if (word == row.chain || row.title.find(word) != std::string_view::npos || row.group == word) return true;
    at = comma + 1;
  }
  return false;
}

std::string run_note(const Traced& traced, const Outcome& outcome, double bit_error) {
  if (!traced.aligned) return traced.reason;
  return fmt::format(
      "z {:.1f}, bound 1e{:.1f}, {} cells, gain {:.2f}, snr {:.2f}, bit error {:.3f}, detail {:.2f}, evidence {:.0f}, "
      "{} {}",
      outcome.guilty_z, traced.verdict.runner_up ? traced.verdict.runner_up->log10_total : 0.0, traced.seen.cells_seen,
      traced.seen.gain, traced.seen.signal_to_noise, bit_error, traced.seen.detail_correlation, traced.seen.evidence,
      traced.method, traced.inliers);
}

Result<Run> run_attack(const PreparedPhoto& photo, std::size_t row, std::span<const Id> copies,
                       const BenchOptions& options) {
  const SuiteRow& suite_row = attack_suite()[row];
  Dice dice = Dice(options.seed).fork(photo.photo.name).fork(suite_row.chain);
  const auto leaker = static_cast<std::size_t>(dice.integer(0, static_cast<int>(copies.size()) - 1));
  TRY_ASSIGN(const Bytes file, photo.copy_file(copies[leaker]));
  TRY_ASSIGN(const cv::Mat copy, decode_rgb(file));
  TRY_ASSIGN(const Chain chain, Chain::parse(suite_row.chain));
  TRY_ASSIGN(const Frame leak, chain.apply(copy, dice.next()));
  TRY_ASSIGN(const Traced traced, trace_leak(leak.rgb, photo, copies, 1));
  Run run{row, photo.photo.name, photo.photo.half,           traced.aligned, {},
          {},  traced.seconds(), judge(traced, {&leaker, 1})};
  const double bit_error = traced.aligned ? weighted_bit_error(traced.seen, photo.codeword_of(copies[leaker])) : 0.5;
  run.note = run_note(traced, run.outcome, bit_error);
  run.csv = fmt::format(
      "{},{},\"{}\",{},{},{:.3f},{:.3f},{:.2f},{},{:.3f},{:.3f},{:.4f},{:.3f},{:.1f},{},{},{:.3f},{:.3f}\n",
      photo.photo.name, half_name(photo.photo.half), suite_row.chain, run.outcome.identified ? 1 : 0,
      run.outcome.innocents_accused, run.outcome.guilty_z, run.outcome.innocent_z, run.outcome.log10_total,
      traced.seen.cells_seen, traced.seen.gain, traced.seen.signal_to_noise, bit_error, traced.seen.detail_correlation,
      traced.seen.evidence, traced.method, traced.inliers, traced.read_seconds, traced.accuse_seconds);
  if (traced.aligned) TRY(save_observation(options, photo.photo.name, suite_row.chain, traced.seen.soft));
  return run;
}

// Results of one row, over one half or both.
struct RowSummary {
  std::size_t photos = 0;
  std::size_t identified = 0;
  std::size_t innocents_accused = 0;
  double smallest_z = 1e9;
  double innocent_z = 0;
  std::vector<double> seconds;

  std::string percent() const {
    return photos == 0 ? ""
                       : fmt::format("{:.0f}", 100.0 * static_cast<double>(identified) / static_cast<double>(photos));
  }
  double median_seconds() const {
    if (seconds.empty()) return 0;
    std::vector<double> sorted = seconds;
    std::sort(sorted.begin(), sorted.end());
    return sorted[sorted.size() / 2];
  }
};

RowSummary summarise(const std::vector<Run>& runs, std::size_t row, Half half) {
  RowSummary summary;
  for (const Run& run : runs) {
    if (run.row != row || (half != Half::both && run.half != half)) continue;
    ++summary.photos;
    if (run.outcome.identified) ++summary.identified;
    summary.innocents_accused += run.outcome.innocents_accused;
    summary.smallest_z = std::min(summary.smallest_z, run.outcome.guilty_z);
    summary.innocent_z = std::max(summary.innocent_z, run.outcome.innocent_z);
    summary.seconds.push_back(run.seconds);
  }
  return summary;
}

void print_table(const std::vector<Run>& runs, const std::vector<std::size_t>& rows, std::size_t copies) {
  fmt::print(
      "\n{} copies registered per photo; geometry unknown to the tracer; identified: total bound at most 1e-9.\n\n",
      copies);
  fmt::print(
      "| attack | chain | photos | identified % | tune | held out | wanted | smallest z | highest innocent z | "
      "innocents accused | s |\n");
  fmt::print("|---|---|---|---|---|---|---|---|---|---|---|\n");
  for (const std::size_t row : rows) {
    const SuiteRow& suite_row = attack_suite()[row];
    const RowSummary all = summarise(runs, row, Half::both);
    if (all.photos == 0) continue;
    const bool missed = 100 * all.identified < static_cast<std::size_t>(suite_row.required_percent) * all.photos;
    fmt::print("| {}: {} | `{}` | {} | {}{} | {} | {} | {} | {:.1f} | {:.1f} | {} | {:.2f} |\n", suite_row.group,
               suite_row.title, suite_row.chain, all.photos, all.percent(), missed ? " **(short)**" : "",
               summarise(runs, row, Half::tune).percent(), summarise(runs, row, Half::held).percent(),
               suite_row.required_percent == 0 ? std::string("–") : std::to_string(suite_row.required_percent),
               all.smallest_z, all.innocent_z, all.innocents_accused, all.median_seconds());
  }
}

void print_failures(const std::vector<Run>& runs, const std::vector<std::size_t>& rows) {
  fmt::print("\nNot identified:\n");
  for (const std::size_t row : rows)
    for (const Run& run : runs)
      if (run.row == row && !run.outcome.identified)
        fmt::print("- `{}` {} ({}): {}\n", attack_suite()[row].chain, run.photo, half_name(run.half), run.note);
  std::size_t innocents = 0;
  std::size_t accused = 0;
  for (const Run& run : runs) {
    innocents += run.outcome.innocents;
    accused += run.outcome.innocents_accused;
  }
  fmt::print("\nInnocent copies scored: {}; accused: {}.\n", innocents, accused);
}

Result<void> write_csv(const std::filesystem::path& path, const std::vector<Run>& runs) {
  if (path.empty()) return {};
  std::string text =
      "photo,half,chain,identified,innocents_accused,z,innocent_z,log10_total,cells,gain,snr,bit_error,detail,"
      "evidence,method,inliers,read_s,accuse_s\n";
  for (const Run& run : runs) text += run.csv;
  return write_file(path, as_bytes(text));
}

}  // namespace

Result<void> bench_attacks(const BenchOptions& options) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < attack_suite().size(); ++row)
    if (row_chosen(attack_suite()[row], options.attacks)) rows.push_back(row);
  if (rows.empty()) return fail(ErrorCode::invalid_argument, "no row of the suite is called " + options.attacks);
  TRY_ASSIGN(const auto photos, prepared_photos(options));
  const std::vector<Id> copies = registered_copies(options.copies);
  std::mutex mutex;
  std::vector<Run> runs;
  Result<void> outcome;
  for_each_index(photos.size() * rows.size(), options.threads, [&](std::size_t i) {
    auto run = run_attack(*photos[i / rows.size()], rows[i % rows.size()], copies, options);
    const std::lock_guard lock(mutex);
    if (!run) {
      outcome = tl::unexpected<Error>(run.error());
      return;
    }
    if (!run->outcome.identified)
      fmt::print(stderr, "- {} {}: {}\n", attack_suite()[run->row].chain, run->photo, run->note);
    runs.push_back(std::move(*run));
    if (runs.size() % 50 == 0) fmt::print(stderr, "{} of {}\n", runs.size(), photos.size() * rows.size());
  });
  TRY(outcome);
  std::sort(runs.begin(), runs.end(),
            [](const Run& a, const Run& b) { return std::tie(a.row, a.photo) < std::tie(b.row, b.photo); });
  print_table(runs, rows, copies.size());
  print_failures(runs, rows);
  return write_csv(options.csv, runs);
}

}  // namespace probity::bench
