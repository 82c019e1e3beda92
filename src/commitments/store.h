// The port to where commitments are kept. Twins: src/store/commitments_store (SQL), tests/support (memory).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/list_query.h"
#include "commitments/access.h"
#include "commitments/commitment.h"
#include "commitments/coverage.h"
#include "commitments/evidence.h"
#include "commitments/slip.h"
#include "commitments/template.h"

namespace probity::commitments {

struct CommitmentFilter {
  std::optional<Id> project, party;  // `party`: the one who promises, or anybody of that organisation
  std::optional<State> state;
  ListQuery query;  // sort: number, party_name, state, created_at, sent_at, in_force_at, sign_by; newest first without
};

struct ProjectCommitmentCounts {
  std::uint64_t all = 0, in_force = 0, waiting = 0, declined = 0, slips = 0;
};

// What notices are about: a commitment in force and until when it promises silence.
struct Promise {
  Id commitment, project, party;
  std::optional<TimeMs> embargo_ms;
  std::string embargo_zone;
  TimeMs in_force_ms = 0;
};

// Thread-safe; everything joins the caller's transaction. Errors of every verb: storage, conflict, corrupt.
class Store : public Gate {
 public:
  // Templates. insert: already_exists when id and version are taken. The newest version is the template's state.
  virtual Result<void> insert(const Template& version) = 0;
  virtual Result<void> archive_template(const Id& id) = 0;
  virtual Result<std::optional<Template>> find_template(const Id& id, std::optional<int> version) = 0;
  virtual Result<Listed<Template>> list_templates(const ListQuery& query) = 0;  // newest versions, not archived

  // Commitments, with their signatories and scope.
  virtual Result<std::uint32_t> next_ordinal(int year) = 0;
  virtual Result<void> insert(const Commitment& commitment) = 0;
  virtual Result<void> update(const Commitment& commitment) = 0;  // what may change: state, times, hashes, signatories
  virtual Result<std::optional<Commitment>> find(const Id& id) = 0;
  virtual Result<Listed<Commitment>> list(const CommitmentFilter& filter) = 0;
  // Where the person signs, as recipient or for the company; drafts left out. Newest first.
  virtual Result<std::vector<Commitment>> of_signatory(const Id& party) = 0;
  // Live ones of a person in a project: a second one over the same things is refused.
  virtual Result<std::vector<Commitment>> live_of(const Id& project, const Id& party) = 0;
  virtual Result<bool> organisation_in_force(const Id& project, const Id& organisation) = 0;
  // Signed by some, and whose organisation works under `contract_parent`.
  virtual Result<std::vector<Id>> waiting_under(const Id& project, const Id& contract_parent) = 0;
  virtual Result<std::vector<Id>> overdue(TimeMs now_ms, std::size_t limit) = 0;  // pending, sign_by passed
  virtual Result<std::uint64_t> invited_from(const Id& commitment) = 0;
  virtual Result<ProjectCommitmentCounts> counts(const Id& project) = 0;
  virtual Result<std::vector<Promise>> promises_of(const Id& project) = 0;  // in force
  // In force, with an embargo of their own terms from `from_ms` to `to_ms`.
  virtual Result<std::vector<Promise>> promises_between(TimeMs from_ms, TimeMs to_ms) = 0;

  // Frozen texts: canonical bytes.
  virtual Result<void> insert_text(const Id& commitment, const std::string& canonical) = 0;
  virtual Result<std::optional<std::string>> text(const Id& commitment) = 0;

  virtual Result<void> insert(const EvidenceEntry& entry) = 0;
  virtual Result<std::optional<EvidenceEntry>> last_evidence(const Id& commitment) = 0;
  virtual Result<std::vector<EvidenceEntry>> evidence(const Id& commitment) = 0;

  virtual Result<void> insert(const Link& link) = 0;
  virtual Result<std::optional<Link>> link_by_token(const Hash& token) = 0;
  virtual Result<void> end_links(const Id& signatory, TimeMs now_ms) = 0;

  virtual Result<void> insert(const Code& code) = 0;
  virtual Result<void> update(const Code& code) = 0;                                   // tries, used
  virtual Result<std::vector<Code>> codes_since(const Id& link, TimeMs since_ms) = 0;  // oldest first

  virtual Result<void> insert(const Session& session) = 0;
  virtual Result<std::optional<Session>> session_by_token(const Hash& token) = 0;
  virtual Result<void> end_session(const Id& id, TimeMs now_ms) = 0;

  virtual Result<void> insert(const Slip& slip) = 0;
  virtual Result<void> update(const Slip& slip) = 0;  // note, taken down, acknowledged
  virtual Result<std::optional<Slip>> find_slip(const Id& id) = 0;
  virtual Result<Listed<Slip>> list_slips(const Id& project, const ListQuery& query) = 0;  // newest first
  virtual Result<std::vector<Slip>> slips_of(const Id& party) = 0;

  // True when `key` was not there: what makes a notice go out exactly once.
  virtual Result<bool> record_notice(const std::string& key, TimeMs now_ms) = 0;
  virtual Result<bool> has_notice(const std::string& key) = 0;
  // Lets go of sessions and codes made before that time.
  virtual Result<void> forget_access(TimeMs before_ms) = 0;
};

}  // namespace probity::commitments
