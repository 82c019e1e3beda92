#include "leaks/investigate.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "code/codeword.h"
#include "code/observation.h"
#include "leaks/find_master.h"
#include "leaks/lay.h"
#include "leaks/pictures.h"
#include "leaks/scores.h"
#include "parties/text.h"

namespace probity::leaks {
namespace {

// Shares of the work, for the progress shown.
constexpr double kReadingShare = 0.85;

// One investigation under way: the report as far as it is known, and what was read of each asset.
class Inquiry {
 public:
  Inquiry(Masters& masters, const InvestigateOptions& options) : masters_(masters), options_(options) {}

  Result<void> read(const LeakFile& file, double from, double until) {
    TRY(go_on());
    tell(Stage::aligning, from);
    TRY_ASSIGN(Search search, find_master(file, masters_));
    // A name that is not UTF-8 could not be written down.
    const std::string name = parties::is_utf8(file.name) ? file.name : "leaked file";
    LeakFileRecord record{name,         file.sha256, file.luma.size(),     search.miss,
                          std::nullopt, {},          search.masters_tried, search.masters_passed};
    FilePictures pictures;
    if (search.reading) {
      tell(Stage::reading, 0.5 * (from + until));
      const Reading& reading = *search.reading;
      record.asset = reading.asset;
      record.lay = describe_lay(reading.alignment, *reading.reference, reading.displacement, reading.observation,
                                reading.structure_agreement);
      if (options_.pictures) {
        TRY_ASSIGN(const cv::Mat master, masters_.picture(reading.asset));
        pictures = make_pictures(file, master, reading, record.lay);
      }
      SeenAsset& seen = seen_[reading.asset];
      seen.size_px = {reading.reference->plan.width_px, reading.reference->plan.height_px};
      seen.soft.push_back(reading.observation.soft);
      masters_counted_ *= std::max<std::uint64_t>(1, search.masters_passed);
    }
    investigation_.report.files.push_back(std::move(record));
    investigation_.pictures.push_back(std::move(pictures));
    return {};
  }

  Result<Investigation> conclude() {
    TRY(go_on());
    tell(Stage::scoring, kReadingShare);
    std::vector<ScoredAsset> assets;
    for (const auto& [id, seen] : seen_) {
      TRY_ASSIGN(TracedAsset asset, masters_.asset(id));
      TRY_ASSIGN(const std::vector<float> soft, code::combine(seen.soft));
      ScoredAsset scored{std::move(asset), seen.size_px, to_steps(soft), {}};
      if (seen_.size() > 1) {
        TRY_ASSIGN(scored.recipients, masters_.recipients(id));
      }
      assets.push_back(std::move(scored));
    }
    Report& report = investigation_.report;
    report.outcome = assets.empty() ? Outcome::does_not_align : Outcome::no_match;
    if (!assets.empty()) {
      TRY(score(assets, masters_counted_, masters_, scoring_options(), report));
    }
    if (report.outcome == Outcome::no_match) doubt();
    tell(Stage::done, 1);
    return std::move(investigation_);
  }

  Report& report() { return investigation_.report; }

 private:
  // Nobody was named, so the code confirms no alignment: those the pictures leave unsure say nothing.
  void doubt() {
    Report& report = investigation_.report;
    bool any_sure = false;
    for (std::size_t i = 0; i < report.files.size(); ++i) {
      LeakFileRecord& file = report.files[i];
      if (file.miss != Miss::none) continue;
      file.lay.mark_gain = 0;  // an estimate of a mark that may not be there
      any_sure = any_sure || is_sure(file.lay);
      if (is_sure(file.lay)) continue;
      file.miss = Miss::unsure;
      investigation_.pictures[i] = {};
    }
    if (!any_sure) report.outcome = Outcome::does_not_align;
  }

  Result<void> go_on() const { return options_.go_on ? options_.go_on() : Result<void>(); }

  void tell(Stage stage, double fraction) const {
    if (options_.progress) options_.progress(stage, fraction);
  }

  code::ScoringOptions scoring_options() const {
    code::ScoringOptions scoring{options_.threads, {}};
    if (!options_.progress) return scoring;
    scoring.progress = [this](std::size_t done, std::size_t total) {
      const double share = total == 0 ? 1 : static_cast<double>(done) / static_cast<double>(total);
      tell(Stage::scoring, kReadingShare + (1 - kReadingShare) * std::min(1.0, share));
    };
    return scoring;
  }

  Masters& masters_;
  const InvestigateOptions& options_;
  Investigation investigation_;
  struct SeenAsset {
    cv::Size size_px;
    std::vector<std::vector<float>> soft;  // one a file
  };
  std::map<Id, SeenAsset> seen_;
  std::uint64_t masters_counted_ = 1;
};

}  // namespace

Result<Investigation> investigate(std::span<const LeakFile> files, Masters& masters, TimeMs created_ms,
                                  const InvestigateOptions& options) {
  if (files.empty()) return fail(ErrorCode::invalid_argument, "there is no file to trace", "name at least one picture");
  Inquiry inquiry(masters, options);
  inquiry.report().created_ms = created_ms;
  inquiry.report().software = "probity " PROBITY_VERSION;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const double step = kReadingShare / static_cast<double>(files.size());
    TRY(inquiry.read(files[i], step * static_cast<double>(i), step * static_cast<double>(i + 1)));
  }
  return inquiry.conclude();
}

}  // namespace probity::leaks
