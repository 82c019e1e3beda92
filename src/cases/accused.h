// The accused's own page: what is claimed, what it rests on and what that cannot show, time left, reply, documents,
// appeal. They see their own part of the case and nothing of other people's.
#pragma once

#include "cases/service.h"

namespace probity::cases {

constexpr std::size_t kMostAccusedDocuments = 10;
constexpr std::size_t kMostAccusedDocumentBytes = 20 << 20;

// What a trace found about an accused, in words for them.
struct FindingFacts {
  std::string verdict;  // "identified", "lead", "own_footage_lead", "other"
  std::string asset_title;
  std::optional<TimeMs> copy_issued_ms;
  std::string bound_en, bound_zh;
  std::vector<std::string> limits_en, limits_zh;
};

// What the page asks of leaks. Errors: storage, corrupt.
class FindingBook {
 public:
  virtual ~FindingBook() = default;
  // Nothing when no trace stands behind the naming of this party.
  virtual Result<std::optional<FindingFacts>> finding(const Case& of, const CaseParty& accused) = 0;
  // A JPEG; nothing when there is no picture of that evidence.
  virtual Result<std::optional<Bytes>> picture(const CaseEvidence& evidence) = 0;
  virtual Result<bool> has_picture(const CaseEvidence& evidence) = 0;
};

// A file that an accused handed in: an item of the case's evidence, and what they called it.
struct AccusedDocument {
  Id id;  // of the evidence item
  Id case_id, case_party;
  Document document;
  TimeMs at_ms = 0;
};

// Port: joins the caller's transaction. Errors: storage, corrupt.
class AccusedDocumentStore {
 public:
  virtual ~AccusedDocumentStore() = default;
  virtual Result<void> insert(const AccusedDocument& document) = 0;
  virtual Result<std::vector<AccusedDocument>> of_party(const Id& case_party) = 0;  // oldest first
};

struct AccusedPorts {
  CaseService& cases;
  FindingBook& findings;
  AccusedDocumentStore& documents;
};

// Of a finding that is not a trace: in words what the naming rests on, and what it cannot show.
FindingFacts words_of_basis(Basis basis);

enum class AccusedState { reply_open, under_decision, appeal_open, under_appeal, closed };
std::string_view accused_state_name(AccusedState state);

struct AccusedEvidence {
  CaseEvidence evidence;
  bool has_picture = false;
};

struct AccusedView {
  Case of;  // only what concerns them may be told: json takes care
  CaseParty self;
  commitments::House house;
  Locale locale = Locale::en;
  std::string name;  // of the reader
  AccusedState state = AccusedState::closed;
  std::vector<AccusedEvidence> evidence;
  FindingFacts finding;
  std::vector<AccusedDocument> documents;
  bool may_reply = false, may_appeal = false;
  TimeMs now_ms = 0;
};

struct AccusedWords {
  std::string text;
  std::vector<Id> documents;
};

// Thread-safe. Every verb is for the visitor of a link to one accused party; the case's other parties do not exist for
// them. Errors of all: not_found (no claim was sent yet); conflict when it is not the time for it; invalid_argument.
class AccusedService {
 public:
  explicit AccusedService(const AccusedPorts& ports) : ports_(ports) {}

  Result<AccusedView> look(const AccessVisitor& visitor);
  // Errors: not_found.
  Result<Bytes> picture(const AccessVisitor& visitor, const Id& evidence);
  // Kept as evidence of the case, with a step of custody. Errors: too_large; conflict when there are ten.
  Result<AccusedDocument> add_document(const AccessVisitor& visitor, const std::string& name, BytesView bytes);
  // The owner is written to.
  Result<AccusedView> reply(const AccessVisitor& visitor, const AccusedWords& words);
  Result<AccusedView> appeal(const AccessVisitor& visitor, const AccusedWords& words);

 private:
  const Desk& desk() const { return ports_.cases.desk(); }
  Result<Case> own_case(const AccessVisitor& visitor) const;
  Result<std::vector<Document>> chosen(const AccessVisitor& visitor, const std::vector<Id>& documents) const;
  Result<void> write_to_owner(const Case& of, const char* kind, const std::string& en, const std::string& zh) const;

  AccusedPorts ports_;
};

}  // namespace probity::cases
