// Finds the companies that a name may mean among many: candidates by shared keys, then the comparison with its reasons.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "names/company_comparison.h"

namespace probity::names {

struct FindOptions {
  std::size_t limit = 10;                  // the best so many
  Likeness at_least = Likeness::possible;  // nothing below this; `different` finds as `possible` does
};

struct CompanyMatch {
  std::string id;
  std::string name;              // of the names added under this id, the one that fits best, as it was added
  CompanyComparison comparison;  // evidence, log_odds, score, likeness: what compare() says of the two names
};

// A company has an id of the caller's (any bytes) and one or more names: registered, former, Latin. Each name is looked
// at by itself; a company's best name counts. Thread-safe: any number of readers beside one writer at a time, and a
// change is seen by every find() that starts after it returned.
class CompanyIndex {
 public:
  CompanyIndex();
  ~CompanyIndex();
  CompanyIndex(CompanyIndex&&) noexcept;
  CompanyIndex& operator=(CompanyIndex&&) noexcept;

  void add(std::string_view id, const std::vector<std::string>& names);  // replaces the names that the id had
  bool remove(std::string_view id);                                      // false when the id was not there
  // Ordered by falling log-odds, then by id.
  std::vector<CompanyMatch> find(std::string_view name, const FindOptions& options = {}) const;

  std::size_t companies() const;
  std::size_t memory_bytes() const;  // what the index has allocated, about

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace probity::names
