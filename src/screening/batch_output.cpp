#include "screening/batch_output.h"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <memory>

#include "alliance/catalogue.h"
#include "names/han.h"

namespace probity::screening {
namespace {

using Cells = std::vector<std::string>;

constexpr std::string_view kTitles[][2] = {{"line", "行号"},        {"name", "名称"},
                                           {"number", "号码"},      {"result", "结果"},
                                           {"problem", "问题"},     {"listed as", "名单中的名称"},
                                           {"found by", "依据"},    {"former name", "曾用名"},
                                           {"score", "匹配分"},     {"status", "状态"},
                                           {"conduct", "行为"},     {"listed by", "提交方"},
                                           {"listing", "记录编号"}, {"further matches", "其他匹配数"}};

struct LevelWords {
  CompanyLevel level;
  std::string_view en, zh;
};
constexpr LevelWords kLevels[] = {
    {CompanyLevel::unreadable, "unreadable", "无法读取"},
    {CompanyLevel::not_listed, "not listed", "未列入名单"},
    {CompanyLevel::another_company, "another company (other number)", "另一家企业（号码不同）"},
    {CompanyLevel::possible, "possible", "可能匹配"},
    {CompanyLevel::likely, "likely", "很可能匹配"},
    {CompanyLevel::confirmed, "confirmed", "已确认"}};

std::string_view pick(ResultLanguage language, std::string_view en, std::string_view zh) {
  return language == ResultLanguage::zh ? zh : en;
}

std::string conduct_words(const std::string& name, ResultLanguage language) {
  const auto conduct = alliance::parse_conduct(name);
  if (!conduct) return name;
  const auto& entry = alliance::conduct_entry(*conduct);
  return std::string(pick(language, entry.title_en, entry.title_zh));
}

Cells title_cells(ResultLanguage language) {
  Cells cells;
  for (const auto& title : kTitles) cells.emplace_back(pick(language, title[0], title[1]));
  return cells;
}

Cells cells_of(const PartnerRow& row, ResultLanguage language) {
  const auto* level = std::ranges::find(kLevels, row.level, &LevelWords::level);
  Cells cells{std::to_string(row.line), row.name, row.number, std::string(pick(language, level->en, level->zh)),
              row.problem ? std::string(pick(language, row.problem->en, row.problem->zh)) : std::string()};
  if (row.matches.empty()) {
    cells.resize(std::size(kTitles));
  } else {
    const PartnerMatch& best = row.matches.front();
    const std::string former(best.former ? pick(language, "yes", "是") : std::string_view());
    cells.insert(cells.end(), {best.name, best.by, former, fmt::format("{:.2f}", best.score), best.status,
                               conduct_words(best.conduct, language), best.filer_name, best.listing.text(),
                               std::to_string(row.matches.size() - 1)});
  }
  for (std::string& cell : cells) cell = harmless_cell(cell);
  return cells;
}

class CsvResult final : public ResultWriter {
 public:
  explicit CsvResult(ResultLanguage language) : language_(language), text_("\xEF\xBB\xBF") {
    append(title_cells(language));
  }
  void add(const PartnerRow& row) override { append(cells_of(row, language_)); }
  Result<std::string> finish() override { return std::move(text_); }

 private:
  void append(const Cells& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) text_ += ',';
      const bool plain = cells[i].find_first_of("\",\r\n;\t'") == std::string::npos;
      if (plain) {
        text_ += cells[i];
        continue;
      }
      text_ += '"';
      for (const char character : cells[i]) text_ += character == '"' ? std::string("\"\"") : std::string(1, character);
      text_ += '"';
    }
    text_ += "\r\n";
  }

  ResultLanguage language_;
  std::string text_;
};

// What XML 1.0 cannot hold is left out; the five characters that it reads itself are written as entities.
void append_xml(std::string& out, std::string_view text) {
  for (const char character : text) {
    const auto byte = static_cast<unsigned char>(character);
    if (byte < 0x20 && character != '\t' && character != '\n' && character != '\r') continue;
    switch (character) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += character;
    }
  }
}

constexpr std::string_view kTypes =
    R"(<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">)"
    R"(<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>)"
    R"(<Default Extension="xml" ContentType="application/xml"/>)"
    R"(<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>)"
    R"(<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>)";
constexpr std::string_view kRelations =
    R"(<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)"
    R"(<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>)";
constexpr std::string_view kWorkbook =
    R"(<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" )"
    R"(xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Result" sheetId="1" r:id="rId1"/></sheets></workbook>)";
constexpr std::string_view kWorkbookRelations =
    R"(<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)"
    R"(<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>)";

class XlsxResult final : public ResultWriter {
 public:
  explicit XlsxResult(ResultLanguage language)
      : language_(language),
        sheet_(R"(<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/)"
               R"(spreadsheetml/2006/main"><sheetData>)") {
    append(title_cells(language));
  }
  void add(const PartnerRow& row) override { append(cells_of(row, language_)); }
  Result<std::string> finish() override {
    sheet_ += "</sheetData></worksheet>";
    return zipped({{"[Content_Types].xml", kTypes},
                   {"_rels/.rels", kRelations},
                   {"xl/workbook.xml", kWorkbook},
                   {"xl/_rels/workbook.xml.rels", kWorkbookRelations},
                   {"xl/worksheets/sheet1.xml", sheet_}});
  }

 private:
  void append(const Cells& cells) {
    sheet_ += "<row>";
    for (const std::string& cell : cells) {
      sheet_ += R"(<c t="inlineStr"><is><t xml:space="preserve">)";
      append_xml(sheet_, cell);
      sheet_ += "</t></is></c>";
    }
    sheet_ += "</row>";
  }

  static Result<std::string> zipped(const std::vector<std::pair<std::string, std::string_view>>& parts) {
    const auto failed = [] { return fail(ErrorCode::storage, "the workbook could not be written"); };
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
    if (target == nullptr) return failed();
    const std::unique_ptr<zip_source_t, void (*)(zip_source_t*)> keeper(target, zip_source_free);
    zip_source_keep(target);
    zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    if (archive == nullptr) {
      zip_source_free(target);
      return failed();
    }
    for (const auto& [name, bytes] : parts)
      if (zip_file_add(archive, name.c_str(), zip_source_buffer(archive, bytes.data(), bytes.size(), 0),
                       ZIP_FL_OVERWRITE) < 0) {
        zip_discard(archive);
        return failed();
      }
    if (zip_close(archive) != 0) {
      zip_discard(archive);
      return failed();
    }
    if (zip_source_open(target) != 0) return failed();
    zip_source_seek(target, 0, SEEK_END);
    std::string file(static_cast<std::size_t>(zip_source_tell(target)), '\0');
    zip_source_seek(target, 0, SEEK_SET);
    const auto size = zip_source_read(target, file.data(), file.size());
    zip_source_close(target);
    return size == static_cast<zip_int64_t>(file.size()) ? Result<std::string>(std::move(file)) : failed();
  }

  ResultLanguage language_;
  std::string sheet_;
};

}  // namespace

std::string harmless_cell(std::string_view text) {
  constexpr std::string_view kStarts[] = {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%"};
  std::string_view rest = text;
  while (rest.starts_with(' ') || rest.starts_with("\u3000") || rest.starts_with("\u00A0"))
    rest.remove_prefix(rest.starts_with(' ') ? 1 : rest.starts_with("\u3000") ? 3 : 2);
  const bool is_dangerous =
      std::ranges::any_of(kStarts, [&](std::string_view start) { return rest.starts_with(start); });
  return is_dangerous ? "'" + std::string(text) : std::string(text);
}

std::unique_ptr<ResultWriter> csv_result(ResultLanguage language) { return std::make_unique<CsvResult>(language); }
std::unique_ptr<ResultWriter> xlsx_result(ResultLanguage language) { return std::make_unique<XlsxResult>(language); }

}  // namespace probity::screening
