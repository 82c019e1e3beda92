#include "base/json_shapes.h"

#include <nlohmann/json.hpp>

#include "base/encoding.h"

namespace probity {

nlohmann::json time_json(const std::optional<TimeMs>& time_ms) {
  return time_ms ? nlohmann::json(to_rfc3339(*time_ms)) : nlohmann::json();
}

nlohmann::json id_json(const std::optional<Id>& id) { return id ? nlohmann::json(id->text()) : nlohmann::json(); }

}  // namespace probity
