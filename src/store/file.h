// Files that are there as a whole or not at all, and that survive a power cut once they are.
#pragma once

#include <string>

#include "base/bytes.h"

namespace probity::store {

enum class Existing { keep, replace };

struct FileOptions {
  Existing existing = Existing::keep;
  unsigned mode = 0644;
};

// Writes to a temporary name in the same folder, flushes, renames, flushes the folder. The temporary file goes when
// anything fails; one that a killed process left is removed by remove_stale_temporaries.
// Errors: already_exists under Existing::keep; storage (disk full, no permission, no such folder).
Result<void> write_file(const std::string& path, BytesView bytes, const FileOptions& options = {});

// Errors: not_found, too_large, storage.
Result<Bytes> read_file(const std::string& path, std::size_t most_bytes);

// Creates a folder and those above it. Errors: storage.
Result<void> make_folder(const std::string& path);

// Removes temporary files of write_file in `folder` whose writers are gone. Best effort.
void remove_stale_temporaries(const std::string& folder);

}  // namespace probity::store
