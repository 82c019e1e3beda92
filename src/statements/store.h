// The port to where statements are kept. Twins: src/store/statements_store (SQL), statements/memory_store (tests).
#pragma once

#include "statements/statement.h"

namespace probity::statements {

// Thread-safe; everything joins the caller's transaction. Errors of every verb: storage, conflict, corrupt.
class Store {
 public:
  virtual ~Store() = default;
  virtual Result<std::uint32_t> next_ordinal(int year) = 0;
  virtual Result<void> insert(const Statement& statement) = 0;
  virtual Result<void> update(const Statement& statement) = 0;
  virtual Result<std::optional<Statement>> find(const Id& id) = 0;
  virtual Result<std::optional<Statement>> find_by_pdf(const Hash& pdf) = 0;
  virtual Result<Listed<Statement>> list(const StatementFilter& filter) = 0;
  // Published and removed ones, by time of publishing, newest first. `search` is not looked at.
  virtual Result<Listed<Statement>> list_public(const ListQuery& query) = 0;
  // All of a chain, oldest first.
  virtual Result<std::vector<Statement>> chain(const Id& chain) = 0;
  // Of those that are being sealed.
  virtual Result<std::vector<Id>> sealing(std::size_t limit) = 0;
};

}  // namespace probity::statements
