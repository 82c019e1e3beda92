#include "copies/delivery_json.h"

#include <nlohmann/json.hpp>

namespace probity::copies {
namespace {

nlohmann::json time_or_null(const std::optional<TimeMs>& time_ms) {
  return time_ms ? nlohmann::json(to_rfc3339(*time_ms)) : nlohmann::json(nullptr);
}

}  // namespace

nlohmann::json delivery_to_json(const DeliveryRow& row, TimeMs now_ms) {
  const Delivery& delivery = row.delivery;
  return {{"copy", delivery.copy.text()},
          {"asset", delivery.asset.text()},
          {"asset_title", row.asset_title},
          {"party", delivery.party.text()},
          {"party_name", row.party_name},
          {"organisation_name", row.organisation_name},
          {"state", delivery_state_name(state_of(row, now_ms))},
          {"issued_at", to_rfc3339(delivery.issued_ms)},
          {"until", time_or_null(delivery.until_ms)},
          {"views", delivery.views},
          {"downloads", delivery.downloads},
          {"first_opened_at", time_or_null(delivery.first_opened_ms)},
          {"last_opened_at", time_or_null(delivery.last_opened_ms)}};
}

}  // namespace probity::copies
