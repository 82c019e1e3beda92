#include "shoots/shoot.h"

#include <algorithm>

namespace probity::shoots {

std::string_view shoot_state_name(ShootState state) { return state == ShootState::open ? "open" : "closed"; }

std::optional<ShootState> parse_shoot_state(std::string_view name) {
  for (const ShootState state : {ShootState::open, ShootState::closed})
    if (name == shoot_state_name(state)) return state;
  return std::nullopt;
}

const Slot* Shoot::slot(const Id& slot_id) const {
  const auto found = std::ranges::find(slots, slot_id, &Slot::id);
  return found == slots.end() ? nullptr : &*found;
}

const Zone* Shoot::zone(const Id& zone_id) const {
  const auto found = std::ranges::find(zones, zone_id, &Zone::id);
  return found == zones.end() ? nullptr : &*found;
}

const Slot* Shoot::slot_at(TimeMs time_ms) const {
  const Slot* only = nullptr;
  for (const Slot& one : slots) {
    if (time_ms < one.from_ms || time_ms >= one.to_ms) continue;
    if (only != nullptr) return nullptr;
    only = &one;
  }
  return only;
}

void FrameCounts::add(const FrameCounts& other) {
  frames += other.frames;
  waiting += other.waiting;
  cleared += other.cleared;
  not_to_be_used += other.not_to_be_used;
  deleted += other.deleted;
}

}  // namespace probity::shoots
