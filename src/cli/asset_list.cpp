// probity asset list and show.
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/session.h"
#include "copies/json.h"

namespace probity::cli {

int run_asset_list(Terminal& terminal, const AssetListOptions& options) {
  const auto workspace = open_workspace(options.common);
  if (!workspace) return terminal.failure(workspace.error());
  const auto assets = (*workspace)->copies().store().assets();
  if (!assets) return terminal.failure(assets.error());
  nlohmann::json list = nlohmann::json::array();
  for (const auto& asset : *assets) {
    list.push_back(copies::asset_to_json(asset));
    terminal.line(
        fmt::format("{}  {:5} x {:5}  {}", asset.id.text(), asset.plan.width_px, asset.plan.height_px, asset.title));
  }
  if (assets->empty())
    terminal.line(terminal.words()("No assets yet: `probity asset add photo.jpg` adds one.",
                                   "尚无素材：用 `probity asset add photo.jpg` 添加。"));
  terminal.document({{"assets", list}});
  return 0;
}

int run_asset_show(Terminal& terminal, const AssetShowOptions& options) {
  const auto workspace = open_workspace(options.common);
  if (!workspace) return terminal.failure(workspace.error());
  copies::CopyService& service = (*workspace)->copies();
  const auto asset = service.find_asset(options.asset);
  if (!asset) return terminal.failure(asset.error());
  const auto copies = service.store().copy_ids(asset->id);
  if (!copies) return terminal.failure(copies.error());

  nlohmann::json json = copies::asset_to_json(*asset);
  json["copies"] = copies->size();
  terminal.document(json);
  const Words& say = terminal.words();
  const auto stats = nlohmann::json::parse(asset->stats_json, nullptr, false);
  terminal.line(say("{}  {}", "{}  {}", asset->id.text(), asset->title));
  terminal.line(say("  from {}, added {}", "  来自 {}，添加于 {}", asset->file_name, to_rfc3339(asset->created_ms)));
  terminal.line(say("  {} x {} px, {} x {} cells, mark at {:.1f} dB PSNR",
                    "  {} x {} 像素，{} x {} 个单元，标记 PSNR {:.1f} dB", asset->plan.width_px, asset->plan.height_px,
                    asset->plan.columns, asset->plan.rows, stats.value("psnr_db", 0.0)));
  terminal.line(say("  {} copies, each {} of {}", "  {} 个副本，每个 {}（{}）", copies->size(),
                    bytes_in_words(asset->copy_size_bytes), asset->media_type));
  return 0;
}

}  // namespace probity::cli
