#include "log/reader.h"

#include <algorithm>

#include "log/tree_files.h"
#include "tlog/log_proof.h"
#include "tlog/note.h"

namespace probity::log {
namespace {

constexpr std::string_view kToken = ".tst", kNote = ".checkpoint";

}  // namespace

Result<std::optional<PublishedCheckpoint>> LogReader::checkpoint() {
  const auto bytes = files_.read(kCheckpointFile);
  if (!bytes && bytes.error().code == ErrorCode::not_found) return std::nullopt;
  if (!bytes) return tl::unexpected(bytes.error());
  PublishedCheckpoint published{std::string(as_text(*bytes)), {}};
  const auto note = tlog::Note::parse(published.note);
  const auto checkpoint = note ? tlog::Checkpoint::parse(note->text) : tl::unexpected(note.error());
  if (!checkpoint)
    return fail(ErrorCode::corrupt, "the log's checkpoint is not readable: " + checkpoint.error().message);
  published.checkpoint = *checkpoint;
  return published;
}

Result<Bytes> LogReader::tile(const tlog::Tile& tile) {
  TRY_ASSIGN(const auto published, checkpoint());
  if (!published || !tlog::has_tile(tile, published->checkpoint.head.size))
    return fail(ErrorCode::not_found, "the published log has no such tile");
  return read_tile(files_, tile);
}

Result<std::optional<std::string>> LogReader::prove(std::uint64_t index, const Hash& commitment) {
  TRY_ASSIGN(const auto published, checkpoint());
  if (!published || index >= published->checkpoint.head.size) return std::nullopt;
  const tlog::TreeHead& head = published->checkpoint.head;
  tlog::TileSource source = tile_source(files_, head.size);
  tlog::LogProof proof;
  proof.index = index;
  TRY_ASSIGN(proof.path, tlog::inclusion_proof(source, index, head.size));
  if (const auto holds = tlog::verify_inclusion(proof.path, index, tlog::leaf_hash(commitment), head); !holds)
    return fail(ErrorCode::corrupt,
                "the log does not hold this entry where the database says: " + holds.error().message,
                "run `probity log fsck`");
  proof.checkpoint = published->note;
  return proof.text();
}

Result<std::vector<std::uint64_t>> LogReader::stamped_sizes() {
  TRY_ASSIGN(const auto names, files_.list(kStampsFolder));
  std::vector<std::uint64_t> sizes;
  for (const std::string_view name : names)
    if (name.ends_with(kToken))
      if (const auto size = tlog::parse_decimal(name.substr(0, name.size() - kToken.size()))) sizes.push_back(*size);
  std::sort(sizes.begin(), sizes.end());
  return sizes;
}

Result<Bytes> LogReader::stamp_file(std::string_view name) {
  for (const std::string_view ending : {kToken, kNote})
    if (name.ends_with(ending) && tlog::parse_decimal(name.substr(0, name.size() - ending.size())))
      return files_.read(std::string(kStampsFolder) + "/" + std::string(name));
  return fail(ErrorCode::not_found, "no stamped checkpoint has this name");
}

Result<std::vector<Bytes>> LogReader::entries(std::uint64_t begin, std::uint64_t end) {
  TRY_ASSIGN(const auto published, checkpoint());
  const std::uint64_t size = published ? published->checkpoint.head.size : 0;
  if (begin > end || end > size) return fail(ErrorCode::invalid_argument, "the published log has fewer entries");
  return read_entries(files_, begin, end, size);
}

}  // namespace probity::log
