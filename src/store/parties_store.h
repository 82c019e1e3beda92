// Parties and their trainings in SQL.
#pragma once

#include "parties/store.h"
#include "store/database.h"

namespace probity::store {

// Thread-safe, as its database is. Borrows the database. Looks into the tables of commitments, copies and slips for
// what they know of a party.
class SqlPartyStore final : public parties::Store {
 public:
  explicit SqlPartyStore(Database& database) : database_(database) {}

  Result<void> insert(std::span<const parties::Party> parties) override;
  Result<void> update(const parties::Party& party) override;
  Result<void> remove(const Id& id) override;
  Result<std::optional<parties::Party>> party(const Id& id) override;
  Result<std::optional<parties::PartyRow>> row(const Id& id) override;
  Result<std::optional<parties::Party>> by_key(const std::string& lookup_key) override;
  Result<Listed<parties::PartyRow>> list(const parties::PartyFilter& filter) override;
  Result<std::vector<parties::PartyRow>> children(const Id& parent) override;
  Result<std::vector<parties::KnownParty>> all() override;
  Result<std::vector<Id>> set_child_tiers(const Id& parent, int person_tier, int organisation_tier) override;
  Result<std::vector<parties::Party>> who_may_bind(const Id& organisation) override;
  Result<std::vector<std::string>> referrers(const Id& id) override;
  Result<void> insert(const parties::Training& training) override;
  Result<std::vector<parties::Training>> trainings(const Id& party) override;

 private:
  Database& database_;
};

}  // namespace probity::store
