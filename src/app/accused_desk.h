// The accused's page of a node: its service, and what it asks of leaks and evidence.
#pragma once

#include "cases/accused.h"
#include "leaks/leak_store.h"
#include "leaks/leak_traces.h"
#include "store/accused_store.h"

namespace probity::app {

// Thread-safe, as what it borrows is.
class LeaksOfAccused final : public cases::FindingBook {
 public:
  LeaksOfAccused(leaks::LeakStore& leaks, leaks::LeakTraces& traces, evidence::EvidenceService& evidence)
      : leaks_(leaks), traces_(traces), evidence_(evidence) {}
  Result<std::optional<cases::FindingFacts>> finding(const cases::Case& of, const cases::CaseParty& accused) override;
  Result<std::optional<Bytes>> picture(const cases::CaseEvidence& evidence) override;
  Result<bool> has_picture(const cases::CaseEvidence& evidence) override;

 private:
  Result<std::optional<evidence::Item>> picture_item(const cases::CaseEvidence& evidence);

  leaks::LeakStore& leaks_;
  leaks::LeakTraces& traces_;
  evidence::EvidenceService& evidence_;
};

// Thread-safe; not movable: the parts refer to each other. Borrows its arguments.
class AccusedDesk {
 public:
  AccusedDesk(store::Database& database, cases::CaseService& cases, leaks::LeakStore& leaks, leaks::LeakTraces& traces,
              evidence::EvidenceService& evidence)
      : documents_(database), findings_(leaks, traces, evidence), accused({cases, findings_, documents_}) {}
  AccusedDesk(const AccusedDesk&) = delete;
  AccusedDesk& operator=(const AccusedDesk&) = delete;

 private:
  store::SqlAccusedDocuments documents_;
  LeaksOfAccused findings_;

 public:
  cases::AccusedService accused;
};

}  // namespace probity::app
