// Adding a master picture: decode, mark, encode both variants, make the tracing reference, register.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/workspace.h"

namespace probity::app {

enum class AddStage { reading, decoding, marking, referencing, storing, done };

struct AddOptions {
  std::optional<std::string> title;      // the file's name without its ending when absent
  std::optional<std::string> file_name;  // as people know it, when `path` is called otherwise
  std::function<void(AddStage)> on_stage;
  WorkspaceLock::Options lock;  // its stop_requested is asked between stages too
};

struct AddedAsset {
  copies::Asset asset;
  bool is_new = true;  // false: the same file had been added before
};

// The workspace is locked only while the prepared asset is stored; two processes may prepare at once.
// Errors: not_found, not_a_picture, too_large, unsupported, invalid_argument (too small to carry a mark), cancelled,
// storage, conflict. Unless it succeeds nothing is registered.
Result<AddedAsset> add_asset(Workspace& workspace, const std::string& path, const AddOptions& options);

// Fewer cells than this do not survive hard crops; people are told when they add such a picture.
constexpr int kFewCells = 1500;

}  // namespace probity::app
