#include "evidence/verify.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "seal/test_authority.h"
#include "support/scripted.h"
#include "tlog/log_proof.h"

namespace probity::evidence {
namespace {

using seal::kNow;

// A sealed and stamped statement, and the log's record of it.
class VerifyTest : public testing::Test {
 protected:
  VerifyTest() {
    const Bytes sealed = *sealer.seal(seal::small_pdf(), {.reason = "Statement S-2026-0003", .time_ms = kNow});
    statement = *seal::add_timestamp(sealed, authority.token(seal::check(sealed)->signature_digest));
    opening.id = Id::random(random);
    opening.record = {"statement_sealed", Id::random(random),
                      nlohmann::json{{"number", "S-2026-0003"}, {"sha256", to_hex(sha256(statement))}}.dump()};
    random.fill(opening.salt);
    opening.commitment = log::commitment_of(opening.record, opening.salt);
    const tlog::Checkpoint checkpoint{"lumen.example/log", {1, tlog::leaf_hash(opening.commitment)}, {}};
    proof.checkpoint = tlog::join_note(
        checkpoint.text(), {log_key.sign(checkpoint.text()), witness.sign(checkpoint.text(), kNow / 1000 + 2)});
    input.proof = proof.text();
    input.opening = log::opening_json(opening);
    input.policy = "log " + log_key.verifier().text() + "\nwitness w " + witness.verifier().text() + "\nquorum w\n";
    input.seal = {sealer.certificate().pem, authority.certificate_pem(), kNow};
  }
  std::string told(BytesView file) {
    const auto found = verify(file, input);
    if (!found) return found.error().message;
    std::string text;
    for (const PackageLine& line : found->lines) {
      EXPECT_FALSE(line.zh.empty());
      text += (line.mark == Mark::right ? "+ " : line.mark == Mark::wrong ? "- " : "? ") + line.en + "\n";
    }
    return text;
  }

  test::SeededRandom random;
  tlog::SigningKey log_key = tlog::SigningKey::generate("lumen.example/log", tlog::SignatureType::ed25519, random);
  tlog::SigningKey witness = tlog::SigningKey::generate("watch.example", tlog::SignatureType::cosignature, random);
  seal::Sealer sealer = seal::node_sealer();
  seal::TestAuthority authority{seal::make_authority_identity({.name = "Noon Time"})};
  Bytes statement;
  log::Opening opening;
  tlog::LogProof proof;
  VerifyInput input;
};

TEST_F(VerifyTest, TellsAllThatIsProved) {
  EXPECT_EQ(told(statement),
            "+ No byte was changed since it was sealed (“Statement S-2026-0003”).\n"
            "+ It was sealed by Lumen Motors: the certificate is, or leads to, one that you gave.\n"
            "+ It existed at 2026-11-18 11:06:40 UTC: attested by Noon Time, an authority that you gave.\n"
            "+ The record is entry 0 of lumen.example/log, and its witnesses had seen it by 2026-11-18 11:06:42 UTC.\n"
            "+ The record names this very file, as S-2026-0003.\n");
  const auto found = verify(statement, input);
  EXPECT_TRUE(found->holds());
  EXPECT_TRUE(found->complete());
}

TEST_F(VerifyTest, TellsWhatIsMissing) {
  input = {};
  const auto bare = verify(statement, input);
  ASSERT_TRUE(bare);
  EXPECT_TRUE(bare->holds());
  EXPECT_FALSE(bare->complete());
  const std::string text = told(statement);
  for (const char* part : {"? The seal's certificate says “Lumen Motors”; nothing here shows", "? A timestamp says",
                           "? No proof was given"})
    EXPECT_NE(text.find(part), std::string::npos) << part << " in\n" << text;
  const Bytes unstamped = seal::sealed_pdf(sealer);
  EXPECT_NE(told(unstamped).find("? Sealed, time not attested"), std::string::npos);
  EXPECT_EQ(told(unstamped).find("proof"), std::string::npos);  // an agreement needs none
  input.proof = proof.text();
  EXPECT_NE(told(statement).find("? The proof does not say what its record says"), std::string::npos);
  input.opening = log::opening_json(opening);
  EXPECT_NE(told(statement).find("? The record would be entry 0"), std::string::npos);
}

TEST_F(VerifyTest, TellsWhatIsWrong) {
  Bytes doctored = statement;
  doctored[as_text(statement).find("A small agreement")] = 'B';
  EXPECT_EQ(told(doctored), "- This is not as it was sealed: the document was altered after it was sealed.\n");
  doctored = statement;
  doctored.push_back('\n');
  EXPECT_NE(told(doctored).find("- This is not as it was sealed"), std::string::npos);
  const Bytes another = *sealer.seal(seal::small_pdf(), {.reason = "Statement S-2026-0003", .time_ms = kNow});
  EXPECT_NE(told(another).find("- The log's record is about another file."), std::string::npos);
  opening.salt[0] ^= 1;
  input.opening = log::opening_json(opening);
  EXPECT_NE(told(statement).find("- the opening does not open its commitment"), std::string::npos);
  EXPECT_FALSE(verify(statement, input)->holds());
}

TEST_F(VerifyTest, ProofsStandByThemselves) {
  const std::string written = proof.text();
  const BytesView file = as_bytes(written);
  const std::string text = told(file);
  EXPECT_NE(text.find("+ The record is entry 0"), std::string::npos) << text;
  EXPECT_NE(text.find("+ The record says: statement_sealed"), std::string::npos) << text;
  EXPECT_EQ(verify(file, input)->subject, Subject::log_proof);
}

TEST_F(VerifyTest, OtherFilesAreRefused) {
  EXPECT_EQ(verify({}, input).error().code, ErrorCode::unsupported);
  EXPECT_EQ(verify(as_bytes("PK\x03\x04"), input).error().code, ErrorCode::unsupported);
  EXPECT_EQ(verify(seal::small_pdf(), input).error().code, ErrorCode::not_found);
  input.policy = "nonsense";
  EXPECT_EQ(verify(statement, input).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace probity::evidence
