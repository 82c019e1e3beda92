// The verbs of own footage: compare a leak's pictures with the frames handed in, and show what came of it.
#pragma once

#include "shoots/footage_words.h"
#include "shoots/frames.h"
#include "trace/own_footage.h"

namespace probity::shoots {

// A lead with the names that stand behind its ids.
struct LeadRow {
  FootageLead lead;
  std::string shoot_title, party_name, organisation_name, commitment_number, slot, zone;
  Id commitment;
  bool in_force = true;
  FrameState frame_state = FrameState::handed_in;
  std::vector<FootageReason> reasons;
};

struct SearchedShootRow {
  SearchedShoot searched;
  std::string title;
};

struct FootageReport {
  FootageSearch search;
  // The last one that was done, while `search` is not: shoots and leads are its.
  std::optional<FootageSearch> earlier;
  std::vector<SearchedShootRow> shoots;
  std::vector<LeadRow> leads;
};

// Progress of a search: done of total steps; an error ends it.
using FootageProgress = std::function<Result<void>(std::int64_t done, std::int64_t total)>;

// Thread-safe. Borrows its ports.
class FootageService {
 public:
  FootageService(const Ports& ports, FrameService& frames) : ports_(ports), frames_(frames) {}

  // Queues the comparison; one at a time a leak. `shoots`: of the leak's project; empty: all of them.
  // Errors: not_found; conflict (the leak belongs to no project); invalid_argument (a shoot of another project).
  Result<Id> begin(const Id& leak, const std::vector<Id>& shoots, const events::Actor& actor);
  // The job. `subject`: the search. May run again.
  Result<void> run(const Id& search, const FootageProgress& progress);
  // Ends a search whose job has failed for good.
  Result<void> give_up(const Id& search);
  // Ends the comparison that is under way: at once while it waits, at its next safe point otherwise.
  // Errors: not_found when the leak was never compared; conflict when none is under way.
  Result<FootageReport> stop(const Id& leak);
  // One whose job is gone is told as failed, and until it is done with the leads of the one before. Errors: not_found
  // when the leak was never compared.
  Result<FootageReport> latest(const Id& leak);

  // The comparison itself, for one picture that is no leak yet: what the command line asks.
  Result<FootageReport> compare(BytesView picture, const std::vector<Id>& shoots, const FootageProgress& progress);

 private:
  struct Searched;
  Result<std::vector<Id>> shoots_of(const LeakFacts& leak, const std::vector<Id>& wanted);
  Result<Searched> gather(const std::vector<Id>& shoots);
  Result<void> compare_picture(Searched& searched, BytesView picture, int index, const FootageProgress& progress,
                               std::vector<FootageLead>& leads);
  Result<FootageReport> report_of(FootageSearch search);
  Result<LeadRow> row_of(const FootageLead& lead);

  Ports ports_;
  FrameService& frames_;
};

}  // namespace probity::shoots
