#include "projects/project.h"

namespace probity::projects {

std::string_view project_state_name(ProjectState state) { return state == ProjectState::open ? "open" : "archived"; }

std::optional<ProjectState> parse_project_state(std::string_view name) {
  if (name == "open") return ProjectState::open;
  if (name == "archived") return ProjectState::archived;
  return std::nullopt;
}

std::string_view asset_state_name(AssetState state) { return state == AssetState::offered ? "offered" : "withdrawn"; }

std::optional<AssetState> parse_asset_state(std::string_view name) {
  if (name == "offered") return AssetState::offered;
  if (name == "withdrawn") return AssetState::withdrawn;
  return std::nullopt;
}

}  // namespace probity::projects
