#include "projects/json.h"

#include <nlohmann/json.hpp>

namespace probity::projects {

nlohmann::json to_json(const Embargo& embargo, TimeMs now_ms) {
  return {{"id", embargo.id.text()},
          {"label", embargo.label},
          {"at", to_rfc3339(embargo.at_ms)},
          {"zone", embargo.zone},
          {"lifted", embargo.at_ms <= now_ms}};
}

nlohmann::json to_json(const ProjectRow& row, TimeMs now_ms) {
  const Project& project = row.project;
  const ProjectCounts& counts = row.counts;
  nlohmann::json people = nlohmann::json::array(), embargoes = nlohmann::json::array();
  for (const PersonInCharge& person : row.people)
    people.push_back({{"id", person.account.text()}, {"name", person.name}});
  for (const Embargo& embargo : project.embargoes) embargoes.push_back(to_json(embargo, now_ms));
  return {{"id", project.id.text()},
          {"name", project.name},
          {"description", project.description},
          {"state", project_state_name(project.state)},
          {"sample", project.sample},
          {"people", std::move(people)},
          {"embargoes", std::move(embargoes)},
          {"created_at", to_rfc3339(project.created_ms)},
          {"counts",
           {{"assets", counts.assets},
            {"commitments", counts.commitments},
            {"in_force", counts.in_force},
            {"waiting", counts.waiting},
            {"declined", counts.declined},
            {"copies", counts.copies},
            {"opened", counts.opened},
            {"slips", counts.slips}}}};
}

}  // namespace probity::projects
