// XLSX (ECMA-376 part 1, sections 18.3 and 18.4): a ZIP archive of XML parts. Its rows and shared strings are cut out
// of their parts one by one and parsed one by one: a tree of a whole sheet would take ten times its size in memory.
#include <zip.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <memory>
#include <pugixml.hpp>

#include "parties/sheet.h"
#include "parties/text.h"

namespace probity::parties {
namespace {

constexpr std::size_t kMostPartBytes = std::size_t{96} << 20;
constexpr zip_int64_t kMostParts = 10'000;
constexpr double kLargestWhole = 9007199254740992.0;  // 2^53

struct ZipCloser {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
using Archive = std::unique_ptr<zip_t, ZipCloser>;

tl::unexpected<Error> unreadable() {
  return fail(ErrorCode::invalid_argument, "the workbook is damaged, or not one",
              "open it, save it again as XLSX, or as CSV UTF-8");
}

Result<Archive> open_archive(BytesView file) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(file.data(), file.size(), 0, &error);
  Archive archive(source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error));
  if (!archive && source != nullptr) zip_source_free(source);
  zip_error_fini(&error);
  if (!archive || zip_get_num_entries(archive.get(), 0) > kMostParts) return unreadable();
  return archive;
}

// A part's bytes, nothing when there is no such part. Read until the end or the limit: the size in the archive's
// directory is only a claim.
Result<std::optional<std::string>> read_part(zip_t* archive, const std::string& name) {
  const zip_int64_t index = zip_name_locate(archive, name.c_str(), ZIP_FL_NOCASE);
  if (index < 0) return std::optional<std::string>();
  const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> part(
      zip_fopen_index(archive, static_cast<zip_uint64_t>(index), 0), zip_fclose);
  if (!part) return unreadable();
  std::string bytes;
  char chunk[16384];
  while (true) {
    const zip_int64_t size = zip_fread(part.get(), chunk, sizeof(chunk));
    if (size < 0) return unreadable();
    if (size == 0) break;
    bytes.append(chunk, static_cast<std::size_t>(size));
    if (bytes.size() > kMostPartBytes)
      return fail(ErrorCode::too_large, "the workbook unpacks to more than 96 MB", "divide it into several files");
  }
  if (!is_utf8(bytes)) return unreadable();
  return bytes;
}

std::string_view local_name(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
  for (const auto& candidate : node.children())
    if (local_name(candidate.name()) == name) return candidate;
  return {};
}

// Where the tag that begins at `open` ends: after its '>', quotes respected.
std::size_t tag_end(std::string_view xml, std::size_t open) {
  char quote = 0;
  for (std::size_t i = open; i < xml.size(); ++i) {
    if (quote != 0) {
      if (xml[i] == quote) quote = 0;
    } else if (xml[i] == '"' || xml[i] == '\'') {
      quote = xml[i];
    } else if (xml[i] == '>') {
      return i + 1;
    }
  }
  return std::string_view::npos;
}

// The name in the tag at `open`, with its prefix.
std::string_view tag_name(std::string_view xml, std::size_t open) {
  const std::size_t end = xml.find_first_of(" \t\r\n/>", open + 1);
  return end == std::string_view::npos ? std::string_view() : xml.substr(open + 1, end - open - 1);
}

// Parses each element of that name, none of which holds another of its name, and hands it over.
Result<void> each_element(std::string_view xml, std::string_view name,
                          const std::function<Result<void>(const pugi::xml_node&)>& receive) {
  std::size_t position = 0;
  while ((position = xml.find('<', position)) != std::string_view::npos) {
    if (xml.substr(position).starts_with("<!--")) {
      position = std::min(xml.find("-->", position), xml.size());
      continue;
    }
    const std::string_view found = tag_name(xml, position);
    const std::size_t after = tag_end(xml, position);
    if (after == std::string_view::npos) return unreadable();
    if (local_name(found) != name) {
      position = after;
      continue;
    }
    std::size_t end = after;
    if (xml[after - 2] != '/') {
      const std::size_t close = xml.find("</" + std::string(found) + ">", after);
      if (close == std::string_view::npos) return unreadable();
      end = close + found.size() + 3;
    }
    pugi::xml_document document;
    if (!document.load_buffer(xml.data() + position, end - position, pugi::parse_default | pugi::parse_ws_pcdata,
                              pugi::encoding_utf8))
      return unreadable();
    TRY(receive(document.document_element()));
    position = end;
  }
  return {};
}

// The text of a string item: its runs one after another, without reading aids (section 18.4.6).
std::string text_of(const pugi::xml_node& item) {
  std::string text;
  for (const auto& part : item.children()) {
    const std::string_view name = local_name(part.name());
    if (name == "t") text += part.text().get();
    if (name == "r") text += child(part, "t").text().get();
  }
  return text;
}

Result<std::vector<std::string>> read_shared_strings(zip_t* archive) {
  std::vector<std::string> strings;
  TRY_ASSIGN(const auto part, read_part(archive, "xl/sharedStrings.xml"));
  if (!part) return strings;
  TRY(each_element(*part, "si", [&](const pugi::xml_node& item) -> Result<void> {
    strings.push_back(text_of(item));
    return {};
  }));
  return strings;
}

// Whole numbers stand as "13800138000" or "1.3800138E10": a telephone number is wanted as its digits.
std::string number_text(const std::string& value) {
  if (value.find_first_of(".eE") == std::string::npos) return value;
  double number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  const bool whole = error == std::errc() && end == value.data() + value.size() && std::trunc(number) == number &&
                     std::abs(number) < kLargestWhole;
  return whole ? std::to_string(static_cast<long long>(number)) : value;
}

Result<std::string> cell_text(const pugi::xml_node& cell, const std::vector<std::string>& strings) {
  const std::string_view type = cell.attribute("t").as_string("n");
  if (type == "inlineStr") return text_of(child(cell, "is"));
  const std::string value = child(cell, "v").text().get();
  if (type == "s") {
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), index);
    if (error != std::errc() || end != value.data() + value.size() || index >= strings.size()) return unreadable();
    return strings[index];
  }
  return type == "n" ? number_text(value) : value;
}

// "AB12" -> 27; nothing without letters.
std::optional<std::size_t> column_of(std::string_view reference) {
  std::size_t column = 0;
  for (const char letter : reference) {
    if (letter < 'A' || letter > 'Z' || column > kMostSheetColumns) break;
    column = column * 26 + static_cast<std::size_t>(letter - 'A' + 1);
  }
  return column == 0 ? std::nullopt : std::optional(column - 1);
}

Result<SheetRow> read_row(const pugi::xml_node& element, std::size_t line, const std::vector<std::string>& strings) {
  SheetRow row{line, {}};
  std::size_t next = 0;
  for (const auto& cell : element.children()) {
    if (local_name(cell.name()) != "c") continue;
    const std::size_t column = column_of(cell.attribute("r").as_string()).value_or(next);
    next = column + 1;
    if (column >= kMostSheetColumns) continue;
    TRY_ASSIGN(std::string text, cell_text(cell, strings));
    if (text.empty()) continue;
    if (row.fields.size() <= column) row.fields.resize(column + 1);
    row.fields[column] = std::move(text);
  }
  return row;
}

// The part that holds the first sheet: by the workbook's relations, else under its usual name.
Result<std::string> first_sheet_name(zip_t* archive) {
  const std::string usual = "xl/worksheets/sheet1.xml";
  TRY_ASSIGN(const auto workbook, read_part(archive, "xl/workbook.xml"));
  TRY_ASSIGN(const auto relations, read_part(archive, "xl/_rels/workbook.xml.rels"));
  if (!workbook || !relations) return usual;
  std::string relation, target;
  TRY(each_element(*workbook, "sheet", [&](const pugi::xml_node& sheet) -> Result<void> {
    for (const auto& attribute : sheet.attributes())
      if (relation.empty() && local_name(attribute.name()) == "id" && attribute.name() != std::string_view("id"))
        relation = attribute.value();
    return {};
  }));
  TRY(each_element(*relations, "Relationship", [&](const pugi::xml_node& element) -> Result<void> {
    if (target.empty() && !relation.empty() && element.attribute("Id").as_string() == relation)
      target = element.attribute("Target").as_string();
    return {};
  }));
  if (target.empty()) return usual;
  return target.front() == '/' ? target.substr(1) : "xl/" + target;
}

}  // namespace

Result<void> read_xlsx(BytesView file, const RowReceiver& receive) {
  TRY_ASSIGN(const Archive archive, open_archive(file));
  TRY_ASSIGN(const std::string name, first_sheet_name(archive.get()));
  TRY_ASSIGN(const auto sheet, read_part(archive.get(), name));
  if (!sheet) return unreadable();
  TRY_ASSIGN(const auto strings, read_shared_strings(archive.get()));
  std::size_t line = 0, rows = 0;
  return each_element(*sheet, "row", [&](const pugi::xml_node& element) -> Result<void> {
    line = element.attribute("r").as_uint(static_cast<unsigned>(line + 1));
    TRY_ASSIGN(SheetRow row, read_row(element, line, strings));
    if (row.fields.empty()) return {};
    if (++rows > kMostSheetRows)
      return fail(ErrorCode::too_large, "the file has more than 200,000 rows", "divide it into several files");
    return receive(std::move(row));
  });
}

}  // namespace probity::parties
