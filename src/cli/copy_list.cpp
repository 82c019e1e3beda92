// probity copy list: who has a copy of what.
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/session.h"
#include "copies/json.h"

namespace probity::cli {
namespace {

Result<std::vector<copies::CopyWithRecipient>> list_copies(const CopyListOptions& options) {
  TRY_ASSIGN(const auto workspace, open_workspace(options.common));
  std::optional<Id> asset_id;
  if (options.asset) {
    TRY_ASSIGN(const copies::Asset asset, workspace->copies().find_asset(*options.asset));
    asset_id = asset.id;
  }
  return workspace->copies().store().copies(asset_id);
}

}  // namespace

int run_copy_list(Terminal& terminal, const CopyListOptions& options) {
  const auto copies = list_copies(options);
  if (!copies) return terminal.failure(copies.error());
  nlohmann::json list = nlohmann::json::array();
  for (const auto& issued : *copies) {
    if (terminal.json()) list.push_back(copies::copy_to_json(issued));
    terminal.line(fmt::format("{}  {}  {}  {}", issued.copy.id.text(), issued.copy.asset_id.text().substr(0, 8),
                              to_rfc3339(issued.copy.issued_ms), parties::display_name(issued.recipient.details)));
  }
  if (copies->empty())
    terminal.line(terminal.words()("No copies yet: `probity copy issue` gives recipients theirs.",
                                   "尚无副本：用 `probity copy issue` 发放。"));
  terminal.document({{"copies", list}});
  return 0;
}

}  // namespace probity::cli
