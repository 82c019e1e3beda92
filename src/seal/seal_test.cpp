#include <gtest/gtest.h>
#include <openssl/cms.h>

#include <set>
#include <thread>

#include "base/encoding.h"
#include "seal/certificate.h"
#include "seal/check.h"
#include "seal/cms.h"
#include "seal/der.h"
#include "seal/sealer.h"
#include "seal/test_pdf.h"
#include "seal/update.h"
#include "support/outside_tool.h"

namespace probity::seal {
namespace {

Bytes to_bytes(std::string_view text) { return {as_bytes(text).begin(), as_bytes(text).end()}; }

// "corrupt: bytes were added …", or "sealed".
std::string verdict(BytesView pdf, const CheckOptions& options = {}) {
  const auto result = check(pdf, options);
  if (result) return "sealed";
  return std::string(catalogue_entry(result.error().code).name) + ": " + result.error().message;
}

// The gap's hex text as bytes, without the zeros behind the signature.
Bytes signature_of(BytesView pdf) {
  const std::string_view text = as_text(pdf);
  const std::size_t begin = text.rfind("/Contents <") + 11;
  Bytes der = *from_hex(text.substr(begin, text.find('>', begin) - begin));
  const std::size_t size = (std::size_t{der[2]} << 8) + der[3] + 4;  // a SEQUENCE with a length of two bytes
  der.resize(size);
  return der;
}

// A forgery whose signature is changed after it was made.
Bytes forge_cms(const Identity& forger, const std::function<void(CMS_SignerInfo*)>& change) {
  return forge(forger, {.after = [&](Bytes& signature) {
                 const unsigned char* at = signature.data();
                 const CmsHandle cms(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(signature.size())));
                 change(sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms.get()), 0));
                 signature = encoded<i2d_CMS_ContentInfo>(cms.get());
               }});
}

TEST(Seal, OthersAccept) {
  const Sealer sealer = node_sealer();
  const Bytes pdf = sealed_pdf(sealer);
  const test::TemporaryFolder folder;
  const std::string file = folder.write("sealed.pdf", pdf);
  const std::string report = test::run_tool("TZ=UTC pdfsig -nocert " + file).output;
  for (const char* line : {"Signature is Valid.", "Total document signed", "ETSI.CAdES.detached", "SHA-256",
                           "Lumen Motors", "Nov 18 2026 11:06:40"})
    EXPECT_NE(report.find(line), std::string::npos) << line << " in\n" << report;
  const auto structure = test::run_tool("qpdf --check " + file);
  EXPECT_EQ(structure.status, 0) << structure.output;
}

TEST(Seal, OthersSeeEveryChange) {
  Bytes pdf = sealed_pdf(node_sealer());
  const std::size_t at = as_text(pdf).find("A small agreement");
  pdf[at] = 'B';
  const test::TemporaryFolder folder;
  const std::string report = test::run_tool("pdfsig -nocert " + folder.write("changed.pdf", pdf)).output;
  EXPECT_NE(report.find("Digest Mismatch"), std::string::npos) << report;
}

// OpenSSL's own way through the whole signature, chain and signing certificate included.
TEST(Seal, SignatureIsCadesBaseline) {
  const Sealer sealer = node_sealer();
  const Bytes pdf = sealed_pdf(sealer);
  const Bytes der = signature_of(pdf);
  const unsigned char* at = der.data();
  const CmsHandle cms(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(der.size())));
  ASSERT_TRUE(cms);
  CMS_SignerInfo* const signer = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms.get()), 0);
  EXPECT_LT(CMS_signed_get_attr_by_NID(signer, NID_pkcs9_signingTime, -1), 0);
  EXPECT_GE(CMS_signed_get_attr_by_NID(signer, NID_id_smime_aa_signingCertificateV2, -1), 0);
  const std::string_view text = as_text(pdf);
  const std::size_t gap = text.rfind("/Contents <") + 10;
  const std::string covered = std::string(text.substr(0, gap)) + std::string(text.substr(text.find('>', gap) + 1));
  const auto certificate = read_certificates(sealer.certificate().pem);
  X509_STORE* const store = X509_STORE_new();
  X509_STORE_add_cert(store, certificate->front().get());
  X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store), kNow / 1000);
  X509_STORE_set_purpose(store, X509_PURPOSE_ANY);
  EXPECT_EQ(CMS_verify(cms.get(), nullptr, store, read_from(covered).get(), nullptr, CMS_BINARY | CMS_CADES), 1);
  EXPECT_EQ(CMS_verify(cms.get(), nullptr, store, read_from(covered + "x").get(), nullptr, CMS_BINARY | CMS_CADES), 0);
  X509_STORE_free(store);
}

TEST(Seal, OriginalBytesStayAndEverythingElseIsSealed) {
  const Bytes original = small_pdf();
  const Bytes pdf = sealed_pdf(node_sealer());
  ASSERT_GT(pdf.size(), original.size());
  EXPECT_TRUE(std::equal(original.begin(), original.end(), pdf.begin()));
  const auto checked = check(pdf);
  ASSERT_TRUE(checked) << checked.error().message;
  EXPECT_EQ(checked->sealed_bytes, pdf.size() - 2 * kSignatureBytes - 2);
}

TEST(Seal, CheckTellsWhatTheSealSays) {
  const auto key = SealKey::generate("流明汽车（上海）有限公司", kNow);
  ASSERT_TRUE(key);
  const Certificate certificate = key->certificate();
  const auto sealer = Sealer::create(*SealKey::from_pem(key->key_pem().view(), key->chain_pem()));
  ASSERT_TRUE(sealer);
  const auto pdf =
      sealer->seal(small_pdf(), {.reason = "承诺书生效 (𠮷)", .location = "上海", .time_ms = kNow + 1'999});
  ASSERT_TRUE(pdf) << pdf.error().message;
  const auto checked = check(*pdf);
  ASSERT_TRUE(checked) << checked.error().message;
  EXPECT_EQ(checked->name, "流明汽车（上海）有限公司");
  EXPECT_EQ(checked->reason, "承诺书生效 (𠮷)");
  EXPECT_EQ(checked->location, "上海");
  EXPECT_EQ(checked->claimed_time_ms, kNow + 1'000);
  EXPECT_EQ(checked->certificate.fingerprint, certificate.fingerprint);
  EXPECT_EQ(checked->certificate.subject, certificate.subject);
  EXPECT_EQ(checked->standing, Standing::unknown);
  EXPECT_FALSE(checked->standing_reason.empty());
  EXPECT_FALSE(checked->timestamp_der);
  const test::TemporaryFolder folder;
  const std::string report = test::run_tool("pdfsig -nocert " + folder.write("a.pdf", *pdf)).output;
  EXPECT_NE(report.find("流明汽车（上海）有限公司"), std::string::npos) << report;
}

TEST(Seal, StandingFollowsTheRootsAndTheTime) {
  const Sealer sealer = node_sealer();
  const Bytes pdf = sealed_pdf(sealer);
  const std::string own = sealer.certificate().pem;
  const auto standing = [&](const std::string& roots, std::optional<TimeMs> now) {
    return check(pdf, {.trusted_pem = roots, .now_ms = now})->standing;
  };
  EXPECT_EQ(standing(own, std::nullopt), Standing::trusted);
  EXPECT_EQ(standing(own, kNow + 300 * kDay), Standing::trusted);
  EXPECT_EQ(standing(own, kNow + 4'000 * kDay), Standing::expired);
  EXPECT_EQ(standing(own, kNow - 30 * kDay), Standing::not_yet_valid);
  EXPECT_EQ(standing(make_identity({.name = "Lumen Motors"}).certificate_pem, kNow), Standing::unknown);
  EXPECT_EQ(check(pdf, {.trusted_pem = "nonsense"}).error().code, ErrorCode::invalid_argument);
}

TEST(Seal, CertificatesFromAnAuthorityCarryTheirChain) {
  const Identity root = make_identity({.name = "Root", .key_usage = "critical,keyCertSign", .authority = true});
  const Identity middle =
      make_identity({.name = "Middle", .key_usage = "critical,keyCertSign", .authority = true}, &root);
  const Identity own = make_identity({.name = "Studio", .kind = KeyKind::rsa2048}, &middle);
  auto key = SealKey::from_pem(own.key_pem, own.certificate_pem + middle.certificate_pem);
  ASSERT_TRUE(key) << key.error().message;
  const auto sealer = Sealer::create(std::move(*key));
  const auto pdf = sealer->seal(small_pdf(), {.time_ms = kNow});
  ASSERT_TRUE(pdf);
  const auto trusted = check(*pdf, {.trusted_pem = root.certificate_pem, .now_ms = kNow});
  ASSERT_TRUE(trusted) << trusted.error().message;
  EXPECT_EQ(trusted->standing, Standing::trusted) << trusted->standing_reason;
  EXPECT_EQ(trusted->certificate.issuer, "Middle");
  EXPECT_EQ(check(*pdf, {.trusted_pem = middle.certificate_pem})->standing, Standing::trusted);
  EXPECT_EQ(check(*pdf)->standing, Standing::unknown);
  const test::TemporaryFolder folder;
  const std::string report = test::run_tool("pdfsig -nocert " + folder.write("a.pdf", *pdf)).output;
  EXPECT_NE(report.find("Signature is Valid."), std::string::npos) << report;
}

// A certificate whose issuer is only named, not proved.
TEST(Seal, FalseIssuersAreUnknown) {
  const Identity root = make_identity({.name = "Root", .key_usage = "critical,keyCertSign", .authority = true});
  const Identity impostor = make_identity({.name = "Root", .key_usage = "critical,keyCertSign", .authority = true});
  const Identity own = make_identity({.name = "Studio"}, &impostor);
  EXPECT_EQ(check(forge(own, {}), {.trusted_pem = root.certificate_pem})->standing, Standing::unknown);
  // Nor may somebody's sealing certificate issue others.
  const Identity member = make_identity({.name = "Member"});
  const Identity child = make_identity({.name = "Child"}, &member);
  EXPECT_EQ(check(forge(child, {}), {.trusted_pem = member.certificate_pem})->standing, Standing::unknown);
}

// Tries every byte but those of the empty rest of the gap, of which it takes some.
void expect_every_change_found(const Bytes& pdf, std::initializer_list<std::uint8_t> flips) {
  const std::size_t gap = as_text(pdf).rfind("/Contents <") + 10;
  const std::size_t zeros = gap + 1 + 2 * signature_of(pdf).size();
  const std::size_t zeros_end = gap + 1 + 2 * kSignatureBytes;
  Bytes changed = pdf;
  for (std::size_t i = 0; i<pdf.size(); i += i> zeros && i + 97 < zeros_end ? 97 : 1)
    for (const std::uint8_t flip : flips) {
      changed[i] = static_cast<std::uint8_t>(pdf[i] ^ flip);
      EXPECT_FALSE(check(changed)) << "byte " << i << " of " << pdf.size() << " xor " << int{flip} << " near "
                                   << as_text(pdf).substr(i < 20 ? 0 : i - 20, 40);
      changed[i] = pdf[i];
    }
  EXPECT_EQ(verdict(changed), "sealed");
}

TEST(Seal, EveryChangedByteIsFound) { expect_every_change_found(sealed_pdf(node_sealer()), {0x01, 0x20, 0x80}); }

TEST(Seal, EveryChangedByteOfAChainIsFound) {
  const Identity root = make_identity({.name = "Root", .key_usage = "critical,keyCertSign", .authority = true});
  const Identity middle =
      make_identity({.name = "Middle", .key_usage = "critical,keyCertSign", .authority = true}, &root);
  const Identity own = make_identity({.name = "Studio", .kind = KeyKind::rsa2048}, &middle);
  const auto sealer = Sealer::create(*SealKey::from_pem(own.key_pem, own.certificate_pem + middle.certificate_pem));
  expect_every_change_found(*sealer->seal(small_pdf(), {.time_ms = kNow}), {0x01});
}

TEST(Seal, AddedBytesAreFound) {
  const Bytes pdf = sealed_pdf(node_sealer());
  for (const char* added : {"\n", " ", "x", "%", "\n%%EOF\n", "%%EOF"}) {
    Bytes longer = pdf;
    for (const char* c = added; *c != 0; ++c) longer.push_back(static_cast<std::uint8_t>(*c));
    EXPECT_EQ(verdict(longer).substr(0, 8), "corrupt:") << added;
  }
}

// What attacks on signed PDFs do: another revision behind the seal, which viewers show.
TEST(Seal, ASecondUpdateIsFound) {
  const Bytes pdf = sealed_pdf(node_sealer());
  const std::string text(as_text(pdf));
  const std::size_t table = text.rfind("startxref\n") + 10;
  const std::string previous = text.substr(table, text.find('\n', table) - table);
  std::string later = text + "1 0 obj\n<< /Length 2 >>\nstream\nBT ET\nendstream\nendobj\n";
  const std::string start = std::to_string(later.size());
  later += "xref\n1 1\n" + std::string(10 - std::to_string(text.size()).size(), '0') + std::to_string(text.size()) +
           " 00000 n \ntrailer\n<< /Size 9 /Root 6 0 R /Prev " + previous + " >>\nstartxref\n" + start + "\n%%EOF\n";
  EXPECT_EQ(verdict(as_bytes(later)), "corrupt: bytes were added after the PDF was sealed");
  // Sealing it once more does not help either.
  const auto again = node_sealer().seal(as_bytes(later), {.time_ms = kNow});
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::conflict);
}

TEST(Seal, EveryTruncationIsFound) {
  const Bytes pdf = sealed_pdf(node_sealer());
  for (std::size_t size = 0; size < pdf.size(); size += size + 400 < pdf.size() ? 61 : 1)
    EXPECT_FALSE(check(BytesView(pdf).first(size))) << size;
}

TEST(Seal, WhatIsNotSealedIsNotFound) {
  EXPECT_EQ(verdict(small_pdf()), "not_found: the PDF has no seal");
  EXPECT_EQ(verdict({}).substr(0, 7), "corrupt");
  EXPECT_EQ(verdict(to_bytes("GIF89a")).substr(0, 7), "corrupt");
  EXPECT_EQ(verdict(small_pdf("/AcroForm << /Fields [] >>")).substr(0, 7), "corrupt");
}

struct Trick {
  const char* name;
  std::string_view from;
  std::string_view to;
};

// Signed by a willing key, but not in the form that leaves nothing open.
TEST(Seal, OtherFormsAreRefused) {
  const Identity forger = make_identity({.name = "Forger"});
  ASSERT_EQ(verdict(forge(forger, {})), "sealed");
  for (const Trick& trick :
       {Trick{"changes permitted", "/P 1 /V", "/P 2 /V"},
        Trick{"older form", "/ETSI.CAdES.detached", "/adbe.pkcs7.detached"},
        Trick{"no certification", "/DocMDP 7 0 R", "/DocMDX 7 0 R"},
        Trick{"another certification", "/DocMDP 7 0 R", "/DocMDP 6 0 R"},
        Trick{"another method", "/TransformMethod /DocMDP", "/TransformMethod /UR3   "},
        Trick{"two fields", "[8 0 R] /SigFlags 3", "[8 0 R 5 0 R]      "},
        Trick{"no fields", "[8 0 R] /SigFlags", "[     ] /SigFlags"}, Trick{"a text field", "/FT /Sig", "/FT /Tx "},
        Trick{"no value", "/V 7 0 R", "/X 7 0 R"},
        Trick{"range from the second byte", "/ByteRange [0 ", "/ByteRange [1 "},
        Trick{"no range", "/ByteRange", "/ByteRanqe"}, Trick{"no time", "   /M (D:", "   /Q (D:"},
        Trick{"an impossible time", "(D:20261118", "(D:20261318"}, Trick{"a key twice", "/Location", "/Reason  "},
        Trick{"a hidden key", "/Contents <", "/Cont#65nt<"}}) {
    const Bytes pdf = forge(forger, {.change = [&](std::string& text) { swap_text(text, trick.from, trick.to); }});
    EXPECT_NE(verdict(pdf), "sealed") << trick.name;
  }
}

// The range's own attack: a wider gap, in which bytes can be exchanged at will.
TEST(Seal, AWiderGapIsRefused) {
  const Identity forger = make_identity({.name = "Forger"});
  const auto widen = [](std::string& text) {
    const std::size_t at = text.rfind("/ByteRange [0 ") + 14;
    const std::size_t begin = std::stoul(text.substr(at, 10));
    const std::string narrower = std::to_string(begin - 4);
    text.replace(at, narrower.size(), narrower);
  };
  EXPECT_EQ(verdict(forge(forger, {.change = widen})), "corrupt: the sealed range leaves out more than the signature");
}

TEST(Seal, SignaturesInAnotherFormAreRefused) {
  const Identity forger = make_identity({.name = "Forger"});
  const auto add_unsigned = [](const char* kind) {
    return [kind](CMS_SignerInfo* signer) {
      const unsigned char token[] = {0x30, 0x03, 0x02, 0x01, 0x2A};
      CMS_unsigned_add1_attr_by_txt(signer, kind, V_ASN1_SEQUENCE, token, sizeof(token));
    };
  };
  EXPECT_EQ(verdict(forge_cms(forger, add_unsigned("1.2.840.113549.1.9.16.2.14"))),
            "corrupt: the timestamp cannot be read");
  EXPECT_EQ(verdict(forge_cms(forger, add_unsigned("1.2.3.4"))),
            "unsupported: the seal's signature has unknown attributes");
  const auto without_certificate = [](CMS_SignerInfo* signer) {
    const int at = CMS_signed_get_attr_by_NID(signer, NID_id_smime_aa_signingCertificateV2, -1);
    X509_ATTRIBUTE_free(CMS_signed_delete_attr(signer, at));
  };
  EXPECT_NE(verdict(forge_cms(forger, without_certificate)), "sealed");
  EXPECT_NE(verdict(forge(forger, {.after = [](Bytes& der) { der.push_back(1); }})), "sealed");
  EXPECT_NE(verdict(forge(forger, {.after = [](Bytes& der) { der.clear(); }})), "sealed");
}

// Everything as it should be, but signed by a key that is not the certificate's.
TEST(Seal, AnotherKeysSignatureIsNotAccepted) {
  const Identity one = make_identity({.name = "Lumen Motors"});
  const Identity other = make_identity({.name = "Lumen Motors"});
  Bytes signature;
  forge_cms(other, [&](CMS_SignerInfo* signer) {
    const ASN1_OCTET_STRING* const value = CMS_SignerInfo_get0_signature(signer);
    signature.assign(value->data, value->data + value->length);
  });
  const Bytes pdf = forge_cms(one, [&](CMS_SignerInfo* signer) {
    ASN1_STRING_set(CMS_SignerInfo_get0_signature(signer), signature.data(), static_cast<int>(signature.size()));
  });
  EXPECT_EQ(verdict(pdf), "corrupt: the seal's signature is not by its certificate");
}

TEST(Seal, ExpiredCertificatesNeitherSealNorPass) {
  const Identity old = make_identity({.name = "Old", .from_ms = kNow - 400 * kDay, .to_ms = kNow - 35 * kDay});
  const auto sealer = Sealer::create(*SealKey::from_pem(old.key_pem, old.certificate_pem));
  for (const TimeMs time : {kNow, kNow - 401 * kDay}) {
    const auto pdf = sealer->seal(small_pdf(), {.time_ms = time});
    ASSERT_FALSE(pdf);
    EXPECT_EQ(pdf.error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(verdict(forge(old, {.time_ms = time})),
              "corrupt: the seal's certificate was not valid at the time it states");
  }
  EXPECT_EQ(
      check(forge(old, {.time_ms = kNow - 100 * kDay}), {.trusted_pem = old.certificate_pem, .now_ms = kNow})->standing,
      Standing::expired);
}

TEST(Seal, OnlyOnceAndOnlyPlainDocuments) {
  const Sealer sealer = node_sealer();
  const auto code_of = [&](BytesView pdf) {
    const auto result = sealer.seal(pdf, {.time_ms = kNow});
    return result ? ErrorCode::internal : result.error().code;
  };
  EXPECT_EQ(code_of(sealed_pdf(sealer)), ErrorCode::conflict);
  EXPECT_EQ(code_of(small_pdf("/AcroForm << /Fields [] >>")), ErrorCode::unsupported);
  EXPECT_EQ(code_of(small_pdf({}, "/Annots 5 0 R")), ErrorCode::unsupported);
  EXPECT_EQ(code_of({}), ErrorCode::corrupt);
  EXPECT_EQ(code_of(to_bytes("not a PDF")), ErrorCode::corrupt);
  const auto linked =
      sealer.seal(small_pdf({}, "/Annots [ << /Type /Annot /Subtype /Link /Rect [0 0 9 9] >> ]"), {.time_ms = kNow});
  ASSERT_TRUE(linked) << linked.error().message;
  EXPECT_EQ(verdict(*linked), "sealed");
  const test::TemporaryFolder folder;
  EXPECT_EQ(test::run_tool("qpdf --check " + folder.write("a.pdf", *linked)).status, 0);
}

TEST(Seal, TextsAreChecked) {
  const Sealer sealer = node_sealer();
  EXPECT_EQ(sealer.seal(small_pdf(), {.reason = "\xFF", .time_ms = kNow}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(sealer.seal(small_pdf(), {.reason = std::string(501, 'x'), .time_ms = kNow}).error().code,
            ErrorCode::invalid_argument);
  const auto pdf = sealer.seal(small_pdf(), {.name = ")>> endobj", .reason = "> << /Contents <00>", .time_ms = kNow});
  ASSERT_TRUE(pdf);
  EXPECT_EQ(check(*pdf)->name, ")>> endobj");
}

TEST(Seal, ManyThreadsSealAtOnce) {
  const Sealer sealer = node_sealer();
  std::vector<std::vector<Bytes>> made(4);
  std::vector<std::thread> threads;
  for (auto& mine : made)
    threads.emplace_back([&] {
      for (int i = 0; i < 25; ++i) mine.push_back(sealed_pdf(sealer));
    });
  for (std::thread& thread : threads) thread.join();
  std::set<Bytes> different;
  for (const auto& mine : made)
    for (const Bytes& pdf : mine) {
      EXPECT_EQ(verdict(pdf), "sealed");
      different.insert(signature_of(pdf));
    }
  EXPECT_EQ(different.size(), 100U);
}

TEST(PdfTime, ThereAndBack) {
  EXPECT_EQ(to_pdf_time(kNow), "D:20261118110640+00'00'");
  for (const TimeMs time : {TimeMs{0}, kNow, TimeMs{1'709'164'800'000}, TimeMs{4'102'444'799'000}})
    EXPECT_EQ(*from_pdf_time(to_pdf_time(time)), time);
  for (const char* bad : {"", "D:20261118110640Z", "D:20260229110640+00'00'", "D:20261118240640+00'00'",
                          "D:2026111811064x+00'00'", "D:20261118110660+00'00'", "D:20261118110640+08'00'"})
    EXPECT_FALSE(from_pdf_time(bad)) << bad;
}

}  // namespace
}  // namespace probity::seal
