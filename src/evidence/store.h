// The port to where evidence and custody steps are kept. Twins: src/store/evidence_store (SQL).
#pragma once

#include <vector>

#include "base/list_query.h"
#include "evidence/custody.h"
#include "evidence/item.h"

namespace probity::evidence {

// Thread-safe; joins the caller's transaction. Nothing is ever changed or removed. Errors: storage, conflict, corrupt.
class Store {
 public:
  virtual ~Store() = default;
  virtual Result<void> insert(const Matter& matter) = 0;
  virtual Result<std::optional<Matter>> matter(const Id& id) = 0;
  virtual Result<std::vector<Matter>> matters() = 0;  // oldest first

  virtual Result<void> insert(const Item& item) = 0;
  virtual Result<std::optional<Item>> item(const Id& id) = 0;
  virtual Result<std::vector<Item>> items(const Id& matter) = 0;  // oldest first
  virtual Result<std::optional<Item>> item_with(const Id& matter, const Hash& sha256) = 0;

  virtual Result<void> insert(const Step& step) = 0;
  virtual Result<std::optional<Step>> last_step(const Id& matter) = 0;
  // At most `limit` with a greater sequence, in order.
  virtual Result<std::vector<Step>> steps(const Id& matter, std::uint64_t after_sequence, std::size_t limit) = 0;
  virtual Result<std::uint64_t> step_count(const Id& matter) = 0;
  // Of one action, newest first.
  virtual Result<std::vector<Step>> steps_of(const Id& matter, const std::string& action) = 0;
};

}  // namespace probity::evidence
