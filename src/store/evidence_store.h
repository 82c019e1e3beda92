// Evidence and custody steps in SQL.
#pragma once

#include "evidence/store.h"
#include "store/database.h"

namespace probity::store {

// Thread-safe, as its database is. Borrows the database.
class EvidenceStore final : public evidence::Store {
 public:
  explicit EvidenceStore(Database& database) : database_(database) {}

  Result<void> insert(const evidence::Matter& matter) override;
  Result<std::optional<evidence::Matter>> matter(const Id& id) override;
  Result<std::vector<evidence::Matter>> matters() override;
  Result<void> insert(const evidence::Item& item) override;
  Result<std::optional<evidence::Item>> item(const Id& id) override;
  Result<std::vector<evidence::Item>> items(const Id& matter) override;
  Result<std::optional<evidence::Item>> item_with(const Id& matter, const Hash& sha256) override;
  Result<void> insert(const evidence::Step& step) override;
  Result<std::optional<evidence::Step>> last_step(const Id& matter) override;
  Result<std::vector<evidence::Step>> steps(const Id& matter, std::uint64_t after_sequence, std::size_t limit) override;
  Result<std::uint64_t> step_count(const Id& matter) override;
  Result<std::vector<evidence::Step>> steps_of(const Id& matter, const std::string& action) override;

 private:
  Database& database_;
};

}  // namespace probity::store
