// The workspace's index of masters: a file that can be thrown away, brought up to date from the assets whenever needed.
#pragma once

#include "app/workspace.h"
#include "trace/master_index.h"

namespace probity::app {

// Up to so many assets all are tried, and no index is needed.
inline constexpr std::size_t kAssetsWithoutIndex = 12;

// Loads the index file, adds the assets it lacks, and keeps the result if anything was added. A missing or damaged file
// is the same as an empty one. Errors: storage and corrupt from references that cannot be read; failing to keep the
// file is not one.
Result<trace::MasterIndex> load_master_index(Workspace& workspace, const std::vector<copies::Asset>& assets);

// What the index is asked with, from a luma plane of 0..255.
std::vector<Id> query_master_index(const trace::MasterIndex& index, const cv::Mat1f& leak, std::size_t count);

}  // namespace probity::app
