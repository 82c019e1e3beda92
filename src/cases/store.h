// Port: where cases and their ledgers are kept. Calls join the caller's transaction.
#pragma once

#include <map>

#include "cases/case.h"

namespace probity::cases {

// A case as lists show it.
struct CaseRow {
  Case of;
  std::optional<Deadline> due;  // the next one, of rectifications too
  std::uint64_t rectifications_open = 0;
};

struct Overdue {
  Id case_id;
  TimeMs due_ms = 0;  // the oldest of its deadlines that wait
};

// Thread-safe. Errors of every verb: storage, conflict, corrupt.
class Store {
 public:
  virtual ~Store() = default;
  virtual Result<std::int64_t> next_ordinal(int year) = 0;
  virtual Result<void> insert(const Case& of, const std::vector<Deadline>& deadlines) = 0;
  // The record's revision must be the one that is there; it is counted up. Errors: conflict when it is not.
  virtual Result<void> update(Case& of, const std::vector<Deadline>& deadlines) = 0;
  virtual Result<std::optional<Case>> find(const Id& id) = 0;
  virtual Result<std::optional<Case>> find_number(const std::string& number) = 0;
  virtual Result<Listed<CaseRow>> list(const CaseFilter& filter) = 0;
  virtual Result<std::map<State, std::uint64_t>> count_by_state() = 0;
  // Of cases that have not ended, by time.
  virtual Result<std::vector<Deadline>> deadlines(TimeMs before_ms, std::size_t limit) = 0;
  // Cases with a deadline that has passed and that nobody was told of, the oldest first; those behind `after`.
  virtual Result<std::vector<Overdue>> overdue(TimeMs now_ms, const std::optional<Overdue>& after,
                                               std::size_t limit) = 0;

  // The sequence of `entry` must be the next one. Errors: conflict.
  virtual Result<void> append(const Payment& entry) = 0;
  virtual Result<std::vector<Payment>> ledger(const Id& case_id) = 0;  // oldest first
};

}  // namespace probity::cases
