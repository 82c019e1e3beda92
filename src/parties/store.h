// Port: where parties and their trainings are kept. Calls join the caller's transaction.
#pragma once

#include <map>
#include <span>

#include "parties/party.h"

namespace probity::parties {

// What an import has to know of each party.
struct KnownParty {
  std::string lookup_key;
  Id id;
  int tier = 0;
};

// Thread-safe. Errors: storage; already_exists when a lookup key is taken.
class Store {
 public:
  virtual ~Store() = default;
  virtual Result<void> insert(std::span<const Party> parties) = 0;
  virtual Result<void> update(const Party& party) = 0;
  virtual Result<void> remove(const Id& id) = 0;
  virtual Result<std::optional<Party>> party(const Id& id) = 0;
  virtual Result<std::optional<PartyRow>> row(const Id& id) = 0;
  virtual Result<std::optional<Party>> by_key(const std::string& lookup_key) = 0;
  virtual Result<Listed<PartyRow>> list(const PartyFilter& filter) = 0;
  // Direct ones: organisations first, each by name.
  virtual Result<std::vector<PartyRow>> children(const Id& parent) = 0;
  virtual Result<std::vector<KnownParty>> all() = 0;
  // Gives tiers to the children of one organisation, and answers those that are organisations.
  virtual Result<std::vector<Id>> set_child_tiers(const Id& parent, int person_tier, int organisation_tier) = 0;
  // People of an organisation who may bind it, by name.
  virtual Result<std::vector<Party>> who_may_bind(const Id& organisation) = 0;
  // What refers to a party, in words for an error: "commitments", "copies", "people or suppliers", "trainings".
  virtual Result<std::vector<std::string>> referrers(const Id& id) = 0;

  virtual Result<void> insert(const Training& training) = 0;
  virtual Result<std::vector<Training>> trainings(const Id& party) = 0;  // newest first
};

}  // namespace probity::parties
