// The staff's verbs: draft, send, remind, extend, revoke, replace, record breach or paper, make links at the door.
#pragma once

#include "commitments/drafting.h"

namespace probity::commitments {

struct NewCommitments {
  Id project;
  Id template_id;
  std::vector<Id> parties;  // people; doubles count once
  Terms terms;
  std::optional<std::vector<Id>> assets;
  std::optional<Id> company_signatory;
  bool send = false;
};

struct Replacement {
  std::optional<Id> template_id;  // nothing: the same template, its newest version
  Terms terms;
  bool send = false;
  bool end_now = false;  // the old one ends when the new one is sent
};

struct PaperCommitment {
  Id project, party;
  TimeMs signed_ms = 0;
  std::optional<Terms> terms;  // nothing: every channel, the person liable
  std::string scan_name;
  Bytes scan;
};

// As lists show it.
struct CommitmentView {
  Commitment commitment;
  std::string waiting_for;  // a contract parent's name
};

struct CommitmentDetail {
  CommitmentView view;
  RenderedText text;
  std::optional<Hash> text_hash;
  std::vector<EvidenceEntry> evidence;
};

struct DoorLink {
  std::string link, qr_svg, code;
  TimeMs expires_ms = 0;  // of the code
};

// Thread-safe: everything is in the store. Each verb is one transaction.
class CommitmentService {
 public:
  explicit CommitmentService(const Ports& ports) : desk_(ports) {}

  // All or none, but for sub-suppliers whose contract parent has not signed: theirs stay drafts when `send` asks for
  // sending. Errors: as of draft() and send().
  Result<std::vector<CommitmentView>> create(const NewCommitments& request, const Witness& witness);
  Result<CommitmentView> send_draft(const Id& id, const Witness& witness);
  // Errors of these: not_found; conflict when its state does not allow it.
  Result<CommitmentView> remind(const Id& id, const Witness& witness);  // too_many_requests within the hour
  Result<CommitmentView> extend(const Id& id, const std::optional<TimeMs>& until_ms, const Witness& witness);
  Result<CommitmentView> revoke(const Id& id, const std::string& reason, const Witness& witness);
  // Undoes a revocation whose ground fell away: only of one that was in force, and beside which no other stands now.
  Result<CommitmentView> reinstate(const Id& id, const std::string& reason, const Witness& witness);
  Result<CommitmentView> breach(const Id& id, const std::string& reason, const Witness& witness);
  Result<CommitmentView> replace(const Id& id, const Replacement& replacement, const Witness& witness);
  // The scan goes into the blobs first. Errors: invalid_argument (time ahead, empty scan), too_large, as of draft().
  Result<CommitmentView> record_paper(const PaperCommitment& paper, const Witness& witness);
  // A fresh link and a code to tell; older links of that signatory stop working.
  Result<DoorLink> make_door_link(const Id& id, const Id& signatory, const QrSvg& qr_svg, const Witness& witness);

  Result<Listed<CommitmentView>> list(const CommitmentFilter& filter);
  Result<CommitmentDetail> detail(const Id& id);
  // Errors: corrupt, naming the first entry that does not fit.
  Result<void> check_evidence(const Id& id);

  Result<Listed<Slip>> slips(const Id& project, const ListQuery& query);
  Result<Slip> acknowledge_slip(const Id& id, const Witness& witness);
  Result<ProjectCommitmentCounts> counts(const Id& project) { return desk_.store().counts(project); }

 private:
  Result<CommitmentView> view(Commitment commitment);
  Result<CommitmentView> end(const Id& id, Move move, const std::string& reason, const Witness& witness);

  Desk desk_;
};

constexpr std::size_t kMostScanBytes = 10 << 20;

}  // namespace probity::commitments
