#include "store/blob_users.h"

#include <fmt/format.h>

#include <sstream>

#include "store/migrations.h"
#include "store/nullable.h"
#include "store/query.h"

namespace probity::store {
namespace {

constexpr std::size_t kHexDigits = 64;

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

}  // namespace

std::vector<TextColumn> text_columns() {
  std::vector<TextColumn> columns;
  for (const Migration& migration : migrations()) {
    for (const std::string_view statement : migration.statements) {
      std::istringstream words{std::string(statement)};
      std::string verb, table, name, line;
      if (!(words >> verb >> table >> name) || table != "TABLE") continue;
      if (verb == "ALTER") {
        std::string add, word, column, type;
        if (words >> add >> word >> column >> type && add == "ADD" && type == "TEXT") columns.push_back({name, column});
        continue;
      }
      if (verb != "CREATE") continue;
      // One column a line: "name TYPE …".
      while (std::getline(words, line)) {
        std::istringstream parts(line);
        std::string column, type;
        if (parts >> column >> type && (type == "TEXT" || type == "TEXT,")) columns.push_back({name, column});
      }
    }
  }
  return columns;
}

void strike_mentioned(std::string_view text, std::set<Hash>& unused) {
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (at < text.size() && is_hex(text[at])) continue;
    if (at - begin == kHexDigits) unused.erase(read_hash(std::string(text.substr(begin, kHexDigits))));
    begin = at + 1;
  }
}

Result<void> BlobUsers::strike_used(std::set<Hash>& unused) {
  return database_.run([&](soci::session& session) -> Result<void> {
    for (const TextColumn& column : text_columns()) {
      if (unused.empty()) return {};
      Nullable<std::string> text;
      soci::statement statement =
          (session.prepare << fmt::format("SELECT {0} FROM {1} WHERE length({0}) >= 64", column.column, column.table),
           text.column());
      statement.execute();
      while (statement.fetch()) strike_mentioned(text.value, unused);
    }
    return {};
  });
}

}  // namespace probity::store
