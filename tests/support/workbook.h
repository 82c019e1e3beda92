// Makes small XLSX workbooks for tests: any parts, or a first sheet of inline strings.
#pragma once

#include <zip.h>

#include <map>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/check.h"

namespace probity::test {

inline Bytes zip_of(const std::map<std::string, std::string>& parts) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(target);
  zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  PROBITY_CHECK(archive != nullptr);
  for (const auto& [name, bytes] : parts)
    zip_file_add(archive, name.c_str(), zip_source_buffer(archive, bytes.data(), bytes.size(), 0), ZIP_FL_OVERWRITE);
  PROBITY_CHECK(zip_close(archive) == 0);
  PROBITY_CHECK(zip_source_open(target) == 0);
  zip_source_seek(target, 0, SEEK_END);
  Bytes bytes(static_cast<std::size_t>(zip_source_tell(target)));
  zip_source_seek(target, 0, SEEK_SET);
  zip_source_read(target, bytes.data(), bytes.size());
  zip_source_close(target);
  zip_source_free(target);
  return bytes;
}

inline std::string xml_escaped(const std::string& text) {
  std::string escaped;
  for (const char c : text) escaped += c == '<' ? "&lt;" : c == '&' ? "&amp;" : std::string(1, c);
  return escaped;
}

inline Bytes workbook_of(const std::vector<std::vector<std::string>>& rows) {
  std::string sheet = R"(<?xml version="1.0" encoding="UTF-8"?><worksheet><sheetData>)";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    sheet += "<row r=\"" + std::to_string(i + 1) + "\">";
    for (std::size_t k = 0; k < rows[i].size(); ++k)
      sheet += std::string("<c r=\"") + static_cast<char>('A' + k) + std::to_string(i + 1) +
               "\" t=\"inlineStr\"><is><t>" + xml_escaped(rows[i][k]) + "</t></is></c>";
    sheet += "</row>";
  }
  return zip_of({{"xl/worksheets/sheet1.xml", sheet + "</sheetData></worksheet>"}});
}

}  // namespace probity::test
