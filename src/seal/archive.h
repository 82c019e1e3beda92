// ZIP archives of plain files, as evidence travels in them: written one way, and read with suspicion.
#pragma once

#include <string>
#include <vector>

#include "base/bytes.h"

namespace probity::seal {

struct ArchiveFile {
  std::string name;  // "leak/001.jpg"
  Bytes bytes;
  bool stored = false;  // not compressed
};

struct ArchiveLimits {
  std::size_t files = 4'000;
  std::size_t bytes = std::size_t{1} << 30;  // of all files unpacked, and of the archive
};

// Names that mean one thing to every file system and tool: letters, digits and . _ - in parts of at most 100 characters
// parted by '/', none beginning with a '.', at most 200 in all. Errors: invalid_argument.
Result<void> check_archive_name(const std::string& name);

// In the given order, without times, comments or extra fields, so that the same files give the same bytes.
// Errors: invalid_argument (no files; a name, or one twice but for case), too_large, internal.
Result<Bytes> write_archive(const std::vector<ArchiveFile>& files, const ArchiveLimits& limits = {});

// The files in the order of the archive. Refused are: names as above say, folders, links, encryption, comments, other
// ways of packing than deflate, bytes that belong to no file, and two headers of one file that differ.
// Errors: corrupt, unsupported, too_large.
Result<std::vector<ArchiveFile>> read_archive(BytesView archive, const ArchiveLimits& limits = {});

}  // namespace probity::seal
