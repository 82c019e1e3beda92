#include "log/writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "log/tree_files.h"

namespace probity::log {
namespace {

using tlog::kTileHeight;
using tlog::kTileWidth;
using tlog::Tile;

tl::unexpected<Error> would_fork(const std::string& why) {
  return fail(ErrorCode::corrupt, fmt::format("the log must not go on: {}", why),
              "a log that goes on from an older state forks; restore its folder from a copy that is not older than the "
              "last signed checkpoint");
}

Tile bundle_of(Tile tile) {
  tile.kind = Tile::Kind::entries;
  return tile;
}

}  // namespace

Result<std::unique_ptr<LogWriter>> LogWriter::open(LogFiles& files, CheckpointGuard& guard, const tlog::SigningKey& key,
                                                   Random& random, const WriterOptions& options) {
  std::unique_ptr<LogWriter> writer(new LogWriter(files, guard, key, random, options));
  TRY(writer->load());
  TRY(writer->remove_unsigned());
  TRY(writer->replay());
  TRY(writer->sign_taken());
  TRY_ASSIGN(writer->journal_, Journal::create(files, writer->signed_head_.size, random));
  writer->size_ = writer->signed_head_.size;
  // Everything that was acknowledged is in tiles that this process has flushed.
  TRY(writer->remove_old_journals());
  return writer;
}

Result<void> LogWriter::load() {
  TRY_ASSIGN(const auto note, guard_.read());
  if (!note) {
    if (files_.read(kCheckpointFile)) return would_fork("the record of what was signed last is gone");
    // Tiles without any signature are of a first moment that was cut short, whose entries are all in the journal.
    TRY_ASSIGN(const auto tiles, files_.list("tile"));
    TRY_ASSIGN(const auto segments, read_journal(files_));
    if (!tiles.empty() && (segments.empty() || segments.front().first != 0))
      return would_fork("there are tiles, and no record of what was signed");
    return {};
  }
  const auto checkpoint = tlog::open_checkpoint(*note, key_.verifier());
  if (!checkpoint)
    return would_fork("the record of what was signed last is not readable: " + checkpoint.error().message);
  signed_head_ = checkpoint->head;
  signed_note_ = *note;
  TRY(load_edge());
  TRY(check_published());
  if (signed_head_.size <= options_.check_whole_up_to) {
    TRY_ASSIGN(const auto wrong, check_tree(files_, signed_head_));
    if (!wrong.empty()) return would_fork(wrong.front());
  }
  // A swap whose flush failed may show here without being on the disk: it is written again.
  return guard_.swap(note, *note);
}

Result<void> LogWriter::load_edge() {
  auto range = load_range(files_, signed_head_);
  if (!range && range.error().code == ErrorCode::storage) return tl::unexpected(range.error());
  if (!range)
    return would_fork(fmt::format("{} entries were signed, and its tiles are not there as signed ({})",
                                  signed_head_.size, range.error().message));
  range_ = checked_ = std::move(*range);
  for (unsigned level = 0; tlog::hashes_at(level, signed_head_.size) > 0; ++level) {
    edge_.tiles.emplace_back();
    const std::uint64_t count = tlog::hashes_at(level, signed_head_.size);
    if (count % kTileWidth == 0) continue;
    const Tile tile = tlog::tile_holding(level, count - 1, signed_head_.size);
    TRY_ASSIGN(edge_.tiles.back(), read_tile(files_, tile));
    if (level > 0) continue;
    TRY_ASSIGN(edge_.bundle, read_tile(files_, bundle_of(tile)));
    TRY_ASSIGN(const auto entries, tlog::parse_bundle(edge_.bundle, tile.width));
    TRY_ASSIGN(const auto hashes, tlog::parse_tile(edge_.tiles.back(), tile.width));
    for (unsigned i = 0; i < tile.width; ++i)
      if (tlog::leaf_hash(entries[i]) != hashes[i])
        return would_fork("its last entries are not those that were signed");
  }
  return {};
}

// What readers were given is a beginning of what was signed.
Result<void> LogWriter::check_published() {
  const auto note = files_.read(kCheckpointFile);
  if (!note && note.error().code == ErrorCode::not_found) return {};
  if (!note) return tl::unexpected(note.error());
  const auto published = tlog::open_checkpoint(as_text(*note), key_.verifier());
  if (!published) return would_fork("its published checkpoint is not ours: " + published.error().message);
  if (published->head.size > signed_head_.size) return would_fork("more was published than was signed");
  tlog::TileSource source = tile_source(files_, signed_head_.size);
  TRY_ASSIGN(const Hash root, tlog::root_at(source, published->head.size));
  if (root != published->head.root) return would_fork("its published checkpoint is of another tree");
  return {};
}

// Tiles that were written and never signed for, because the program ended between the two, may be cut off anywhere.
// They go before the tree grows over them and they would count as its own.
Result<void> LogWriter::remove_unsigned() {
  bool removed_any = false;
  for (unsigned level = 0; level * kTileHeight < 64; ++level) {
    const std::uint64_t count = tlog::hashes_at(level, signed_head_.size);
    bool removed = true;
    for (std::uint64_t index = count / kTileWidth; removed; ++index) {
      removed = false;
      for (const Tile::Kind kind : {Tile::Kind::hashes, Tile::Kind::entries}) {
        if (kind == Tile::Kind::entries && level > 0) continue;
        TRY_ASSIGN(const bool here, remove_unsigned({kind, level, index, kTileWidth}));
        removed = removed || here;
      }
      removed_any = removed_any || removed;
    }
    if (count == 0) break;
  }
  return removed_any ? files_.flush() : Result<void>();
}

// Of one place: the full tile, and the partial ones that are wider than what was signed. Whether there were any.
Result<bool> LogWriter::remove_unsigned(Tile tile) {
  const std::uint64_t count = tlog::hashes_at(tile.level, signed_head_.size), begin = tile.index * kTileWidth;
  const std::uint64_t width = count - std::min(count, begin);
  const std::string path = tlog::tile_path(tile);
  bool removed = false;
  const auto full = files_.read(path);
  if (!full && full.error().code != ErrorCode::not_found) return tl::unexpected(full.error());
  if (full) {
    TRY(files_.remove(path));
    removed = true;
  }
  TRY_ASSIGN(const auto names, files_.list(path + ".p"));
  for (const std::string& name : names) {
    const auto partial = tlog::parse_tile_path(path + ".p/" + name);
    if (partial && partial->width <= width) continue;
    TRY(files_.remove(path + ".p/" + name));
    removed = true;
  }
  return removed;
}

Result<void> LogWriter::replay() {
  TRY_ASSIGN(auto segments, read_journal(files_));
  for (JournalSegment& segment : segments) {
    old_journals_.push_back(segment.path);
    const std::uint64_t have = signed_head_.size + taken_.size();
    if (segment.first > have) return would_fork(fmt::format("acknowledged entries from {} on are gone", have));
    for (std::size_t i = have - segment.first; i < segment.entries.size(); ++i)
      taken_.push_back(std::move(segment.entries[i]));
  }
  return {};
}

Result<std::uint64_t> LogWriter::append(std::span<const Bytes> entries) {
  TRY(refuse_if_stopped());
  for (const Bytes& entry : entries)
    if (entry.size() > tlog::kMostEntryBytes)
      return fail(ErrorCode::invalid_argument, "an entry of the log is too long");
  const std::lock_guard lock(append_mutex_);
  const std::uint64_t first = journal_->next();
  TRY(stop_on_error(journal_->append(entries)));
  pending_.insert(pending_.end(), entries.begin(), entries.end());
  size_ = journal_->next();
  return first;
}

Result<void> LogWriter::sign() {
  TRY(refuse_if_stopped());
  TRY(stop_on_error(take_pending()));
  if (taken_.empty()) return {};
  const std::uint64_t old_size = signed_head_.size;
  TRY(stop_on_error(sign_taken()));
  return stop_on_error(tidy(old_size));
}

// A journal that has grown large ends here: all that it holds is in the tiles that are about to be made.
Result<void> LogWriter::take_pending() {
  const std::lock_guard lock(append_mutex_);
  taken_ = std::exchange(pending_, {});
  if (journal_->size_bytes() < options_.rotate_journal_bytes) return {};
  old_journals_.push_back(journal_->path());
  TRY_ASSIGN(journal_, Journal::create(files_, journal_->next(), random_));
  return {};
}

Result<void> LogWriter::sign_taken() {
  if (taken_.empty()) return {};
  const std::uint64_t old_size = signed_head_.size;
  TRY(write_tiles());
  TRY(write_edge(old_size));
  TRY(files_.flush());
  TRY(check_written(old_size));
  TRY(sign_head({range_.size(), range_.root()}));
  taken_.clear();
  return {};
}

// Entries into the tree; full tiles and bundles to their files as they fill.
Result<void> LogWriter::write_tiles() {
  Result<void> outcome;
  for (const Bytes& entry : taken_) {
    tlog::append_to_bundle(edge_.bundle, entry);
    range_.append(tlog::leaf_hash(entry), [&](const tlog::Subtree& subtree, const Hash& root) {
      if (subtree.level % kTileHeight != 0 || !outcome) return;
      const unsigned level = subtree.level / kTileHeight;
      if (edge_.tiles.size() <= level) edge_.tiles.resize(level + 1);
      Bytes& tile = edge_.tiles[level];
      tile.insert(tile.end(), root.begin(), root.end());
      if (tile.size() < kTileWidth * sizeof(Hash)) return;
      const std::uint64_t index = subtree.index / kTileWidth;
      outcome = files_.write(tlog::tile_path({Tile::Kind::hashes, level, index, kTileWidth}), tile);
      tile.clear();
    });
    TRY(outcome);
    if (range_.size() % kTileWidth != 0) continue;
    const std::uint64_t index = range_.size() / kTileWidth - 1;
    TRY(files_.write(tlog::tile_path({Tile::Kind::entries, 0, index, kTileWidth}), edge_.bundle));
    edge_.bundle.clear();
  }
  return {};
}

// The partial tiles of the tree's right edge, those that are new.
Result<void> LogWriter::write_edge(std::uint64_t old_size) {
  for (const Tile& tile : tlog::new_tiles(old_size, range_.size())) {
    if (tile.width == kTileWidth) continue;
    const bool entries = tile.kind == Tile::Kind::entries;
    TRY(files_.write(tlog::tile_path(tile), entries ? edge_.bundle : edge_.tiles[tile.level]));
  }
  return {};
}

// Nothing is signed that the disk does not give back: the new tree is computed a second time, from the files alone.
Result<void> LogWriter::check_written(std::uint64_t old_size) {
  const auto differs = [](const Tile& tile) {
    return fail(ErrorCode::corrupt,
                fmt::format("the disk gives back other bytes than were written: {}", tile_path(tile)),
                "check disk and memory of this machine");
  };
  const std::uint64_t size = range_.size();
  std::map<Tile, std::vector<Hash>> rows;
  std::map<Tile, Bytes> given_back;
  std::map<std::pair<unsigned, std::uint64_t>, Hash> completed;  // roots of full tiles, by level and index
  for (const Tile& tile : tlog::new_tiles(old_size, size)) {
    TRY_ASSIGN(const Bytes bytes, files_.read_back(tlog::tile_path(tile)));
    std::vector<Hash>& row = rows[tile];
    if (tile.kind == Tile::Kind::hashes) {
      auto hashes = tlog::parse_tile(bytes, tile.width);
      if (!hashes) return differs(tile);
      row = std::move(*hashes);
      given_back[tile] = bytes;
      continue;
    }
    const auto entries = tlog::parse_bundle(bytes, tile.width);
    if (!entries) return differs(tile);
    for (const BytesView entry : *entries) row.push_back(tlog::leaf_hash(entry));
    for (std::uint64_t at = std::max(old_size, tile.index * kTileWidth); at < tile.index * kTileWidth + tile.width;
         ++at)
      checked_.append(row[at % kTileWidth], [&](const tlog::Subtree& subtree, const Hash& root) {
        if (subtree.level > 0 && subtree.level % kTileHeight == 0)
          completed[{subtree.level / kTileHeight - 1, subtree.index}] = root;
      });
  }
  for (const auto& [tile, row] : rows) {
    if (tile.kind == Tile::Kind::entries) continue;
    if (tile.level == 0 && rows.at(bundle_of(tile)) != row) return differs(tile);
    if (tile.width < kTileWidth) continue;
    tlog::CompactRange full;
    for (const Hash& hash : row) full.append(hash);
    if (full.root() != completed[{tile.level, tile.index}]) return differs(tile);
  }
  tlog::TileSource source(size, [&](const Tile& tile) -> Result<Bytes> {
    const auto found = given_back.find(tile);
    return found != given_back.end() ? found->second : read_tile(files_, tile);
  });
  TRY_ASSIGN(const Hash root, tlog::root_at(source, size));
  if (root != checked_.root() || root != range_.root())
    return fail(ErrorCode::corrupt, "the tree read back from the disk has another root",
                "check disk and memory of this machine");
  return {};
}

Result<void> LogWriter::sign_head(const tlog::TreeHead& head) {
  const std::string text = tlog::Checkpoint{key_.verifier().name, head, {}}.text();
  std::string note = tlog::join_note(text, {key_.sign(text)});
  TRY_ASSIGN(const auto checked, tlog::open_checkpoint(note, key_.verifier()));
  if (checked.head != head) return fail(ErrorCode::internal, "a checkpoint was signed that says something else");
  TRY(guard_.swap(signed_note_.empty() ? std::nullopt : std::optional(signed_note_), note));
  signed_note_ = std::move(note);
  signed_head_ = head;
  return {};
}

// Partial tiles go once the full one is there, journals once their entries are in tiles.
Result<void> LogWriter::tidy(std::uint64_t old_size) {
  for (const Tile& tile : tlog::new_tiles(old_size, signed_head_.size))
    if (tile.width == kTileWidth) TRY(files_.remove(tlog::tile_path(tile) + ".p"));
  return remove_old_journals();
}

Result<void> LogWriter::remove_old_journals() {
  for (const std::string& path : old_journals_) TRY(files_.remove(path));
  old_journals_.clear();
  return {};
}

Result<void> LogWriter::refuse_if_stopped() const {
  const std::lock_guard lock(stopped_mutex_);
  if (stopped_.empty()) return {};
  return fail(ErrorCode::unavailable, "the log has stopped: " + stopped_,
              "start the program again once the cause is found; nothing that was acknowledged is lost");
}

Result<void> LogWriter::stop_on_error(Result<void> outcome) {
  if (outcome) return outcome;
  const std::lock_guard lock(stopped_mutex_);
  if (stopped_.empty()) stopped_ = outcome.error().message;
  return outcome;
}

}  // namespace probity::log
