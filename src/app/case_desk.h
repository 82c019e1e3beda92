// Cases of a node: the services over its records, and what they ask of leaks and of the staff's accounts.
#pragma once

#include "accounts/service.h"
#include "cases/archive.h"
#include "cases/rectifications.h"
#include "cases/service.h"
#include "leaks/leak_service.h"
#include "leaks/leak_traces.h"
#include "leaks/unmasking.h"
#include "shoots/own_footage.h"
#include "store/cases_access.h"
#include "store/cases_store.h"

namespace probity::app {

// All borrow their arguments and are as thread-safe as those.
class LeaksOfCases final : public cases::LeakBook {
 public:
  LeaksOfCases(leaks::LeakService& leaks, leaks::LeakTraces& traces, leaks::Unmasking& unmasking,
               shoots::FootageService& footage)
      : leaks_(leaks), traces_(traces), unmasking_(unmasking), footage_(footage) {}
  Result<std::optional<cases::LeakFacts>> leak(const Id& id) override;
  Result<std::vector<cases::NamedByLeak>> named(const Id& leak) override;
  Result<void> check_open(const Id& leak, const Id& item) override { return traces_.check_open(leak, item); }
  Result<void> moved(const Id& leak, const Id& case_id, const std::string& case_number,
                     const events::Actor& actor) override;

 private:
  leaks::LeakService& leaks_;
  leaks::LeakTraces& traces_;
  leaks::Unmasking& unmasking_;
  shoots::FootageService& footage_;
};

class CaseDesk;

// What leaks tell the case that they are part of. May be made before the desk is.
class CasesOfLeaks final : public leaks::CaseBook {
 public:
  explicit CasesOfLeaks(CaseDesk& desk) : desk_(desk) {}
  Result<void> sighting_changed(const leaks::Leak& leak, const leaks::Sighting& before, const leaks::Sighting& after,
                                const events::Actor& actor) override;

 private:
  CaseDesk& desk_;
};

class StaffOfCases final : public cases::StaffBook {
 public:
  explicit StaffOfCases(accounts::AccountService& accounts) : accounts_(accounts) {}
  Result<std::optional<cases::Staff>> person(const Id& account) override;
  Result<std::vector<cases::Staff>> reviewers() override;

 private:
  accounts::AccountService& accounts_;
};

// Of other nouns. Borrowed.
struct CaseNeighbours {
  store::Database& database;
  leaks::LeakService& leaks;
  leaks::LeakTraces& traces;
  leaks::Unmasking& unmasking;
  shoots::FootageService& footage;
  accounts::AccountService& accounts;
  evidence::EvidenceService& evidence;
  parties::PartyService& parties;
  commitments::CommitmentService& commitments;
  copies::Deliveries& deliveries;
  commitments::HouseBook& house;
  commitments::BlobBox& blobs;
  events::EventLog& events;
  outbox::Sender& outbox;
  log::LogBook& log_book;
  Clock& clock;
  Random& random;
};

// Thread-safe; not movable: the parts refer to each other.
class CaseDesk {
 public:
  explicit CaseDesk(const CaseNeighbours& neighbours);
  CaseDesk(const CaseDesk&) = delete;
  CaseDesk& operator=(const CaseDesk&) = delete;

 private:
  store::SqlCaseStore store_;
  store::SqlRectificationStore rectification_store_;
  store::SqlCaseAccess access_store_;
  LeaksOfCases leak_book_;
  StaffOfCases staff_book_;

 public:
  commitments::HouseBook& house;
  cases::AccessService access;  // of the accused, and of suppliers' contacts

 private:
  cases::Ports ports_;

 public:
  cases::CaseService cases;
  cases::RectificationService rectifications;
  cases::ArchiveService archive;
  // What time brings by itself.
  Result<void> tick();
};

}  // namespace probity::app
