// Running a query and mapping its rows, for the stores' .cpp files.
#pragma once

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "store/soci.h"

namespace probity::store {

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
