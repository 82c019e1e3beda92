// Cases and their ledgers, and rectifications, in SQL.
#pragma once

#include "cases/rectification.h"
#include "cases/store.h"
#include "store/database.h"

namespace probity::store {

// Thread-safe, as its database is. Borrows the database.
class SqlCaseStore final : public cases::Store {
 public:
  explicit SqlCaseStore(Database& database) : database_(database) {}
  Result<std::int64_t> next_ordinal(int year) override;
  Result<void> insert(const cases::Case& of, const std::vector<cases::Deadline>& deadlines) override;
  Result<void> update(cases::Case& of, const std::vector<cases::Deadline>& deadlines) override;
  Result<std::optional<cases::Case>> find(const Id& id) override;
  Result<std::optional<cases::Case>> find_number(const std::string& number) override;
  Result<Listed<cases::CaseRow>> list(const cases::CaseFilter& filter) override;
  Result<std::map<cases::State, std::uint64_t>> count_by_state() override;
  Result<std::vector<cases::Deadline>> deadlines(TimeMs before_ms, std::size_t limit) override;
  Result<std::vector<cases::Overdue>> overdue(TimeMs now_ms, const std::optional<cases::Overdue>& after,
                                              std::size_t limit) override;
  Result<void> append(const cases::Payment& entry) override;
  Result<std::vector<cases::Payment>> ledger(const Id& case_id) override;

 private:
  Database& database_;
};

// The same for rectifications.
class SqlRectificationStore final : public cases::RectificationStore {
 public:
  explicit SqlRectificationStore(Database& database) : database_(database) {}
  Result<std::int64_t> next_ordinal(int year) override;
  Result<void> insert(const cases::Rectification& of) override;
  Result<void> update(cases::Rectification& of) override;
  Result<std::optional<cases::Rectification>> find(const Id& id) override;
  Result<std::vector<cases::Rectification>> of_case(const Id& case_id) override;
  Result<Listed<cases::Rectification>> list(const cases::RectificationFilter& filter) override;
  Result<std::vector<cases::OverdueAnswer>> overdue(TimeMs now_ms, const std::optional<cases::OverdueAnswer>& after,
                                                    std::size_t limit) override;

 private:
  Database& database_;
};

}  // namespace probity::store
