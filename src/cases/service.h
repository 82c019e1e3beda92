// The verbs of cases: open, investigate, ask for a reply, decide by two people, follow through, hear appeals, close.
#pragma once

#include "cases/desk.h"

namespace probity::cases {

struct NewCase {
  std::string title, summary;
  std::optional<Kind> kind{};
  std::optional<Severity> severity{};
  std::optional<Id> leak{}, project{}, owner{}, reviewer{};  // the owner: whoever opens it otherwise
};

// What stays empty is not changed.
struct CaseChange {
  std::optional<std::string> title, summary;
  std::optional<Kind> kind{};
  std::optional<Severity> severity{};
  std::optional<Id> owner{};
  std::optional<std::optional<Id>> reviewer{}, second_reviewer{};
  std::optional<Mitigation> mitigation{};
  std::optional<std::optional<Loss>> loss{};
  std::optional<std::int64_t> revision{};  // as read
};

struct NewCaseParty {
  std::optional<Id> party{};
  std::string name;  // of one without a record
  Role role = Role::other;
  bool accused = false;
  std::optional<Basis> basis{};
  std::optional<Id> finding{}, commitment{};
  std::string note, public_name;
};

inline constexpr const char* kTakeCaseFileJob = "take_case_file";

struct NewCaseFile {
  std::string name, what;
  evidence::Kind kind = evidence::Kind::original;
  std::string tool;  // by which way it came
};

struct NewTask {
  std::string title, detail;
  std::optional<Id> assignee{};
  std::optional<TimeMs> due_ms{};
};

struct TaskChange {
  std::optional<std::string> title, detail;
  std::optional<std::optional<Id>> assignee{};
  std::optional<std::optional<TimeMs>> due_ms{};
  std::optional<TaskState> state{};
};

struct NewConflict {
  std::optional<Id> account{};  // one's own otherwise
  std::optional<Id> case_party{};
  Relation relation = Relation::colleague;
  std::string text;
};

struct NewConsequence {
  ConsequenceKind kind = ConsequenceKind::warning;
  Id case_party;
  std::string text;
  std::optional<TimeMs> due_ms{};
  std::optional<Id> commitment{};  // of an agreed amount; the party's otherwise
  std::int64_t reduction_minor = 0;
  std::string reduction_reason;
  std::vector<Instalment> instalments;
};

struct NewProposal {
  Finding finding = Finding::breach;
  std::string reasons;
  std::vector<NewConsequence> consequences;
  int appeal_days = kUsualAppealDays;
};

struct ConsequenceChange {
  std::optional<ConsequenceState> state{};  // active, done, waived
  std::optional<std::string> text, reason, published_at, by_whom;
  std::optional<std::optional<TimeMs>> published_from_ms{}, published_until_ms{}, done_ms{};
};

struct NewPayment {
  Id consequence;
  std::int64_t minor = 0;
  TimeMs paid_ms = 0;
  std::string payer;
  bool by_organisation = false;
  std::string reference, note;
  std::optional<Id> corrects{};
};

struct BoardColumn {
  State state = State::open;
  Listed<CaseRow> cases;
};

struct Dashboard {
  std::map<State, std::uint64_t> by_state;
  std::uint64_t open = 0, overdue = 0, waiting_for_second = 0;
  std::vector<Deadline> deadlines;  // by time
};

struct TickReport {
  std::uint64_t finals = 0, reminders = 0;
};

constexpr std::size_t kMostParts = 1000;  // of a kind in a case

// Thread-safe. Borrows its ports. Each verb is one transaction and joins the caller's. Errors of all: not_found;
// conflict, when it is not the time for it or somebody was first; forbidden, when this person may not;
// invalid_argument.
class CaseService {
 public:
  explicit CaseService(const Ports& ports) : desk_(ports) {}

  Result<CaseView> open(const NewCase& wanted, const Hand& hand);
  Result<CaseView> find(const Id& id);
  Result<CaseView> find_number(const std::string& number);
  Result<Listed<CaseRow>> list(const CaseFilter& filter);
  Result<std::vector<BoardColumn>> board(const CaseFilter& filter, std::uint32_t most_each);
  Result<Dashboard> dashboard();
  Result<CaseView> update(const Id& id, const CaseChange& change, const Hand& hand);
  Result<CaseView> investigate(const Id& id, const Hand& hand);
  Result<CaseView> close(const Id& id, const std::string& reason, const Hand& hand);

  Result<CaseView> add_party(const Id& id, const NewCaseParty& party, const Hand& hand);
  Result<CaseView> remove_party(const Id& id, const Id& case_party, const Hand& hand);
  Result<CaseView> link_evidence(const Id& id, const Id& item, const std::string& what, const Hand& hand);
  // Keeps the bytes as evidence of the case itself and links them. The same bytes again are the same item and a step
  // more. Errors: also storage.
  Result<CaseView> add_file(const Id& id, const NewCaseFile& file, BytesView bytes, const events::Actor& actor);
  Result<CaseView> add_moment(const Id& id, Moment moment, const Hand& hand);
  Result<CaseView> remove_moment(const Id& id, const Id& moment, const Hand& hand);
  // The leak was told otherwise: the line of the timeline says what stands now, and another what was said before and
  // why that changed. Also when the case is closed.
  Result<void> sighting_turned(const Id& id, const SightingTurn& turn, const events::Actor& actor);
  Result<CaseView> add_task(const Id& id, const NewTask& task, const Hand& hand);
  Result<CaseView> update_task(const Id& id, const Id& task, const TaskChange& change, const Hand& hand);
  Result<CaseView> add_note(const Id& id, const std::string& text, const Hand& hand);
  Result<CaseView> save_graph(const Id& id, const Graph& graph, const Hand& hand);
  // Nothing of this accused opens any more, in any project, until it is decided, released or the case is closed. The
  // reviewer is told.
  Result<CaseView> withhold_access(const Id& id, const Id& case_party, const std::string& reason, const Hand& hand);
  Result<CaseView> release_access(const Id& id, const Id& hold, const std::string& reason, const Hand& hand);
  Result<CaseView> declare_conflict(const Id& id, const NewConflict& conflict, const Hand& hand);

  // Tells each accused what is claimed, with a link to their page.
  Result<CaseView> send_claim(const Id& id, const std::string& text, TimeMs reply_until_ms, const Hand& hand);
  // Also from the accused's own page: `actor` is then the recipient.
  Result<CaseView> add_reply(const Id& id, Reply reply, const events::Actor& actor);
  Result<CaseView> propose(const Id& id, const NewProposal& proposal, const Hand& hand);
  Result<CaseView> agree(const Id& id, const Id& proposal, const std::string& reason, const Hand& hand);
  Result<CaseView> refuse(const Id& id, const Id& proposal, const std::string& reason, const Hand& hand);

  Result<CaseView> update_consequence(const Id& id, const Id& consequence, const ConsequenceChange& change,
                                      const Hand& hand);
  Result<CaseView> record_payment(const Id& id, const NewPayment& payment, const Hand& hand);

  // Also from the accused's own page.
  Result<CaseView> file_appeal(const Id& id, Appeal appeal, const events::Actor& actor);
  Result<CaseView> decide_appeal(const Id& id, const Id& appeal, const AppealVerdict& verdict, const Hand& hand);
  Result<CaseView> add_stage(const Id& id, Stage stage, const Hand& hand);
  // `verdict.ended_ms`: 0 for now.
  Result<CaseView> end_stage(const Id& id, const Id& stage, StageVerdict verdict, const Hand& hand);

  // Whether a statement may be published now, and from when on otherwise.
  Result<Publication> publication(const Id& id);
  // What time brings by itself: decisions become final, owners are reminded of what is overdue.
  Result<TickReport> tick();

  const Desk& desk() const { return desk_; }

 private:
  Result<Who> staff_who(const Id& account, bool has_to_review) const;
  Result<CaseParty> settled_party(const Case& of, const NewCaseParty& wanted) const;
  Result<void> check_basis(const Case& of, const NewCaseParty& wanted, CaseParty& party) const;
  Result<Consequence> settled_consequence(const Case& of, const NewConsequence& wanted) const;
  Result<AgreedAmount> amount_as_signed(const CaseParty& party, const NewConsequence& wanted) const;
  struct Access {
    std::vector<commitments::Commitment> commitments;
    std::vector<copies::Delivery> deliveries;
  };
  Result<Access> everything_of(const CaseParty& party) const;
  // By which what was taken back because of a case is known again.
  static std::string withdrawal_reason(const Case& of);
  Result<void> withdraw_access(const Case& of, Consequence& consequence, const Hand& hand) const;
  // Gives back what was withdrawn because of a decision that has fallen.
  Result<void> restore_access(Case& of, const Hand& hand) const;
  Result<bool> is_withdrawn_elsewhere(const Case& of, const CaseParty& party) const;
  // A mail without content to those who are to look, but not to `but`, nor to who is in conflict: the case's reviewers,
  // or else every reviewer.
  struct Call {
    std::string subject, subject_zh, words, words_zh;
  };
  Result<void> write_to_reviewers(const Case& of, const char* kind, const Hand& but, const Call& call) const;
  // Looks whether this account is close to an accused; adds the conflict and asks a second reviewer when it is.
  Result<void> detect_conflicts(Case& of, const std::vector<Who>& accounts) const;
  Result<void> ask_second_reviewer(Case& of) const;
  Result<void> write_to_accused(const Case& of, const std::optional<Id>& only, const char* kind,
                                const std::string& words_en, const std::string& words_zh) const;
  Result<void> after_decision(Case& of, const Hand& hand) const;
  Result<void> turn(const Id& id, TickReport& report);

  Desk desk_;
};

}  // namespace probity::cases
