// What a trace found, and everything needed to recompute it: the record behind report.json and the page for people.
#pragma once

#include <cstdint>
#include <opencv2/core.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/hash.h"
#include "base/id.h"
#include "code/accuse.h"
#include "copies/copy.h"
#include "copies/register.h"
#include "parties/recipient.h"

namespace probity::leaks {

// How a trace ends. Names and exit codes are stable: scripts rely on them.
enum class Outcome { identified, lead, no_match, does_not_align };
std::string_view outcome_name(Outcome outcome);  // "identified", "lead", "no_match", "does_not_align"
std::optional<Outcome> parse_outcome(std::string_view name);
int exit_code(Outcome outcome);  // 0, 10, 11, 12

// Why a leaked file took no part, or (`unsure`) took part to no avail: it may lie over a master, but neither the
// pictures nor any copy's code confirm it.
enum class Miss { none, too_small, no_masters, no_alignment, too_few_cells, unsure };
std::string_view miss_name(Miss miss);
std::optional<Miss> parse_miss(std::string_view name);

// How a leaked file lies over its master, in words of what was done to it. Measured by registration, not proved.
struct Lay {
  std::string method;                // "features", "lattice" or "correlation"
  int inliers = 0;                   // pairs of points that agree; 0 for the others
  double structure_agreement = 0;    // correlation of leak and unmarked master where they overlap, [-1, 1]
  double share_shown = 0;            // of the master's area, [0, 1]
  double share_foreign = 0;          // of the leaked picture that is something else around it, [0, 1]
  double scale = 1;                  // leaked pixels a master pixel, in the middle of what is shown
  double rotation_degrees = 0;       // clockwise, (-180, 180]; after undoing a mirror
  bool mirrored = false;             // left to right
  double stretch = 1;                // of the longer axis against the shorter, at least 1
  double perspective = 1;            // nearest against farthest part, at least 1
  double bend_px = 0;                // what no flat projection explains, 95th percentile, master pixels
  int cells_seen = 0;                // of the master's code cells
  double mark_gain = 0;              // strength of the mark that is left, 1 = as delivered; 0 unless a copy is named
  std::vector<cv::Point2d> outline;  // of what is shown, in master pixels; convex
};

// Whether the pictures alone show that a leak lies there. An accidental alignment has few agreeing points, or coarse
// agreement over a small area.
bool is_sure(const Lay& lay);

struct LeakFileRecord {
  std::string name;
  Hash sha256{};
  cv::Size size_px;
  Miss miss = Miss::none;
  std::optional<Id> asset;  // with `lay`, unless missed but for `unsure`
  Lay lay;
  std::uint64_t masters_tried = 0;   // that were laid under it
  std::uint64_t masters_passed = 0;  // of them, how many passed: counted in the bound
};

// One asset the leak shows. `soft`: what the code cells say, in steps of 1/127; exactly what was scored.
struct AssetRecord {
  Id id;
  std::string title;
  std::string file_name;
  Hash original_sha256{};
  cv::Size size_px;
  code::LawId law = code::kDefaultLaw;
  Hash bias_seed{};
  std::vector<std::int8_t> soft;
  std::uint64_t copies = 0;  // issued of it
  bool scored = true;        // took part in the scores below
  copies::RegisterEntry entry;
};

// A copy opened as evidence: its secret seed, and what was registered about it before its first byte left.
struct MakingEvidence {
  copies::Making making;
  copies::RegisterEntry entry;
};
struct CopyEvidence {
  Id asset;
  Id copy;
  Id recipient;
  Hash seed{};
  Hash seed_salt{};
  Hash seed_commitment{};
  Hash recipient_commitment{};
  Hash recipient_salt{};  // opens it; zeros while the name is masked
  TimeMs issued_ms = 0;
  copies::RegisterEntry entry;
  std::vector<MakingEvidence> makings;  // each time its bytes were made
};

enum class Role { accused, lead };

// One candidate far out of what innocent copies score. `copies`: one for each scored asset it had a copy of.
struct FindingRecord {
  Role role = Role::accused;
  code::Finding finding;  // `candidate` is not kept; `decoder` views a name of static storage
  // Empty while masked: a verdict names a copy, and naming its recipient takes a second person.
  parties::RecipientDetails recipient;
  std::vector<CopyEvidence> copies;
  bool masked() const { return recipient.name.empty(); }
};

// Standard scores of all candidates in the first pass, without saying whose: bin k counts those in
// [(first_bin + k) / kBinsPerUnit, (first_bin + k + 1) / kBinsPerUnit).
inline constexpr int kBinsPerUnit = 10;
struct ScorePlot {
  std::string decoder;  // the one drawn: of the best candidate
  int first_bin = 0;
  std::vector<std::uint64_t> counts;
  double highest_other = 0;  // of those that are not named
  double identified_line = 0;
  double lead_line = 0;
};

// A value.
struct Report {
  std::string software;
  TimeMs created_ms = 0;
  Outcome outcome = Outcome::no_match;
  std::vector<LeakFileRecord> files;
  std::vector<AssetRecord> assets;
  code::Trials trials;
  std::vector<FindingRecord> findings;  // accused in the order of passes, then the lead
  std::optional<ScorePlot> plot;

  // What the verdict rests on: the first accused, else the lead; null when nobody is named.
  const FindingRecord* leading() const { return findings.empty() ? nullptr : &findings.front(); }
  std::size_t accused_count() const;
  const AssetRecord* asset(const Id& id) const;
};

// Soft values in [-1, 1] to steps of 1/127 and back. Tracing rounds before it scores, so that a report holds exactly
// what was scored.
std::vector<std::int8_t> to_steps(std::span<const float> soft);
std::vector<float> from_steps(std::span<const std::int8_t> steps);

// The evidence of one finding as code::recompute takes it: seeds opened, earlier accused as side information.
std::vector<code::EvidenceChannel> evidence_channels(const Report& report, const FindingRecord& finding);

}  // namespace probity::leaks
