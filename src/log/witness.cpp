#include "log/witness.h"

#include <fmt/format.h>

namespace probity::log {
namespace {

WitnessAnswer refuse(int status, const std::string& why) { return {status, "text/plain; charset=utf-8", why + "\n"}; }

WitnessAnswer known_size(std::uint64_t size) { return {409, "text/x.tlog.size", fmt::format("{}\n", size)}; }

// A checkpoint under which no proper signatures stand.
bool is_checkpoint(std::string_view note) {
  const std::size_t split = note.rfind("\n\n");
  return split != std::string_view::npos && tlog::Checkpoint::parse(note.substr(0, split + 1)).has_value();
}

// Why a checkpoint does not follow the last one; nothing when it does.
std::optional<WitnessAnswer> objection(const std::optional<tlog::TreeHead>& last, const tlog::AddCheckpoint& request,
                                       const tlog::TreeHead& head) {
  const std::uint64_t last_size = last ? last->size : 0;
  if (request.old_size != last_size) return known_size(last_size);
  if (head.size == last_size && last && head.root != last->root) return known_size(last_size);
  if (last_size == 0 || head.size == last_size) {
    if (!request.proof.empty()) return refuse(422, "the consistency proof must be empty");
    if (head.size == 0 && head.root != tlog::empty_root())
      return refuse(422, "consistency proof: this is no empty tree");
    return std::nullopt;
  }
  if (const auto follows = tlog::verify_consistency(request.proof, *last, head); !follows)
    return refuse(422, "the consistency proof does not hold: " + follows.error().message);
  return std::nullopt;
}

}  // namespace

WitnessAnswer Witness::add_checkpoint(std::string_view body) {
  const auto request = tlog::AddCheckpoint::parse(body);
  if (!request) return refuse(400, request.error().message);
  const auto note = tlog::Note::parse(request->checkpoint);
  if (!note)
    return refuse(is_checkpoint(request->checkpoint) ? 403 : 400, "invalid signature: " + note.error().message);
  const auto checkpoint = tlog::Checkpoint::parse(note->text);
  if (!checkpoint) return refuse(400, checkpoint.error().message);
  std::vector<tlog::VerifierKey> keys;
  for (const tlog::VerifierKey& log : logs_)
    if (log.name == checkpoint->origin) keys.push_back(log);
  if (keys.empty()) return refuse(404, "unknown log");
  if (!tlog::verify_note(*note, keys)) return refuse(403, "invalid signature");
  if (request->old_size > checkpoint->head.size) return refuse(400, "the old size is larger than the checkpoint's");

  std::optional<WitnessAnswer> objected;
  const auto kept = memory_.advance(checkpoint->origin, [&](const auto& last) -> Result<tlog::TreeHead> {
    objected = objection(last, *request, checkpoint->head);
    if (objected) return fail(ErrorCode::conflict, "the checkpoint does not follow the last one");
    return checkpoint->head;
  });
  if (objected) return *objected;
  if (!kept) return refuse(500, "the witness cannot keep what it saw");
  return {200, "text/plain; charset=utf-8", key_.sign(note->text, clock_.now_ms() / 1000)};
}

}  // namespace probity::log
