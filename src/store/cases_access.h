// Links, codes and sessions of those who answer in a case, in SQL.
#pragma once

#include "cases/access.h"
#include "store/database.h"

namespace probity::store {

// Thread-safe, as its database is. Borrows the database.
class SqlCaseAccess final : public cases::AccessStore {
 public:
  explicit SqlCaseAccess(Database& database) : database_(database) {}
  Result<void> insert(const cases::AccessLink& link) override;
  Result<void> update(const cases::AccessLink& link) override;
  Result<std::optional<cases::AccessLink>> link(const Id& id) override;
  Result<std::optional<cases::AccessLink>> link_by_token(const Hash& token) override;
  Result<std::vector<cases::AccessLink>> links_of(const Id& subject) override;
  Result<void> insert(const commitments::Code& code) override;
  Result<void> update(const commitments::Code& code) override;
  Result<std::vector<commitments::Code>> codes_since(const Id& link, TimeMs since_ms) override;
  Result<void> insert(const cases::AccessSession& session) override;
  Result<std::optional<cases::AccessSession>> session_by_token(const Hash& token) override;
  Result<void> end_session(const Id& session, TimeMs now_ms) override;

 private:
  Database& database_;
};

}  // namespace probity::store
