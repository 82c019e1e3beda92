// Which assets belong to a project, and how they are offered.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "projects/service.h"

namespace probity::projects {
namespace {

Result<void> check_embargo(const Project& project, const std::optional<Id>& embargo) {
  if (!embargo || std::ranges::find(project.embargoes, *embargo, &Embargo::id) != project.embargoes.end()) return {};
  return fail(ErrorCode::invalid_argument, "the project has no such embargo", "choose one of the project's");
}

events::Event asset_event(const char* kind, const ProjectAsset& asset, const std::string& title, TimeMs now,
                          const events::Actor& actor) {
  events::Event event;
  event.time_ms = now;
  event.kind = kind;
  event.actor = actor;
  event.project = asset.project;
  event.asset = asset.asset;
  event.data_json = nlohmann::json{{"asset", title}}.dump();
  return event;
}

}  // namespace

Result<ProjectAsset> ProjectService::attach_asset(const Id& asset, const Id& project, const AssetOptions& options,
                                                  const std::string& title, const events::Actor& actor) {
  ProjectAsset attached{asset,
                        project,
                        options.watermark,
                        options.embargo,
                        options.not_before_ms,
                        AssetState::offered,
                        ports_.clock.now_ms()};
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const Project owner, open_project(project));
    TRY(check_embargo(owner, options.embargo));
    TRY_ASSIGN(const auto before, ports_.store.asset(asset));
    if (before)
      return fail(ErrorCode::conflict, before->project == project ? "the asset is in this project already"
                                                                  : "the asset belongs to another project");
    TRY(ports_.store.insert(attached));
    TRY(ports_.events.append(asset_event("asset.added", attached, title, attached.attached_ms, actor)));
    return {};
  }));
  return attached;
}

Result<ProjectAsset> ProjectService::update_asset(const Id& asset, const AssetChange& change, const std::string& title,
                                                  const events::Actor& actor) {
  ProjectAsset after;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const auto before, ports_.store.asset(asset));
    if (!before) return fail(ErrorCode::not_found, "there is no such asset in a project");
    after = *before;
    if (change.watermark) after.watermark = *change.watermark;
    if (change.embargo) after.embargo = *change.embargo;
    if (change.not_before_ms) after.not_before_ms = *change.not_before_ms;
    if (change.state) after.state = *change.state;
    if (after == *before) return {};
    TRY_ASSIGN(const Project owner, existing(after.project));
    TRY(check_embargo(owner, after.embargo));
    TRY(ports_.store.update(after));
    const TimeMs now = ports_.clock.now_ms();
    if (after.state != before->state) {
      const char* kind = after.state == AssetState::offered ? "asset.offered" : "asset.withdrawn";
      TRY(ports_.events.append(asset_event(kind, after, title, now, actor)));
    }
    if (after.watermark != before->watermark || after.embargo != before->embargo ||
        after.not_before_ms != before->not_before_ms)
      TRY(ports_.events.append(asset_event("asset.changed", after, title, now, actor)));
    return {};
  }));
  return after;
}

Result<std::optional<ProjectAsset>> ProjectService::project_of(const Id& asset) { return ports_.store.asset(asset); }

Result<std::optional<Embargo>> ProjectService::embargo_of(const Id& asset) {
  TRY_ASSIGN(const auto place, ports_.store.asset(asset));
  if (!place || !place->embargo) return std::optional<Embargo>();
  TRY_ASSIGN(const Project project, existing(place->project));
  const auto embargo = std::ranges::find(project.embargoes, *place->embargo, &Embargo::id);
  return embargo == project.embargoes.end() ? std::nullopt : std::optional(*embargo);
}

Result<std::vector<ProjectAsset>> ProjectService::assets(const Id& project) {
  TRY(existing(project));
  return ports_.store.assets(project);
}

}  // namespace probity::projects
