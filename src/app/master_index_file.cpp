#include "app/master_index_file.h"

#include <filesystem>

#include "store/file.h"
#include "trace/reference.h"

namespace probity::app {
namespace {

constexpr const char* kFolder = "index";
constexpr const char* kFile = "masters";
constexpr std::size_t kMostFileBytes = std::size_t{4} << 30;

trace::MasterIndex read_index(const std::string& path) {
  const auto bytes = store::read_file(path, kMostFileBytes);
  if (!bytes) return {};
  auto index = trace::parse_master_index(*bytes);
  if (!index) return {};
  return std::move(*index);
}

cv::Mat1b grey_levels(const cv::Mat1f& luma) {
  cv::Mat1b levels;
  luma.convertTo(levels, CV_8U);
  return levels;
}

}  // namespace

Result<trace::MasterIndex> load_master_index(Workspace& workspace, const std::vector<copies::Asset>& assets) {
  const auto folder = std::filesystem::path(workspace.folder()) / kFolder;
  const std::string path = (folder / kFile).string();
  trace::MasterIndex index = read_index(path);
  bool is_changed = false;
  for (const auto& asset : assets) {
    if (index.contains(asset.id)) continue;
    TRY_ASSIGN(const Bytes bytes, workspace.blobs().get(asset.reference_blob));
    TRY_ASSIGN(const trace::Reference reference, trace::parse_reference(bytes));
    index.add(trace::sketch_master(asset.id, reference.features, trace::pdq(grey_levels(reference.luma))));
    is_changed = true;
  }
  index.prepare();
  // Readers may not be allowed to write here, and two may be doing this at once: either way the next one does it again.
  if (is_changed && store::make_folder(folder.string()))
    static_cast<void>(store::write_file(path, trace::serialise(index), {.existing = store::Existing::replace}));
  return index;
}

std::vector<Id> query_master_index(const trace::MasterIndex& index, const cv::Mat1f& leak, std::size_t count) {
  const cv::Mat1b levels = grey_levels(leak);
  const trace::Features features = trace::extract_features(levels, trace::leak_features());
  std::vector<Id> ids;
  for (const auto& candidate : index.query(features, trace::pdq(levels), count)) ids.push_back(candidate.id);
  return ids;
}

}  // namespace probity::app
