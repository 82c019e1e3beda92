// Attacks on signed PDFs, as their literature names them (pdf-insecurity.org: universal forgery, incremental saving,
// signature wrapping, 2019; shadow attacks, evil annotation and sneaky signature, 2021), made here against our seal by
// somebody who holds no key. None may pass as what was sealed.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/encoding.h"
#include "seal/check.h"
#include "seal/test_authority.h"
#include "support/outside_tool.h"

namespace probity::seal {
namespace {

struct Attack {
  std::string name;
  std::string pdf;
};

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.rfind(from);
  EXPECT_NE(at, std::string::npos) << from;
  if (at != std::string::npos) text.replace(at, from.size(), to);
  return text;
}

std::string previous_table(const std::string& pdf) {
  const std::size_t at = pdf.rfind("startxref\n") + 10;
  return pdf.substr(at, pdf.find('\n', at) - at);
}

// Objects by number, appended as an incremental update. `trailer`: what stands in it besides /Size and /Prev.
std::string updated(const std::string& pdf, const std::map<int, std::string>& objects,
                    const std::string& trailer = "/Root 6 0 R") {
  std::string out = pdf;
  std::string table = "xref\n";
  for (const auto& [number, value] : objects) {
    table += fmt::format("{} 1\n{:010} 00000 n \n", number, out.size());
    out += fmt::format("{} 0 obj\n{}\nendobj\n", number, value);
  }
  const std::size_t start = out.size();
  return out + table +
         fmt::format("trailer\n<< /Size 99 {} /Prev {} >>\nstartxref\n{}\n%%EOF\n", trailer, previous_table(pdf),
                     start);
}

const char* const kEvilText = "<< /Length 47 >>\nstream\nBT /F1 24 Tf 72 700 Td (A large agreement.) Tj ET\nendstream";
const char* const kCatalogue =
    "<< /Type /Catalog /Pages 4 0 R /AcroForm << /Fields [8 0 R] /SigFlags 3 >> /Perms << /DocMDP 7 0 R >> >>";
const char* const kPage =
    "<< /Type /Page /Parent 4 0 R /MediaBox [0 0 595 841] /Contents 1 0 R /Resources 2 0 R /Annots [8 0 R {}] >>";

class PdfAttacks : public testing::Test {
 protected:
  PdfAttacks() {
    const Bytes sealed = sealed_pdf(sealer);
    good = as_text(*add_timestamp(sealed, authority.token(check(sealed)->signature_digest)));
    gap_begin = good.rfind("/Contents <") + 10;
    gap_end = good.find('>', gap_begin) + 1;
  }

  void add(const std::string& name, std::string pdf) { attacks.push_back({name, std::move(pdf)}); }

  void add_appended() {
    for (const char* bytes :
         {"\n", " ", "%", "x", "%%EOF", "\n%%EOF\n", "\r\n%%EOF\r\n", "trailer", "startxref\n0\n%%EOF\n"})
      add(fmt::format("appended: {}", bytes), good + bytes);
    add("appended: itself", good + good);
    add("prepended: a script", "#!/bin/sh\n" + good);
    add("prepended: a space", " " + good);
  }

  void add_incremental() {
    add("incremental: other text", updated(good, {{1, kEvilText}}));
    add("incremental: other catalogue", updated(good, {{6, "<< /Type /Catalog /Pages 4 0 R >>"}}));
    add("incremental: other page", updated(good, {{3, fmt::format(fmt::runtime(kPage), "")}}));
    add("incremental: other seal", updated(good, {{7, "<< /Type /Sig >>"}}));
    add("incremental: nothing at all", updated(good, {{50, "null"}}));
    add("incremental: no table", good + fmt::format("1 0 obj\n{}\nendobj\n%%EOF\n", kEvilText));
    add("incremental: no trailer",
        good + fmt::format("1 0 obj\n{}\nendobj\nstartxref\n{}\n%%EOF\n", kEvilText, previous_table(good)));
    add("incremental: old start",
        good + fmt::format("1 0 obj\n{}\nendobj\ntrailer\n<< /Root 6 0 R >>\nstartxref\n{}\n%%EOF\n", kEvilText,
                           previous_table(good)));
    add("incremental: trailer of another root", updated(good, {{60, kCatalogue}}, "/Root 60 0 R"));
    add("incremental: a stream beside the table", updated(good, {{1, kEvilText}}, "/Root 6 0 R /XRefStm 15"));
    add("incremental: with our seal copied",
        updated(good, {{1, kEvilText}, {7, good.substr(good.rfind("<< /Type /Sig\n"), 60) + ">>"}}));
  }

  // The attacker prepared the document, so that it holds what is not shown; the victim sealed it; then it is shown.
  void add_shadow() {
    const std::string hidden = "/Shadow << /Hidden 1 0 R >> ";
    const Bytes sealed = *sealer.seal(small_pdf(hidden), {.reason = "Agreement in force", .time_ms = kNow});
    const std::string prepared(as_text(sealed));
    add("shadow, hide: the overlay goes",
        updated(prepared, {{3, "<< /Type /Page /Parent 4 0 R /MediaBox [0 0 9 9] >>"}}));
    add("shadow, replace: another font", updated(prepared, {{2,
                                                             "<< /Font << /F1 << /Type /Font /Subtype /Type1 "
                                                             "/BaseFont /ZapfDingbats >> >> >>"}}));
    add("shadow, replace: a field's appearance",
        updated(prepared, {{8, "<< /FT /Sig /T (Seal) /V 7 0 R /AP << /N 1 0 R >> >>"}}));
    add("shadow, hide and replace: other pages", updated(prepared, {{4, "<< /Type /Pages /Kids [70 0 R] /Count 1 >>"},
                                                                    {70, fmt::format(fmt::runtime(kPage), "")}}));
    add("shadow: in place", replaced(prepared, "/Hidden", "/Shownn"));
  }

  void add_universal_forgery() {
    const std::string range = good.substr(good.rfind("/ByteRange ["),
                                          good.find(']', good.rfind("/ByteRange [")) + 1 - good.rfind("/ByteRange ["));
    const auto with_range = [&](const std::string& value) {
      std::string padded = "/ByteRange " + value;
      padded.resize(range.size(), ' ');
      return replaced(good, range, padded);
    };
    for (const char* value : {"null", "[]", "[0]", "[0 0 0 0]", "[0 1 2 3]", "[-1 0 0 0]", "[0 -1 0 0]", "(x)", "<< >>",
                              "[0 0 0]", "[null null null null]", "9 0 R", "true"})
      add(fmt::format("universal: range {}", value), with_range(value));
    add("universal: no range", replaced(good, "/ByteRange", "/ByteRanqe"));
    const auto with_gap = [&](const std::string& value) {
      std::string text = value;
      text.resize(gap_end - gap_begin, ' ');
      return good.substr(0, gap_begin) + text + good.substr(gap_end);
    };
    for (const char* value : {"null", "<>", "<00>", "()", "(\\000)", "<3000>", "9 0 R", "<30 80 00 00>"})
      add(fmt::format("universal: signature {}", value), with_gap(value));
    add("universal: no signature", replaced(good, "/Contents <", "/Contentz <"));
    add("universal: empty signature", with_gap("<" + std::string(gap_end - gap_begin - 2, '0') + ">"));
    add("universal: nonsense signature", with_gap("<" + std::string(gap_end - gap_begin - 2, 'f') + ">"));
    add("universal: capital letters", with_gap([&] {
          std::string upper = good.substr(gap_begin, gap_end - gap_begin);
          for (char& c : upper)
            if (c >= 'a' && c <= 'f') c = static_cast<char>(c - 'a' + 'A');
          return upper;
        }()));
    add("universal: no filter", replaced(good, "/ETSI.CAdES.detached", "/adbe.x509.rsa_sha1 "));
    add("universal: no certification", replaced(good, "/DocMDP 7 0 R", "/DocMDP 9 0 R"));
  }

  // The second part is moved to the end, and what was moved makes room for something of the attacker's.
  void add_wrapping() {
    const std::string tail = good.substr(gap_end);
    for (const std::size_t room : {std::size_t{1}, std::size_t{64}, std::size_t{5'000}}) {
      std::string evil = fmt::format("1 0 obj\n{}\nendobj\n", kEvilText);
      evil.resize(std::max(room, evil.size()), ' ');
      add(fmt::format("wrapping: {} bytes between gap and rest", room), good.substr(0, gap_end) + evil + tail);
      std::string moved = good.substr(0, gap_end) + evil + tail;
      const std::string old_range = fmt::format("{:<10} {:<10}", gap_begin, gap_end);
      const std::string new_range = fmt::format("{:<10} {:<10}", gap_begin, gap_end + evil.size());
      add(fmt::format("wrapping: and the range says so, {}", room), replaced(moved, old_range, new_range));
      std::string nested = good.substr(0, gap_begin) + "<00>" + evil + good.substr(gap_begin);
      add(fmt::format("wrapping: a second signature before it, {}", room), nested);
    }
    const std::size_t range = good.rfind("/ByteRange [0 ");
    std::string six = fmt::format("/ByteRange [0 {} {} 9 99 9]", gap_begin - 40, gap_begin - 30);
    six.resize(good.find(']', range) + 1 - range, ' ');
    std::string text = good;
    text.replace(range, six.size(), six);
    add("wrapping: a second gap", text);
    add("wrapping: from the second byte", replaced(good, "/ByteRange [0 ", "/ByteRange [1 "));
  }

  void add_after_certifying() {
    const std::string page = fmt::format(fmt::runtime(kPage), "80 0 R");
    for (const char* kind :
         {"FreeText", "Stamp", "Redact", "Square", "Link", "Widget", "FileAttachment", "Ink", "Watermark", "Popup"})
      add(fmt::format("annotation: {}", kind),
          updated(good, {{3, page},
                         {80, fmt::format("<< /Type /Annot /Subtype /{} /Rect [0 0 595 841] "
                                          "/Contents (A large agreement.) >>",
                                          kind)}}));
    const Bytes other = sealed_pdf(node_sealer());
    const std::string signature(as_text(other).substr(as_text(other).rfind("<< /Type /Sig\n")));
    add("second signature: a field", updated(good, {{6, replaced(kCatalogue, "[8 0 R]", "[8 0 R 81 0 R]")},
                                                    {81, "<< /FT /Sig /T (More) /V 82 0 R >>"},
                                                    {82, signature.substr(0, signature.find("endobj"))}}));
    add("second signature: in its place", updated(good, {{8, "<< /FT /Sig /T (Seal) /V 82 0 R >>"},
                                                         {82, signature.substr(0, signature.find("endobj"))}}));
    add("second signature: an empty field", updated(good, {{6, replaced(kCatalogue, "[8 0 R]", "[8 0 R 81 0 R]")},
                                                           {81, "<< /FT /Sig /T (More) /Rect [0 0 595 841] >>"}}));
    add("script on opening", updated(good, {{6, replaced(kCatalogue, "/Type /Catalog",
                                                         "/Type /Catalog /OpenAction "
                                                         "<< /S /JavaScript /JS (x) >>")}}));
  }

  void add_in_place() {
    add("doubled key: location and reason", replaced(good, "/Location", "/Reason  "));
    add("doubled key: two signatures", replaced(good, "/Location <", "/Contents <"));
    add("disguised key", replaced(good, "/Contents <", "/Cont#65nt<"));
    add("changes permitted", replaced(good, "/P 1 /V", "/P 3 /V"));
    add("another time", replaced(good, "(D:20261118", "(D:20251118"));
    add("another text", replaced(good, "A small agreement", "A large agreement"));
    add("another table", replaced(good, previous_table(good), std::string(previous_table(good).size(), '1')));
    add("cut off: the last line", good.substr(0, good.size() - 6));
    add("cut off: the update", good.substr(0, good.rfind("/Type /Sig\n")));
  }

  // Token and signature of other seals.
  void add_transplants() {
    const Bytes other = *sealer.seal(small_pdf("/Lang (en) "), {.reason = "Agreement in force", .time_ms = kNow});
    const std::string_view text = as_text(other);
    const std::size_t begin = text.rfind("/Contents <") + 10;
    add("transplant: another document's signature",
        good.substr(0, gap_begin) + std::string(text.substr(begin, gap_end - gap_begin)) + good.substr(gap_end));
    std::string stamp = good;
    const std::size_t token =
        stamp.find(to_hex(Bytes{0x06, 0x0B, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10, 0x02, 0x0E}));
    EXPECT_NE(token, std::string::npos);
    const std::size_t time = stamp.find(to_hex(as_bytes("20261118110640Z")), token);
    EXPECT_NE(time, std::string::npos);
    stamp.replace(time, 8, to_hex(as_bytes("2016")));
    add("transplant: an earlier time in the token", stamp);
  }

  Sealer sealer = node_sealer();
  TestAuthority authority;
  std::string good;
  std::size_t gap_begin = 0, gap_end = 0;
  std::vector<Attack> attacks;
};

TEST_F(PdfAttacks, NoneIsAccepted) {
  add_appended();
  add_incremental();
  add_shadow();
  add_universal_forgery();
  add_wrapping();
  add_after_certifying();
  add_in_place();
  add_transplants();
  const CheckOptions options{sealer.certificate().pem, authority.certificate_pem(), kNow};
  ASSERT_TRUE(check(as_bytes(good), options));
  std::size_t accepted = 0;
  for (const Attack& attack : attacks) {
    const auto checked = check(as_bytes(attack.pdf), options);
    EXPECT_FALSE(checked) << attack.name;
    accepted += checked ? 1 : 0;
    EXPECT_TRUE(checked || checked.error().code != ErrorCode::internal) << attack.name;
  }
  EXPECT_GE(attacks.size(), 90U);
  std::cout << "  " << attacks.size() << " attack files, " << accepted << " accepted\n";
}

// Each kind is told by its name, so that people know what was done.
TEST_F(PdfAttacks, AreNamed) {
  const auto told = [&](const std::string& pdf) {
    const auto checked = check(as_bytes(pdf));
    return checked ? std::string("sealed") : checked.error().message;
  };
  EXPECT_EQ(told(updated(good, {{1, kEvilText}})), "bytes were added after the PDF was sealed");
  add_wrapping();
  const auto named = [&](const std::string& name) {
    for (const Attack& attack : attacks)
      if (attack.name == name) return told(attack.pdf);
    return std::string("no such attack");
  };
  EXPECT_EQ(named("wrapping: a second gap"), "the sealed range has a second gap");
  EXPECT_EQ(named("wrapping: from the second byte"), "the sealed range does not start at the first byte");
  EXPECT_EQ(told(replaced(good, "/Location <", "/Locality <")), "the seal has an unknown extension");
}

// A stamp can be taken off: what is left is a seal whose time nobody attests, and that is what the check says.
TEST_F(PdfAttacks, AStampThatIsTakenOffIsMissed) {
  const Bytes sealed = sealed_pdf(sealer);
  const auto stamped = add_timestamp(sealed, authority.token(check(sealed)->signature_digest));
  ASSERT_TRUE(stamped);
  EXPECT_TRUE(check(*stamped)->timestamp);
  EXPECT_FALSE(check(sealed)->timestamp);
}

// Whoever strips the seal, changes the text and seals it under a certificate that reads the same, is not trusted.
TEST_F(PdfAttacks, SealsUnderANamesakesCertificateAreNotTrusted) {
  const Bytes forged = sealed_pdf(node_sealer());
  const auto checked = check(forged, {.trusted_pem = sealer.certificate().pem, .now_ms = kNow});
  ASSERT_TRUE(checked);
  EXPECT_EQ(checked->certificate.subject, sealer.certificate().subject);
  EXPECT_EQ(checked->standing, Standing::unknown);
}

}  // namespace
}  // namespace probity::seal
