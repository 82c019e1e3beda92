// A question about a company as it is kept, with its answer as it was given.
#pragma once

#include "base/list_query.h"
#include "events/event.h"
#include "screening/company.h"
#include "screening/query.h"

namespace probity::screening {

struct CompanyQuery {
  Id id;
  std::string number;  // "C-2027-000001"
  CompanySubject subject;
  Purpose purpose = Purpose::supplier_onboarding;
  std::string requisition;
  events::Actor asked_by;
  TimeMs asked_ms = 0;
  CompanyAnswer answer;
  std::vector<std::optional<Id>> hits;  // one for each match
  alliance::SignedEnterpriseHead head;  // the version of the list that was looked at
  std::string receipt;                  // the file, as it is downloaded
  std::string receipt_sha256;
};

struct CompanyQueryFilter {
  std::optional<CompanyLevel> outcome;
  std::optional<Purpose> purpose;
  ListQuery page;  // sort: asked_at, number, name; search: number, name, requisition, numbers of the company
};

// Whole and without loss, for the store.
std::string company_query_record(const CompanyQuery& query);
// Errors: corrupt.
Result<CompanyQuery> parse_company_query_record(std::string_view text);

// The receipt's file: which list was looked at, and that each matching entry stood in it. Anybody checks it against the
// hub's public identity, without a network (docs/formats.md, "Company receipt").
struct CompanyReceiptFacts {
  Id member;
  oprf::PublicIdentity hub{};
};
std::string make_company_receipt(const CompanyReceiptFacts& facts, const CompanyQuery& query,
                                 const alliance::EnterpriseList& list);
struct CheckedCompanyReceipt {
  CompanyReceiptFacts facts;
  std::string number;
  alliance::SignedEnterpriseHead head;
  std::vector<alliance::EnterpriseEntry> entries;
};
// Errors: corrupt when it is no receipt; forbidden when a signature or a proof does not hold.
Result<CheckedCompanyReceipt> check_company_receipt(std::string_view text);

}  // namespace probity::screening
