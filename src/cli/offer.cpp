// probity asset offer and withdraw: in which project an asset is offered, and how.
#include <nlohmann/json.hpp>

#include "app/node_jobs.h"
#include "cli/find.h"
#include "cli/grammar.h"
#include "cli/values.h"

namespace probity::cli {
namespace {

struct OfferOptions {
  CommonOptions common;
  std::string asset;
  std::optional<std::string> project, not_before, embargo;
  std::optional<bool> watermark;
};
struct WithdrawOptions {
  CommonOptions common;
  std::string asset;
};

nlohmann::json place_json(const projects::ProjectAsset& place) {
  const auto time_json = place.not_before_ms ? nlohmann::json(to_rfc3339(*place.not_before_ms)) : nlohmann::json();
  return {{"asset", place.asset.text()},
          {"project", place.project.text()},
          {"state", projects::asset_state_name(place.state)},
          {"watermark", place.watermark},
          {"embargo", place.embargo ? nlohmann::json(place.embargo->text()) : nlohmann::json()},
          {"not_before", time_json}};
}

// "none" takes the asset from under its embargo.
Result<std::optional<Id>> embargo_of(const projects::Project& project, const std::string& label) {
  if (label == "none") return std::optional<Id>();
  for (const auto& embargo : project.embargoes)
    if (parties::fold_for_lookup(embargo.label) == parties::fold_for_lookup(label)) return std::optional(embargo.id);
  return fail(ErrorCode::not_found, "the project has no embargo called " + label,
              "`probity project show` lists its embargoes");
}

Result<projects::ProjectAsset> offer(app::Records& records, const copies::Asset& asset, const Id& project_id,
                                     const OfferOptions& options) {
  TRY_ASSIGN(const projects::Project project, records.projects.open_project(project_id));
  projects::AssetChange change;
  change.state = projects::AssetState::offered;
  change.watermark = options.watermark;
  if (options.not_before) {
    TRY_ASSIGN(change.not_before_ms, parse_time_or_none("--not-before", *options.not_before));
  }
  if (options.embargo) {
    TRY_ASSIGN(change.embargo, embargo_of(project, *options.embargo));
  }
  TRY_ASSIGN(const auto place, records.projects.project_of(asset.id));
  if (place && place->project == project_id)
    return records.projects.update_asset(asset.id, change, asset.title, command_line_actor());
  projects::AssetOptions offered;
  offered.watermark = options.watermark.value_or(false);
  offered.not_before_ms = change.not_before_ms.value_or(std::nullopt);
  offered.embargo = change.embargo.value_or(std::nullopt);
  return records.projects.attach_asset(asset.id, project_id, offered, asset.title, command_line_actor());
}

Result<void> run_offer(Terminal& terminal, const OfferOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  app::Records& records = *session.records;
  TRY_ASSIGN(const copies::Asset asset, session.workspace->copies().find_asset(options.asset));
  TRY_ASSIGN(const auto before, records.projects.project_of(asset.id));
  Id project;
  if (!options.project && before) {
    project = before->project;
  } else {
    TRY_ASSIGN(project, find_project(records, options.project));
  }
  projects::ProjectAsset place;
  TRY(session.workspace->database().write([&]() -> Result<void> {
    TRY_ASSIGN(place, offer(records, asset, project, options));
    return app::queue_copies_of(records, asset.id, asset.title, project);
  }));
  terminal.document(place_json(place));
  terminal.line(terminal.words()("{} is offered; who signed gets a copy", "{} 已提供；签署者将获得副本", asset.title));
  return {};
}

Result<void> run_withdraw(Terminal& terminal, const WithdrawOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const copies::Asset asset, session.workspace->copies().find_asset(options.asset));
  projects::AssetChange change;
  change.state = projects::AssetState::withdrawn;
  TRY_ASSIGN(const auto place,
             session.records->projects.update_asset(asset.id, change, asset.title, command_line_actor()));
  terminal.document(place_json(place));
  terminal.line(
      terminal.words()("{} is withdrawn: its copies do not open any more", "{} 已撤回：其副本不再可打开", asset.title));
  return {};
}

}  // namespace

void add_offer_commands(Grammar& grammar) {
  CLI::App* assets = grammar.group("asset", "Master pictures");
  const auto offer = grammar.command(assets, "offer", "Offer an asset in a project", run_offer);
  offer->add_option("asset", offer.options.asset, "Id, start of an id, title or file name")->required();
  offer->add_option("--project", offer.options.project, "In which project; its own, or the only open one, otherwise");
  offer->add_flag("--watermark,!--no-watermark", offer.options.watermark, "A visible watermark on each copy");
  offer->add_option("--not-before", offer.options.not_before, "No copy opens before this time; \"none\": at once");
  offer->add_option("--embargo", offer.options.embargo, "The label of the project's embargo it is under; or \"none\"");
  offer->footer("Example: probity asset offer coast-road --project Coast --not-before 2027-02-20T08:00:00Z");
  const auto withdraw = grammar.command(assets, "withdraw", "Stop offering an asset: its copies close", run_withdraw);
  withdraw->add_option("asset", withdraw.options.asset, "Id, start of an id, title or file name")->required();
}

}  // namespace probity::cli
