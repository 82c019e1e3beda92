#include "code/accuse.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

#include "code/bank.h"
#include "code/codeword.h"
#include "code/finding.h"
#include "code/observation.h"

namespace probity::code {
namespace {

// Bounds are worked out for so many of each decoder's highest scores, and later passes look at so many candidates.
constexpr std::size_t kExamined = 8;
constexpr std::size_t kShortlist = 4096;

Result<void> check_channels(std::span<const Channel> channels) {
  if (channels.empty()) return fail(ErrorCode::invalid_argument, "there is no observation to trace");
  if (channels.size() > kMaxChannels) {
    return fail(ErrorCode::invalid_argument, "more than 64 assets in one verdict", "trace them in smaller groups");
  }
  for (const Channel& channel : channels) {
    TRY(check_soft(channel.soft));
    if (channel.asset_key == nullptr) return fail(ErrorCode::invalid_argument, "an asset's key is missing");
    if (channel.copies.size() != channels.front().copies.size()) {
      return fail(ErrorCode::invalid_argument, "the assets' lists of copies differ in length");
    }
  }
  return {};
}

// One pass over candidates: the banks it used, the scores, and the best findings in order.
struct Pass {
  std::vector<Bank> banks;
  std::vector<std::size_t> candidates;
  std::vector<ChannelMask> masks;
  std::vector<std::vector<std::int32_t>> scores;  // [decoder][candidate]
  std::vector<std::vector<float>> standard;       // the same in standard deviations above the innocent mean
  std::vector<Finding> best;
};

// Where the kExamined highest values stand.
std::vector<std::size_t> highest_of(std::span<const float> values) {
  const auto higher = [values](std::size_t a, std::size_t b) { return values[a] > values[b]; };
  std::vector<std::size_t> highest;  // a heap with the lowest of them on top
  for (std::size_t j = 0; j < values.size(); ++j) {
    if (highest.size() == kExamined) {
      if (values[j] <= values[highest.front()]) continue;
      std::ranges::pop_heap(highest, higher);
      highest.pop_back();
    }
    highest.push_back(j);
    std::ranges::push_heap(highest, higher);
  }
  return highest;
}

// The state of one call of accuse(): what is known of each channel, growing by a codeword with each accusation.
class Inquiry {
 public:
  Inquiry(std::span<const Channel> channels, const ScoringOptions& options, Trials trials)
      : channels_(channels), options_(options), trials_(trials), accused_(channels.size()) {
    for (const Channel& channel : channels) {
      thresholds_.push_back(cell_thresholds(channel.law, channel.bias_seed, channel.soft.size()));
    }
  }

  Pass run(std::vector<std::size_t> candidates, std::size_t number) {
    Pass pass;
    pass.candidates = std::move(candidates);
    pass.banks = banks();
    LawBook book(pass.banks);
    pass.scores = scores(pass, number == 1 ? options_ : ScoringOptions{options_.threads, {}});
    standardise(pass, book);
    examine(pass, book, number);
    return pass;
  }

  void accept(std::size_t candidate) {
    for (std::size_t c = 0; c < channels_.size(); ++c) {
      if (channels_[c].copies[candidate] != kNoCopy) accused_[c].push_back(bits_of(c, candidate));
    }
  }

  double line(const Pass& pass, std::string_view decoder, double log10_total) const {
    LawBook book(pass.banks);
    const ChannelMask all = ~ChannelMask{0} >> (kMaxChannels - channels_.size());
    for (std::size_t d = 0; d < pass.scores.size(); ++d) {
      if (pass.banks.front().decoders[d].name != decoder) continue;
      const ScoreLaw& law = book.law(all, d);
      return law.standard_score(law.score_at((log10_total - trials_.log10_total()) * std::numbers::ln10));
    }
    return 0;
  }

 private:
  std::vector<Bank> banks() const {
    std::vector<ChannelView> views;
    for (std::size_t c = 0; c < channels_.size(); ++c)
      views.push_back({channels_[c].soft, thresholds_[c], &accused_[c]});
    return decoder_banks(views);
  }

  std::vector<std::uint8_t> bits_of(std::size_t channel, std::size_t candidate) const {
    return codeword(copy_seed(*channels_[channel].asset_key, channels_[channel].copies[candidate]),
                    thresholds_[channel]);
  }

  ChannelMask mask_of(std::size_t candidate) const {
    ChannelMask mask = 0;
    for (std::size_t c = 0; c < channels_.size(); ++c) {
      if (channels_[c].copies[candidate] != kNoCopy) mask |= ChannelMask{1} << c;
    }
    return mask;
  }

  std::vector<std::vector<std::int32_t>> scores(const Pass& pass, const ScoringOptions& options) const {
    const bool everyone = pass.candidates.size() == channels_.front().copies.size();
    std::vector<std::vector<Id>> chosen(channels_.size());
    std::vector<ScoringChannel> scoring;
    for (std::size_t c = 0; c < channels_.size(); ++c) {
      if (!everyone) {
        for (const std::size_t candidate : pass.candidates) chosen[c].push_back(channels_[c].copies[candidate]);
      }
      const std::span<const Id> copies = everyone ? channels_[c].copies : std::span<const Id>(chosen[c]);
      scoring.push_back({&pass.banks[c], channels_[c].asset_key, copies});
    }
    return score_copies(scoring, options);
  }

  void standardise(Pass& pass, LawBook& book) const {
    for (const std::size_t candidate : pass.candidates) pass.masks.push_back(mask_of(candidate));
    pass.standard.assign(pass.scores.size(), std::vector<float>(pass.candidates.size()));
    for (std::size_t d = 0; d < pass.scores.size(); ++d) {
      double mean = 0;
      double per_deviation = 0;
      for (std::size_t j = 0; j < pass.candidates.size(); ++j) {
        if (j == 0 || pass.masks[j] != pass.masks[j - 1]) {
          const ScoreLaw& law = book.law(pass.masks[j], d);
          mean = law.mean();
          per_deviation = law.variance() > 0 ? 1 / std::sqrt(law.variance()) : 0.0;
        }
        pass.standard[d][j] = static_cast<float>((pass.scores[d][j] - mean) * per_deviation);
      }
    }
  }

  void examine(Pass& pass, LawBook& book, std::size_t number) const {
    std::vector<std::size_t> examined;
    for (const std::vector<float>& standard : pass.standard) {
      const std::vector<std::size_t> highest = highest_of(standard);
      examined.insert(examined.end(), highest.begin(), highest.end());
    }
    std::ranges::sort(examined);
    examined.erase(std::unique(examined.begin(), examined.end()), examined.end());
    for (const std::size_t j : examined) pass.best.push_back(find(pass, book, j, number));
    std::ranges::stable_sort(pass.best, {}, &Finding::log10_single);
  }

  Finding find(const Pass& pass, LawBook& book, std::size_t j, std::size_t number) const {
    std::vector<std::int32_t> own;
    for (const auto& scores : pass.scores) own.push_back(scores[j]);
    Finding finding = best_finding(book, pass.masks[j], pass.banks, own, trials_);
    finding.candidate = pass.candidates[j];
    finding.pass = number;
    for (std::size_t c = 0; c < channels_.size(); ++c) {
      if (channels_[c].copies[finding.candidate] == kNoCopy) continue;
      finding.agreeing_cells += agreeing_cells(pass.banks[c], bits_of(c, finding.candidate));
    }
    return finding;
  }

  std::span<const Channel> channels_;
  const ScoringOptions& options_;
  Trials trials_;
  std::vector<std::vector<std::uint8_t>> thresholds_;
  std::vector<SideInformation> accused_;
};

// The candidates that stood highest by any decoder, without those accused, in their old order.
std::vector<std::size_t> shortlist(const Pass& pass, std::span<const Finding> accused) {
  std::vector<float> highest(pass.candidates.size(), -std::numeric_limits<float>::infinity());
  for (const auto& standard : pass.standard) {
    for (std::size_t j = 0; j < highest.size(); ++j) highest[j] = std::max(highest[j], standard[j]);
  }
  std::vector<std::size_t> order(highest.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (order.size() > kShortlist) {
    std::ranges::nth_element(order, order.begin() + kShortlist,
                             [&](auto a, auto b) { return highest[a] > highest[b]; });
    order.resize(kShortlist);
    std::ranges::sort(order);
  }
  std::vector<std::size_t> candidates;
  for (const std::size_t j : order) {
    if (std::ranges::find(accused, pass.candidates[j], &Finding::candidate) == accused.end()) {
      candidates.push_back(pass.candidates[j]);
    }
  }
  return candidates;
}

void draw_plot(Verdict& verdict, const Inquiry& inquiry, const Pass& pass) {
  if (pass.best.empty()) return;
  std::string_view decoder = pass.best.front().decoder;
  for (std::size_t d = 0; d < pass.standard.size(); ++d) {
    if (pass.banks.front().decoders[d].name == decoder) verdict.standard_scores = pass.standard[d];
  }
  verdict.identified_line = inquiry.line(pass, decoder, kIdentifiedLog10);
  verdict.lead_line = inquiry.line(pass, decoder, kLeadLog10);
}

}  // namespace

Result<Verdict> accuse(std::span<const Channel> channels, std::uint64_t alignments, std::uint64_t masters,
                       const ScoringOptions& options) {
  TRY(check_channels(channels));
  Verdict verdict;
  const std::size_t count = channels.front().copies.size();
  verdict.trials = {count, alignments, masters, decoder_count(), kMaxAccused};
  if (count == 0) return verdict;
  Inquiry inquiry(channels, options, verdict.trials);
  std::vector<std::size_t> candidates(count);
  std::iota(candidates.begin(), candidates.end(), std::size_t{0});
  for (std::size_t number = 1; number <= kMaxAccused && !candidates.empty(); ++number) {
    const Pass pass = inquiry.run(std::move(candidates), number);
    if (number == 1) draw_plot(verdict, inquiry, pass);
    verdict.runner_up.reset();
    const std::size_t before = verdict.accused.size();
    for (const Finding& finding : pass.best) {
      if (finding.log10_total > kIdentifiedLog10 || verdict.accused.size() == kMaxAccused) {
        verdict.runner_up = finding;
        break;
      }
      verdict.accused.push_back(finding);
      inquiry.accept(finding.candidate);
    }
    if (verdict.accused.size() == before || verdict.accused.size() == kMaxAccused) break;
    candidates = shortlist(pass, verdict.accused);
  }
  const bool lead = verdict.runner_up && verdict.runner_up->log10_total <= kLeadLog10;
  verdict.kind = !verdict.accused.empty() ? VerdictKind::identified : lead ? VerdictKind::lead : VerdictKind::no_match;
  return verdict;
}

Result<Finding> recompute(std::span<const EvidenceChannel> channels, const Trials& trials, std::size_t pass) {
  if (channels.empty() || channels.size() > kMaxChannels) {
    return fail(ErrorCode::invalid_argument, "the evidence must hold 1 to 64 assets");
  }
  std::vector<std::vector<std::uint8_t>> thresholds;
  std::vector<SideInformation> accused(channels.size());
  std::vector<ChannelView> views;
  ChannelMask mask = 0;
  for (std::size_t c = 0; c < channels.size(); ++c) {
    TRY(check_soft(channels[c].soft));
    thresholds.push_back(cell_thresholds(channels[c].law, channels[c].bias_seed, channels[c].soft.size()));
    for (const SecretKey& seed : channels[c].accused_before) accused[c].push_back(codeword(seed, thresholds[c]));
    if (channels[c].seed) mask |= ChannelMask{1} << c;
  }
  for (std::size_t c = 0; c < channels.size(); ++c) views.push_back({channels[c].soft, thresholds[c], &accused[c]});
  const std::vector<Bank> banks = decoder_banks(views);
  std::vector<std::int32_t> scores(decoder_count());
  std::size_t agreeing = 0;
  for (std::size_t c = 0; c < channels.size(); ++c) {
    if (!channels[c].seed) continue;
    const std::vector<std::uint8_t> bits = codeword(*channels[c].seed, thresholds[c]);
    for (std::size_t d = 0; d < scores.size(); ++d) scores[d] += score_codeword(banks[c], d, bits);
    agreeing += agreeing_cells(banks[c], bits);
  }
  LawBook book(banks);
  Finding finding = best_finding(book, mask, banks, scores, trials);
  finding.pass = pass;
  finding.agreeing_cells = agreeing;
  return finding;
}

}  // namespace probity::code
