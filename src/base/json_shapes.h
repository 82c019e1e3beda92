// How every JSON of the project writes what may be missing (null), and lists.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "base/clock.h"
#include "base/id.h"

namespace probity {

nlohmann::json time_json(const std::optional<TimeMs>& time_ms);
nlohmann::json id_json(const std::optional<Id>& id);

// What `shape` makes of each item, in their order.
template <class Items, class Shape, class Json = nlohmann::json>
Json array_of(const Items& items, Shape shape) {
  Json array = Json::array();
  for (const auto& one : items) array.push_back(shape(one));
  return array;
}

}  // namespace probity
