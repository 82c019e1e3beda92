// The verbs of shoots: open, change and close them, and say who attends.
#pragma once

#include "shoots/ports.h"

namespace probity::shoots {

// With an id it stands for the one that has it.
struct SlotRequest {
  std::optional<Id> id;
  std::string label;
  TimeMs from_ms = 0, to_ms = 0;
};
struct ZoneRequest {
  std::optional<Id> id;
  std::string label;
};
struct AttendeeRequest {
  Id party;
  std::optional<Id> slot, zone;
};

struct NewShoot {
  Id project;
  std::string title, place, time_zone;
  std::vector<SlotRequest> slots;
  std::vector<ZoneRequest> zones;
  std::vector<AttendeeRequest> attendees;
};

// What stays empty is not changed; lists replace the ones that are there.
struct ShootChange {
  std::optional<std::string> title, place, time_zone;
  std::optional<std::vector<SlotRequest>> slots;
  std::optional<std::vector<ZoneRequest>> zones;
};

// Thread-safe. Borrows its ports. Verbs that change something are one transaction with an event, and join the caller's.
class ShootService {
 public:
  explicit ShootService(const Ports& ports) : ports_(ports) {}

  // Errors: not_found; conflict (archived project); invalid_argument; not_in_force for an attendee without commitment.
  Result<ShootRow> create(const NewShoot& request, const events::Actor& actor);
  // Errors: not_found; invalid_argument; conflict when a slot or zone that attendees have would go.
  Result<ShootRow> update(const Id& id, const ShootChange& change, const events::Actor& actor);
  Result<ShootRow> close(const Id& id, const events::Actor& actor);
  Result<ShootRow> reopen(const Id& id, const events::Actor& actor);
  Result<ShootRow> find(const Id& id);
  Result<Listed<ShootRow>> list(const ShootFilter& filter);

  // Errors: not_found; already_exists; not_in_force; invalid_argument (slot or zone of another shoot); conflict.
  Result<ShootRow> add_attendee(const Id& shoot, const AttendeeRequest& request, const events::Actor& actor);
  // Absent: not changed; an empty inner value: none any more.
  Result<ShootRow> place_attendee(const Id& shoot, const Id& party, const std::optional<std::optional<Id>>& slot,
                                  const std::optional<std::optional<Id>>& zone, const events::Actor& actor);
  // Errors: not_found; conflict when they have handed in frames.
  Result<void> remove_attendee(const Id& shoot, const Id& party, const events::Actor& actor);

 private:
  Result<Shoot> existing(const Id& id);
  Result<ShootRow> row_of(Shoot shoot);
  Result<ShootRow> set_state(const Id& id, ShootState state, const events::Actor& actor);
  Result<void> insert_attendee(const Shoot& shoot, const AttendeeRequest& request);
  Result<std::vector<Slot>> settled(const std::vector<SlotRequest>& requests, const std::vector<Slot>& before);
  Result<std::vector<Zone>> settled(const std::vector<ZoneRequest>& requests, const std::vector<Zone>& before);
  Result<void> check_unused(const Shoot& before, const Shoot& after);
  Result<void> append(const char* kind, const Shoot& shoot, const events::Actor& actor,
                      const std::optional<Attendee>& attendee = {});
  Ports ports_;
};

// The commitment under which somebody attends, as it stands now. Errors: not_found.
Result<commitments::Commitment> commitment_of(const Ports& ports, const Attendee& attendee);

}  // namespace probity::shoots
