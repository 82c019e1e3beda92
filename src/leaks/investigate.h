// The trace of one leak: find each file's master, lay it over, read the code, and name the copy it was made from.
//
// Nothing before the scores looks at a codeword: masters are chosen and leaks aligned by their pictures alone, against
// the unmarked master, which is what makes the bound hold (code/accuse.h). Files of one master are combined cell by
// cell; files of several masters count together for each recipient.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "leaks/report.h"
#include "trace/demodulate.h"
#include "trace/refine.h"

namespace probity::leaks {

// A leaked file, decoded. `picture`: 8-bit RGB or grey for the report, or empty. Pixels are shared, never changed.
struct LeakFile {
  std::string name;
  Hash sha256{};
  cv::Mat1f luma;  // 0..255
  cv::Mat picture;
};

// What tracing needs to know of an asset whose master a leak lies over.
struct TracedAsset {
  Id id;
  std::string title;
  std::string file_name;
  Hash original_sha256{};
  code::LawId law = code::kDefaultLaw;
  Hash bias_seed{};
  HkdfExpander asset_key;  // what code::copy_seed derives the copies' seeds from
  std::vector<Id> copies;  // every copy in the register, in any order
  copies::RegisterEntry entry;
};

// What is opened about one copy once it is named, with the entries that were registered for it.
struct OpenedCopy {
  copies::CopyWithRecipient issued;
  copies::RegisterEntry entry;
  std::vector<MakingEvidence> makings;
};

// Port to the workspace: masters to try, and what is registered of them. Called by one thread at a time.
class Masters {
 public:
  virtual ~Masters() = default;
  // Assets that may be the leak's master, the likeliest first; all of them when there are few. Every one that is tried
  // costs an alignment; at most kMastersTried are.
  virtual Result<std::vector<Id>> candidates(const cv::Mat1f& leak) = 0;
  virtual Result<std::shared_ptr<const trace::Reference>> reference(const Id& asset) = 0;
  virtual Result<TracedAsset> asset(const Id& asset) = 0;
  // The recipients of TracedAsset::copies, in that order; asked only when a leak shows several assets.
  virtual Result<std::vector<Id>> recipients(const Id& asset) = 0;
  virtual Result<OpenedCopy> open(const Id& copy) = 0;
  // The master in colour for the report's pictures, any size; may be empty.
  virtual Result<cv::Mat> picture(const Id& asset) { return static_cast<void>(asset), cv::Mat(); }
};

inline constexpr std::size_t kMastersTried = 24;

enum class Stage { finding_master, aligning, reading, scoring, done };
// `fraction` of the whole investigation, 0..1. Called by one thread at a time.
using Progress = std::function<void(Stage, double fraction)>;

struct InvestigateOptions {
  unsigned threads = 0;  // 0: one a core
  Progress progress;
  bool pictures = true;  // make pictures for the report
  // Asked between files and before scoring; its error ends the investigation.
  std::function<Result<void>()> go_on = {};
};

// Pictures of one aligned file, 8-bit RGB or grey, long side at most 1,200 px.
struct FilePictures {
  cv::Mat leak;         // as it was found
  cv::Mat master;       // whole
  cv::Mat master_part;  // what the leak shows and a little around it
  cv::Mat leak_part;    // the leak laid over the same part; elsewhere the master, faded
};

struct Investigation {
  Report report;
  std::vector<FilePictures> pictures;  // one a file; empty for files that do not align
};

// `files`: at least one. `created_ms` and `software` are put into the report.
// Errors: invalid_argument without files; those of `masters`.
Result<Investigation> investigate(std::span<const LeakFile> files, Masters& masters, TimeMs created_ms,
                                  const InvestigateOptions& options = {});

}  // namespace probity::leaks
