// Where questions about people and hits are kept.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "alliance/ports.h"
#include "base/list_query.h"
#include "screening/consent_audit.h"
#include "screening/hit.h"
#include "screening/query.h"

namespace probity::screening {

struct QueryFilter {
  std::optional<Outcome> outcome;
  std::optional<Purpose> purpose;
  ListQuery page;  // sort: asked_at, number, requisition; search: number and requisition
};

struct HitFilter {
  std::optional<HitState> state;
  std::optional<bool> pending, changed;
  ListQuery page;  // sort: found_at, number, state, wait_until; search: number, requisition, reference
};

// Thread-safe; joins the caller's transaction. Errors: storage, corrupt; invalid_argument for an unknown sort.
class PersonStore {
 public:
  virtual ~PersonStore() = default;

  // 1, 2, 3 … for each kind ("Q", "H") and year.
  virtual Result<std::uint32_t> next_ordinal(std::string_view kind, int year) = 0;

  virtual Result<void> insert(const PersonQuery& query) = 0;
  virtual Result<void> update(const PersonQuery& query) = 0;
  virtual Result<std::optional<PersonQuery>> query(const Id& id) = 0;
  virtual Result<Listed<PersonQuery>> queries(const QueryFilter& filter) = 0;  // newest first
  virtual Result<std::uint32_t> count_about(const std::string& same_person) = 0;
  virtual Result<std::optional<PersonQuery>> query_of_commitment(const Hash& commitment) = 0;
  // Whose commitments the hub was not told of yet, oldest first.
  virtual Result<std::vector<PersonQuery>> untold_commitments(std::size_t limit) = 0;
  virtual Result<void> mark_told(const Id& query) = 0;

  virtual Result<void> insert(const Hit& hit) = 0;
  virtual Result<void> update(const Hit& hit) = 0;
  virtual Result<std::optional<Hit>> hit(const Id& id) = 0;
  virtual Result<Listed<Hit>> hits(const HitFilter& filter) = 0;                    // newest first
  virtual Result<std::vector<Hit>> hits_about(const std::string& same_person) = 0;  // newest first
  // Every hit with a place that overlaps with the notice's bucket.
  virtual Result<std::vector<Hit>> hits_at(oprf::Epoch epoch, int bits, oprf::Prefix prefix) = 0;

  virtual Result<void> insert(const ConsentAudit& audit) = 0;
  virtual Result<void> update(const ConsentAudit& audit) = 0;
  virtual Result<std::optional<ConsentAudit>> audit(const Id& id) = 0;
  virtual Result<Listed<ConsentAudit>> audits(std::uint32_t offset, std::uint32_t limit) = 0;  // newest first
};

}  // namespace probity::screening
