// The alliance's members, what operators did with them, and proposals for quotas, in SQL.
#pragma once

#include "alliance/member_book.h"
#include "store/database.h"

namespace probity::store {

// Thread-safe; borrows the database.
class AllianceMemberStore final : public alliance::MemberStore {
 public:
  explicit AllianceMemberStore(Database& database) : database_(database) {}

  Result<void> insert(const alliance::MemberFacts& member) override;
  Result<void> update(const alliance::MemberFacts& member) override;
  Result<std::optional<alliance::MemberFacts>> facts(const Id& id) override;
  Result<Listed<alliance::MemberFacts>> list(const ListQuery& query) override;
  Result<void> insert(const alliance::MemberStep& step) override;
  Result<std::vector<alliance::MemberStep>> steps(const Id& member) override;
  Result<std::uint64_t> step_count() override;
  Result<TimeMs> last_step_ms() override;
  Result<void> insert(const alliance::QuotaProposal& proposal) override;
  Result<void> update(const alliance::QuotaProposal& proposal) override;
  Result<std::optional<alliance::QuotaProposal>> proposal(const Id& id) override;
  Result<Listed<alliance::QuotaProposal>> proposals(std::optional<alliance::QuotaProposal::State> state,
                                                    std::uint32_t offset, std::uint32_t limit) override;

 private:
  Database& database_;
};

}  // namespace probity::store
