#include "pdf/typeset.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <thread>

#include "pdf/test_agreement.h"
#include "support/outside_tool.h"

namespace probity::pdf {
namespace {

constexpr TimeMs kCreated = 1'795'000'000'000;  // 2026-11-18T11:06:40Z

Bytes set(const Document& document) {
  auto pdf = typeset(document, {.created_ms = kCreated});
  EXPECT_TRUE(pdf) << pdf.error().message;
  return pdf ? *pdf : Bytes{};
}

ErrorCode code_of(const Document& document, std::uint32_t most_pages = 500) {
  const auto pdf = typeset(document, {.created_ms = kCreated, .most_pages = most_pages});
  EXPECT_FALSE(pdf);
  return pdf ? ErrorCode::internal : pdf.error().code;
}

Document with(Block block, Language language = Language::en) {
  Document document{.title = "T", .language = language};
  document.blocks.push_back(std::move(block));
  return document;
}

std::string without_space(std::string_view text) {
  std::string rest;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i, 3) == "　") {
      i += 2;
    } else if (std::string_view(" \n\r\t\f").find(text[i]) == std::string_view::npos) {
      rest.push_back(text[i]);
    }
  }
  return rest;
}

std::string text_of(BytesView pdf) {
  const test::TemporaryFolder folder;
  return test::run_tool("pdftotext -enc UTF-8 " + folder.write("a.pdf", pdf) + " -").output;
}

int page_count(BytesView pdf) {
  const test::TemporaryFolder folder;
  return std::atoi(test::run_tool("qpdf --show-npages " + folder.write("a.pdf", pdf)).output.c_str());
}

class BothLanguages : public testing::TestWithParam<Language> {
 protected:
  Document agreement() const { return GetParam() == Language::en ? english_agreement() : chinese_agreement(); }
  bool is_chinese() const { return GetParam() == Language::zh_cn; }
};
INSTANTIATE_TEST_SUITE_P(Typeset, BothLanguages, testing::Values(Language::en, Language::zh_cn),
                         [](const auto& parameter) { return parameter.param == Language::en ? "English" : "Chinese"; });

TEST_P(BothLanguages, SampleIsAWellFormedPdfWithItsFontsInside) {
  const Bytes pdf = set(agreement());
  const test::TemporaryFolder folder;
  const std::string file = folder.write("agreement.pdf", pdf);
  const auto check = test::run_tool("qpdf --check " + file);
  EXPECT_EQ(check.status, 0) << check.output;
  const auto fonts = test::run_tool("pdffonts " + file);
  EXPECT_EQ(fonts.output.find("Type 3"), std::string::npos) << fonts.output;
  EXPECT_EQ(fonts.output.find(" no "), std::string::npos) << fonts.output;  // embedded, subset and with Unicode, all
  EXPECT_EQ(page_count(pdf), 4);
  EXPECT_LT(pdf.size(), 200'000U);
}

TEST_P(BothLanguages, MetadataLanguageAndBookmarksAreThere) {
  const Document document = agreement();
  const Bytes pdf = set(document);
  const test::TemporaryFolder folder;
  const std::string file = folder.write("agreement.pdf", pdf);
  const auto info = test::run_tool("TZ=UTC pdfinfo -isodates -enc UTF-8 " + file).output;
  EXPECT_NE(info.find(document.title), std::string::npos) << info;
  EXPECT_NE(info.find(document.author), std::string::npos) << info;
  EXPECT_NE(info.find("2026-11-18T11:06:40Z"), std::string::npos) << info;
  const auto json = test::run_tool("qpdf --json --json-key=outlines --json-key=qpdf " + file).output;
  EXPECT_NE(json.find(is_chinese() ? R"("/Lang": "u:zh-CN")" : R"("/Lang": "u:en")"), std::string::npos);
  EXPECT_NE(json.find(is_chinese() ? "二、承诺方的义务" : "2. What the Recipient promises"), std::string::npos);
}

TEST_P(BothLanguages, TextComesBackAsItWas) {
  const Document document = agreement();
  const std::string text = without_space(text_of(set(document)));
  const auto expect = [&](const std::string& wanted) {
    EXPECT_NE(text.find(without_space(wanted)), std::string::npos) << wanted;
  };
  expect(document.title);
  expect(document.subtitle);
  expect(document.footer);
  for (const Block& block : document.blocks) {
    if (const auto* paragraph = std::get_if<Paragraph>(&block)) expect(paragraph->lead_in + paragraph->text);
    if (const auto* heading = std::get_if<Heading>(&block)) expect(heading->text);
    if (const auto* box = std::get_if<Checkbox>(&block)) expect((box->ticked ? "☑" : "☐") + box->text);
    if (const auto* callout = std::get_if<Callout>(&block)) expect(callout->title + callout->text);
    if (const auto* list = std::get_if<List>(&block))
      for (const ListItem& item : list->items) expect(item.lead_in + item.text);
    if (const auto* signatures = std::get_if<Signatures>(&block))
      for (const Signature& party : signatures->parties) expect(party.typed_name);
  }
  expect("1 / 4");
  expect("4 / 4");
}

// Words of a Latin text keep their spaces, and Chinese gets none that it did not have.
TEST_P(BothLanguages, SpacesComeBackAsTheyWere) {
  const std::string text = text_of(set(agreement()));
  if (is_chinese()) {
    EXPECT_NE(text.find("2026年3月1日等日期以及“甲方”“乙方”等称谓混排时"), std::string::npos) << text;
  } else {
    EXPECT_NE(text.find("can’t be called back."), std::string::npos) << text;
  }
}

TEST_P(BothLanguages, SameInputGivesSameBytesInEveryThread) {
  const Bytes expected = set(agreement());
  std::vector<Bytes> made(4);
  std::vector<std::thread> threads;
  for (Bytes& bytes : made)
    threads.emplace_back([&, this] {
      for (int i = 0; i < 2; ++i) bytes = set(agreement());
    });
  for (std::thread& thread : threads) thread.join();
  for (const Bytes& bytes : made) EXPECT_EQ(bytes, expected);
}

TEST_P(BothLanguages, NothingButTheTimeDiffersWithTheTime) {
  const auto other = typeset(agreement(), {.created_ms = kCreated + 86'400'000});
  ASSERT_TRUE(other);
  const Bytes first = set(agreement());
  ASSERT_EQ(first.size(), other->size());
  std::size_t different = 0;
  for (std::size_t i = 0; i < first.size(); ++i) different += first[i] != (*other)[i] ? 1 : 0;
  EXPECT_EQ(different, 1U);  // one digit of the day
}

// Every ideograph of the basic block in both fonts, in runs that Cairo's own subsetter aborts on (U+99A0 to U+99DF).
TEST(Typeset, AllIdeographsAreSetAndRead) {
  Document document = with(PageBreak{}, Language::zh_cn);
  std::string all;
  for (char32_t character = 0x4E00; character < 0x9FA0;) {
    Paragraph paragraph;
    for (int i = 0; i < 700 && character < 0x9FA0; ++i, ++character) {
      const char utf8[] = {static_cast<char>(0xE0 | (character >> 12)),
                           static_cast<char>(0x80 | ((character >> 6) & 0x3F)),
                           static_cast<char>(0x80 | (character & 0x3F))};
      paragraph.text.append(utf8, 3);
    }
    document.blocks.push_back(paragraph);
    std::swap(paragraph.text, paragraph.lead_in);
    document.blocks.push_back(paragraph);
    all += paragraph.lead_in;
  }
  // Twice each: once in the text's font and once in the lead-in's.
  std::map<std::string, int> counts;
  const std::string text = without_space(text_of(set(document)));
  for (std::size_t i = 0; i + 3 <= text.size(); ++i)
    if ((text[i] & 0xF0) == 0xE0) ++counts[text.substr(i, 3)];
  for (std::size_t i = 0; i < all.size(); i += 3) EXPECT_EQ(counts[all.substr(i, 3)], 2) << all.substr(i, 3);
}

TEST_P(BothLanguages, NamesOfTheWorldAreSet) {
  const std::string names =
      "Łukasz Nguyễn, Дмитрий Ψαρρός, محمد علي, דוד לוי, ณัฐวุฒิ, ភាសាខ្មែរ, नरेन्द्र, 司馬遼太郎, 김민준, 𠮷野家";
  const Bytes pdf = set(with(Paragraph{.text = names}, GetParam()));
  const test::TemporaryFolder folder;
  EXPECT_EQ(test::run_tool("qpdf --check " + folder.write("a.pdf", pdf)).status, 0);
  // Readers of PDF put combining marks and right-to-left words back in ways of their own.
  const std::string text = without_space(text_of(pdf));
  for (const char* name : {"Łukasz", "Nguyễn", "Дмитрий", "Ψαρρός", "司馬遼太郎", "김민준", "𠮷野家"})
    EXPECT_NE(text.find(name), std::string::npos) << name << " in " << text;
}

TEST_P(BothLanguages, CharactersWithoutAFontAreWrittenOut) {
  const Bytes pdf = set(with(Paragraph{"1. \xEE\x80\x80", "a \xEE\x80\x81\xEE\x80\x82 b"}, GetParam()));
  const std::string text = without_space(text_of(pdf));
  EXPECT_NE(text.find("1.[U+E000]a[U+E001][U+E002]b"), std::string::npos) << text;
}

TEST(Typeset, LongTablesRepeatTheirHeaderAndLoseNoRow) {
  Table table{{{"Number", 1}, {"What happened", 3}}, {}};
  for (int i = 0; i < 120; ++i)
    table.rows.push_back({"row-" + std::to_string(i), i % 7 == 0 ? std::string(400, 'x') : "short"});
  const Bytes pdf = set(with(table));
  const int pages = page_count(pdf);
  EXPECT_GE(pages, 4);
  const std::string text = text_of(pdf);
  for (int i = 0; i < 120; ++i) EXPECT_NE(text.find("row-" + std::to_string(i) + "\n"), std::string::npos) << i;
  int headers = 0;
  for (std::size_t at = 0; (at = text.find("What happened", at)) != std::string::npos; ++at) ++headers;
  EXPECT_EQ(headers, pages);
}

TEST(Typeset, ARowHigherThanAPageIsBroken) {
  std::string lines;
  for (int i = 0; i < 200; ++i) lines += "line " + std::to_string(i) + "\n";
  const Bytes pdf = set(with(Table{{{"A", 1}, {"B", 1}}, {{lines, "beside"}}}));
  EXPECT_GE(page_count(pdf), 4);
  EXPECT_NE(text_of(pdf).find("line 199"), std::string::npos);
}

TEST(Typeset, EmptyAndOddDocumentsAreSet) {
  EXPECT_EQ(page_count(set({})), 1);
  Document document;
  document.blocks = {Paragraph{}, List{},      Definitions{},  Table{},    Callout{}, Signatures{},
                     PageBreak{}, PageBreak{}, Heading{3, ""}, Checkbox{}, Rule{},    Signatures{{Signature{}}}};
  EXPECT_EQ(page_count(set(document)), 2);
  EXPECT_EQ(page_count(set(with(Heading{1, std::string(3'000, 'W')}))), 3);
}

TEST(Typeset, PicturesKeepTheirPlace) {
  // A grey pixel.
  const Bytes png{0x89, 'P',  'N',  'G',  0x0D, 0x0A, 0x1A, 0x0A, 0,    0,    0,    0x0D, 'I',  'H',  'D',  'R',  0,
                  0,    0,    1,    0,    0,    0,    1,    8,    0,    0,    0,    0,    0x3A, 0x7E, 0x9B, 0x55, 0,
                  0,    0,    0x0A, 'I',  'D',  'A',  'T',  0x78, 0x9C, 0x63, 0x68, 0,    0,    0,    0x82, 0,    0x81,
                  0x77, 0xCD, 0x72, 0xB6, 0,    0,    0,    0,    'I',  'E',  'N',  'D',  0xAE, 0x42, 0x60, 0x82};
  EXPECT_EQ(page_count(set(with(Picture{.image = png, .caption = "A picture"}))), 1);
  Bytes cut(png.begin(), png.begin() + 40);
  EXPECT_EQ(code_of(with(Picture{.image = cut})), ErrorCode::invalid_argument);
  EXPECT_EQ(code_of(with(Picture{.image = Bytes{'G', 'I', 'F'}})), ErrorCode::invalid_argument);
  Bytes huge = png;
  huge[16] = huge[20] = 0x10;
  EXPECT_EQ(code_of(with(Picture{.image = huge})), ErrorCode::too_large);
  EXPECT_EQ(code_of(with(Picture{.image = BitMatrix{3, 3, Bytes(8)}})), ErrorCode::invalid_argument);
}

TEST(Typeset, BadInputIsRefused) {
  EXPECT_EQ(code_of(with(Paragraph{.text = "half a character \xE6\xB5"})), ErrorCode::invalid_argument);
  EXPECT_EQ(code_of(with(Heading{0, "x"})), ErrorCode::invalid_argument);
  EXPECT_EQ(code_of(with(Heading{4, "x"})), ErrorCode::invalid_argument);
  EXPECT_EQ(code_of(with(Table{{{"A", 1}}, {{"a", "b"}}})), ErrorCode::invalid_argument);
  EXPECT_EQ(code_of(with(Table{{{"A", 0}}, {}})), ErrorCode::invalid_argument);
  EXPECT_EQ(code_of(with(Paragraph{.text = std::string((4U << 20) + 1, 'x')})), ErrorCode::too_large);
  EXPECT_EQ(code_of(english_agreement(), 3), ErrorCode::too_large);
  Document document;
  document.title = "\xFF";
  EXPECT_EQ(code_of(document), ErrorCode::invalid_argument);
}

// A hint, not a gate: prints what typesetting costs (docs and README quote it), and fails only when it has become
// another order of magnitude.
TEST(Typeset, CostsMilliseconds) {
  for (const Document& document : {english_agreement(), chinese_agreement()}) {
    set(document);
    std::vector<double> times_ms;
    for (int i = 0; i < 9; ++i) {
      const auto start = std::chrono::steady_clock::now();
      set(document);
      times_ms.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    std::sort(times_ms.begin(), times_ms.end());
    std::cout << document.title << ": median " << times_ms[4] << " ms, slowest " << times_ms[8] << " ms\n";
    EXPECT_LT(times_ms[4], 3'000);
  }
}

}  // namespace
}  // namespace probity::pdf
