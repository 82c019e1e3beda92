// Cases as filings see them: one of the accused, once it is decided.
#include "app/filing_desk.h"
#include "cases/rules.h"
#include "filings/ports.h"
#include "store/cases_store.h"

namespace probity::app {
namespace {

bool is_person(cases::Role role) {
  using cases::Role;
  return role != Role::outlet && role != Role::supplier && role != Role::sub_supplier && role != Role::platform;
}

// Only a breach that stands makes somebody a party to be listed.
class CasesForFilings final : public filings::CaseBook {
 public:
  explicit CasesForFilings(store::Database& database) : cases_(database) {}
  Result<std::optional<filings::CaseFacts>> find(const Id& id) override {
    TRY_ASSIGN(const auto of, cases_.find(id));
    if (!of) return std::optional<filings::CaseFacts>();
    filings::CaseFacts facts;
    facts.id = of->id;
    facts.number = of->number;
    facts.summary = of->summary;
    facts.decided =
        of->decision && of->decision->finding == cases::Finding::breach && of->state != cases::State::overturned;
    if (of->decision) {
      facts.decided_ms = of->decision->decided_ms;
      facts.decided_by = of->decision->proposed_by.name + ", " + of->decision->agreed_by.name;
    }
    for (const cases::CaseParty* accused : of->accused())
      facts.accused.push_back({accused->id, accused->name, is_person(accused->role)});
    return std::optional(std::move(facts));
  }

 private:
  store::SqlCaseStore cases_;
};

}  // namespace

std::shared_ptr<filings::CaseBook> cases_for_filings(store::Database& database) {
  return std::make_shared<CasesForFilings>(database);
}

}  // namespace probity::app
