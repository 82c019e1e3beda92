#include "harness/tracing.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "trace/reading.h"

namespace probity::bench {
namespace {

class Stopwatch {
 public:
  double lap() {
    const auto now = std::chrono::steady_clock::now();
    const double seconds = std::chrono::duration<double>(now - start_).count();
    start_ = now;
    return seconds;
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace

double Traced::standard_score(std::size_t candidate) const {
  return candidate < verdict.standard_scores.size() ? static_cast<double>(verdict.standard_scores[candidate]) : 0;
}

Result<Traced> trace_leak(const cv::Mat& leak, const PreparedPhoto& photo, std::span<const Id> copies,
                          unsigned threads) {
  Traced traced;
  Stopwatch watch;
  trace::PreparedLeak prepared(trace::leak_picture(leak));
  auto reading = trace::read_leak(prepared, photo.reference);
  traced.read_seconds = watch.lap();
  if (!reading) {
    traced.reason = reading.error().message;
    return traced;
  }
  traced.aligned = true;
  traced.method = reading->alignment.method;
  traced.inliers = reading->alignment.inliers;
  traced.seen = std::move(reading->observation);
  const code::Channel channel{code::kDefaultLaw, photo.bias_seed, traced.seen.soft, &photo.asset_key, copies};
  TRY_ASSIGN(traced.verdict, code::accuse({&channel, 1}, 1, 1, {.threads = threads, .progress = {}}));
  traced.accuse_seconds = watch.lap();
  return traced;
}

Outcome judge(const Traced& traced, std::span<const std::size_t> guilty) {
  Outcome outcome;
  const auto is_guilty = [&](std::size_t candidate) {
    return std::find(guilty.begin(), guilty.end(), candidate) != guilty.end();
  };
  for (const code::Finding& finding : traced.verdict.accused) {
    if (!is_guilty(finding.candidate)) {
      ++outcome.innocents_accused;
      continue;
    }
    ++outcome.guilty_accused;
    outcome.log10_total = std::min(outcome.log10_total, finding.log10_total);
  }
  for (std::size_t candidate = 0; candidate < traced.verdict.standard_scores.size(); ++candidate) {
    double& highest = is_guilty(candidate) ? outcome.guilty_z : outcome.innocent_z;
    highest = std::max(highest, traced.standard_score(candidate));
    if (!is_guilty(candidate)) ++outcome.innocents;
  }
  const bool identified = traced.verdict.kind == code::VerdictKind::identified;
  outcome.identified = identified && outcome.guilty_accused > 0 && outcome.innocents_accused == 0;
  return outcome;
}

double weighted_bit_error(const trace::Observation& seen, std::span<const std::uint8_t> codeword) {
  double wrong = 0;
  double all = 0;
  for (std::size_t i = 0; i < seen.soft.size(); ++i) {
    const double weight = std::abs(static_cast<double>(seen.soft[i]));
    all += weight;
    if ((seen.soft[i] > 0) != (codeword[i] == 1)) wrong += weight;
  }
  return all > 0 ? wrong / all : 0.5;
}

}  // namespace probity::bench
