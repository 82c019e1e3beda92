// Statements of a node: the services over its records, and what they ask of cases, house and seal.
#pragma once

#include "accounts/settings.h"
#include "app/log_place.h"
#include "app/node_seal.h"
#include "copies/blob_store.h"
#include "jobs/runner.h"
#include "parties/store.h"
#include "statements/publication.h"
#include "statements/sealing.h"
#include "store/cases_store.h"
#include "store/statements_store.h"

namespace probity::app {

// What statements ask of cases. Thread-safe, as those are; borrows them.
class CasesForStatements final : public statements::CaseBook {
 public:
  CasesForStatements(cases::Store& cases, cases::RectificationStore& rectifications, parties::Store& parties,
                     Clock& clock)
      : cases_(cases), rectifications_(rectifications), parties_(parties), clock_(clock) {}
  Result<std::optional<statements::CaseFacts>> find(const Id& id) override;
  Result<statements::Gate> publication_gate(const Id& id) override;

 private:
  Result<statements::KnownParty> known(const cases::CaseParty& party);

  cases::Store& cases_;
  cases::RectificationStore& rectifications_;
  parties::Store& parties_;
  Clock& clock_;
};

class HouseForStatements final : public statements::HouseBook {
 public:
  explicit HouseForStatements(accounts::SettingsService& settings) : settings_(settings) {}
  Result<statements::House> house() override;

 private:
  accounts::SettingsService& settings_;
};

class BlobsForStatements final : public statements::BlobBox {
 public:
  explicit BlobsForStatements(copies::BlobStore& blobs) : blobs_(blobs) {}
  Result<Hash> put(BytesView bytes) override { return blobs_.put(bytes); }
  Result<Bytes> get(const Hash& hash) override { return blobs_.get(hash); }
  Result<void> remove(const Hash& hash) override { return blobs_.remove(hash); }

 private:
  copies::BlobStore& blobs_;
};

// Of other nouns. Borrowed.
struct StatementNeighbours {
  store::Database& database;
  accounts::SettingsService& settings;
  parties::Store& parties;
  NodeSeal& seal;
  events::EventLog& events;
  outbox::Sender& outbox;
  jobs::Queue& jobs;
  log::LogBook& log_book;
  copies::BlobStore& blobs;
  LogPlace& log_place;
  Clock& clock;
  Random& random;
};

// Thread-safe; not movable: the parts refer to each other.
class StatementDesk {
 public:
  explicit StatementDesk(const StatementNeighbours& neighbours);
  StatementDesk(const StatementDesk&) = delete;
  StatementDesk& operator=(const StatementDesk&) = delete;

 private:
  store::SqlStatementStore store_;
  store::SqlCaseStore cases_;
  store::SqlRectificationStore rectifications_;
  CasesForStatements case_book_;
  HouseForStatements house_;
  BlobsForStatements blob_box_;
  statements::Ports ports_;

 public:
  statements::StatementService statements;
  statements::SealingService sealing;
  statements::PublicationService publication;
};

// Borrows the desk, which must outlive the runner.
void register_statement_jobs(jobs::Runner& runner, StatementDesk& desk);

}  // namespace probity::app
