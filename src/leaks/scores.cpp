#include "leaks/scores.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "base/check.h"
#include "code/codeword.h"

namespace probity::leaks {
namespace {

// The assets of one reading of the leak, and for each of them the copy of every candidate.
struct Line {
  std::vector<const ScoredAsset*> assets;
  std::vector<std::vector<Id>> copies;
};

Line line_up(std::vector<const ScoredAsset*> assets) {
  Line line{std::move(assets), {}};
  if (line.assets.size() == 1) {
    line.copies.push_back(line.assets.front()->asset.copies);
    return line;
  }
  std::set<Id> everyone;
  for (const ScoredAsset* scored : line.assets) everyone.insert(scored->recipients.begin(), scored->recipients.end());
  const std::vector<Id> candidates(everyone.begin(), everyone.end());
  for (const ScoredAsset* scored : line.assets) {
    PROBITY_CHECK(scored->recipients.size() == scored->asset.copies.size());
    std::vector<Id> copies(candidates.size(), code::kNoCopy);
    for (std::size_t i = 0; i < scored->recipients.size(); ++i) {
      const auto at = std::ranges::lower_bound(candidates, scored->recipients[i]) - candidates.begin();
      copies[static_cast<std::size_t>(at)] = scored->asset.copies[i];
    }
    line.copies.push_back(std::move(copies));
  }
  return line;
}

// All assets together first, then each alone.
std::vector<Line> readings(std::span<const ScoredAsset> assets) {
  std::vector<const ScoredAsset*> all;
  for (const ScoredAsset& scored : assets) all.push_back(&scored);
  std::vector<Line> lines{line_up(all)};
  if (all.size() > 1) {
    for (const ScoredAsset* scored : all) lines.push_back(line_up({scored}));
  }
  return lines;
}

Result<code::Verdict> accuse_line(const Line& line, std::uint64_t alignments, std::uint64_t masters_counted,
                                  const code::ScoringOptions& options) {
  std::vector<code::Channel> channels;
  for (std::size_t i = 0; i < line.assets.size(); ++i) {
    const ScoredAsset& scored = *line.assets[i];
    channels.push_back(
        {scored.asset.law, scored.asset.bias_seed, from_steps(scored.soft), &scored.asset.asset_key, line.copies[i]});
  }
  return code::accuse(channels, alignments, masters_counted, options);
}

Result<CopyEvidence> open_copy(const ScoredAsset& scored, const Id& copy, Masters& masters,
                               parties::RecipientDetails& recipient) {
  TRY_ASSIGN(OpenedCopy opened, masters.open(copy));
  const copies::Copy& issued = opened.issued.copy;
  recipient = opened.issued.recipient.details;
  CopyEvidence evidence;
  evidence.asset = scored.asset.id;
  evidence.copy = copy;
  evidence.recipient = issued.recipient_id;
  const SecretKey seed = code::copy_seed(scored.asset.asset_key, copy);
  std::ranges::copy(seed.view(), evidence.seed.begin());
  evidence.seed_salt = copies::seed_salt(issued.commitment_salt);
  evidence.seed_commitment = issued.seed_commitment;
  evidence.recipient_commitment = issued.recipient_commitment;
  if (!recipient.name.empty()) evidence.recipient_salt = copies::recipient_salt(issued.commitment_salt);
  evidence.issued_ms = issued.issued_ms;
  evidence.entry = std::move(opened.entry);
  evidence.makings = std::move(opened.makings);
  return evidence;
}

Result<FindingRecord> open_finding(const Line& line, Role role, const code::Finding& finding, Masters& masters) {
  FindingRecord record{role, finding, {}, {}};
  for (std::size_t i = 0; i < line.assets.size(); ++i) {
    const Id& copy = line.copies[i][finding.candidate];
    if (copy == code::kNoCopy) continue;
    TRY_ASSIGN(CopyEvidence evidence, open_copy(*line.assets[i], copy, masters, record.recipient));
    record.copies.push_back(std::move(evidence));
  }
  record.finding.candidate = 0;
  return record;
}

bool is_lead(const std::optional<code::Finding>& finding) {
  return finding && finding->log10_total <= code::kLeadLog10;
}

std::optional<ScorePlot> make_plot(const code::Verdict& verdict) {
  const std::vector<float>& scores = verdict.standard_scores;
  if (scores.empty()) return std::nullopt;
  ScorePlot plot;
  const bool accused = !verdict.accused.empty();
  plot.decoder = accused ? verdict.accused.front().decoder : verdict.runner_up->decoder;
  plot.identified_line = verdict.identified_line;
  plot.lead_line = verdict.lead_line;
  const auto bin_of = [](float score) { return static_cast<int>(std::floor(score * kBinsPerUnit)); };
  const auto [lowest, highest] = std::ranges::minmax(scores);
  plot.first_bin = bin_of(lowest);
  plot.counts.assign(static_cast<std::size_t>(bin_of(highest) - plot.first_bin + 1), 0);
  std::set<std::size_t> named;
  for (const code::Finding& finding : verdict.accused) named.insert(finding.candidate);
  if (is_lead(verdict.runner_up)) named.insert(verdict.runner_up->candidate);
  bool others = false;
  for (std::size_t j = 0; j < scores.size(); ++j) {
    ++plot.counts[static_cast<std::size_t>(bin_of(scores[j]) - plot.first_bin)];
    if (named.contains(j)) continue;
    const auto score = static_cast<double>(scores[j]);
    plot.highest_other = others ? std::max(plot.highest_other, score) : score;
    others = true;
  }
  return plot;
}

void describe_assets(std::span<const ScoredAsset> assets, const Line& line, Report& report) {
  for (const ScoredAsset& scored : assets) {
    const TracedAsset& asset = scored.asset;
    const bool in_line = std::ranges::find(line.assets, &scored) != line.assets.end();
    report.assets.push_back({asset.id, asset.title, asset.file_name, asset.original_sha256, scored.size_px, asset.law,
                             asset.bias_seed, scored.soft, asset.copies.size(), in_line, asset.entry});
  }
}

}  // namespace

Result<void> score(std::span<const ScoredAsset> assets, std::uint64_t masters_counted, Masters& masters,
                   const code::ScoringOptions& options, Report& report) {
  const std::vector<Line> lines = readings(assets);
  const Line* best_line = nullptr;
  code::Verdict best;
  for (const Line& line : lines) {
    TRY_ASSIGN(code::Verdict verdict, accuse_line(line, lines.size(), masters_counted, options));
    if (best_line == nullptr || verdict.kind < best.kind) {
      best_line = &line;
      best = std::move(verdict);
    }
    if (best.kind == code::VerdictKind::identified) break;
  }
  report.outcome = best.kind == code::VerdictKind::identified ? Outcome::identified
                   : best.kind == code::VerdictKind::lead     ? Outcome::lead
                                                              : Outcome::no_match;
  report.trials = best.trials;
  report.plot = make_plot(best);
  describe_assets(assets, *best_line, report);
  for (const code::Finding& finding : best.accused) {
    TRY_ASSIGN(FindingRecord record, open_finding(*best_line, Role::accused, finding, masters));
    report.findings.push_back(std::move(record));
  }
  if (is_lead(best.runner_up)) {
    TRY_ASSIGN(FindingRecord record, open_finding(*best_line, Role::lead, *best.runner_up, masters));
    report.findings.push_back(std::move(record));
  }
  return {};
}

}  // namespace probity::leaks
