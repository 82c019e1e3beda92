// probity asset add: prepare master pictures.
#include "app/add_asset.h"

#include <chrono>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/session.h"
#include "copies/json.h"

namespace probity::cli {
namespace {

double fraction_of(app::AddStage stage) {
  switch (stage) {
    case app::AddStage::reading:
      return 0.02;
    case app::AddStage::decoding:
      return 0.05;
    case app::AddStage::marking:
      return 0.2;
    case app::AddStage::referencing:
      return 0.7;
    case app::AddStage::storing:
      return 0.95;
    case app::AddStage::done:
      return 1;
  }
  return 0;
}

std::string stage_in_words(const Words& say, app::AddStage stage) {
  switch (stage) {
    case app::AddStage::reading:
      return say("reading", "读取");
    case app::AddStage::decoding:
      return say("decoding", "解码");
    case app::AddStage::marking:
      return say("marking and encoding", "加标记并编码");
    case app::AddStage::referencing:
      return say("keeping what tracing needs", "提取溯源依据");
    case app::AddStage::storing:
    case app::AddStage::done:
      return say("storing", "保存");
  }
  return {};
}

void describe(Terminal& terminal, const app::AddedAsset& added, double seconds) {
  const Words& say = terminal.words();
  const copies::Asset& asset = added.asset;
  if (!added.is_new) {
    terminal.line(say("{}  {} is here already", "{}  {} 已在工作区中", asset.id.text(), asset.title));
    return;
  }
  const auto stats = nlohmann::json::parse(asset.stats_json, nullptr, false);
  terminal.line(say("{}  {}", "{}  {}", asset.id.text(), asset.title));
  terminal.line(say("  {} x {} px, {} cells, mark at {:.1f} dB PSNR, {:.1f} s",
                    "  {} x {} 像素，{} 个单元，标记 PSNR {:.1f} dB，用时 {:.1f} 秒", asset.plan.width_px,
                    asset.plan.height_px, asset.plan.cell_count(), stats.value("psnr_db", 0.0), seconds));
  terminal.line(say("  each copy {} ({:+.1f} % against one plain encode)", "  每个副本 {}（比普通编码 {:+.1f} %）",
                    bytes_in_words(asset.copy_size_bytes), stats.value("size_cost", 0.0) * 100));
  if (asset.plan.cell_count() < app::kFewCells)
    terminal.note(
        say("  Low capacity: {} has only {} cells. Whole leaks will be traced, small crops of it may not be. "
            "Use a larger version if you have one.",
            "  容量偏低：{} 只有 {} 个单元。整图泄露可以溯源，小幅裁剪可能不行。如有更大的版本请使用。", asset.title,
            asset.plan.cell_count()));
}

// Puts the asset into the project. One that belongs to another stays there.
Result<app::AddedAsset> offer(app::Records& records, const app::AddedAsset& added, const Id& project) {
  TRY_ASSIGN(const auto place, records.projects.project_of(added.asset.id));
  if (!place) TRY(records.projects.attach_asset(added.asset.id, project, {}, added.asset.title, command_line_actor()));
  return added;
}

}  // namespace

int run_asset_add(Terminal& terminal, const AssetAddOptions& options) {
  const auto session = open_session(options.common);
  if (!session) return terminal.failure(session.error());
  const auto project = find_project(*session->records, options.project);
  if (!project) return terminal.failure(project.error());
  nlohmann::json added_json = nlohmann::json::array();
  int exit_code = 0;
  for (std::size_t i = 0; i < options.files.size(); ++i) {
    const std::string& file = options.files[i];
    const auto start = std::chrono::steady_clock::now();
    app::AddOptions add;
    add.title = options.title;
    add.lock = lock_options(terminal);
    add.on_stage = [&](app::AddStage stage) {
      const double done = (static_cast<double>(i) + fraction_of(stage)) / static_cast<double>(options.files.size());
      terminal.progress(file + ": " + stage_in_words(terminal.words(), stage), done);
    };
    const auto added = app::add_asset(*session->workspace, file, add).and_then([&](const app::AddedAsset& asset) {
      return offer(*session->records, asset, *project);
    });
    if (!added) {
      Error error = added.error();
      error.message = file + ": " + error.message;
      if (error.code == ErrorCode::cancelled || options.files.size() == 1) return terminal.failure(error);
      exit_code = terminal.failure(error);  // the other files are none the worse for it
      continue;
    }
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    describe(terminal, *added, elapsed.count());
    nlohmann::json json = copies::asset_to_json(added->asset);
    json["is_new"] = added->is_new;
    json["seconds"] = elapsed.count();
    added_json.push_back(std::move(json));
  }
  terminal.document({{"assets", added_json}});
  return exit_code;
}

}  // namespace probity::cli
