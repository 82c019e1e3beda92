// Writing copies to files: each making registered before its first byte, interrupted runs taken up again.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "app/workspace.h"
#include "copies/copy_maker.h"

namespace probity::app {

struct CopyFile {
  const copies::Asset* asset = nullptr;
  copies::CopyWithRecipient issued;
  std::string path;
};

struct CopyFileOptions {
  copies::Purpose purpose = copies::Purpose::issue;
  std::string operator_name;
  bool replace = false;  // write over files that exist
  std::function<bool()> stop_requested;
  std::function<void(std::size_t done, std::size_t total)> progress;
};

struct CopyFilesOutcome {
  std::size_t written = 0;
  std::size_t present = 0;  // files of the right length that an earlier run had written
};

// Writes the files that are missing, in order; all paths of one call lie in one folder. Makings are registered in
// batches just before their files. Errors: already_exists when a path holds something else (before anything is
// registered or written); cancelled; storage; corrupt. After the last three the same call goes on where it stopped.
Result<CopyFilesOutcome> write_copy_files(Workspace& workspace, std::span<const CopyFile> files,
                                          const CopyFileOptions& options);

}  // namespace probity::app
