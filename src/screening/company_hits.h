// Hits of companies: the same duty and the same order as for people, begun by a confirmed or likely match.
//
// The list is open, so that nobody has to look again: a change of the entry is seen at once by every hit about it.
#pragma once

#include "screening/company_screening.h"
#include "screening/hit_rules.h"
#include "screening/ports.h"

namespace probity::screening {

struct CompanyHitPorts {
  PersonStore& store;  // hits of all kinds stand in one list
  log::LogBook& log;
  events::EventLog& events;
  Clock& clock;
  Random& random;
};

// Thread-safe; joins the caller's transaction. Borrows its ports.
class ListedCompanyHits final : public CompanyHits {
 public:
  explicit ListedCompanyHits(const CompanyHitPorts& ports) : ports_(ports) {}

  // One hit for each listed company while it is pending. The same number confirms the identity at once.
  Result<Id> open(const CompanyQuery& query, const CompanyMatch& match) override;
  // A step of the list: corrected entries begin anew at the filer, ended ones clear the hit or send a decision back.
  Result<void> follow(const ListStep& step);

 private:
  Result<void> record(const Hit& hit, std::size_t known_steps);
  Result<void> look_again(const Id& listing, const alliance::ListedEnterprise* entry);

  const CompanyHitPorts ports_;
};

// What recognises the hits about one listing; 32 hex digits.
std::string same_company(const Id& listing);

}  // namespace probity::screening
