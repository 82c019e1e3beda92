// Reads notes, keys, checkpoints, proofs, policies, requests to witnesses, bundles and addresses of tiles. What is
// accepted is written again as it was read, and no changed proof verifies.
#include <cstdlib>

#include "tlog/add_checkpoint.h"
#include "tlog/log_proof.h"
#include "tlog/tiles.h"

using namespace probity;
using namespace probity::tlog;

namespace {

void check(bool holds) {
  if (!holds) std::abort();
}

struct Good {
  SigningKey log = SigningKey::from_seed("log.example", SignatureType::ed25519, SecretKey(Hash{1}));
  SigningKey witness = SigningKey::from_seed("w.example", SignatureType::cosignature, SecretKey(Hash{2}));
  Policy policy;
  std::string proof;

  Good() {
    const Hash left = leaf_hash(as_bytes("a")), right = leaf_hash(as_bytes("b"));
    const std::string text = Checkpoint{"log.example", {2, node_hash(left, right)}, {}}.text();
    proof = LogProof{Bytes{1, 2}, 1, {left}, join_note(text, {log.sign(text), witness.sign(text, 5)})}.text();
    policy.logs.push_back({log.verifier(), ""});
    policy.witnesses.push_back({"w", witness.verifier(), ""});
    policy.quorum = "w";
  }
};

// Each patch is an offset of two bytes and a value. Only `extra`, which nothing vouches for, may differ.
void patched_proof(BytesView patches) {
  static const Good good;
  std::string bad = good.proof;
  for (std::size_t i = 0; i + 3 <= patches.size(); i += 3)
    bad[(std::size_t{patches[i]} << 8 | patches[i + 1]) % bad.size()] = static_cast<char>(patches[i + 2]);
  const auto proof = LogProof::parse(bad);
  if (!proof) return;
  check(proof->text() == bad);
  LogProof without = *proof, original = *LogProof::parse(good.proof);
  without.extra = original.extra;
  check(verify_log_proof(*proof, as_bytes("b"), good.policy).has_value() == (without == original));
}

void texts(std::string_view text) {
  if (const auto note = Note::parse(text)) {
    check(note->text.size() < text.size());
    static_cast<void>(verify_note(*note, {Good().log.verifier(), Good().witness.verifier()}));
  }
  if (const auto key = VerifierKey::parse(text)) check(key->text() == text);
  if (const auto key = SigningKey::parse_private(text)) check(key->private_text() == text);
  if (const auto checkpoint = Checkpoint::parse(text)) check(checkpoint->text() == text);
  if (const auto proof = LogProof::parse(text)) check(proof->text() == text);
  if (const auto request = AddCheckpoint::parse(text)) check(request->text() == text);
  if (const auto policy = Policy::parse(text)) check(Policy::parse(policy->text())->text() == policy->text());
  if (const auto tile = parse_tile_path(text)) check(tile_path(*tile) == text);
}

void bundle(BytesView bytes, unsigned count) {
  const auto entries = parse_bundle(bytes, count);
  if (!entries) return;
  Bytes again;
  for (const BytesView entry : *entries) append_to_bundle(again, entry);
  check(std::equal(again.begin(), again.end(), bytes.begin(), bytes.end()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const BytesView rest(data + 1, size - 1);
  switch (data[0] % 3) {
    case 0:
      patched_proof(rest);
      break;
    case 1:
      texts(as_text(rest));
      break;
    default:
      bundle(rest, data[0]);
  }
  return 0;
}
