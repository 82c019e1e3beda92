#include "seal/timestamp.h"

#include <gtest/gtest.h>

#include "seal/check.h"
#include "seal/stamp.h"
#include "seal/test_authority.h"
#include "support/outside_tool.h"

namespace probity::seal {
namespace {

const Hash kImprint = sha256(as_bytes("what is stamped"));
const Nonce kNonce{0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14};  // leading zeros are not part of a number

std::string told(const Error& error) { return std::string(catalogue_entry(error.code).name) + ": " + error.message; }

// "stamped", or what is wrong with the authority's reply.
std::string verdict(TestAuthority& authority, TimeMs now_ms = kNow) {
  const auto stamped = stamp(authority, kImprint, kNonce, now_ms);
  return stamped ? "stamped" : told(stamped.error());
}

std::string verdict(const ReplyForm& form) {
  TestAuthority authority;
  authority.form = form;
  return verdict(authority);
}

TEST(Timestamp, QueriesAreWhatOpensslMakes) {
  const test::TemporaryFolder folder;
  const std::string file = folder.write("query.tsq", timestamp_query(kImprint, kNonce));
  const auto shown = test::run_tool("openssl ts -query -in " + file + " -text");
  EXPECT_EQ(shown.status, 0) << shown.output;
  for (const char* line :
       {"Version: 1", "Hash Algorithm: sha256", "Nonce: 0x0102030405060708090A0B0C0D0E", "Certificate required: yes"})
    EXPECT_NE(shown.output.find(line), std::string::npos) << line << " in\n" << shown.output;
}

TEST(Timestamp, TellsTimeAndAuthority) {
  TestAuthority authority(make_authority_identity({.name = "Noon Time Services"}));
  const auto stamped = stamp(authority, kImprint, kNonce, kNow + 60'000);
  ASSERT_TRUE(stamped) << stamped.error().message;
  EXPECT_EQ(stamped->timestamp.time_ms, kNow);
  EXPECT_EQ(stamped->timestamp.serial, "1267");
  EXPECT_EQ(stamped->timestamp.policy, "1.2.3.4.1");
  EXPECT_EQ(stamped->timestamp.authority.subject, "Noon Time Services");
  EXPECT_EQ(stamped->timestamp.standing, Standing::unknown);
  EXPECT_FALSE(stamped->timestamp.accuracy_ms);
  EXPECT_EQ(authority.asked, 1);
}

TEST(Timestamp, StandingFollowsTheRoots) {
  const Identity root = make_identity({.name = "Root", .key_usage = "critical,keyCertSign", .authority = true});
  const Identity own = make_authority_identity({.name = "Noon"}, &root);
  TestAuthority authority(own);
  const Bytes token = authority.token(kImprint);
  const auto standing = [&](const std::string& roots, std::optional<TimeMs> now) {
    return check_timestamp(token, kImprint, {roots, now})->standing;
  };
  EXPECT_EQ(standing("", kNow), Standing::unknown);
  EXPECT_EQ(standing(root.certificate_pem, kNow), Standing::trusted);
  EXPECT_EQ(standing(root.certificate_pem, std::nullopt), Standing::trusted);
  EXPECT_EQ(standing(own.certificate_pem, kNow), Standing::trusted);
  EXPECT_EQ(standing(make_identity({}).certificate_pem, kNow), Standing::unknown);
  EXPECT_EQ(standing(root.certificate_pem, kNow + 4'000 * kDay), Standing::expired);
  EXPECT_EQ(check_timestamp(token, kImprint, {"no certificate", kNow}).error().code, ErrorCode::invalid_argument);
}

TEST(Timestamp, LyingAuthoritiesAreRefused) {
  EXPECT_EQ(verdict(ReplyForm{}), "stamped");
  EXPECT_EQ(verdict({.status = 1}), "stamped");  // granted with modifications
  EXPECT_EQ(verdict({.status = 2}), "unavailable: the authority refused to stamp (status 2)");
  EXPECT_EQ(verdict({.imprint = sha256({})}), "corrupt: the timestamp is of something else");
  EXPECT_EQ(verdict({.with_nonce = false}), "corrupt: the authority answered another question");
  EXPECT_EQ(verdict({.nonce = Nonce{1}}), "corrupt: the authority answered another question");
  EXPECT_EQ(verdict({.critical_extension = true}), "unsupported: the timestamp has an unknown critical extension");
  EXPECT_EQ(verdict({.version = 2}), "unsupported: the timestamp is of an unknown version");
  EXPECT_EQ(verdict({.sha1 = true}), "unsupported: the timestamp is signed with a weak digest");
  EXPECT_EQ(verdict({.holds_certificate = false}), "corrupt: the timestamp does not hold its authority's certificate");
  EXPECT_EQ(verdict({.names_certificate = false}).substr(0, 57),
            "corrupt: the timestamp is not by a timestamping authority");
  EXPECT_EQ(verdict({.time_ms = kNow - 301'000}), "corrupt: the authority's time is -301 s off this machine's");
  EXPECT_EQ(verdict({.time_ms = kNow + kDay}), "corrupt: the authority's time is 86400 s off this machine's");
}

TEST(Timestamp, CertificatesForOtherThingsAreRefused) {
  const auto with = [](const Wanted& wanted) {
    TestAuthority authority(make_authority_identity(wanted));
    return verdict(authority);
  };
  const std::string refused = "corrupt: the timestamp is not by a timestamping authority";
  EXPECT_EQ(with({.extended_key_usage = "timeStamping"}).substr(0, refused.size()), refused);  // not critical
  EXPECT_EQ(with({.extended_key_usage = "critical,timeStamping,codeSigning"}).substr(0, refused.size()), refused);
  EXPECT_EQ(with({.extended_key_usage = "critical,codeSigning"}).substr(0, refused.size()), refused);
  EXPECT_EQ(with({.from_ms = kNow - 9 * kDay, .to_ms = kNow - kDay}).substr(0, refused.size()), refused);
  EXPECT_EQ(with({.kind = KeyKind::rsa2048}), "stamped");
  EXPECT_EQ(with({.kind = KeyKind::rsa1024}), "unsupported: the timestamp is signed with a weak key");
  TestAuthority sealing_key(make_identity({}));
  EXPECT_EQ(verdict(sealing_key).substr(0, refused.size()), refused);
}

TEST(Timestamp, AuthoritiesOutsideTheirRootsAreRefused) {
  const Identity own = make_authority_identity();
  TestAuthority honest(own, own.certificate_pem);
  EXPECT_EQ(verdict(honest), "stamped");
  TestAuthority impostor(make_authority_identity(), own.certificate_pem);
  EXPECT_EQ(verdict(impostor).substr(0, 62), "corrupt: the timestamp does not lead to the authority's roots:");
}

TEST(Timestamp, RepliesThatAreNoneAreRefused) {
  for (const Bytes& reply : {Bytes{}, Bytes{0x30}, Bytes(100, 0x30), Bytes(kMostReplyBytes + 1, 0)})
    EXPECT_FALSE(token_of_reply(reply, kImprint, kNonce));
  TestAuthority authority;
  const Bytes good = *authority.reply(timestamp_query(kImprint, kNonce));
  ASSERT_TRUE(token_of_reply(good, kImprint, kNonce));
  for (std::size_t size = 0; size < good.size(); ++size)
    EXPECT_FALSE(token_of_reply(BytesView(good).first(size), kImprint, kNonce)) << size;
  Bytes longer = good;
  longer.push_back(0);
  EXPECT_FALSE(token_of_reply(longer, kImprint, kNonce));
}

// Whatever is altered in a token: it is refused, or says the same by the same authority.
TEST(Timestamp, NoChangedByteChangesWhatItSays) {
  TestAuthority authority;
  const Bytes good = authority.token(kImprint);
  const auto before = check_timestamp(good, kImprint);
  ASSERT_TRUE(before) << before.error().message;
  for (std::size_t i = 0; i < good.size(); ++i)
    for (const int flip : {0x01, 0x20, 0x80}) {
      Bytes changed = good;
      changed[i] = static_cast<std::uint8_t>(changed[i] ^ flip);
      const auto after = check_timestamp(changed, kImprint);
      if (!after) continue;
      EXPECT_EQ(after->time_ms, before->time_ms) << i;
      EXPECT_EQ(after->serial, before->serial) << i;
      EXPECT_EQ(after->authority.fingerprint, before->authority.fingerprint) << i;
    }
}

TEST(Stamp, PutsTheTimeIntoTheSealAndChangesNoSealedByte) {
  const Sealer sealer = node_sealer();
  const Bytes sealed = sealed_pdf(sealer);
  const auto before = check(sealed);
  ASSERT_TRUE(before);
  EXPECT_FALSE(before->timestamp);
  TestAuthority authority;
  authority.form.time_ms = kNow + 30'000;
  const auto stamped = add_timestamp(sealed, authority.token(before->signature_digest));
  ASSERT_TRUE(stamped) << stamped.error().message;
  ASSERT_EQ(stamped->size(), sealed.size());
  const auto after = check(*stamped, {.trusted_pem = sealer.certificate().pem,
                                      .authorities_pem = authority.certificate_pem(),
                                      .now_ms = kNow + 4'000 * kDay});
  ASSERT_TRUE(after) << after.error().message;
  EXPECT_EQ(after->document_digest, before->document_digest);
  EXPECT_EQ(after->signature_digest, before->signature_digest);
  ASSERT_TRUE(after->timestamp);
  EXPECT_EQ(after->timestamp->time_ms, kNow + 30'000);
  EXPECT_EQ(after->timestamp->standing, Standing::expired);
  EXPECT_EQ(add_timestamp(*stamped, authority.token(before->signature_digest)).error().code, ErrorCode::conflict);
}

TEST(Stamp, OthersAccept) {
  const Identity root = make_identity({.name = "Root of time", .key_usage = "critical,keyCertSign", .authority = true});
  TestAuthority authority(make_authority_identity({.name = "Noon"}, &root));
  const Bytes sealed = sealed_pdf(node_sealer());
  const Hash imprint = check(sealed)->signature_digest;
  const auto stamped = add_timestamp(sealed, authority.token(imprint));
  ASSERT_TRUE(stamped) << stamped.error().message;
  const test::TemporaryFolder folder;
  const std::string file = folder.write("sealed.pdf", *stamped);
  const std::string report = test::run_tool("TZ=UTC pdfsig -nocert " + file).output;
  for (const char* line : {"Signature is Valid.", "Total document signed", "ETSI.CAdES.detached"})
    EXPECT_NE(report.find(line), std::string::npos) << line << " in\n" << report;
  EXPECT_EQ(test::run_tool("qpdf --check " + file).status, 0);
  const std::string token = folder.write("token.tst", *check(*stamped)->timestamp_der);
  const std::string roots = folder.write("root.pem", as_bytes(root.certificate_pem));
  std::string digest;
  for (const std::uint8_t byte : imprint)
    digest += "0123456789abcdef"[byte >> 4], digest += "0123456789abcdef"[byte & 15];
  const std::string verify =
      "openssl ts -verify -attime " + std::to_string(kNow / 1000) + " -token_in -in " + token + " -CAfile " + roots;
  const auto right = test::run_tool(verify + " -digest " + digest);
  EXPECT_EQ(right.status, 0) << right.output;
  const auto wrong = test::run_tool(verify + " -digest " + std::string(64, '0'));
  EXPECT_NE(wrong.output.find("message imprint mismatch"), std::string::npos) << wrong.output;
}

TEST(Stamp, TokensOfOtherSealsAreRefused) {
  const Sealer sealer = node_sealer();
  TestAuthority authority;
  const Bytes one = sealed_pdf(sealer);
  const Bytes other = sealed_pdf(sealer);
  const auto moved = add_timestamp(one, authority.token(check(other)->signature_digest));
  ASSERT_FALSE(moved);
  EXPECT_EQ(moved.error().message, "the timestamp is of something else");
}

TEST(Stamp, SealsThatContradictTheirTimestampAreRefused) {
  const Bytes sealed = sealed_pdf(node_sealer());
  const Hash imprint = check(sealed)->signature_digest;
  TestAuthority authority;
  authority.form.time_ms = kNow - 11 * 60'000;
  EXPECT_EQ(add_timestamp(sealed, authority.token(imprint)).error().message,
            "the seal states a later time than its timestamp attests");
  const Identity brief = make_identity({.to_ms = kNow + kDay});
  const Bytes forged = forge(brief, {});
  TestAuthority late(make_authority_identity({.to_ms = kNow + 9 * kDay}));
  late.form.time_ms = kNow + 2 * kDay;
  EXPECT_EQ(add_timestamp(forged, late.token(check(forged)->signature_digest)).error().message,
            "the seal's certificate was not valid at the time its timestamp attests");
}

}  // namespace
}  // namespace probity::seal
