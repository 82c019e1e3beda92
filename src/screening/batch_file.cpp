#include "screening/batch_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "names/han.h"
#include "names/identifier.h"

namespace probity::screening {
namespace {

enum class Column { name, credit_code, lei, registration };
constexpr std::size_t kColumnKinds = 4;
constexpr std::size_t kSampleRows = 50;

struct Title {
  std::string_view folded;
  Column column;
};
// As fold() leaves them: simplified, lower case, without blanks; punctuation is dropped.
constexpr Title kTitles[] = {
    {"name", Column::name},
    {"company", Column::name},
    {"companyname", Column::name},
    {"partner", Column::name},
    {"partnername", Column::name},
    {"supplier", Column::name},
    {"suppliername", Column::name},
    {"vendor", Column::name},
    {"vendorname", Column::name},
    {"customer", Column::name},
    {"customername", Column::name},
    {"legalname", Column::name},
    {"名称", Column::name},
    {"企业名称", Column::name},
    {"公司名称", Column::name},
    {"单位名称", Column::name},
    {"供应商", Column::name},
    {"供应商名称", Column::name},
    {"合作方", Column::name},
    {"合作方名称", Column::name},
    {"合作伙伴", Column::name},
    {"客户名称", Column::name},
    {"企业", Column::name},
    {"公司", Column::name},
    {"creditcode", Column::credit_code},
    {"uscc", Column::credit_code},
    {"usci", Column::credit_code},
    {"socialcreditcode", Column::credit_code},
    {"unifiedsocialcreditcode", Column::credit_code},
    {"统一社会信用代码", Column::credit_code},
    {"社会信用代码", Column::credit_code},
    {"统一信用代码", Column::credit_code},
    {"信用代码", Column::credit_code},
    {"组织机构代码", Column::credit_code},
    {"税号", Column::credit_code},
    {"纳税人识别号", Column::credit_code},
    {"lei", Column::lei},
    {"leicode", Column::lei},
    {"lei编码", Column::lei},
    {"registration", Column::registration},
    {"registrationnumber", Column::registration},
    {"registernumber", Column::registration},
    {"companynumber", Column::registration},
    {"注册号", Column::registration},
    {"登记号", Column::registration},
    {"登记注册号", Column::registration},
};

struct Columns {
  std::array<std::optional<std::size_t>, kColumnKinds> place;
  bool has_titles = false;
  std::optional<std::size_t>& operator[](Column column) { return place[static_cast<std::size_t>(column)]; }
  const std::optional<std::size_t>& operator[](Column column) const { return place[static_cast<std::size_t>(column)]; }
  bool any() const {
    return std::ranges::any_of(place, [](const auto& found) { return found.has_value(); });
  }
};

std::string folded_title(const std::string& text) {
  std::u32string kept;
  for (const char32_t character : names::fold(text))
    if (std::u32string_view(U"_-.*:/()（）：＊").find(character) == std::u32string_view::npos) kept += character;
  return names::to_utf8(kept);
}

Columns columns_by_titles(const TableRow& row) {
  Columns columns;
  for (std::size_t i = 0; i < row.fields.size(); ++i) {
    const std::string title = folded_title(row.fields[i]);
    const auto* found = std::ranges::find(kTitles, title, &Title::folded);
    if (found == std::end(kTitles) || columns[found->column]) continue;
    columns[found->column] = i;
    columns.has_titles = true;
  }
  return columns;
}

bool is_credit_code(const std::string& text) {
  return names::parse_identifier(names::IdentifierKind::credit_code, text).has_value();
}

bool has_letters(const std::string& text) {
  const auto characters = names::characters(text);
  return std::ranges::any_of(characters, [](char32_t c) {
    return names::is_han(c) || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || c >= 0xC0;
  });
}

// Without titles: the first column in which right credit codes stand, and the first other one that holds words.
Columns columns_by_content(const std::vector<TableRow>& rows) {
  Columns columns;
  std::size_t widest = 0;
  for (const TableRow& row : rows) widest = std::max(widest, row.fields.size());
  for (std::size_t i = 0; i < widest; ++i) {
    const bool codes = std::ranges::any_of(
        rows, [i](const TableRow& row) { return i < row.fields.size() && is_credit_code(row.fields[i]); });
    const bool words = std::ranges::any_of(
        rows, [i](const TableRow& row) { return i < row.fields.size() && has_letters(row.fields[i]); });
    if (codes && !columns[Column::credit_code])
      columns[Column::credit_code] = i;
    else if (words && !columns[Column::name])
      columns[Column::name] = i;
  }
  return columns;
}

std::string field_of(const TableRow& row, const std::optional<std::size_t>& column) {
  return column && *column < row.fields.size() ? tidy_company_name(row.fields[*column]) : std::string();
}

Words number_problem(CompanyNumberKind kind, const std::string& text) {
  const NumberCheck check = check_number(kind, text);
  const bool rounded = text.find_first_of("Ee+") != std::string::npos && text.find('.') != std::string::npos;
  if (rounded)
    return {"The number was rounded by a spreadsheet; format its column as text.",
            "号码被电子表格舍入，请将该列设为文本格式。"};
  Words words = check.explanation;
  if (!check.repairs.empty()) {
    words.en += fmt::format(" {} right numbers are one typing mistake away.", check.repairs.size());
    words.zh += fmt::format("有 {} 个正确号码与其仅差一处录入错误。", check.repairs.size());
  }
  return words;
}

// A number that is not right is left out of the question, and said: its row is asked by its name.
PartnerLine partner_of(const TableRow& row, const Columns& columns) {
  PartnerLine partner;
  partner.line = row.line;
  if (row.broken) {
    partner.name = tidy_company_name(row.fields.front());
    partner.problem = Words{"A quotation mark stands out of place, so that the columns cannot be told apart.",
                            "引号位置有误，无法区分各列。"};
    return partner;
  }
  partner.name = field_of(row, columns[Column::name]);
  CompanyInput input;
  input.name = partner.name;
  struct Part {
    Column column;
    CompanyNumberKind kind;
    std::string CompanyInput::*field;
  };
  constexpr Part kParts[] = {{Column::credit_code, CompanyNumberKind::credit_code, &CompanyInput::credit_code},
                             {Column::lei, CompanyNumberKind::lei, &CompanyInput::lei},
                             {Column::registration, CompanyNumberKind::registration, &CompanyInput::registration}};
  for (const Part& part : kParts) {
    const std::string text = field_of(row, columns[part.column]);
    if (text.empty()) continue;
    if (partner.number.empty()) partner.number = text;
    CompanyInput alone;
    alone.*part.field = text;
    if (read_subject(alone))
      input.*part.field = text;
    else
      partner.problem = number_problem(part.kind, text);
  }
  if (auto subject = read_subject(input))
    partner.subject = std::move(*subject);
  else if (!partner.problem)
    partner.problem = Words{"The row has neither a name nor a number.", "该行既无名称也无号码。"};
  return partner;
}

std::string column_list(const Columns& columns, bool chinese) {
  constexpr std::string_view kEnglish[] = {"name", "credit code", "LEI", "register number"};
  constexpr std::string_view kChinese[] = {"名称", "统一社会信用代码", "LEI", "登记注册号"};
  std::string text;
  for (std::size_t i = 0; i < kColumnKinds; ++i)
    if (columns.place[i])
      text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", chinese ? kChinese[i] : kEnglish[i],
                          *columns.place[i] + 1);
  return text;
}

std::vector<Words> notes_of(TableKind kind, const Columns& columns) {
  const std::string_view format = kind_name(kind);
  std::vector<Words> notes{{fmt::format("Read as {}.", format), fmt::format("按 {} 读取。", format)}};
  notes.push_back(
      {fmt::format("Columns by {}: {}.", columns.has_titles ? "their titles" : "what stands in them",
                   column_list(columns, false)),
       fmt::format("按{}识别的列：{}。", columns.has_titles ? "标题" : "内容", column_list(columns, true))});
  return notes;
}

}  // namespace

Result<PartnerFile> read_partner_file(BytesView file) {
  PartnerFile out;
  Columns columns;
  std::vector<TableRow> sample;  // until the columns are known
  bool known = false, first = true;
  const auto take = [&](const TableRow& row) -> Result<void> {
    if (out.partners.size() >= kMostPartners)
      return fail(ErrorCode::too_large, "the file has more than 100,000 rows", "divide it into several files");
    out.partners.push_back(partner_of(row, columns));
    return {};
  };
  const auto settle = [&]() -> Result<void> {
    known = true;
    columns = columns_by_content(sample);
    for (const TableRow& row : sample) TRY(take(row));
    sample.clear();
    return {};
  };
  TRY_ASSIGN(out.kind, read_table(file, [&](TableRow&& row) -> Result<void> {
               if (std::exchange(first, false)) {
                 columns = columns_by_titles(row);
                 known = columns.any();
                 if (known) return {};
               }
               if (known) return take(row);
               sample.push_back(std::move(row));
               return sample.size() < kSampleRows ? Result<void>() : settle();
             }));
  if (!known) TRY(settle());
  if (!columns.any())
    return fail(ErrorCode::invalid_argument, "no column of the file holds names or numbers of companies",
                "give the columns titles: name, credit code (企业名称, 统一社会信用代码)");
  out.notes = notes_of(out.kind, columns);
  return out;
}

}  // namespace probity::screening
