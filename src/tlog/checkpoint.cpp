#include "tlog/checkpoint.h"

#include <fmt/format.h>

#include "base/encoding.h"

namespace probity::tlog {

std::string Checkpoint::text() const {
  std::string text = fmt::format("{}\n{}\n{}\n", origin, head.size, to_base64(head.root));
  for (const std::string& line : extensions) text += line + '\n';
  return text;
}

Result<Checkpoint> Checkpoint::parse(std::string_view text) {
  Checkpoint checkpoint;
  TRY_ASSIGN(const std::string_view origin, take_line(text));
  if (origin.empty()) return fail(ErrorCode::invalid_argument, "a checkpoint has no origin");
  checkpoint.origin = origin;
  TRY_ASSIGN(const std::string_view size, take_line(text));
  TRY_ASSIGN(checkpoint.head.size, parse_decimal(size));
  TRY_ASSIGN(const std::string_view root, take_line(text));
  TRY_ASSIGN(checkpoint.head.root, parse_hash(root));
  while (!text.empty()) {
    TRY_ASSIGN(const std::string_view line, take_line(text));
    if (line.empty()) return fail(ErrorCode::invalid_argument, "a checkpoint has an empty line");
    checkpoint.extensions.emplace_back(line);
  }
  return checkpoint;
}

Result<Checkpoint> open_checkpoint(std::string_view note_text, const VerifierKey& key) {
  TRY_ASSIGN(const Note note, Note::parse(note_text));
  TRY(verify_note(note, {key}));
  TRY_ASSIGN(Checkpoint checkpoint, Checkpoint::parse(note.text));
  if (checkpoint.origin != key.name)
    return fail(ErrorCode::invalid_argument,
                fmt::format("a checkpoint of {} is signed by another log", checkpoint.origin));
  if (!checkpoint.extensions.empty())
    return fail(ErrorCode::invalid_argument, "a checkpoint has lines that nobody checks");
  return checkpoint;
}

}  // namespace probity::tlog
