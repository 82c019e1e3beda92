#include "tlog/add_checkpoint.h"

#include <fmt/format.h>

#include "base/encoding.h"

namespace probity::tlog {

std::string AddCheckpoint::text() const {
  std::string text = fmt::format("old {}\n", old_size);
  for (const Hash& hash : proof) text += to_base64(hash) + '\n';
  return text + '\n' + checkpoint;
}

Result<AddCheckpoint> AddCheckpoint::parse(std::string_view body) {
  if (body.size() > kMostNoteBytes) return fail(ErrorCode::invalid_argument, "a request is too long");
  AddCheckpoint request;
  TRY_ASSIGN(std::string_view line, take_line(body));
  if (!line.starts_with("old ")) return fail(ErrorCode::invalid_argument, "a request does not begin with an old size");
  TRY_ASSIGN(request.old_size, parse_decimal(line.substr(4)));
  TRY_ASSIGN(line, take_line(body));
  while (!line.empty()) {
    if (request.proof.size() == kMostWitnessProofHashes)
      return fail(ErrorCode::invalid_argument, "a request has too many hashes");
    TRY_ASSIGN(const Hash hash, parse_hash(line));
    request.proof.push_back(hash);
    TRY_ASSIGN(line, take_line(body));
  }
  if (body.empty()) return fail(ErrorCode::invalid_argument, "a request has no checkpoint");
  request.checkpoint = body;
  return request;
}

}  // namespace probity::tlog
