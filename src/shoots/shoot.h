// A confidential shoot: a place, its slots and zones, and who attends under which commitment.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/list_query.h"
#include "commitments/commitment.h"

namespace probity::shoots {

constexpr std::size_t kMostSlots = 50, kMostZones = 50, kMostAttendees = 200;

enum class ShootState { open, closed };
std::string_view shoot_state_name(ShootState state);
std::optional<ShootState> parse_shoot_state(std::string_view name);

// A window of time, [from, to).
struct Slot {
  Id id;
  std::string label;
  TimeMs from_ms = 0, to_ms = 0;
  bool operator==(const Slot&) const = default;
};

// A part of the place: "stage left", "workshop 2".
struct Zone {
  Id id;
  std::string label;
  bool operator==(const Zone&) const = default;
};

struct Shoot {
  Id id;
  Id project;
  std::string title, place;
  std::string time_zone = "UTC";  // IANA; also of cameras that do not say theirs
  ShootState state = ShootState::open;
  std::vector<Slot> slots;  // by time
  std::vector<Zone> zones;
  TimeMs created_ms = 0;
  std::optional<TimeMs> closed_ms;
  bool operator==(const Shoot&) const = default;

  const Slot* slot(const Id& slot_id) const;
  const Zone* zone(const Id& zone_id) const;
  // The slot in which a moment lies; nothing when none or several take it in.
  const Slot* slot_at(TimeMs time_ms) const;
};

// A person at a shoot, under the commitment that was in force when they were added.
struct Attendee {
  Id shoot;
  Id party;
  Id commitment;
  std::optional<Id> slot, zone;
  TimeMs added_ms = 0;
  bool operator==(const Attendee&) const = default;
};

struct FrameCounts {
  std::uint64_t frames = 0, waiting = 0, cleared = 0, not_to_be_used = 0, deleted = 0;
  void add(const FrameCounts& other);
};

struct AttendeeRow {
  Attendee attendee;
  std::string party_name, organisation_name;  // as in the commitment
  std::string commitment_number;
  commitments::State commitment_state = commitments::State::in_force;
  FrameCounts counts;
  bool in_force() const { return commitment_state == commitments::State::in_force; }
};

struct ShootRow {
  Shoot shoot;
  std::string project_name;
  std::vector<AttendeeRow> attendees;
  FrameCounts counts;
};

struct ShootFilter {
  ListQuery page;  // sort: title, created_at, state; newest first without
  std::optional<Id> project;
  std::optional<ShootState> state;
};

}  // namespace probity::shoots
