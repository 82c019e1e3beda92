#include "seal/pdf_revisions.h"

#include <gtest/gtest.h>

#include "seal/test_pdf.h"

namespace probity::seal {
namespace {

Result<PdfValue> read(std::string_view text) { return PdfReader(as_bytes(text)).value(); }

TEST(PdfValue, ReadsEachKind) {
  const auto value = read("<< /A 12 /B -1.5 /C (a(b)\\)c) /D <48 >> ");
  EXPECT_FALSE(value);  // half a text
  const auto whole = read("<</A 12/B -1.5 /C (a(b)\\)c)/D <4869>/E [1 2 0 R/N null true]/F<</G false>>>>");
  ASSERT_TRUE(whole) << whole.error().message;
  EXPECT_EQ(whole->find("A")->number, 12U);
  EXPECT_EQ(whole->find("B")->kind, PdfKind::real);
  EXPECT_EQ(whole->find("D")->bytes, "Hi");
  const auto& items = whole->find("E")->items;
  ASSERT_EQ(items.size(), 5U);
  EXPECT_EQ(items[1].kind, PdfKind::reference);
  EXPECT_EQ(items[1].number, 2U);
  EXPECT_TRUE(items[2].is_name("N"));
  EXPECT_EQ(items[3].kind, PdfKind::null);
  EXPECT_TRUE(items[4].boolean);
  EXPECT_EQ(whole->find("F")->find("G")->kind, PdfKind::boolean);
  EXPECT_EQ(whole->find("Z"), nullptr);
}

TEST(PdfValue, RefusesWhatReadersMayUnderstandDifferently) {
  for (const std::string_view bad :
       {"<< /A 1 /A 2 >>", "<< /A#42 1 >>", "<< A 1 >>", "<< /A >>", "[1 2", "(a", "<4", "<4x>", "nul", "trueish",
        "12x", "9999999999999999", "", "]", ">>", "/", "<< /A 1"}) {
    const auto value = read(bad);
    if (bad == "/") continue;  // the empty name is a name
    EXPECT_FALSE(value) << bad;
  }
}

TEST(PdfValue, DepthAndWidthAreBounded) {
  EXPECT_FALSE(read(std::string(100'000, '[')));
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<</A";
  EXPECT_FALSE(read(deep));
  std::string wide = "[";
  for (int i = 0; i < 300'000; ++i) wide += "1 ";
  EXPECT_FALSE(read(wide + "]"));
  std::string keys = "<<";
  for (int i = 0; i < 5'000; ++i) keys += "/K" + std::to_string(i) + " 1";
  EXPECT_FALSE(read(keys + ">>"));
}

TEST(PdfRevisions, FindsObjects) {
  const Bytes pdf = small_pdf();
  const auto revisions = PdfRevisions::read(pdf);
  ASSERT_TRUE(revisions) << revisions.error().message;
  EXPECT_EQ(revisions->revisions().size(), 1U);
  const auto catalogue = revisions->catalogue();
  ASSERT_TRUE(catalogue);
  EXPECT_TRUE(catalogue->find("Type")->is_name("Catalog"));
  EXPECT_FALSE(revisions->object(0));
  EXPECT_FALSE(revisions->object(77));
}

struct Bad {
  const char* what;
  std::string_view from;
  std::string_view to;
  ErrorCode code;
};

TEST(PdfRevisions, DamagedTablesAreRefused) {
  for (const Bad& bad :
       {Bad{"no head", "%PDF-1.5", "%PDX-1.5", ErrorCode::corrupt}, Bad{"no end", "%%EOF", "%%EOX", ErrorCode::corrupt},
        Bad{"no start", "startxref", "startxxxx", ErrorCode::corrupt},
        Bad{"no table", "xref\n0 7", "xrxf\n0 7", ErrorCode::unsupported},
        Bad{"too long", "xref\n0 7", "xref\n0 9", ErrorCode::corrupt},
        Bad{"a bad entry", "00000 n ", "00000 x ", ErrorCode::corrupt},
        Bad{"another generation", "00000 n ", "00001 n ", ErrorCode::unsupported},
        Bad{"no trailer", "trailer", "trailex", ErrorCode::corrupt},
        Bad{"encrypted", "/Info 5 0 R", "/Encrypt 5 ", ErrorCode::unsupported},
        Bad{"a stream too", "/Info 5 0 R", "/XRefStm 50", ErrorCode::unsupported},
        Bad{"a loop", "/Info 5 0 R", "/Prev 99999", ErrorCode::corrupt}}) {
    std::string text(as_text(small_pdf()));
    swap_text(text, bad.from, bad.to);
    const auto revisions = PdfRevisions::read(as_bytes(text));
    ASSERT_FALSE(revisions) << bad.what;
    EXPECT_EQ(revisions.error().code, bad.code) << bad.what << ": " << revisions.error().message;
  }
}

TEST(PdfRevisions, EveryTruncationIsRefused) {
  const Bytes pdf = small_pdf();
  for (std::size_t size = 0; size + 1 < pdf.size(); ++size)  // the last line end may be missing
    EXPECT_FALSE(PdfRevisions::read(BytesView(pdf).first(size))) << size;
}

}  // namespace
}  // namespace probity::seal
