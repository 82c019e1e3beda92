// The schema, as steps that are only ever added to. Common SQL; statements run in order inside one transaction.
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace probity::store {

// A step's name never changes once a release had it; neither do its statements.
struct Migration {
  std::string_view name;
  std::span<const std::string_view> statements;
};

// In the order in which they are applied: a table comes after those it refers to.
std::vector<Migration> migrations();

// One file a noun: <noun>_schema.cpp.
Migration copies_schema();
Migration events_schema();
Migration jobs_schema();
Migration outbox_schema();
Migration log_schema();
Migration accounts_schema();
Migration parties_schema();
Migration projects_schema();
Migration commitments_schema();
Migration deliveries_schema();
Migration shoots_schema();
Migration evidence_schema();
Migration leaks_schema();
Migration leaks_sightings_schema();
Migration cases_schema();
Migration cases_holds_schema();
Migration statements_removal_schema();
Migration accused_schema();
Migration statements_schema();
Migration alliance_schema();
Migration screening_persons_schema();
Migration bulletins_schema();
Migration bulletins_desk_schema();
Migration paperwork_schema();
Migration filings_schema();
Migration alliance_enterprises_schema();
Migration screening_companies_schema();
Migration screening_watches_schema();
Migration alliance_governance_schema();
Migration alliance_refusals_schema();
Migration alliance_watch_schema();

}  // namespace probity::store
