// The arithmetic of accusation: from a leak's soft cells and the register of copies to a verdict with a proven bound.
//
// Why no model of the attack is needed
// ------------------------------------
// Every copy c of an asset has a codeword: bit x_i(c) of cell i is 1 with probability p_i, drawn from a key of its own.
// A leak is demodulated, without looking at any codeword, to a soft value s_i in [-1, 1] a cell: which bit it shows,
// and how surely. Whatever was done to the leaked picture (compression, cropping, a photograph of a screen, five people
// averaging their copies) was done to *other* copies. So for a copy that took no part, the bits x_i stay independent
// coins of known bias when the leak is held fixed. That is the whole argument; nothing is assumed about the attack, and
// nothing is trained.
//
// A decoder turns the leak into weights w_i >= 0 and a bit that each cell leans to. A copy's score is
//     S = sum of w_i over the cells in which its bit is the one the cell leans to.
// For an innocent copy these are independent two-point variables: cell i adds w_i with probability r_i, where r_i is
// p_i or 1 - p_i, and else 0. For every theta >= 0 Markov's inequality on exp(theta S) gives
//     P(S >= s) <= exp(K(theta) - theta s),    K(theta) = sum_i ln(1 - r_i + r_i exp(theta w_i)),
// and the smallest of these is the single-copy bound b(s) (Chernoff). It is a true upper bound, for exactly the
// whole-number score that was added up. Writing d = max - s for the weight in which the copy disagrees, the exponent is
//     theta d + sum_i ln(r_i + (1 - r_i) exp(-theta w_i)),
// which cannot overflow; a lone leaker has d = 0 where the leak is clean, theta goes to infinity, and b is the product
// of the r_i: the plain chance that an innocent copy has all the same bits.
//
// One innocent copy passes b <= alpha with probability at most alpha. With N copies, H alignments of the leak, M
// masters, B decoders and K passes looked at, some innocent passes with probability at most N H M B K alpha (the union
// bound). The *total bound* of an accusation is therefore b N H M B K; "identified" needs 1e-9 or less.
//
// The joint step
// --------------
// A pass accuses every copy whose total bound allows it. Their codewords then explain part of the leak, and the next
// pass weighs the cells in that light: where the accused has a 1 and the leak shows a 1 there is little left to
// explain. The weights now depend on the accused's codeword too, which the other innocents' are just as independent of.
// (If the accused was innocent, that failure was counted in the pass that accused it.) Passes after the first look only
// at the best of the first: looking at fewer copies cannot raise the chance of a false accusation, and N stays the
// number of all of them.
//
// Several assets
// --------------
// A recipient may hold copies of several leaked assets. Each asset is a channel; a candidate's score and law are sums
// over the channels in which it has a copy. Every candidate is bounded by its own law, and the union runs over
// candidates.
//
// What it does not show: that the recipient leaked. The issuer, or whoever had their mailbox, held the same copy.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/id.h"
#include "base/result.h"
#include "base/secret.h"
#include "code/law.h"
#include "code/scoring.h"

namespace probity::code {

inline constexpr double kIdentifiedLog10 = -9;  // total bound of an accusation, and
inline constexpr double kLeadLog10 = -4;        // of a lead, as powers of ten
inline constexpr std::size_t kMaxAccused = 5;   // and so many passes, at most

// One asset as observed in the leak. `soft`: one value a cell in [-1, 1], 0 = erased. `copies`: candidate j's copy, or
// kNoCopy; as long in every channel. `asset_key` and what `copies` views must outlive the call.
struct Channel {
  LawId law = kDefaultLaw;
  Hash bias_seed{};
  std::vector<float> soft;
  const HkdfExpander* asset_key = nullptr;
  std::span<const Id> copies;
};

// What was looked at, each factor of the union bound. Registration fills in alignments (every crop, mirror, rotation
// and refinement for which a score was computed or could have been) and masters; accuse() knows the rest.
struct Trials {
  std::uint64_t candidates = 1;
  std::uint64_t alignments = 1;
  std::uint64_t masters = 1;
  std::uint64_t decoders = 1;
  std::uint64_t passes = kMaxAccused;
  double log10_total() const;
};

// How far one candidate's best score is out of what an innocent copy would score.
struct Finding {
  std::size_t candidate = 0;
  std::size_t pass = 1;      // 1: from the leak alone; 2: given those accused by pass 1; and so on
  std::string_view decoder;  // the one with the smallest bound; a name that lives for ever
  std::size_t cells = 0;     // that vote, in the candidate's channels
  std::size_t agreeing_cells = 0;
  std::int64_t score = 0;
  std::int64_t maximum = 0;
  double standard_score = 0;        // in standard deviations above the innocent mean; for plots, never for the verdict
  double log10_single = 0;          // Chernoff bound for one innocent copy and this decoder
  double log10_total = 0;           // times all trials; at most 0
  double log10_lugannani_rice = 0;  // near-exact figure beside log10_single; not a bound
};

enum class VerdictKind { identified, lead, no_match };

struct Verdict {
  VerdictKind kind = VerdictKind::no_match;
  std::vector<Finding> accused;      // in the order of passes; empty unless identified
  std::optional<Finding> runner_up;  // the best not accused: under `lead` it is the lead
  Trials trials;
  // Of every candidate in the first pass, by the decoder that found the best one; and the standard scores at which a
  // candidate with a copy in every channel would be identified or a lead. For plots.
  std::vector<float> standard_scores;
  double identified_line = 0;
  double lead_line = 0;
};

// Scores every candidate, accuses those whose total bound allows it, and decodes again in the light of their codewords
// until a pass accuses nobody new. `alignments`, `masters`: see Trials. An empty register or an entirely erased leak is
// `no_match`, not an error. Errors: invalid_argument for soft values outside [-1, 1], channels without key, or lists of
// copies that differ in length.
Result<Verdict> accuse(std::span<const Channel> channels, std::uint64_t alignments, std::uint64_t masters,
                       const ScoringOptions& options = {});

// What a report gives out about one accused copy: everything needed to recompute its finding, and nothing about others.
struct EvidenceChannel {
  LawId law = kDefaultLaw;
  Hash bias_seed{};
  std::vector<float> soft;
  std::optional<SecretKey> seed;          // of the accused's copy; empty where it has none
  std::vector<SecretKey> accused_before;  // copies of this asset accused in earlier passes (not in the same one)
};

// The finding for one candidate from its own seeds alone. `trials` as printed in the report; `candidate` of the result
// is 0. Errors: as accuse().
Result<Finding> recompute(std::span<const EvidenceChannel> channels, const Trials& trials, std::size_t pass);

}  // namespace probity::code
