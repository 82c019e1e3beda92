// The log's one writer: entries become durable, then tiles, then a signed checkpoint, in this order and never back.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <span>
#include <string>

#include "log/journal.h"
#include "tlog/checkpoint.h"
#include "tlog/tiles.h"

namespace probity::log {

struct WriterOptions {
  std::size_t rotate_journal_bytes = 4 << 20;
  // A tree of at most so many entries is hashed anew, all of it, before the first signature after a start; a larger one
  // only along its right edge (`probity log fsck` hashes it all).
  std::uint64_t check_whole_up_to = 1'000'000;
};

// One thread appends and one signs, at the same time if they like: making tiles holds no submitter up. Borrows
// everything. After any error of append() or sign() it refuses for good: what the disk holds is found out by opening it
// anew.
class LogWriter {
 public:
  // Takes up what an earlier writer left: acknowledged entries that no checkpoint covers yet are written anew and
  // signed. Errors: corrupt when the files are not those that the guard's checkpoint was signed for (a restored backup,
  // a damaged tile): it would fork; storage.
  static Result<std::unique_ptr<LogWriter>> open(LogFiles& files, CheckpointGuard& guard, const tlog::SigningKey& key,
                                                 Random& random, const WriterOptions& options = {});

  // The place of the first of them; all are durable when it returns. An entry has at most 65,535 bytes.
  // Errors: invalid_argument; storage; unavailable once it refuses.
  Result<std::uint64_t> append(std::span<const Bytes> entries);
  // Writes tiles of what was appended, reads them back and hashes them anew, and signs. Errors: as append; corrupt when
  // the disk gives back other bytes.
  Result<void> sign();

  std::uint64_t size() const { return size_; }
  // For the thread that signs, as the next.
  const tlog::TreeHead& signed_head() const { return signed_head_; }
  // A signed note; empty while the log is.
  const std::string& signed_checkpoint() const { return signed_note_; }

 private:
  struct Edge {
    Bytes bundle;              // of the entries after the last full one
    std::vector<Bytes> tiles;  // by level, the hashes after the last full tile
  };
  LogWriter(LogFiles& files, CheckpointGuard& guard, const tlog::SigningKey& key, Random& random,
            const WriterOptions& options)
      : files_(files), guard_(guard), key_(key), random_(random), options_(options) {}

  Result<void> load();
  Result<void> load_edge();
  Result<void> check_published();
  Result<void> remove_unsigned();
  Result<bool> remove_unsigned(tlog::Tile tile);
  Result<void> replay();
  Result<void> take_pending();
  Result<void> sign_taken();
  Result<void> write_tiles();
  Result<void> write_edge(std::uint64_t old_size);
  Result<void> check_written(std::uint64_t old_size);
  Result<void> sign_head(const tlog::TreeHead& head);
  Result<void> tidy(std::uint64_t old_size);
  Result<void> remove_old_journals();
  Result<void> refuse_if_stopped() const;
  Result<void> stop_on_error(Result<void> outcome);

  LogFiles& files_;
  CheckpointGuard& guard_;
  const tlog::SigningKey& key_;
  Random& random_;
  WriterOptions options_;

  std::mutex append_mutex_;  // held over a flush; guards the journal and what waits for tiles
  std::unique_ptr<Journal> journal_;
  std::vector<Bytes> pending_;  // durable, not in tiles yet
  std::atomic<std::uint64_t> size_{0};

  // Of the thread that signs.
  std::vector<std::string> old_journals_;  // removed once all that they hold is in tiles
  std::vector<Bytes> taken_;
  tlog::CompactRange range_, checked_;  // as computed from memory, and from what the disk gave back
  Edge edge_;
  tlog::TreeHead signed_head_{0, tlog::empty_root()};
  std::string signed_note_;

  mutable std::mutex stopped_mutex_;
  std::string stopped_;  // why it refuses
};

}  // namespace probity::log
