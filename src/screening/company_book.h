// The listed companies as a member's node holds them, ready to be matched against: by number, and by name.
//
// Matching happens here, in the member's process; what is asked never leaves it.
#pragma once

#include <memory>
#include <shared_mutex>
#include <string>
#include <unordered_map>

#include "names/company_index.h"
#include "screening/company.h"

namespace probity::screening {

struct MatchOptions {
  std::size_t most_by_name = 20;
  bool other_companies = true;  // whether to tell of those that only look alike, by their numbers
};

// Thread-safe: many match while one replaces. A match sees one version of the list, whole.
class CompanyBook {
 public:
  // The list from now on. What stays the same between two versions is not built again.
  void replace(const alliance::HeldEnterprises& next);
  // Nothing before the first replace().
  std::optional<alliance::HeldEnterprises> held() const;

  struct Matched {
    CompanyAnswer answer;
    alliance::SignedEnterpriseHead head;  // of the version that was looked at
    std::shared_ptr<const alliance::EnterpriseList> list;
  };
  // Errors: unavailable before the first replace().
  Result<Matched> match(const CompanySubject& subject, const MatchOptions& options = {}) const;

 private:
  void add(const alliance::ListedEnterprise& listed);
  void remove(const alliance::ListedEnterprise& listed);

  mutable std::shared_mutex mutex_;
  std::optional<alliance::HeldEnterprises> held_;
  names::CompanyIndex by_name_;
  std::unordered_multimap<std::string, Id> by_number_;  // "lei:…"
};

// The same for one entry, without an index: what a changed entry says of a watched company, and the plain twin in
// tests. Nothing when it does not match.
std::optional<CompanyMatch> match_one(const CompanySubject& subject, const alliance::ListedEnterprisePtr& listed);

}  // namespace probity::screening
