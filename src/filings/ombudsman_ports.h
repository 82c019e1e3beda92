// What the ombudsman's desk keeps on its own node: decisions with reasons, and answers to people who asked.
#pragma once

#include "filings/ports.h"

namespace probity::filings {

struct Decision {
  Id id;
  Id listing;
  std::string verb;      // "answer", "post", "consent", "acquittal", "overturn", "suspend", "resume"
  std::string outcome;   // of an appeal: upheld, corrected, taken_back; empty otherwise
  TimeMs waited_ms = 0;  // from the appeal to the decision
  bool late = false;
  std::string reasons;
  Person by;
  alliance::Conduct conduct = alliance::Conduct::bribery;
  Id filer;
  TimeMs time_ms = 0;  // of the step at the hub
  bool told = false;   // whether the filer has the reasons
  bool operator==(const Decision&) const = default;
};

// What a person is told, sealed to what only link and code make together.
struct KeptAnswer {
  Id id;
  Hash token_hash{};
  Bytes sealed;  // empty once it was opened, or used up
  int wrong_codes = 0;
  TimeMs made_ms = 0, expires_ms = 0;
  std::optional<TimeMs> opened_ms;
  std::string made_by;
  std::string papers_seen;  // what the ombudsman saw to know who asks: "passport"; no number
  bool operator==(const KeptAnswer&) const = default;
};

// Thread-safe; joins the caller's transaction. Errors: storage, corrupt.
class OmbudsmanStore {
 public:
  virtual ~OmbudsmanStore() = default;
  virtual Result<void> insert(const Decision& decision) = 0;
  virtual Result<void> set_told(const Id& decision) = 0;
  virtual Result<std::vector<Decision>> decisions_of(const Id& listing) = 0;  // oldest first
  virtual Result<std::vector<Decision>> untold() = 0;
  virtual Result<Listed<Decision>> decisions(std::uint32_t offset, std::uint32_t limit) = 0;  // newest first
  virtual Result<void> insert(const KeptAnswer& answer) = 0;
  virtual Result<void> update(const KeptAnswer& answer) = 0;
  virtual Result<std::optional<KeptAnswer>> answer(const Hash& token_hash) = 0;
  virtual Result<Listed<KeptAnswer>> answers(std::uint32_t offset, std::uint32_t limit) = 0;  // newest first
  virtual Result<void> forget_answers(TimeMs expired_before_ms) = 0;                          // their contents
};

// Borrowed; everything must outlive the desk.
struct OmbudsmanPorts {
  OmbudsmanStore& store;
  Transactions& transactions;
  events::EventLog& events;
  alliance::Membership& membership;
  const oprf::Identity& identity;  // of this member: papers are sealed to it
  Clock& clock;
  Random& random;
};

}  // namespace probity::filings
