// The members of the alliance as the hub's operators keep them: admission, suspension, quotas; each act with its
// reason, in the transparency log, and on the signed roll that key-holders take.
//
// Less may be asked at once; more needs a second operator. An act is a row: the number of acts is the roll's version.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "alliance/signed_roll.h"
#include "base/list_query.h"
#include "base/random.h"
#include "base/transactions.h"
#include "log/log_book.h"

namespace probity::alliance {

struct MemberFacts {
  RollEntry entry;
  std::string contact;  // for the public directory; may be empty
  TimeMs since_ms = 0;
  bool operator==(const MemberFacts&) const = default;
};

struct MemberStep {
  enum class Kind { admitted, suspended, reinstated, quota_changed };
  Id id;
  Id member;
  Kind kind = Kind::admitted;
  Id by;                        // an operator; zeros for the command line
  std::optional<Id> agreed_by;  // the second one
  std::string reason;
  QuotaLimits limits;  // after it
  TimeMs time_ms = 0;
  Id entry;  // of the transparency log
  bool operator==(const MemberStep&) const = default;
};
std::string_view member_step_name(MemberStep::Kind kind);
std::optional<MemberStep::Kind> parse_member_step(std::string_view name);

struct QuotaProposal {
  enum class State { waiting, agreed, refused };
  Id id;
  Id member;
  State state = State::waiting;
  QuotaLimits before, limits;
  std::string reason;
  Id by;
  TimeMs proposed_ms = 0;
  std::optional<Id> decided_by;
  std::optional<TimeMs> decided_ms;
  std::string refusal{};  // why not, of one that was refused
  bool operator==(const QuotaProposal&) const = default;
};
std::string_view proposal_state_name(QuotaProposal::State state);
std::optional<QuotaProposal::State> parse_proposal_state(std::string_view name);

// Thread-safe; joins the caller's transaction. Errors: storage, corrupt; already_exists for a member's id or identity.
class MemberStore {
 public:
  virtual ~MemberStore() = default;
  virtual Result<void> insert(const MemberFacts& member) = 0;
  virtual Result<void> update(const MemberFacts& member) = 0;
  virtual Result<std::optional<MemberFacts>> facts(const Id& id) = 0;
  virtual Result<Listed<MemberFacts>> list(const ListQuery& query) = 0;  // by name
  virtual Result<void> insert(const MemberStep& step) = 0;
  virtual Result<std::vector<MemberStep>> steps(const Id& member) = 0;  // oldest first
  virtual Result<std::uint64_t> step_count() = 0;
  virtual Result<TimeMs> last_step_ms() = 0;  // 0 before the first
  virtual Result<void> insert(const QuotaProposal& proposal) = 0;
  virtual Result<void> update(const QuotaProposal& proposal) = 0;
  virtual Result<std::optional<QuotaProposal>> proposal(const Id& id) = 0;
  virtual Result<Listed<QuotaProposal>> proposals(std::optional<QuotaProposal::State> state, std::uint32_t offset,
                                                  std::uint32_t limit) = 0;  // newest first
};

struct MemberBookPorts {
  MemberStore& store;
  Transactions& transactions;
  log::LogBook& log;
  Clock& clock;
  Random& random;
};

// Thread-safe. Borrows its ports. Errors of all: not_found, conflict, invalid_argument, storage.
class MemberBook {
 public:
  explicit MemberBook(const MemberBookPorts& ports) : ports_(ports) {}

  // Errors: already_exists.
  Result<MemberFacts> admit(const RollEntry& entry, const std::string& contact, const std::string& reason,
                            const Id& by);
  Result<MemberFacts> suspend(const Id& member, const std::string& reason, const Id& by);
  Result<MemberFacts> reinstate(const Id& member, const std::string& reason, const Id& by);
  // Less is agreed at once; anything that is more waits for another operator.
  Result<QuotaProposal> propose_quota(const Id& member, const QuotaLimits& limits, const std::string& reason,
                                      const Id& by);
  // Errors: forbidden for whoever proposed it; conflict when the quota is another than it was then.
  Result<QuotaProposal> agree(const Id& proposal, const Id& by);
  // With the reason, which whoever proposed it reads.
  Result<QuotaProposal> refuse(const Id& proposal, const std::string& reason, const Id& by);

  Result<MemberFacts> member(const Id& id);
  Result<Listed<MemberFacts>> list(const ListQuery& query) { return ports_.store.list(query); }
  Result<std::vector<MemberStep>> steps(const Id& member) { return ports_.store.steps(member); }
  Result<Listed<QuotaProposal>> proposals(std::optional<QuotaProposal::State> state, std::uint32_t offset,
                                          std::uint32_t limit) {
    return ports_.store.proposals(state, offset, limit);
  }
  // As it stands now.
  Result<SignedRoll> roll(const oprf::Identity& hub);

 private:
  Result<MemberFacts> change_standing(const Id& id, bool suspended, const std::string& reason, const Id& by);
  Result<void> take_effect(const QuotaProposal& proposal, MemberFacts& member);
  Result<void> record(const MemberFacts& member, MemberStep step);

  const MemberBookPorts ports_;
};

}  // namespace probity::alliance
