// The event log in SQL.
#pragma once

#include "events/event.h"
#include "store/database.h"

namespace probity::store {

// Thread-safe, as its database is. Borrows the database.
class SqlEventLog final : public events::EventLog {
 public:
  explicit SqlEventLog(Database& database) : database_(database) {}

  Result<std::uint64_t> append(const events::Event& event) override;
  Result<Listed<events::Event>> list(const events::EventFilter& filter) override;
  Result<std::vector<events::Event>> after(std::uint64_t sequence, std::size_t limit) override;
  Result<std::uint64_t> cursor(const std::string& reader) override;
  Result<void> set_cursor(const std::string& reader, std::uint64_t sequence) override;
  // The newest event's number, 0 when there is none.
  Result<std::uint64_t> last_sequence();

 private:
  Database& database_;
};

}  // namespace probity::store
