// probity shoot …: change a shoot, its slots and zones, and where its attendees are; take somebody off the list.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/find.h"
#include "cli/leak_person.h"
#include "cli/shoot_common.h"
#include "cli/values.h"
#include "shoots/json.h"

namespace probity::cli {
namespace {

using accounts::Permission;

struct ShootEditOptions {
  CommonOptions common;
  std::string shoot;
  std::optional<std::string> title, place, time_zone, email, code;
  std::vector<std::string> zones, drop_zones, slots, drop_slots;
};
struct AttendeeOptions {
  CommonOptions common;
  std::string shoot, party;
  std::optional<std::string> slot, zone, email, code;
};

std::optional<std::size_t> index_of(const auto& places, const std::string& label) {
  for (std::size_t i = 0; i < places.size(); ++i)
    if (parties::fold_for_lookup(places[i].label) == parties::fold_for_lookup(label)) return i;
  return std::nullopt;
}

// "Morning=2026-11-20T08:00:00Z/2026-11-20T12:00:00Z"
Result<shoots::SlotRequest> parse_slot(const std::string& text) {
  const std::size_t equals = text.find('='), slash = text.find('/', equals == std::string::npos ? 0 : equals);
  if (equals == std::string::npos || slash == std::string::npos)
    return fail(ErrorCode::invalid_argument, "--slot: " + text + " is no slot",
                "write it like \"Morning=2027-03-01T08:00:00Z/2027-03-01T12:00:00Z\"");
  shoots::SlotRequest slot;
  slot.label = text.substr(0, equals);
  TRY_ASSIGN(slot.from_ms, parse_time("--slot", text.substr(equals + 1, slash - equals - 1)));
  TRY_ASSIGN(slot.to_ms, parse_time("--slot", text.substr(slash + 1)));
  return slot;
}

// Those that are there, without those dropped, with those given: one of the same label is changed and stays the same.
Result<std::vector<shoots::SlotRequest>> changed_slots(const shoots::Shoot& shoot, const ShootEditOptions& options) {
  std::vector<shoots::SlotRequest> slots;
  for (const shoots::Slot& one : shoot.slots) slots.push_back({one.id, one.label, one.from_ms, one.to_ms});
  for (const std::string& label : options.drop_slots) {
    const auto at = index_of(slots, label);
    if (!at)
      return fail(ErrorCode::not_found, "the shoot has no slot called " + label, "`probity shoot show` lists them");
    slots.erase(slots.begin() + static_cast<std::ptrdiff_t>(*at));
  }
  for (const std::string& text : options.slots) {
    TRY_ASSIGN(auto slot, parse_slot(text));
    if (const auto at = index_of(slots, slot.label)) {
      slot.id = slots[*at].id;
      slots[*at] = slot;
    } else {
      slots.push_back(slot);
    }
  }
  return slots;
}

Result<std::vector<shoots::ZoneRequest>> changed_zones(const shoots::Shoot& shoot, const ShootEditOptions& options) {
  std::vector<shoots::ZoneRequest> zones;
  for (const shoots::Zone& one : shoot.zones) zones.push_back({one.id, one.label});
  for (const std::string& label : options.drop_zones) {
    const auto at = index_of(zones, label);
    if (!at)
      return fail(ErrorCode::not_found, "the shoot has no zone called " + label, "`probity shoot show` lists them");
    zones.erase(zones.begin() + static_cast<std::ptrdiff_t>(*at));
  }
  for (const std::string& label : options.zones) {
    if (index_of(zones, label)) return fail(ErrorCode::already_exists, "the shoot has a zone called " + label);
    zones.push_back({std::nullopt, label});
  }
  return zones;
}

Result<void> run_shoot_edit(Terminal& terminal, const ShootEditOptions& options) {
  const bool has_slots = !options.slots.empty() || !options.drop_slots.empty();
  const bool has_zones = !options.zones.empty() || !options.drop_zones.empty();
  if (!options.title && !options.place && !options.time_zone && !has_slots && !has_zones)
    return fail(ErrorCode::invalid_argument, "nothing is to be changed",
                "say what: `probity shoot edit --help` lists it");
  TRY_ASSIGN(const Session session, open_session(options.common));
  app::Records& records = *session.records;
  TRY_ASSIGN(const auto row, find_shoot(records, options.shoot));
  TRY_ASSIGN(const auto actor, act_as(records, options.email, options.code, Permission::write_shoots));
  shoots::ShootChange change;
  change.title = options.title;
  change.place = options.place;
  change.time_zone = options.time_zone;
  if (has_slots) {
    TRY_ASSIGN(change.slots, changed_slots(row.shoot, options));
  }
  if (has_zones) {
    TRY_ASSIGN(change.zones, changed_zones(row.shoot, options));
  }
  return show_shoot(terminal, records.shoots.shoots.update(row.shoot.id, change, actor));
}

// Somebody on the list; not just any party of that name.
Result<Id> find_attendee(const shoots::ShootRow& row, const std::string& text) {
  std::vector<Id> found;
  for (const shoots::AttendeeRow& one : row.attendees)
    if (parties::fold_for_lookup(one.party_name) == parties::fold_for_lookup(text) ||
        (is_start_of_id(text) && one.attendee.party.text().starts_with(text)))
      found.push_back(one.attendee.party);
  if (found.size() == 1) return found.front();
  if (found.empty())
    return fail(ErrorCode::not_found, text + " is not on the list", "`probity shoot show` lists who is");
  return fail(ErrorCode::invalid_argument, "several on the list are called " + text, "name the one by its id");
}

Result<void> run_attendee_move(Terminal& terminal, const AttendeeOptions& options) {
  if (!options.slot && !options.zone)
    return fail(ErrorCode::invalid_argument, "nothing is to be changed", "give --slot or --zone");
  TRY_ASSIGN(const Session session, open_session(options.common));
  app::Records& records = *session.records;
  TRY_ASSIGN(const auto row, find_shoot(records, options.shoot));
  TRY_ASSIGN(const Id party, find_attendee(row, options.party));
  TRY_ASSIGN(const auto actor, act_as(records, options.email, options.code, Permission::write_shoots));
  // Not given: stays; "none": taken away.
  std::optional<std::optional<Id>> slot, zone;
  if (options.slot == "none") {
    slot.emplace();
  } else if (options.slot) {
    TRY_ASSIGN(slot, find_slot(row.shoot, options.slot));
  }
  if (options.zone == "none") {
    zone.emplace();
  } else if (options.zone) {
    TRY_ASSIGN(zone, find_zone(row.shoot, options.zone));
  }
  return show_shoot(terminal, records.shoots.shoots.place_attendee(row.shoot.id, party, slot, zone, actor));
}

Result<void> run_attendee_remove(Terminal& terminal, const AttendeeOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  app::Records& records = *session.records;
  TRY_ASSIGN(const auto row, find_shoot(records, options.shoot));
  TRY_ASSIGN(const Id party, find_attendee(row, options.party));
  TRY_ASSIGN(const auto actor, act_as(records, options.email, options.code, Permission::write_shoots));
  TRY(records.shoots.shoots.remove_attendee(row.shoot.id, party, actor));
  return show_shoot(terminal, records.shoots.shoots.find(row.shoot.id));
}

template <class Options>
void add_shoot_and_person(const Command<Options>& command) {
  add_shoot_name(command);
  command->add_option("--as", command.options.email, "The account that does it, by its mail address");
  command->add_option("--code", command.options.code, "Its one-time code, when it has a second factor");
}

void add_attendee_name(const Command<AttendeeOptions>& command) {
  add_shoot_and_person(command);
  command->add_option("party", command.options.party, "The attendee's name, or the start of their id")->required();
}

}  // namespace

void add_shoot_edit_commands(Grammar& grammar) {
  CLI::App* group = grammar.group("shoot", "Confidential shoots and the frames of their attendees");
  const auto edit = grammar.command(group, "edit", "Change a shoot, its slots and zones", run_shoot_edit);
  add_shoot_and_person(edit);
  edit->add_option("--title", edit.options.title, "What to call it");
  edit->add_option("--place", edit.options.place, "Where");
  edit->add_option("--time-zone", edit.options.time_zone, "Its IANA time zone");
  edit->add_option("--slot", edit.options.slots, "Add a slot, or change the one of that label; may be repeated")
      ->repeatable();
  edit->add_option("--drop-slot", edit.options.drop_slots, "Take the slot of that label away; may be repeated")
      ->repeatable();
  edit->add_option("--zone", edit.options.zones, "Add a part of the place; may be repeated")->repeatable();
  edit->add_option("--drop-zone", edit.options.drop_zones, "Take the zone of that label away; may be repeated")
      ->repeatable();
  edit->footer(
      "Example: probity shoot edit \"Night preview\" --slot "
      "\"Morning=2027-03-01T08:00:00Z/2027-03-01T12:00:00Z\"");
  const auto move = grammar.command(group, "attendee-move", "Give an attendee another slot or zone", run_attendee_move);
  add_attendee_name(move);
  move->add_option("--slot", move.options.slot, "The label of their slot, or none");
  move->add_option("--zone", move.options.zone, "The label of their zone, or none");
  add_attendee_name(
      grammar.command(group, "attendee-remove", "Take somebody off who has handed in nothing", run_attendee_remove));
}

}  // namespace probity::cli
