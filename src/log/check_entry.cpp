#include "log/check_entry.h"

#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "tlog/log_proof.h"

namespace probity::log {
namespace {

using Json = nlohmann::json;

tl::unexpected<Error> corrupt(const std::string& what) { return fail(ErrorCode::corrupt, what); }

Result<Hash> hash_at(const Json& json, const char* key) {
  Hash hash{};
  const auto bytes = from_hex(json.value(key, ""));
  if (!bytes || bytes->size() != hash.size()) return corrupt("the opening's hashes cannot be read");
  std::copy(bytes->begin(), bytes->end(), hash.begin());
  return hash;
}

Result<tlog::LogProof> parse_proof(std::string_view text) {
  auto proof = tlog::LogProof::parse(text);
  if (!proof) return corrupt(proof.error().message);
  return proof;
}

bool knows(const tlog::Policy& policy, const std::string& origin) {
  for (const auto& log : policy.logs)
    if (log.key.name == origin) return true;
  return false;
}

// The path, whoever signed the root.
Result<tlog::Checkpoint> follow(const tlog::LogProof& proof, const Hash& commitment) {
  const auto note = tlog::Note::parse(proof.checkpoint);
  if (!note) return corrupt(note.error().message);
  auto checkpoint = tlog::Checkpoint::parse(note->text);
  if (!checkpoint) return corrupt(checkpoint.error().message);
  const auto included = tlog::verify_inclusion(proof.path, proof.index, tlog::leaf_hash(commitment), checkpoint->head);
  if (!included) return corrupt("the proof is of another entry: " + included.error().message);
  return checkpoint;
}

Result<void> believe(const tlog::LogProof& proof, const Hash& commitment, const tlog::Policy& policy,
                     EntryCheck& check) {
  tlog::Policy log_alone = policy;
  log_alone.quorum = "none";
  const auto signed_by_log = tlog::verify_log_proof(proof, commitment, log_alone);
  if (!signed_by_log) return corrupt(signed_by_log.error().message);
  check.belief = Belief::logged;
  for (const auto& seen : signed_by_log->seen) check.witnesses.push_back(seen.witness);
  if (policy.quorum == "none") {
    check.reason = "the policy asks for no witnesses";
    return {};
  }
  const auto cosigned = tlog::verify_log_proof(proof, commitment, policy);
  if (!cosigned || !cosigned->time_s) {
    check.reason = cosigned ? "no witness's time" : cosigned.error().message;
    return {};
  }
  check.belief = Belief::cosigned;
  check.seen_ms = *cosigned->time_s * 1000;
  return {};
}

}  // namespace

Result<Opening> parse_opening(std::string_view text) {
  const Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  const auto has_text = [&](const char* key) { return json.contains(key) && json[key].is_string(); };
  if (!json.is_object() || !has_text("kind") || !has_text("subject") || !has_text("text") || !has_text("salt") ||
      !has_text("commitment"))
    return corrupt("the opening cannot be read");
  Opening opening;
  opening.record.kind = json["kind"].get<std::string>();
  const auto subject = Id::parse(json["subject"].get<std::string>());
  if (!subject) return corrupt("the opening does not say what it is about");
  opening.record.subject = *subject;
  if (has_text("entry")) {
    const auto entry = Id::parse(json["entry"].get<std::string>());
    if (!entry) return corrupt("the opening's entry cannot be read");
    opening.id = *entry;
  }
  const std::string head = opening.record.kind + '\n' + opening.record.subject.text() + '\n';
  const std::string whole = json["text"].get<std::string>();
  if (!whole.starts_with(head)) return corrupt("the opening's text is not of what it says to be about");
  opening.record.content = whole.substr(head.size());
  TRY_ASSIGN(opening.salt, hash_at(json, "salt"));
  TRY_ASSIGN(opening.commitment, hash_at(json, "commitment"));
  if (commitment_of(opening.record, opening.salt) != opening.commitment)
    return corrupt("the opening does not open its commitment");
  if (json.contains("index") && json["index"].is_number_unsigned()) opening.index = json["index"].get<std::uint64_t>();
  return opening;
}

Result<EntryCheck> check_entry(const Hash& commitment, std::string_view proof_text, std::string_view policy_text) {
  TRY_ASSIGN(const tlog::LogProof proof, parse_proof(proof_text));
  TRY_ASSIGN(const tlog::Checkpoint checkpoint, follow(proof, commitment));
  EntryCheck check;
  check.origin = checkpoint.origin;
  check.index = proof.index;
  check.tree_size = checkpoint.head.size;
  if (policy_text.empty()) {
    check.reason = "no policy was given that says which logs are believed";
    return check;
  }
  TRY_ASSIGN(const tlog::Policy policy, tlog::Policy::parse(policy_text));
  if (!knows(policy, checkpoint.origin)) {
    check.reason = "the log is none of the policy";
    return check;
  }
  TRY(believe(proof, commitment, policy, check));
  return check;
}

Result<std::optional<Opening>> opening_in(std::string_view proof_text) {
  TRY_ASSIGN(const tlog::LogProof proof, parse_proof(proof_text));
  if (!proof.extra) return std::nullopt;
  TRY_ASSIGN(Opening opening, parse_opening(as_text(*proof.extra)));
  return std::optional(std::move(opening));
}

std::string with_opening(std::string text, const Opening& opening) {
  auto proof = tlog::LogProof::parse(text);
  if (!proof) return text;
  const std::string json = opening_json(opening);
  proof->extra.emplace(as_bytes(json).begin(), as_bytes(json).end());
  return proof->text();
}

}  // namespace probity::log
