#include "tlog/log_proof.h"

#include <fmt/format.h>

#include "base/encoding.h"

namespace probity::tlog {
namespace {

constexpr std::string_view kFirstLine = "c2sp.org/tlog-proof@v1";
constexpr std::string_view kExtra = "extra ";
constexpr std::string_view kIndex = "index ";

}  // namespace

std::string LogProof::text() const {
  std::string text = fmt::format("{}\n", kFirstLine);
  if (extra) text += fmt::format("{}{}\n", kExtra, to_base64(*extra));
  text += fmt::format("{}{}\n", kIndex, index);
  for (const Hash& hash : path) text += to_base64(hash) + '\n';
  return text + '\n' + checkpoint;
}

Result<LogProof> LogProof::parse(std::string_view text) {
  if (text.size() > kMostNoteBytes) return fail(ErrorCode::invalid_argument, "a proof is too long");
  LogProof proof;
  TRY_ASSIGN(std::string_view line, take_line(text));
  if (line != kFirstLine) return fail(ErrorCode::invalid_argument, "this is not a proof of a log");
  TRY_ASSIGN(line, take_line(text));
  if (line.starts_with(kExtra)) {
    TRY_ASSIGN(proof.extra, from_base64(line.substr(kExtra.size())));
    TRY_ASSIGN(line, take_line(text));
  }
  if (!line.starts_with(kIndex)) return fail(ErrorCode::invalid_argument, "a proof has no index");
  TRY_ASSIGN(proof.index, parse_decimal(line.substr(kIndex.size())));
  TRY_ASSIGN(line, take_line(text));
  while (!line.empty()) {
    if (proof.path.size() == kMostProofHashes) return fail(ErrorCode::invalid_argument, "a proof has too many hashes");
    TRY_ASSIGN(const Hash hash, parse_hash(line));
    proof.path.push_back(hash);
    TRY_ASSIGN(line, take_line(text));
  }
  TRY(Note::parse(text));
  proof.checkpoint = text;
  return proof;
}

Result<AcceptedCheckpoint> verify_log_proof(const LogProof& proof, BytesView entry, const Policy& policy) {
  TRY_ASSIGN(AcceptedCheckpoint accepted, accept_checkpoint(proof.checkpoint, policy));
  TRY(verify_inclusion(proof.path, proof.index, leaf_hash(entry), accepted.checkpoint.head));
  return accepted;
}

}  // namespace probity::tlog
