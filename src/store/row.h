// Between our values and the text that stands in columns. What cannot be read back throws UnreadableRow.
#pragma once

#include <string>

#include "base/encoding.h"
#include "base/hash.h"
#include "base/id.h"
#include "store/guard.h"

namespace probity::store {

inline Hash read_hash(const std::string& hex) {
  const auto bytes = from_hex(hex);
  Hash hash;
  if (!bytes || bytes->size() != hash.size()) throw UnreadableRow("a hash in the store is not readable");
  std::copy(bytes->begin(), bytes->end(), hash.begin());
  return hash;
}

inline Id read_id(const std::string& text) {
  const auto id = Id::parse(text);
  if (!id) throw UnreadableRow("an id in the store is not readable");
  return *id;
}

template <class Optional>
auto read_some(const Optional& value, const char* what) {
  if (!value) throw UnreadableRow(what);
  return *value;
}

}  // namespace probity::store
