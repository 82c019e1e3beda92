// The ombudsman's desk, on the node of the member that the hub names: appeals with their clocks, papers that open here
// alone, decisions with reasons, proof of notice by post, acquittals, consent to listing somebody again.
//
// The hub does it and its step is the record; what is kept here besides are reasons and who gave them. A decision whose
// answer was lost is found again by its step, and written down once.
#pragma once

#include <map>

#include "filings/ombudsman_ports.h"
#include "filings/service.h"

namespace probity::filings {

// What waits for whom; what waits longest behind its day comes first.
struct Matter {
  alliance::Listing listing;
  std::string waits_for;  // "appeal", "acquittal", "filer", "notice", "consent", "" when nothing does
  std::optional<TimeMs> due_ms;
};
Matter matter_of(const alliance::Listing& listing);
void sort_matters(std::vector<Matter>& matters);

struct MatterPaper {
  Id id;
  alliance::Paper::Kind kind = alliance::Paper::Kind::evidence;
  std::string from;   // "filer", "subject", "ombudsman"
  std::string title;  // as the summary names it; empty until opened otherwise
  Hash commitment{};
  bool in_tests = false;  // its commitment stands among the listing's tests
  TimeMs filed_ms = 0;
};

struct MatterView {
  Matter matter;
  std::string summary;  // JSON as the filer wrote it; empty while it has not come
  std::vector<MatterPaper> papers;
  std::vector<Decision> decisions;  // of this node
};

struct Ruling {
  alliance::Appeal::Outcome outcome = alliance::Appeal::Outcome::upheld;
  std::string reasons;
  // Of `corrected`: what the label says from now on, and whose it is, since only their number makes its key.
  std::optional<names::Identifier> identifier{};
  std::optional<alliance::LabelContent> label{};
  std::optional<alliance::Enterprise> enterprise{};
};

struct OmbudsmanStatistics {
  std::uint64_t appeals = 0, upheld = 0, corrected = 0, taken_back = 0, late = 0, overturned = 0, acquittals = 0;
  std::optional<TimeMs> median_wait_ms;
  struct Row {
    std::string conduct;
    std::uint64_t appeals = 0, against_filer = 0;
  };
  std::vector<Row> by_conduct;
};

// Thread-safe. Borrows its ports. Errors of all: those of the hub (forbidden on any node but the ombudsman's).
class OmbudsmanDesk {
 public:
  explicit OmbudsmanDesk(const OmbudsmanPorts& ports) : ports_(ports) {}

  Result<std::vector<Matter>> desk(const events::Actor& actor);
  Result<MatterView> matter(const Id& listing, const events::Actor& actor);
  Result<OpenedDocument> paper(const Id& listing, const Id& paper, const events::Actor& actor);

  Result<Matter> decide(const Id& listing, const Ruling& ruling, const events::Actor& actor);
  // The reference of the letter's receipt; only its hash leaves.
  Result<Matter> record_post(const Id& listing, const std::string& reference, const events::Actor& actor);
  // "consent", "acquittal", "overturn", "suspend", "resume". Errors: also invalid_argument for another verb.
  Result<Matter> act(const Id& listing, const std::string& verb, const std::string& reasons,
                     const events::Actor& actor);

  Result<Listed<Decision>> decisions(std::uint32_t offset, std::uint32_t limit);
  Result<OmbudsmanStatistics> statistics();
  // Brings reasons to filers that have not had them yet.
  Result<void> tick();

 private:
  struct Told {  // of a hub's call
    std::string path, body;
    alliance::ListingStep::Kind step;
  };
  Result<alliance::Listing> look(const Id& listing, const Id& account);
  Result<Matter> do_and_record(const Id& listing, const Told& told, Decision decision);
  Result<void> tell(const char* kind, const events::Actor& actor, const Id& listing);

  const OmbudsmanPorts ports_;
};

}  // namespace probity::filings
