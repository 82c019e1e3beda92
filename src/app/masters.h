// The workspace as tracing sees it: masters to try, and what is registered about them and their copies.
#pragma once

#include <map>

#include "app/workspace.h"
#include "leaks/investigate.h"
#include "trace/master_index.h"

namespace probity::app {

// Borrows the workspace. References are read once and kept. One thread at a time.
class WorkspaceMasters final : public leaks::Masters {
 public:
  explicit WorkspaceMasters(Workspace& workspace) : workspace_(workspace) {}

  Result<std::vector<Id>> candidates(const cv::Mat1f& leak) override;
  Result<std::shared_ptr<const trace::Reference>> reference(const Id& asset) override;
  Result<leaks::TracedAsset> asset(const Id& asset) override;
  Result<std::vector<Id>> recipients(const Id& asset) override;
  Result<leaks::OpenedCopy> open(const Id& copy) override;
  Result<cv::Mat> picture(const Id& asset) override;

 private:
  Result<copies::Asset> record(const Id& asset);
  Result<copies::RegisterEntry> entry(std::uint64_t sequence);

  Workspace& workspace_;
  std::map<Id, std::shared_ptr<const trace::Reference>> references_;
  std::optional<trace::MasterIndex> index_;
};

// Decodes a leaked file for tracing. Errors: those of media::decode_picture, with the file's name.
Result<leaks::LeakFile> load_leak(BytesView bytes, const std::string& name);
// The same for a file. Errors: those of media::decode_picture_file, with the file's name.
Result<leaks::LeakFile> load_leak(const std::string& path);

}  // namespace probity::app
