// Tables that people upload: CSV as programs really write it, XLSX, and files made to hurt.
#include "parties/sheet.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "support/workbook.h"

namespace probity::parties {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Result<Rows> rows_of(BytesView file, std::vector<std::size_t>* lines = nullptr) {
  Rows rows;
  TRY(read_sheet(file, [&](SheetRow&& row) -> Result<void> {
    if (lines != nullptr) lines->push_back(row.line);
    rows.push_back(std::move(row.fields));
    return {};
  }));
  return rows;
}

TEST(Sheet, FindsTheDelimiterOfCsv) {
  EXPECT_EQ(rows_of(as_bytes("a;b\n1,5;2\n")).value(), (Rows{{"a", "b"}, {"1,5", "2"}}));
  EXPECT_EQ(rows_of(as_bytes("a\tb\n1\t2")).value(), (Rows{{"a", "b"}, {"1", "2"}}));
  EXPECT_EQ(rows_of(as_bytes("\xEF\xBB\xBF\"a;;;\",b\n\"1\"\"2\",3\r\n")).value(),
            (Rows{{"a;;;", "b"}, {"1\"2", "3"}}));
  EXPECT_EQ(rows_of(as_bytes("name\nMira\n")).value(), (Rows{{"name"}, {"Mira"}}));
}

TEST(Sheet, ReadsUtf16WithAMark) {
  const Bytes little{0xFF, 0xFE, 'a', 0, '\t', 0, 0x0C, 0x54, '\n', 0};
  EXPECT_EQ(rows_of(little).value(), (Rows{{"a", "同"}}));
  const Bytes big{0xFE, 0xFF, 0, 'a', 0, ',', 0x54, 0x0C};
  EXPECT_EQ(rows_of(big).value(), (Rows{{"a", "同"}}));
}

TEST(Sheet, RefusesWhatItCannotRead) {
  EXPECT_EQ(rows_of(as_bytes("a,b\n\xC0\xCF\n")).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(rows_of(as_bytes("\xD0\xCF\x11\xE0\xA1\xB1")).error().code, ErrorCode::unsupported);
  EXPECT_EQ(rows_of(as_bytes("PK\x03\x04 nothing")).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(rows_of(Bytes(kMostSheetBytes + 1, 'a')).error().code, ErrorCode::too_large);
  EXPECT_EQ(rows_of(as_bytes(std::string("a\n") +
                             [] {
                               std::string many;
                               for (std::size_t i = 0; i <= kMostSheetRows; ++i) many += "x\n";
                               return many;
                             }()))
                .error()
                .code,
            ErrorCode::too_large);
}

TEST(Sheet, StopsWhenTheReceiverSaysSo) {
  std::size_t count = 0;
  const auto outcome = read_sheet(as_bytes("a\nb\nc\n"), [&](SheetRow&&) -> Result<void> {
    return ++count == 2 ? Result<void>(fail(ErrorCode::cancelled, "enough")) : Result<void>();
  });
  EXPECT_EQ(outcome.error().code, ErrorCode::cancelled);
  EXPECT_EQ(count, 2U);
}

TEST(Xlsx, ReadsInlineStrings) {
  std::vector<std::size_t> lines;
  const Bytes file = test::workbook_of({{"姓名", "机构"}, {}, {"林小雨", "<星河> & Co"}, {"", "x"}});
  EXPECT_EQ(rows_of(file, &lines).value(), (Rows{{"姓名", "机构"}, {"林小雨", "<星河> & Co"}, {"", "x"}}));
  EXPECT_EQ(lines, (std::vector<std::size_t>{1, 3, 4}));
}

// As Excel writes it: shared strings with runs and reading aids, a relation to a sheet of another name, prefixes, cells
// left out, numbers in scientific notation.
TEST(Xlsx, ReadsSharedStringsRelationsAndNumbers) {
  const Bytes file = test::zip_of({
      {"xl/workbook.xml",
       R"(<x:workbook xmlns:x="m" xmlns:r="o"><!-- it's > a comment --><x:sheets><x:sheet name="A" sheetId="1" r:id="rId7"/>
          <x:sheet name="B" sheetId="2" r:id="rId8"/></x:sheets></x:workbook>)"},
      {"xl/_rels/workbook.xml.rels",
       R"(<Relationships><Relationship Id="rId8" Target="worksheets/other.xml"/>
          <Relationship Id="rId7" Target="worksheets/people.xml"/></Relationships>)"},
      {"xl/sharedStrings.xml",
       R"(<sst><si><t>name</t></si><si><r><t>林</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 小雨</t></r>
          <rPh><t>lin</t></rPh></si><si/></sst>)"},
      {"xl/worksheets/people.xml",
       R"(<x:worksheet xmlns:x="m"><x:sheetData><x:row r="2"><x:c r="A2" t="s"><x:v>0</x:v></x:c>
          <x:c r="C2" t="str"><x:v>phone</x:v></x:c></x:row>
          <x:row r="5" spans="1:3"><x:c r="A5" t="s"><x:v>1</x:v></x:c><x:c r="C5"><x:v>1.3800138E10</x:v></x:c>
          <x:c><x:v>0.5</x:v></x:c></x:row><x:row r="9"><x:c r="A9" t="s"><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>)"},
      {"xl/worksheets/other.xml", "<worksheet/>"},
  });
  std::vector<std::size_t> lines;
  EXPECT_EQ(rows_of(file, &lines).value(), (Rows{{"name", "", "phone"}, {"林 小雨", "", "13800138000", "0.5"}}));
  EXPECT_EQ(lines, (std::vector<std::size_t>{2, 5}));
}

TEST(Xlsx, RefusesDamage) {
  const auto refused = [](const std::map<std::string, std::string>& parts) {
    const auto rows = rows_of(test::zip_of(parts));
    return !rows && rows.error().code == ErrorCode::invalid_argument;
  };
  const std::string sheet = "xl/worksheets/sheet1.xml";
  EXPECT_TRUE(refused({{"mimetype", "something else"}}));
  EXPECT_TRUE(refused({{sheet, "<worksheet><row><c><v>1</v></c>"}}));
  EXPECT_TRUE(refused({{sheet, "<worksheet><row><c></v></c></row>"}}));
  EXPECT_TRUE(refused({{sheet, "<row><c t=\"s\"><v>0</v></c></row>"}}));
  EXPECT_TRUE(refused({{sheet, "<row><c t=\"s\"><v>-1</v></c></row>"}}));
  EXPECT_TRUE(refused({{sheet, "<row r=\"1"}}));
  EXPECT_TRUE(refused({{sheet, "\xFF\xFE<row/>"}}));
  EXPECT_TRUE(refused({{"xl/workbook.xml", "<sheet r:id=\"a\"/>"},
                       {"xl/_rels/workbook.xml.rels", "<Relationship Id=\"a\" Target=\"../../etc/passwd\"/>"}}));
  Bytes cut = test::workbook_of({{"name"}, {"Mira"}});
  cut.resize(cut.size() - 30);
  EXPECT_FALSE(rows_of(cut));
}

TEST(Xlsx, IsBoundedWhateverItUnpacksTo) {
  const std::string sheet = "xl/worksheets/sheet1.xml";
  const Bytes bomb = test::zip_of({{sheet, "<worksheet>" + std::string(std::size_t{97} << 20, ' ') + "</worksheet>"}});
  EXPECT_LT(bomb.size(), std::size_t{1} << 20);
  EXPECT_EQ(rows_of(bomb).error().code, ErrorCode::too_large);
  // Far columns are not read, and entities are not expanded.
  const Bytes wide = test::zip_of({{sheet, "<row><c r=\"A1\"><v>1</v></c><c r=\"XFD1\"><v>2</v></c></row>"}});
  EXPECT_EQ(rows_of(wide).value(), (Rows{{"1"}}));
  const Bytes entities =
      test::zip_of({{sheet, "<!DOCTYPE a [<!ENTITY b \"boom\">]><row><c t=\"str\"><v>&b;</v></c></row>"}});
  const auto rows = rows_of(entities);
  EXPECT_TRUE(!rows || *rows == (Rows{{"&b;"}}));
}

TEST(Sheet, NeverFailsBadlyOnAnyBytes) {
  EXPECT_TRUE(rc::check([](const std::string& text) {
    rows_of(as_bytes(text));
    rows_of(test::zip_of({{"xl/worksheets/sheet1.xml", "<row>" + text + "</row>"}}));
  }));
}

}  // namespace
}  // namespace probity::parties
