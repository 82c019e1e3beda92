#include "log/check_entry.h"

#include <gtest/gtest.h>

#include "base/encoding.h"
#include "support/scripted.h"
#include "tlog/log_proof.h"

namespace probity::log {
namespace {

// A log of a handful of entries in memory, one of them opened, with a log's and two witnesses' keys.
class CheckEntry : public testing::Test {
 protected:
  CheckEntry() {
    opening.id = Id::random(random);
    opening.record = {"statement_sealed", Id::random(random), R"({"sha256":"ab"})"};
    random.fill(opening.salt);
    opening.commitment = commitment_of(opening.record, opening.salt);
    std::vector<Hash> leaves;
    for (int i = 0; i < 5; ++i)
      leaves.push_back(tlog::leaf_hash(i == 3 ? BytesView(opening.commitment) : as_bytes("x")));
    proof.index = 3;
    // 3 of 5: sibling 2, then (0,1), then 4.
    proof.path = {leaves[2], tlog::node_hash(leaves[0], leaves[1]), leaves[4]};
    const Hash left = tlog::node_hash(tlog::node_hash(leaves[0], leaves[1]), tlog::node_hash(leaves[2], leaves[3]));
    checkpoint = tlog::Checkpoint{"lumen.example/log", {5, tlog::node_hash(left, leaves[4])}, {}};
    sign(true);
  }
  void sign(bool cosigned) {
    std::vector<std::string> lines{log_key.sign(checkpoint.text())};
    if (cosigned) lines.push_back(witness.sign(checkpoint.text(), 1'795'000'000));
    proof.checkpoint = tlog::join_note(checkpoint.text(), lines);
  }
  std::string policy() const {
    return "log " + log_key.verifier().text() + "\nwitness w " + witness.verifier().text() + "\nquorum w\n";
  }
  Result<EntryCheck> check(const std::string& policy_text) {
    return check_entry(opening.commitment, proof.text(), policy_text);
  }

  test::SeededRandom random;
  tlog::SigningKey log_key = tlog::SigningKey::generate("lumen.example/log", tlog::SignatureType::ed25519, random);
  tlog::SigningKey witness = tlog::SigningKey::generate("watch.example", tlog::SignatureType::cosignature, random);
  Opening opening;
  tlog::LogProof proof;
  tlog::Checkpoint checkpoint;
};

TEST_F(CheckEntry, BeliefFollowsThePolicy) {
  const auto cosigned = check(policy());
  ASSERT_TRUE(cosigned) << cosigned.error().message;
  EXPECT_EQ(cosigned->belief, Belief::cosigned);
  EXPECT_EQ(cosigned->seen_ms, 1'795'000'000'000);
  EXPECT_EQ(cosigned->index, 3U);
  EXPECT_EQ(cosigned->tree_size, 5U);
  EXPECT_EQ(cosigned->origin, "lumen.example/log");
  EXPECT_EQ(check("")->belief, Belief::unknown);
  EXPECT_EQ(check("log " + log_key.verifier().text() + "\nquorum none\n")->belief, Belief::logged);
  const auto other = tlog::SigningKey::generate("other.example", tlog::SignatureType::ed25519, random);
  EXPECT_EQ(check("log " + other.verifier().text() + "\nquorum none\n")->belief, Belief::unknown);
  EXPECT_EQ(check("nonsense").error().code, ErrorCode::invalid_argument);
  sign(false);
  const auto alone = check(policy());
  ASSERT_TRUE(alone) << alone.error().message;
  EXPECT_EQ(alone->belief, Belief::logged);
  EXPECT_FALSE(alone->reason.empty());
}

TEST_F(CheckEntry, WrongProofsAreRefusedWhateverThePolicy) {
  for (const std::string& text : {policy(), std::string()}) {
    EXPECT_EQ(check_entry(sha256({}), proof.text(), text).error().code, ErrorCode::corrupt);
    tlog::LogProof moved = proof;
    moved.index = 2;
    EXPECT_EQ(check_entry(opening.commitment, moved.text(), text).error().code, ErrorCode::corrupt);
  }
  tlog::LogProof elsewhere = proof;
  elsewhere.path[1][0] ^= 1;
  EXPECT_EQ(check_entry(opening.commitment, elsewhere.text(), "").error().code, ErrorCode::corrupt);
  tlog::LogProof forged = proof;
  const auto impostor = tlog::SigningKey::generate("lumen.example/log", tlog::SignatureType::ed25519, random);
  forged.checkpoint = tlog::join_note(checkpoint.text(), {impostor.sign(checkpoint.text())});
  EXPECT_FALSE(check_entry(opening.commitment, forged.text(), policy()));
}

TEST_F(CheckEntry, OpeningsAreWorkedOutAgain) {
  const std::string json = opening_json(opening);
  const auto parsed = parse_opening(json);
  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_EQ(parsed->record.content, opening.record.content);
  EXPECT_EQ(parsed->record.kind, "statement_sealed");
  EXPECT_EQ(parsed->id, opening.id);
  for (std::size_t i = 0; i < json.size(); ++i) {
    std::string changed = json;
    changed[i] = changed[i] == '1' ? '2' : '1';
    const auto again = parse_opening(changed);
    if (!again) continue;
    EXPECT_EQ(again->commitment, opening.commitment) << i;
    EXPECT_EQ(again->record.content, opening.record.content) << i;
  }
  for (const char* bad : {"", "{}", "[]", "null", R"({"kind":1})"}) EXPECT_FALSE(parse_opening(bad)) << bad;
}

TEST_F(CheckEntry, ProofsMayCarryTheOpening) {
  EXPECT_FALSE(*opening_in(proof.text()));
  const std::string text = with_opening(proof.text(), opening);
  EXPECT_EQ(check_entry(opening.commitment, text, policy())->belief, Belief::cosigned);
  const auto carried = opening_in(text);
  ASSERT_TRUE(carried && *carried);
  EXPECT_EQ((*carried)->commitment, opening.commitment);
  EXPECT_EQ(with_opening("no proof", opening), "no proof");
  proof.extra = Bytes{1, 2};
  EXPECT_EQ(opening_in(proof.text()).error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace probity::log
