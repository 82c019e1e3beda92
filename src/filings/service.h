// The verbs of filings: draft, write, identify, add evidence; submit, approve or refuse by another person, have the
// notice sent; answer, suspend, correct, attest, withdraw.
#pragma once

#include "filings/clerk.h"
#include "filings/rules.h"

namespace probity::filings {

struct NewFiling {
  SubjectKind kind = SubjectKind::person;
  std::string name;
  std::optional<Id> case_id, accused;  // of the case: whose data are taken
  std::string conduct;                 // parse_conduct says why one cannot be listed
};

// What stays empty is not changed.
struct FilingChange {
  std::optional<std::string> name, conduct, facts, decided_by, ended_how, contact;
  std::optional<alliance::StandardOfProof> standard{};
  std::optional<bool> intentional_for_gain{};
  std::optional<std::optional<TimeMs>> happened_ms{}, decided_ms{};
  std::optional<alliance::Enterprise> enterprise{};
};

struct GivenIdentifier {
  names::IdentifierKind kind = names::IdentifierKind::resident_id;
  std::string text;                 // wiped by whoever owns it
  std::optional<TimeMs> born_ms{};  // of a passport
};

struct NewDocument {
  Test test = Test::clear_evidence;
  std::string name, media_type;
  Bytes bytes;
};

// What can be put right in a label without becoming another listing: never whom, never for what.
struct Correction {
  std::optional<std::string> contact{};
  std::optional<TimeMs> decided_ms{};
  std::optional<alliance::Enterprise> enterprise{};
};

struct AnswerToAppeal {
  alliance::Appeal::Outcome outcome = alliance::Appeal::Outcome::upheld;
  std::string reasons;  // sealed to the ombudsman
  Correction correction{};
};

struct OpenedDocument {
  std::string name, media_type;
  Bytes bytes;
};

// Thread-safe. Borrows its ports. Errors of all verbs: not_found; conflict (not now, or changed meanwhile); forbidden;
// invalid_argument; what the hub refuses. When the hub does not answer, the filing comes back with the verb pending.
class FilingService {
 public:
  FilingService(const Ports& ports, Clerk& clerk) : ports_(ports), clerk_(clerk) {}

  Result<Filing> draft(const NewFiling& wanted, const events::Actor& actor);
  Result<Filing> update(const Id& id, const FilingChange& change, const events::Actor& actor);
  // Errors: also invalid_argument, saying which rule the identifier breaks and never repeating it.
  Result<Filing> identify(const Id& id, const GivenIdentifier& given, const events::Actor& actor);
  Result<Filing> add_document(const Id& id, const NewDocument& document, const events::Actor& actor);
  Result<Filing> remove_document(const Id& id, const Id& document, const events::Actor& actor);
  // Of the filing itself, or what arrived for it.
  Result<OpenedDocument> document(const Id& id, const Id& document);

  Result<Filing> submit(const Id& id, const events::Actor& actor);
  Result<Filing> approve(const Id& id, const events::Actor& actor);
  Result<Filing> refuse(const Id& id, const std::string& reason, const events::Actor& actor);
  // The address is told to the hub once and kept nowhere; so this is never retried by itself.
  Result<Filing> send_notice(const Id& id, const std::string& address, const events::Actor& actor);
  Result<Filing> answer(const Id& id, const AnswerToAppeal& answer, const events::Actor& actor);
  Result<Filing> suspend(const Id& id, const std::string& reason, const events::Actor& actor);
  Result<Filing> resume(const Id& id, const std::string& reason, const events::Actor& actor);
  Result<Filing> correct(const Id& id, const Correction& correction, const std::string& reason,
                         const events::Actor& actor);
  Result<Filing> attest(const Id& id, const events::Actor& actor);
  Result<Filing> withdraw(const Id& id, const std::string& reason, const events::Actor& actor);
  // Tries now what is pending.
  Result<Filing> retry(const Id& id);

  Result<Filing> find(const Id& id);
  Result<Listed<Filing>> list(const FilingFilter& filter) { return ports_.store.list(filter); }
  TimeMs now_ms() { return ports_.clock.now_ms(); }

 private:
  template <class Work>
  Result<Filing> change(const Id& id, const events::Actor& actor, const char* kind, Work work);
  template <class Work>
  Result<Filing> begin(const Id& id, Verb verb, const events::Actor& actor, Work work);
  Result<Filing> plain_verb(const Id& id, Verb verb, const std::string& reason, const events::Actor& actor);
  Result<alliance::Restatement> corrected(Filing& filing, const Correction& correction, const Id& account);

  const Ports ports_;
  Clerk& clerk_;
};

}  // namespace probity::filings
