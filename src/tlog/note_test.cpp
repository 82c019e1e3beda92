// Signed notes, keys, checkpoints, cosignatures and proofs: examples of C2SP and Go, and what must be refused.
#include "tlog/note.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "support/memory_ports.h"
#include "tlog/add_checkpoint.h"
#include "tlog/log_proof.h"

namespace probity::tlog {
namespace {

nlohmann::json read_json(const std::string& name) {
  std::ifstream file("tests/vectors/tlog/" + name);
  return nlohmann::json::parse(file);
}

SigningKey key_of(const std::string& name, SignatureType type = SignatureType::ed25519, std::uint64_t seed = 1) {
  test::SeededRandom random(seed);
  return SigningKey::generate(name, type, random);
}

bool verifies(std::string_view note, const std::vector<VerifierKey>& keys) {
  const auto parsed = Note::parse(note);
  return parsed && verify_note(*parsed, keys).has_value();
}

TEST(Keys, of_the_go_checksum_database) {
  const auto cases = read_json("go-sumdb/note-tlog-cases.json");
  const auto good = cases["vkey_valid"].get<std::string>();
  EXPECT_EQ(VerifierKey::parse(good).value().text(), good);
  for (const auto& bad : cases["vkey_invalid"]) EXPECT_FALSE(VerifierKey::parse(bad["v"].get<std::string>()));
  for (std::size_t begin = 0; begin < good.size(); ++begin)
    for (std::size_t end = begin; end <= good.size(); ++end) {
      if (end - begin == good.size()) continue;
      EXPECT_FALSE(VerifierKey::parse(good.substr(begin, end - begin)));
    }
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string changed = good;
    ++changed[i];
    EXPECT_FALSE(VerifierKey::parse(changed)) << changed;
  }
  const auto record = cases["record_hash"];
  EXPECT_EQ(to_base64(leaf_hash(as_bytes(record["data"].get<std::string>()))), record["b64"]);
}

TEST(Keys, keep_through_their_private_text) {
  for (const auto type : {SignatureType::ed25519, SignatureType::cosignature}) {
    const SigningKey key = key_of("log.example/one", type);
    const SigningKey again = SigningKey::parse_private(key.private_text()).value();
    EXPECT_EQ(again.verifier(), key.verifier());
    EXPECT_EQ(again.sign("text\n", 7), key.sign("text\n", 7));
    std::string changed = key.private_text();
    changed.back() = changed.back() == 'A' ? 'B' : 'A';
    EXPECT_FALSE(SigningKey::parse_private(changed));
    EXPECT_FALSE(SigningKey::parse_private(key.verifier().text()));
  }
}

TEST(Notes, of_c2sp) {
  const auto examples = read_json("c2sp-examples/examples.json");
  const auto& example = examples["signed_note"][0];
  const auto key = VerifierKey::parse(example["vkey"].get<std::string>()).value();
  const auto note = example["note"].get<std::string>();
  EXPECT_TRUE(verifies(note, {key}));
  for (std::size_t i = 0; i < note.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = note;
      changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
      EXPECT_FALSE(verifies(changed, {key})) << "bit " << bit << " of byte " << i;
    }
  }

  const auto checkpoint_note = examples["checkpoint_format_example"]["note"].get<std::string>();
  const auto checkpoint = Checkpoint::parse(Note::parse(checkpoint_note).value().text).value();
  EXPECT_EQ(checkpoint.origin, "example.com/behind-the-sofa");
  EXPECT_EQ(checkpoint.head.size, 20852163U);
  EXPECT_EQ(checkpoint.text(), Note::parse(checkpoint_note).value().text);

  const auto cosigned_note = examples["cosigned_checkpoint_format_example"]["note"].get<std::string>();
  const auto cosigned = Note::parse(cosigned_note).value();
  ASSERT_EQ(cosigned.signatures.size(), 2U);
  EXPECT_EQ(cosigned.signatures[1].name, "witness.example.com/w1");
  EXPECT_EQ(cosigned.signatures[1].signature.size(), 72U);
}

TEST(Notes, fail_closed) {
  const SigningKey key = key_of("log.example");
  const std::string text = "one\ntwo\n", line = key.sign(text);
  const std::string good = join_note(text, {line});
  ASSERT_TRUE(verifies(good, {key.verifier()}));
  EXPECT_FALSE(verifies(good, {key_of("log.example", SignatureType::ed25519, 2).verifier()})) << "nobody is known";
  EXPECT_FALSE(verifies(good, {}));
  EXPECT_FALSE(verifies(join_note(text, {line, line}), {key.verifier()})) << "signed twice";
  EXPECT_FALSE(verifies(join_note("one\nthree\n", {line}), {key.verifier()}));
  for (const std::string& bad : std::vector<std::string>{
           std::string(), std::string("\n"), std::string("\n\n"), text, text + "\n", good + "x", good + "\n",
           good + "\n\n", good.substr(0, good.size() - 1), join_note("tab\t\n", {line}), join_note("\xFF\n", {line}),
           join_note(text, {"- log.example AAAAAAA=\n"}), join_note(text, {"\xE2\x80\x94 log+x AAAAAAA=\n"}),
           join_note(text, {"\xE2\x80\x94 lo\xE3\x80\x80g AAAAAAA=\n"}), join_note(text, {"\xE2\x80\x94 log AAAA\n"}),
           join_note(text, std::vector<std::string>(kMostNoteSignatures + 1, line))})
    EXPECT_FALSE(Note::parse(bad)) << bad;
}

TEST(Notes, carry_sixteen_signatures_and_unknown_ones) {
  std::vector<std::string> lines;
  for (std::uint64_t i = 0; i < 16; ++i)
    lines.push_back(key_of("k" + std::to_string(i), SignatureType::ed25519, i).sign("t\n"));
  EXPECT_TRUE(verifies(join_note("t\n", lines), {key_of("k9", SignatureType::ed25519, 9).verifier()}));
  EXPECT_FALSE(verifies(join_note("t\n", lines), {key_of("k9", SignatureType::ed25519, 10).verifier()}));
}

TEST(Notes, keep_empty_lines_of_their_text) {
  const SigningKey key = key_of("log.example");
  const std::string text = "one\n\ntwo\n";
  const std::string note = join_note(text, {key.sign(text)});
  EXPECT_EQ(Note::parse(note).value().text, text);
  EXPECT_TRUE(verifies(note, {key.verifier()}));
}

TEST(Cosignatures, state_a_time) {
  const SigningKey witness = key_of("witness.example", SignatureType::cosignature);
  const std::string text = Checkpoint{"log.example", {3, Hash{1}}, {}}.text();
  const std::string note = join_note(text, {witness.sign(text, 1679315147)});
  const auto verified = verify_note(Note::parse(note).value(), {witness.verifier()}).value();
  EXPECT_EQ(verified.front().time_s, 1679315147);
  // The same key as a log's has another identity, and its signatures are others.
  SigningKey as_log = SigningKey::parse_private(witness.private_text()).value();
  EXPECT_NE(key_of("witness.example").verifier().id(), as_log.verifier().id());
  EXPECT_FALSE(verifies(note, {key_of("witness.example").verifier()}));
}

TEST(Checkpoints, are_read_one_way) {
  const std::string root = to_base64(Hash{5});
  EXPECT_TRUE(Checkpoint::parse("o\n0\n" + root + "\n"));
  EXPECT_EQ(Checkpoint::parse("o\n1\n" + root + "\nmore\n").value().extensions.size(), 1U);
  for (const std::string& bad :
       std::vector<std::string>{"\n1\n" + root + "\n", "o\n01\n" + root + "\n", "o\n-1\n" + root + "\n",
                                "o\n\n" + root + "\n", "o\n9223372036854775808\n" + root + "\n", "o\n1\n" + root,
                                std::string("o\n1\nAAAA\n"), "o\n1\n" + root + "\n\n", std::string("o\n1\n")})
    EXPECT_FALSE(Checkpoint::parse(bad)) << bad;
}

TEST(Checkpoints, are_opened_only_as_their_log_signed_them) {
  const SigningKey key = key_of("log.example");
  const auto note_of = [&](const Checkpoint& checkpoint) {
    return join_note(checkpoint.text(), {key.sign(checkpoint.text())});
  };
  const Checkpoint good{"log.example", {3, Hash{1}}, {}};
  EXPECT_EQ(open_checkpoint(note_of(good), key.verifier()).value(), good);
  EXPECT_FALSE(open_checkpoint(note_of({"other.example", {3, Hash{1}}, {}}), key.verifier()));
  EXPECT_FALSE(open_checkpoint(note_of({"log.example", {3, Hash{1}}, {"hello"}}), key.verifier()));
}

TEST(Requests, to_witnesses_are_read_one_way) {
  const SigningKey key = key_of("log.example");
  const std::string text = Checkpoint{"log.example", {3, Hash{1}}, {}}.text();
  AddCheckpoint request{2, {Hash{1}, Hash{2}}, join_note(text, {key.sign(text)})};
  const auto parsed = AddCheckpoint::parse(request.text()).value();
  EXPECT_EQ(parsed.text(), request.text());
  EXPECT_EQ(parsed.old_size, 2U);
  request.proof.resize(kMostWitnessProofHashes + 1);
  EXPECT_FALSE(AddCheckpoint::parse(request.text()));
  for (const std::string& bad :
       std::vector<std::string>{std::string(), "old 02\n\n" + request.checkpoint, "new 2\n\n" + request.checkpoint,
                                std::string("old 2\n\n"), "old 2\n" + request.checkpoint})
    EXPECT_FALSE(AddCheckpoint::parse(bad)) << bad;
}

class LogProofs : public testing::Test {
 protected:
  LogProofs() {
    const Checkpoint checkpoint{"log.example", {2, node_hash(leaf_hash(as_bytes("a")), leaf_hash(as_bytes("b")))}, {}};
    const std::string text = checkpoint.text();
    proof.index = 1;
    proof.path = {leaf_hash(as_bytes("a"))};
    proof.checkpoint = join_note(text, {log.sign(text), witness.sign(text, 1000)});
    policy.logs.push_back({log.verifier(), ""});
    policy.witnesses.push_back({"w", witness.verifier(), ""});
    policy.quorum = "w";
  }
  SigningKey log = key_of("log.example");
  SigningKey witness = key_of("witness.example", SignatureType::cosignature, 2);
  LogProof proof;
  Policy policy;
};

TEST_F(LogProofs, stand_by_themselves) {
  const auto parsed = LogProof::parse(proof.text()).value();
  EXPECT_EQ(parsed, proof);
  const auto accepted = verify_log_proof(parsed, as_bytes("b"), policy).value();
  EXPECT_EQ(accepted.checkpoint.head.size, 2U);
  EXPECT_EQ(accepted.time_s, 1000);
  EXPECT_EQ(accepted.seen.front().witness, "w");
  EXPECT_FALSE(verify_log_proof(parsed, as_bytes("a"), policy));
}

TEST_F(LogProofs, keep_what_the_application_adds) {
  proof.extra = Bytes{1, 2, 3};
  EXPECT_EQ(LogProof::parse(proof.text()).value(), proof);
  EXPECT_TRUE(verify_log_proof(proof, as_bytes("b"), policy));
}

TEST_F(LogProofs, no_single_bit_may_change) {
  const std::string text = proof.text();
  for (std::size_t i = 0; i < text.size() * 8; ++i) {
    std::string changed = text;
    changed[i / 8] = static_cast<char>(changed[i / 8] ^ (1 << (i % 8)));
    const auto parsed = LogProof::parse(changed);
    EXPECT_FALSE(parsed && verify_log_proof(*parsed, as_bytes("b"), policy)) << "bit " << i;
  }
}

TEST_F(LogProofs, need_the_quorum) {
  policy.witnesses.push_back({"v", key_of("v.example", SignatureType::cosignature, 3).verifier(), ""});
  policy.groups.push_back({"both", 2, {"w", "v"}});
  policy.quorum = "both";
  EXPECT_FALSE(verify_log_proof(proof, as_bytes("b"), policy));
  policy.groups[0].threshold = 1;
  EXPECT_TRUE(verify_log_proof(proof, as_bytes("b"), policy));
  policy.logs[0].key = key_of("log.example", SignatureType::ed25519, 9).verifier();
  EXPECT_FALSE(verify_log_proof(proof, as_bytes("b"), policy)) << "a witness alone is no log";
}

}  // namespace
}  // namespace probity::tlog
