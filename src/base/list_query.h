// Which part of a long list is asked for, and the part that comes back.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace probity {

// `search` matches anywhere, ignoring case; `sort` is a field's name of the API, empty for the list's own order.
struct ListQuery {
  std::string search;
  std::string sort;
  bool descending = false;
  std::uint32_t offset = 0;
  std::uint32_t limit = 50;
};

template <class Item>
struct Listed {
  std::vector<Item> items;
  std::uint64_t total = 0;  // without offset and limit
};

}  // namespace probity
