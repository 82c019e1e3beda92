#include "code/finding.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace probity::code {

double Trials::log10_total() const {
  double total = 0;
  for (const std::uint64_t factor : {candidates, alignments, masters, decoders, passes}) {
    total += std::log10(static_cast<double>(std::max<std::uint64_t>(1, factor)));
  }
  return total;
}

const ScoreLaw& LawBook::law(ChannelMask mask, std::size_t decoder) {
  std::vector<ScoreLaw>& laws = laws_[mask];
  if (laws.empty()) {
    laws.resize(decoder_count());
    for (std::size_t d = 0; d < laws.size(); ++d) {
      for (std::size_t c = 0; c < banks_.size(); ++c) {
        if ((mask >> c & 1U) != 0) laws[d].add(banks_[c], d);
      }
    }
  }
  return laws[decoder];
}

Finding best_finding(LawBook& book, ChannelMask mask, std::span<const Bank> banks, std::span<const std::int32_t> scores,
                     const Trials& trials) {
  Finding best;
  std::size_t best_decoder = 0;
  double best_log = 1;
  for (std::size_t d = 0; d < scores.size(); ++d) {
    const double log_bound = book.law(mask, d).log_chernoff(scores[d]);
    if (log_bound >= best_log) continue;
    best_log = log_bound;
    best_decoder = d;
  }
  if (best_log > 0) return best;
  const ScoreLaw& law = book.law(mask, best_decoder);
  best.decoder = banks.front().decoders[best_decoder].name;
  best.cells = law.voting_cells();
  best.score = scores[best_decoder];
  best.maximum = law.maximum();
  best.standard_score = law.standard_score(best.score);
  best.log10_single = best_log / std::numbers::ln10;
  best.log10_total = std::min(0.0, best.log10_single + trials.log10_total());
  best.log10_lugannani_rice = law.log_lugannani_rice(best.score) / std::numbers::ln10;
  return best;
}

std::size_t agreeing_cells(const Bank& bank, std::span<const std::uint8_t> bits) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < bits.size(); ++i) {
    const bool votes =
        std::ranges::any_of(bank.decoders, [i](const Decoder& decoder) { return decoder.weight[i] != 0; });
    if (votes && bits[i] == bank.leaning[i]) ++count;
  }
  return count;
}

}  // namespace probity::code
