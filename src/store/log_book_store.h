// The log's queue and its openings in SQL.
#pragma once

#include "base/clock.h"
#include "base/random.h"
#include "log/entry_pages.h"
#include "log/entry_queue.h"
#include "log/log_book.h"
#include "log/prover.h"
#include "store/database.h"

namespace probity::store {

// Thread-safe, as its database is. Borrows everything; without a prover there are no proofs.
class SqlLogBook final : public log::LogBook, public log::EntryQueue, public log::EntryPages {
 public:
  SqlLogBook(Database& database, Clock& clock, Random& random, log::Prover* prover = nullptr)
      : database_(database), clock_(clock), random_(random), prover_(prover) {}

  Result<Id> record(const log::LogRecord& record) override;
  Result<std::optional<log::Opening>> opening(const Id& entry) override;
  Result<std::vector<log::Opening>> openings_of(const Id& subject) override;
  Result<std::optional<std::string>> proof(const Id& entry) override;
  Result<void> erase(const Id& entry) override;

  Result<std::vector<std::string>> kinds_of(const Id& subject) override;
  Result<Listed<log::Opening>> page_of(const Id& subject, const std::vector<std::string>& kinds,
                                       const ListQuery& page) override;

  Result<std::vector<log::WaitingEntry>> waiting(std::size_t limit) override;
  Result<std::uint64_t> count_waiting() override;
  Result<std::vector<log::WaitingEntry>> waiting_with(const std::vector<Hash>& commitments) override;
  Result<void> place(const std::vector<log::PlacedEntry>& entries) override;
  Result<std::optional<std::uint64_t>> last_index() override;

 private:
  Database& database_;
  Clock& clock_;
  Random& random_;
  log::Prover* prover_;
};

}  // namespace probity::store
