// Running a query and mapping its rows, for the stores' .cpp files.
#pragma once

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "store/soci.h"

namespace probity::store {

// "%words%" for `LOWER(column) LIKE :like ESCAPE '!'`: matches anywhere, ASCII letters in either case, and the
// characters that LIKE reads specially as themselves.
inline std::string like_pattern(std::string_view words) {
  std::string pattern = "%";
  for (const char c : words) {
    if (c == '%' || c == '_' || c == '!') pattern += '!';
    pattern += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return pattern + "%";
}

// Runs a query whose columns are Row's, and maps each row. `binds` are soci::use(...).
template <class Row, class... Binds>
auto fetch_all(soci::session& session, const std::string& query, Binds... binds) {
  Row row;
  std::vector<decltype(row.value())> values;
  std::apply(
      [&](auto... columns) {
        soci::statement statement = [&] {
          auto prepared = session.prepare << query;
          ((prepared, columns), ...);
          ((prepared, binds), ...);
          return soci::statement(prepared);
        }();
        statement.execute();
        while (statement.fetch()) values.push_back(row.value());
      },
      row.columns());
  return values;
}

template <class Value>
std::optional<Value> first(std::vector<Value> values) {
  if (values.empty()) return std::nullopt;
  return std::move(values.front());
}

}  // namespace probity::store
