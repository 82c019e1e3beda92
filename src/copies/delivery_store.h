// The port to where deliveries are kept. Twin: src/store (SQL).
#pragma once

#include "copies/copy.h"
#include "copies/delivery.h"

namespace probity::copies {

// Joins the caller's transaction. Errors: storage, conflict, corrupt; already_exists when the party has a copy of the
// asset.
class DeliveryStore {
 public:
  virtual ~DeliveryStore() = default;
  virtual Result<void> insert(const Delivery& delivery) = 0;
  virtual Result<void> update(const Delivery& delivery) = 0;
  virtual Result<std::optional<DeliveryRow>> row(const Id& copy) = 0;
  virtual Result<std::optional<Delivery>> delivery_for(const Id& asset, const Id& party) = 0;
  virtual Result<Listed<DeliveryRow>> rows(const DeliveryFilter& filter) = 0;
  // Adds one view or download at that time.
  virtual Result<void> count(const Id& copy, OpenKind kind, TimeMs time_ms) = 0;
  // Parties with a commitment in force in the project; nothing about which assets it covers.
  virtual Result<std::vector<Id>> parties_in_force(const Id& project) = 0;
};

}  // namespace probity::copies
