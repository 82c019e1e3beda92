#include "store/migrations.h"

namespace probity::store {

std::vector<Migration> migrations() {
  return {copies_schema(),
          events_schema(),
          jobs_schema(),
          outbox_schema(),
          accounts_schema(),
          parties_schema(),
          projects_schema(),
          commitments_schema(),
          deliveries_schema(),
          log_schema(),
          cases_schema(),
          evidence_schema(),
          leaks_schema(),
          shoots_schema(),
          accused_schema(),
          statements_schema(),
          alliance_schema(),
          bulletins_schema(),
          paperwork_schema(),
          filings_schema(),
          screening_persons_schema(),
          alliance_enterprises_schema(),
          screening_companies_schema(),
          screening_watches_schema(),
          alliance_governance_schema(),
          cases_holds_schema(),
          statements_removal_schema(),
          alliance_watch_schema(),
          bulletins_desk_schema(),
          alliance_refusals_schema(),
          leaks_sightings_schema()};
}

}  // namespace probity::store
