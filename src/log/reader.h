// What is published of a log, read from its files: the checkpoint, tiles, and proofs out of them.
#pragma once

#include "log/log_files.h"
#include "log/prover.h"
#include "tlog/checkpoint.h"
#include "tlog/tiles.h"

namespace probity::log {

struct PublishedCheckpoint {
  std::string note;
  tlog::Checkpoint checkpoint;
};

// Where stamped checkpoints lie: <size>.checkpoint is the note as it was published then, <size>.tst an authority's
// token (RFC 3161) over exactly these bytes.
inline constexpr const char* kStampsFolder = "stamps";

// Thread-safe; also beside a writer in another process.
class LogReader final : public Prover {
 public:
  explicit LogReader(LogFiles& files) : files_(files) {}

  // Nothing before the first. Errors: corrupt, storage.
  Result<std::optional<PublishedCheckpoint>> checkpoint();
  // Only of the published tree: what lies beyond may still change. Errors: not_found, corrupt, storage.
  Result<Bytes> tile(const tlog::Tile& tile);
  Result<std::optional<std::string>> prove(std::uint64_t index, const Hash& commitment) override;
  // Sizes of the published checkpoints that have an authority's time, ascending. Errors: storage.
  Result<std::vector<std::uint64_t>> stamped_sizes();
  // A file of them: "300.checkpoint", the note as it was stamped, or "300.tst", the token. Errors: not_found, storage.
  Result<Bytes> stamp_file(std::string_view name);
  // Of the published tree. Errors: invalid_argument, corrupt, storage.
  Result<std::vector<Bytes>> entries(std::uint64_t begin, std::uint64_t end);

 private:
  LogFiles& files_;
};

}  // namespace probity::log
