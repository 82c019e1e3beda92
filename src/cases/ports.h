// What cases ask of others: leaks and their agreed unmaskings, the staff, and the services of the records before them.
#pragma once

#include "base/random.h"
#include "cases/access.h"
#include "cases/rectification.h"
#include "cases/store.h"
#include "commitments/service.h"
#include "copies/deliveries.h"
#include "evidence/service.h"
#include "log/log_book.h"
#include "parties/service.h"

namespace probity::cases {

// Where a leak was seen.
struct Sighting {
  Id id;
  std::string what, what_zh;  // in words, for the timeline
  std::string address, account;
  std::optional<TimeMs> happened_ms;  // posted
  TimeMs seen_ms = 0;
};

// What became of a sighting after the case had taken it over: it says something else, or stands no more, or again.
struct SightingTurn {
  Sighting before, now;
  bool withdrawn = false;  // stands no more
  bool restored = false;
  std::string reason;
};

struct LeakFacts {
  Id id;
  std::string number, title;
  std::optional<Id> project;
  TimeMs reported_ms = 0;
  std::vector<Sighting> sightings;  // those that stand
};

// A party whose name was told after one account asked and another agreed, or an attendee that a match only points to.
struct NamedByLeak {
  Id finding;
  Id party;
  Basis basis = Basis::unmasking;  // or own_footage_lead
  std::optional<Id> asked_by, agreed_by;
};

// Joins the caller's transaction. Errors: storage.
class LeakBook {
 public:
  virtual ~LeakBook() = default;
  virtual Result<std::optional<LeakFacts>> leak(const Id& id) = 0;
  virtual Result<std::vector<NamedByLeak>> named(const Id& leak) = 0;
  // Whether this item of the leak's evidence may be shown now. Errors: also not_found, forbidden (masked).
  virtual Result<void> check_open(const Id& leak, const Id& item) = 0;
  // The leak goes on as a case.
  virtual Result<void> moved(const Id& leak, const Id& case_id, const std::string& case_number,
                             const events::Actor& actor) = 0;
};

struct Staff {
  Id id;
  std::string name, email;
  Locale locale = Locale::en;
  bool may_work = false;    // write_cases
  bool may_review = false;  // review_cases
};

// Active accounts. Joins the caller's transaction. Errors: storage.
class StaffBook {
 public:
  virtual ~StaffBook() = default;
  virtual Result<std::optional<Staff>> person(const Id& account) = 0;
  virtual Result<std::vector<Staff>> reviewers() = 0;
};

// Borrowed; everything must outlive the services.
struct Ports {
  Store& store;
  RectificationStore& rectifications;
  AccessService& access;
  LeakBook& leaks;
  StaffBook& staff;
  evidence::EvidenceService& evidence;
  parties::PartyService& parties;
  commitments::CommitmentService& commitments;
  copies::Deliveries& deliveries;
  commitments::HouseBook& house;
  Transactions& transactions;
  events::EventLog& events;
  outbox::Sender& outbox;
  log::LogBook& log_book;
  commitments::BlobBox& blobs;
  Clock& clock;
  Random& random;
};

}  // namespace probity::cases
