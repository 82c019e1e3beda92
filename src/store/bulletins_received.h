// What a member's node has received of the board, in SQL.
#pragma once

#include "bulletins/received.h"
#include "store/database.h"

namespace probity::store {

// Thread-safe; borrows the database.
class ReceivedBulletinStore final : public bulletins::ReceivedStore {
 public:
  explicit ReceivedBulletinStore(Database& database) : database_(database) {}

  Result<void> put(const bulletins::Received& received) override;
  Result<void> remove(const Id& id) override;
  Result<std::optional<bulletins::Received>> received(const Id& id) override;
  Result<std::vector<bulletins::Received>> all() override;
  Result<std::optional<TimeMs>> as_of() override;
  Result<void> set_as_of(TimeMs time_ms) override;

 private:
  Database& database_;
};

}  // namespace probity::store
