// Columns that may be NULL, and queries whose conditions vary, for the stores' .cpp files.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "store/row.h"
#include "store/soci.h"

namespace probity::store {

// A value that is fetched or bound with its NULL; bind it as use(x.value, x.state), in the statement itself: what use()
// returns refers to temporaries. SOCI borrows both members: it must outlive the statement.
template <class Value>
struct Nullable {
  Value value{};
  soci::indicator state = soci::i_null;

  Nullable() = default;
  explicit Nullable(const std::optional<Value>& some)
      : value(some.value_or(Value{})), state(some ? soci::i_ok : soci::i_null) {}
  std::optional<Value> get() const { return state == soci::i_ok ? std::optional(value) : std::nullopt; }
  auto column() { return soci::into(value, state); }
};

inline Nullable<std::string> nullable_id(const std::optional<Id>& id) {
  return Nullable<std::string>(id ? std::optional(id->text()) : std::nullopt);
}
inline std::optional<Id> read_optional_id(const Nullable<std::string>& column) {
  const auto text = column.get();
  return text ? std::optional(read_id(*text)) : std::nullopt;
}

// " WHERE a AND b" out of fixed fragments, each with as many placeholders as values follow it. Every placeholder has a
// name of its own: databases disagree on what one name used twice means.
class Conditions {
 public:
  using Value = std::variant<std::string, std::int64_t>;

  Conditions& add(const std::string& fragment, std::vector<Value> values = {}) {
    text_ += (text_.empty() ? " WHERE " : " AND ") + fragment;
    values_.insert(values_.end(), values.begin(), values.end());
    return *this;
  }
  const std::string& text() const { return text_; }
  const std::vector<Value>& values() const { return values_; }

 private:
  std::string text_;
  std::vector<Value> values_;
};

inline void bind_values(soci::statement& statement, const std::vector<Conditions::Value>& values) {
  for (const auto& value : values) std::visit([&](const auto& held) { statement.exchange(soci::use(held)); }, value);
}

// Runs `query` with the values bound in order and maps each row, as fetch_all does.
template <class Row>
auto fetch_bound(soci::session& session, const std::string& query, const std::vector<Conditions::Value>& values) {
  Row row;
  std::vector<decltype(row.value())> found;
  soci::statement statement(session);
  std::apply([&](auto... columns) { (statement.exchange(columns), ...); }, row.columns());
  bind_values(statement, values);
  statement.alloc();
  statement.prepare(query);
  statement.define_and_bind();
  statement.execute();
  while (statement.fetch()) found.push_back(row.value());
  return found;
}

struct CountRow {
  std::int64_t count = 0;
  auto columns() { return std::make_tuple(soci::into(count)); }
  std::uint64_t value() const { return static_cast<std::uint64_t>(count); }
};

}  // namespace probity::store
