#include "app/copy_files.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "store/file_batch.h"

namespace probity::app {
namespace {

// What one flush of the register and one of the files cover. After a crash at most so many makings are registered whose
// files are not there: the safe side, and the next run registers and makes them again.
constexpr std::size_t kMostBatchFiles = 100;
constexpr std::size_t kMostBatchBytes = std::size_t{64} << 20;

std::size_t batch_size(const CopyFile& file) {
  const std::uint64_t copy_bytes = std::max<std::uint64_t>(1, file.asset->copy_size_bytes);
  return std::clamp<std::size_t>(kMostBatchBytes / copy_bytes, 1, kMostBatchFiles);
}

std::string folder_of(const std::string& path) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  return folder.empty() ? "." : folder.string();
}

enum class Target { missing, present, taken };

Target look_at(const CopyFile& file, bool replace) {
  struct stat status {};
  if (::stat(file.path.c_str(), &status) != 0) return Target::missing;
  if (replace) return Target::missing;
  // Files appear whole or not at all and carry the copy's id in their name.
  const bool whole =
      S_ISREG(status.st_mode) && static_cast<std::uint64_t>(status.st_size) == file.asset->copy_size_bytes;
  return whole ? Target::present : Target::taken;
}

class Writer {
 public:
  Writer(Workspace& workspace, const CopyFileOptions& options) : workspace_(workspace), options_(options) {}

  Result<void> write(std::span<const CopyFile* const> batch) {
    std::vector<copies::Copy> copies;
    for (const CopyFile* file : batch) copies.push_back(file->issued.copy);
    TRY_ASSIGN(const auto permits,
               workspace_.copies().register_makings(copies, options_.purpose, options_.operator_name));
    store::FileBatch files(folder_of(batch.front()->path));
    for (std::size_t i = 0; i < batch.size(); ++i) TRY(write_one(files, *batch[i], permits[i]));
    return files.commit();
  }

 private:
  Result<void> write_one(store::FileBatch& files, const CopyFile& file, const copies::MakingPermit& permit) {
    if (!maker_ || maker_asset_ != file.asset->id) {
      TRY_ASSIGN(maker_, copies::CopyMaker::open(workspace_.copies(), *file.asset));
      maker_asset_ = file.asset->id;
    }
    TRY_ASSIGN(const Bytes bytes, maker_->make(permit));
    return files.add(file.path, bytes, options_.replace ? store::Existing::replace : store::Existing::keep);
  }

  Workspace& workspace_;
  const CopyFileOptions& options_;
  std::optional<copies::CopyMaker> maker_;  // of the asset at hand: its tally stays open from copy to copy
  Id maker_asset_;
};

}  // namespace

Result<CopyFilesOutcome> write_copy_files(Workspace& workspace, std::span<const CopyFile> files,
                                          const CopyFileOptions& options) {
  CopyFilesOutcome outcome;
  std::vector<const CopyFile*> missing;
  for (const CopyFile& file : files) {
    const Target target = look_at(file, options.replace);
    if (target == Target::taken)
      return fail(ErrorCode::already_exists, fmt::format("{} exists and is something else", file.path),
                  "move it away, or write over it with --force");
    if (target == Target::missing) missing.push_back(&file);
  }
  outcome.present = files.size() - missing.size();

  Writer writer(workspace, options);
  const auto remaining_hint = [&] {
    return fmt::format("{} of {} files are written; the same command again writes the rest",
                       outcome.present + outcome.written, files.size());
  };
  while (outcome.written < missing.size()) {
    if (options.stop_requested && options.stop_requested())
      return fail(ErrorCode::cancelled, "stopped; every copy is registered", remaining_hint());
    const std::size_t size = std::min(batch_size(*missing[outcome.written]), missing.size() - outcome.written);
    auto written = writer.write(std::span(missing).subspan(outcome.written, size));
    if (!written) {
      written.error().hint += (written.error().hint.empty() ? "" : "; ") + remaining_hint();
      return tl::unexpected(written.error());
    }
    outcome.written += size;
    if (options.progress) options.progress(outcome.present + outcome.written, files.size());
  }
  return outcome;
}

}  // namespace probity::app
