// The staff's verbs: draft, change, submit, approve, open again, withdraw, publish, follow up, remove.
#pragma once

#include "statements/rules.h"
#include "statements/store.h"

namespace probity::statements {

inline constexpr const char* kSealStatementJob = "seal_statement";
inline constexpr const char* kRemoveStatementJob = "remove_statement_document";

struct PartyChoice {
  Id party;
  Naming naming = Naming::role;
};

struct NewStatement {
  Id case_id;
  Kind kind = Kind::other;
  std::optional<Texts> texts;                       // nothing: the built-in wording
  std::optional<std::vector<PartyChoice>> parties;  // nothing: the accused, by role
};

struct StatementChange {
  std::optional<Kind> kind{};
  std::optional<Texts> texts{};
  std::optional<std::vector<PartyChoice>> parties{};
};

struct Burial {
  std::string number;  // typed again, because nothing brings the document back
  Grounds grounds = Grounds::court_order;
  std::string reason;
};

struct StatementView {
  Statement statement;
  std::vector<Hindrance> hindrances;
  std::vector<Statement> chain;  // oldest first, itself among them
};

// Thread-safe: everything is in the store. Each verb is one transaction. Errors of all: not_found, storage; conflict
// when the state does not allow it.
class StatementService {
 public:
  explicit StatementService(const Ports& ports) : ports_(ports) {}

  // Errors: not_found (the case, or a party that is none of it); invalid_argument.
  Result<StatementView> draft(const NewStatement& request, const events::Actor& actor);
  Result<StatementView> update(const Id& id, const StatementChange& change, const events::Actor& actor);
  // Freezes the words together with the replies that came; refused while the words stand in their own way.
  Result<StatementView> submit(const Id& id, const events::Actor& actor);
  Result<StatementView> approve(const Id& id, const Hash& seen, const events::Actor& actor);
  Result<StatementView> reopen(const Id& id, const std::string& reason, const events::Actor& actor);
  Result<StatementView> withdraw(const Id& id, const std::string& reason, const events::Actor& actor);
  // Queues the sealing. Refused while anything stands in the way: approvals, time, replies, names.
  Result<StatementView> publish(const Id& id, const events::Actor& actor);
  // A draft that follows a public statement.
  Result<StatementView> follow_up(const Id& id, Relation relation, const std::optional<Texts>& texts,
                                  const events::Actor& actor);
  // Asked for by one person and done by another who says the same. The document and every word go, for good; number,
  // dates and the reason stay. The log keeps a commitment nobody can open any more. Errors: invalid_argument (the
  // number, a reason that tells who somebody is); forbidden (not a person with an account); conflict (asked for
  // already by this person, or in other words).
  Result<StatementView> bury(const Id& id, const Burial& burial, const events::Actor& actor);

  // By whoever asked, or by another who may remove.
  Result<StatementView> refuse_burial(const Id& id, const std::string& reason, const events::Actor& actor);

  Result<Listed<Statement>> list(const StatementFilter& filter) { return ports_.store.list(filter); }
  Result<StatementView> find(const Id& id);

 private:
  template <class Work>
  Result<StatementView> change(const Id& id, const events::Actor& actor, const char* kind, Work work);
  Result<Statement> existing(const Id& id);
  Result<CaseFacts> facts_of(const Id& case_id);
  Result<StatementView> view(Statement statement);
  Result<void> tell(const Statement& statement, const char* kind, const events::Actor& actor,
                    const std::string& reason = {});
  Result<void> do_bury(Statement& statement, const events::Actor& actor);
  Result<std::string> new_number();
  Result<Statement> new_draft(const CaseFacts& facts, const events::Actor& actor);

  Ports ports_;
};

// Ordering the work of sealing; once, whatever asks for it. Joins the caller's transaction.
Result<void> queue_sealing(const Ports& ports, const Statement& statement, TimeMs not_before_ms);
// Ordering the removal of a buried statement's document: a job, so that no crash leaves the bytes behind.
Result<void> queue_removal(const Ports& ports, const Statement& statement);
// Text as it is kept. Errors: invalid_argument.
Result<Texts> tidy_texts(const Texts& texts);

}  // namespace probity::statements
