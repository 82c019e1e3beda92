// Questions about people: recorded with purpose and consent before anybody is asked, answered once, and a hit is there
// before its answer is seen.
#pragma once

#include <string>

#include "alliance/membership.h"
#include "base/random.h"
#include "base/secret.h"
#include "base/transactions.h"
#include "log/log_book.h"
#include "screening/hit_rules.h"
#include "screening/ports.h"

namespace probity::screening {

struct Ports {
  PersonStore& store;
  Transactions& transactions;
  alliance::Membership& membership;
  log::LogBook& log;
  events::EventLog& events;
  Clock& clock;
  Random& random;
  SecretKey secret;  // of this node and this use
};

// As typed. Wiped by whoever owns it; parsing makes no copy that stays.
struct TypedIdentifier {
  names::IdentifierKind kind = names::IdentifierKind::resident_id;
  std::string text;
  std::string country;  // of a passport
  TypedIdentifier() = default;
  TypedIdentifier(names::IdentifierKind k, std::string t, std::string c = {});
  TypedIdentifier(TypedIdentifier&&) noexcept = default;
  TypedIdentifier& operator=(TypedIdentifier&&) noexcept = default;
  ~TypedIdentifier();
};

struct IdentifierFinding {
  bool valid = false;
  std::string en, zh;       // what is wrong, or that it can be right; never the text itself
  std::size_t repairs = 0;  // right identifiers that are one typing mistake away
};

struct NewQuestion {
  TypedIdentifier identifier;
  Purpose purpose = Purpose::employment;
  std::string requisition;
  Consent consent;
};

// One person asked about, by whoever may.
struct PersonMark {
  oprf::Epoch epoch = 0;
  std::string same_person;  // query.h
};
struct Asked {
  alliance::LookUpAnswer answer;
  std::vector<PersonMark> marks;  // one an epoch in use, the newest first
  SeenNow seen;                   // every label that opened, and where

  bool is_hit() const { return !seen.labels.empty(); }
};
// Errors: invalid_argument with the explanation; those of Membership::ask.
Result<Asked> ask_alliance(const Ports& ports, const TypedIdentifier& identifier, const events::Actor& actor);

// Thread-safe. Borrows its ports.
class PersonScreening {
 public:
  explicit PersonScreening(const Ports& ports) : ports_(ports) {}

  // Asks nobody and keeps nothing. A wrong check character is explained; no repair is ever asked by itself, because
  // each of them is somebody else's identifier until the person has confirmed it.
  IdentifierFinding check(const TypedIdentifier& identifier) const;

  // Errors: invalid_argument; those of Membership::ask (the question stays, as unanswered).
  Result<PersonQuery> ask(const NewQuestion& question, const events::Actor& actor);
  // Errors: not_found.
  Result<PersonQuery> find(const Id& id);
  Result<Listed<PersonQuery>> list(const QueryFilter& filter) { return ports_.store.queries(filter); }

  // Of the consents behind the questions. Tells the hub the commitments that it does not have yet, and takes up what
  // its auditor has drawn. Called every few seconds. Errors: those of Membership::call.
  Result<void> report_consents();
  Result<Listed<ConsentAudit>> audits(std::uint32_t offset, std::uint32_t limit) {
    return ports_.store.audits(offset, limit);
  }
  // Errors: not_found; conflict when it was opened; those of Membership::call.
  Result<ConsentAudit> open_audit(const Id& id, const events::Actor& actor);

 private:
  Result<PersonQuery> record_question(const NewQuestion& question, const events::Actor& actor);
  Result<void> record_answer(PersonQuery& query, const Asked& asked);
  Result<void> open_hit(PersonQuery& query, const Asked& asked);

  const Ports ports_;
};

// "Q-2027-000001". Joins the caller's transaction.
Result<std::string> next_number(const Ports& ports, std::string_view kind, int width);
// {"number", …}: a number is all that an event tells.
Result<void> append_event(const Ports& ports, const char* kind, const events::Actor& actor, const std::string& number,
                          const Id& id, const std::string& what = {});

}  // namespace probity::screening
