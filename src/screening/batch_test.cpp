// Files of partners as people send them: encodings, titles, broken rows, workbooks that bite, and results that do not.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "parties/sheet.h"
#include "screening/batch.h"
#include "screening/batch_file.h"
#include "screening/batch_output.h"
#include "support/workbook.h"

namespace probity::screening {
namespace {

constexpr const char* kCode = "91350100M000100Y43";

PartnerFile file_of(std::string_view text) { return read_partner_file(as_bytes(text)).value(); }

TEST(PartnerFile, finds_its_columns_by_titles_in_either_language) {
  for (const char* titles : {"Supplier name,Credit code,City", "企业名称,统一社会信用代码,城市",
                             "企業名稱;統一社會信用代碼;城市", " 公司名称 \t信用代码\t城市"}) {
    const char* const divided = std::string_view(titles).find(';') != std::string_view::npos    ? ";"
                                : std::string_view(titles).find('\t') != std::string_view::npos ? "\t"
                                                                                                : ",";
    const auto file =
        file_of(std::string(titles) + "\n" + "杭州蓝鲸仪器有限公司" + divided + kCode + divided + "杭州\n");
    ASSERT_EQ(file.partners.size(), 1U) << titles;
    EXPECT_EQ(file.partners[0].name, "杭州蓝鲸仪器有限公司");
    EXPECT_EQ(file.partners[0].subject.credit_code, kCode);
    EXPECT_EQ(file.partners[0].line, 2U);
    EXPECT_EQ(file.notes.size(), 2U);
  }
}

TEST(PartnerFile, finds_its_columns_by_what_stands_in_them) {
  const auto file = file_of("1,杭州蓝鲸仪器有限公司,91350100M000100Y43\n2,宁波红鹤贸易有限公司,\n");
  ASSERT_EQ(file.partners.size(), 2U);
  EXPECT_EQ(file.partners[0].subject.credit_code, kCode);
  EXPECT_EQ(file.partners[1].subject.name, "宁波红鹤贸易有限公司");
  EXPECT_EQ(read_partner_file(as_bytes("1,2\n3,4\n")).error().code, ErrorCode::invalid_argument);
}

TEST(PartnerFile, reads_gb18030_and_utf16) {
  // 企业名称 / 蓝鲸 in GB18030; a character beyond GBK (𠮷, four bytes) too.
  const std::string gb = "\xC6\xF3\xD2\xB5\xC3\xFB\xB3\xC6\n\xC0\xB6\xBE\xA8\n\x95\x32\xB3\x34\xC0\xB6\n";
  const auto file = file_of(gb);
  EXPECT_EQ(file.kind, TableKind::csv_gb18030);
  ASSERT_EQ(file.partners.size(), 2U);
  EXPECT_EQ(file.partners[0].name, "蓝鲸");
  std::string utf16 = "\xFF\xFE";
  for (const char16_t unit : std::u16string(u"企业名称\r\n蓝鲸\r\n")) {
    utf16 += static_cast<char>(unit & 0xFF);
    utf16 += static_cast<char>(unit >> 8);
  }
  EXPECT_EQ(file_of(utf16).partners.at(0).name, "蓝鲸");
  EXPECT_EQ(file_of("\xEF\xBB\xBFname\nBlue Whale\n").partners.at(0).name, "Blue Whale");
  const std::string binary("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xFF", 17);
  EXPECT_EQ(read_partner_file(as_bytes(binary)).error().code, ErrorCode::invalid_argument);
}

TEST(PartnerFile, says_what_is_wrong_with_a_row_and_loses_none) {
  const auto file = file_of(
      "name,credit code\n"
      "Good Ltd,91350100M000100Y43\n"
      "Mistyped Ltd,91350100M000100Y44\n"
      ",\n"
      ",12345\n"
      "bad \"quote,x\n"
      "\"never closed,y\n"
      "Rounded Ltd,9.13501E+17\n"
      "Last Ltd,\n");
  ASSERT_EQ(file.partners.size(), 7U);  // the row of nothing but a comma has no text at all
  EXPECT_FALSE(file.partners[0].problem);
  EXPECT_TRUE(file.partners[1].problem);
  EXPECT_TRUE(file.partners[1].readable()) << "asked by its name";
  EXPECT_FALSE(file.partners[2].readable());
  EXPECT_TRUE(file.partners[3].problem);
  EXPECT_EQ(file.partners[3].line, 6U);
  EXPECT_EQ(file.partners[4].line, 7U);
  EXPECT_EQ(file.partners[4].name, "\"never closed,y");
  EXPECT_NE(file.partners[5].problem->en.find("rounded"), std::string::npos);
  EXPECT_EQ(file.partners[6].name, "Last Ltd");
  EXPECT_EQ(file.partners[6].line, 9U);
}

TEST(PartnerFile, is_bounded) {
  EXPECT_EQ(read_partner_file(Bytes(kMostFileBytes + 1, 'a')).error().code, ErrorCode::too_large);
  std::string many = "name\n";
  for (std::size_t i = 0; i <= kMostPartners; ++i) many += "a\n";
  EXPECT_EQ(read_partner_file(as_bytes(many)).error().code, ErrorCode::too_large);
  // Every line opens a quote that is never closed: time stays linear in the file.
  std::string quotes = "name\n";
  while (quotes.size() < 1'000'000) quotes += "\"x\n";
  EXPECT_EQ(read_partner_file(as_bytes(quotes)).error().code, ErrorCode::too_large)
      << "more than 100,000 rows, all kept";
}

TEST(PartnerFile, reads_workbooks_and_refuses_those_that_bite) {
  const Bytes book = test::workbook_of({{"企业名称", "统一社会信用代码"}, {"杭州蓝鲸仪器有限公司", kCode}});
  const auto file = read_partner_file(book).value();
  EXPECT_EQ(file.kind, TableKind::xlsx);
  EXPECT_EQ(file.partners.at(0).subject.credit_code, kCode);

  const std::string bomb(std::size_t{100} << 20, ' ');
  EXPECT_EQ(read_partner_file(test::zip_of({{"xl/worksheets/sheet1.xml", bomb}})).error().code, ErrorCode::too_large);
  EXPECT_FALSE(read_partner_file(test::zip_of({{"other", "x"}})));
  EXPECT_FALSE(read_partner_file(as_bytes("PK\x03\x04 and nothing else")));
  EXPECT_EQ(read_partner_file(as_bytes("\xD0\xCF\x11\xE0 old")).error().code, ErrorCode::unsupported);
  const std::string laughs =
      R"(<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet><sheetData>)"
      R"(<row r="1"><c t="inlineStr"><is><t>name</t></is></c></row>)"
      R"(<row r="2"><c t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>)";
  const auto laughed = read_partner_file(test::zip_of({{"xl/worksheets/sheet1.xml", laughs}}));
  if (laughed) {
    EXPECT_EQ(laughed->partners.at(0).name, "&b;") << "an entity is never expanded";
  }
}

// Whatever the bytes are, reading ends, and what is text keeps every line that has something in it.
RC_GTEST_PROP(PartnerFileProperty, nothing_is_lost, (const std::vector<std::string>& raw)) {
  std::string text = "name\n";
  std::size_t expected = 0;
  for (std::string line : raw) {
    for (char& c : line) c = static_cast<char>(c & 0x7F);
    // A quote may rightly join lines; that is the other test's matter.
    std::erase_if(line, [](char c) { return c == '"' || static_cast<unsigned char>(c) < 0x20; });
    const bool has_field = std::ranges::any_of(line, [](char c) { return c != ','; });
    text += line + "\n";
    expected += has_field ? 1 : 0;
  }
  const auto file = read_partner_file(as_bytes(text));
  RC_ASSERT(file.has_value());
  // A line of tabs and semicolons only is text; one of commas only is no row.
  RC_ASSERT(file->partners.size() == expected);
}

TEST(PartnerResult, runs_no_formula) {
  for (const char* bad : {"=1+1", "+cmd", "-2", "@SUM(A1)", "\tx", "\r=x", " =x", "　=x", "＝HYPERLINK()", "|calc"})
    EXPECT_EQ(harmless_cell(bad), std::string("'") + bad);
  for (const char* good : {"Blue Whale", "蓝鲸", "1=1", "", "a@b"}) EXPECT_EQ(harmless_cell(good), good);
}

PartnerRow poisoned() {
  PartnerRow row;
  row.line = 7;
  row.name = "=HYPERLINK(\"http://evil.example\",\"click\")";
  row.number = "@x";
  row.level = CompanyLevel::likely;
  row.problem = Words{"-something", "-某"};
  PartnerMatch match;
  match.name = "+Listed, \"Ltd\"";
  match.status = "active";
  match.conduct = "bribery";
  row.matches.push_back(match);
  return row;
}

TEST(PartnerResult, is_the_same_table_in_both_formats) {
  for (const auto language : {ResultLanguage::en, ResultLanguage::zh}) {
    std::vector<std::vector<std::string>> tables[2];
    int which = 0;
    for (auto writer : {0, 1}) {
      auto out = writer == 0 ? csv_result(language) : xlsx_result(language);
      out->add(poisoned());
      const std::string file = out->finish().value();
      ASSERT_TRUE(parties::read_sheet(as_bytes(file), [&](parties::SheetRow&& row) -> Result<void> {
        row.fields.resize(14);
        tables[which].push_back(std::move(row.fields));
        return {};
      }));
      ++which;
    }
    EXPECT_EQ(tables[0], tables[1]);
    ASSERT_EQ(tables[0].size(), 2U);
    for (const std::string& cell : tables[0][1])
      EXPECT_EQ(std::string_view("=+-@\t\r").find(cell.empty() ? 'x' : cell.front()), std::string_view::npos) << cell;
  }
}

TEST(PartnerRow, is_kept_without_loss) {
  PartnerRow row = poisoned();
  row.subject.name = "蓝鲸";
  row.matches[0].listing = Id{{3}};
  const auto read = parse_row_record(row_record(row)).value();
  EXPECT_EQ(read.matches, row.matches);
  EXPECT_EQ(read.subject, row.subject);
  EXPECT_EQ(row_record(read), row_record(row));
}

}  // namespace
}  // namespace probity::screening
