// Between optional values and columns that are never NULL ('' and 0 stand for nothing); for the commitments' stores.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "store/row.h"

namespace probity::store {

inline std::string id_column(const std::optional<Id>& id) { return id ? id->text() : std::string(); }
inline std::string hash_column(const std::optional<Hash>& hash) { return hash ? to_hex(*hash) : std::string(); }
inline std::int64_t time_column(const std::optional<TimeMs>& time_ms) { return time_ms.value_or(0); }
inline std::optional<Id> optional_id(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(read_id(text));
}
inline std::optional<Hash> optional_hash(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(read_hash(text));
}
inline std::optional<TimeMs> optional_time(std::int64_t column) {
  return column == 0 ? std::nullopt : std::optional<TimeMs>(column);
}

// "%text%" for LIKE … ESCAPE '!', with the pattern's own characters taken literally.
inline std::string like_pattern(const std::string& text) {
  std::string pattern = "%";
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '!') pattern += '!';
    pattern += c;
  }
  return pattern + '%';
}

}  // namespace probity::store
