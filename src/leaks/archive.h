// A zip of leaked files, taken apart within limits: no entry is trusted to be as small as it says.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace probity::leaks {

struct ArchiveLimits {
  std::size_t entries = 100;
  std::uint64_t entry_bytes = std::uint64_t{128} << 20;
  std::uint64_t total_bytes = std::uint64_t{512} << 20;
};

struct ArchiveEntry {
  std::string name;  // without folders
  std::uint64_t index = 0;
};

// The files of an archive, without folders and what desktops add to them. `bytes` must outlive the calls.
// Errors: corrupt when it is no readable zip; too_large when there are more or larger entries than the limits allow, by
// what the archive says; unsupported when entries are encrypted.
Result<std::vector<ArchiveEntry>> list_archive(BytesView bytes, const ArchiveLimits& limits = {});

// Reads entry after entry; `take` gets each whole. Stops at the first error of `take`. Errors: too_large as soon as an
// entry, or all of them, unpack to more than the limits allow, whatever the archive says; corrupt.
Result<void> unpack_archive(BytesView bytes, const std::function<Result<void>(const ArchiveEntry&, BytesView)>& take,
                            const ArchiveLimits& limits = {});

}  // namespace probity::leaks
