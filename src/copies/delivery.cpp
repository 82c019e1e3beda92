#include "copies/delivery.h"

#include <array>

namespace probity::copies {
namespace {

constexpr std::array<std::string_view, 4> kDeliveryStateNames{"waiting", "available", "revoked", "ended"};

}  // namespace

std::string_view delivery_state_name(DeliveryState state) {
  return kDeliveryStateNames[static_cast<std::size_t>(state)];
}

std::optional<DeliveryState> parse_delivery_state(std::string_view name) {
  for (std::size_t i = 0; i < kDeliveryStateNames.size(); ++i)
    if (kDeliveryStateNames[i] == name) return static_cast<DeliveryState>(i);
  return std::nullopt;
}

DeliveryState state_of(const DeliveryRow& row, TimeMs now_ms) {
  const Delivery& delivery = row.delivery;
  if (delivery.revoked_ms) return DeliveryState::revoked;
  if (!row.offered || (delivery.until_ms && now_ms >= *delivery.until_ms)) return DeliveryState::ended;
  if (!row.commitment || (row.not_before_ms && now_ms < *row.not_before_ms)) return DeliveryState::waiting;
  return DeliveryState::available;
}

}  // namespace probity::copies
