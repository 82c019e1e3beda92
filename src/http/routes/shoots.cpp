#include "http/routes/shoots.h"

#include <nlohmann/json.hpp>

#include "http/routes/json_fields.h"
#include "http/routes/shoots_parts.h"
#include "http/routes/staff_answer.h"
#include "jobs/json.h"
#include "shoots/json.h"

namespace probity::http::routes {
namespace {

using accounts::Caller;
using accounts::Permission;

constexpr TextLimits kLine{1, 200}, kZone{1, 64}, kReason{1, 2000, true};
constexpr std::size_t kMostFrames = 500, kMostShoots = 100;

std::vector<shoots::SlotRequest> slots_of(JsonFields& fields) {
  std::vector<shoots::SlotRequest> slots;
  for (JsonFields& item : fields.objects("slots", shoots::kMostSlots)) {
    shoots::SlotRequest slot;
    slot.id = item.optional_id("id");
    slot.label = item.text("label", kLine);
    slot.from_ms = item.time("from");
    slot.to_ms = item.time("to");
    slots.push_back(std::move(slot));
  }
  return slots;
}

std::vector<shoots::ZoneRequest> zones_of(JsonFields& fields) {
  std::vector<shoots::ZoneRequest> zones;
  for (JsonFields& item : fields.objects("zones", shoots::kMostZones)) {
    shoots::ZoneRequest zone;
    zone.id = item.optional_id("id");
    zone.label = item.text("label", kLine);
    zones.push_back(std::move(zone));
  }
  return zones;
}

shoots::AttendeeRequest attendee_of(JsonFields& fields) {
  shoots::AttendeeRequest attendee;
  attendee.party = fields.id("party");
  attendee.slot = fields.optional_id("slot");
  attendee.zone = fields.optional_id("zone");
  return attendee;
}

Response row_response(int status, const shoots::ShootRow& row) { return json_response(status, shoots::to_json(row)); }

Result<Response> list(const ShootRoutes& services, const Request& request, const Caller&) {
  shoots::ShootFilter filter;
  TRY_ASSIGN(filter.project, param_id(request, "project"));
  TRY_ASSIGN(filter.page, list_query(request));
  if (const auto state = request.query_value("state"); state && !state->empty()) {
    filter.state = shoots::parse_shoot_state(*state);
    if (!filter.state) return fail(ErrorCode::invalid_argument, "a shoot's state is open or closed");
  }
  TRY_ASSIGN(const auto listed, services.shoots.list(filter));
  nlohmann::json items = nlohmann::json::array();
  for (const auto& row : listed.items) items.push_back(shoots::to_json(row));
  return json_response(200, {{"items", std::move(items)}, {"total", listed.total}});
}

Result<Response> create(const ShootRoutes& services, const Request& request, const Caller& caller) {
  shoots::NewShoot shoot;
  TRY_ASSIGN(shoot.project, param_id(request, "project"));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  shoot.title = fields.text("title", kLine);
  shoot.place = fields.text("place", kLine);
  shoot.time_zone = fields.text("time_zone", kZone);
  if (fields.has("slots")) shoot.slots = slots_of(fields);
  if (fields.has("zones")) shoot.zones = zones_of(fields);
  if (fields.has("attendees"))
    for (JsonFields& item : fields.objects("attendees", shoots::kMostAttendees))
      shoot.attendees.push_back(attendee_of(item));
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(const auto row, services.shoots.create(shoot, caller.actor));
  return row_response(201, row);
}

Result<Response> find(const ShootRoutes& services, const Request& request, const Caller&) {
  TRY_ASSIGN(const Id id, param_id(request, "shoot"));
  TRY_ASSIGN(const auto row, services.shoots.find(id));
  return row_response(200, row);
}

Result<Response> update(const ShootRoutes& services, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "shoot"));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  shoots::ShootChange change;
  change.title = fields.optional_text("title", kLine);
  change.place = fields.optional_text("place", kLine);
  change.time_zone = fields.optional_text("time_zone", kZone);
  if (fields.has("slots")) change.slots = slots_of(fields);
  if (fields.has("zones")) change.zones = zones_of(fields);
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(const auto row, services.shoots.update(id, change, caller.actor));
  return row_response(200, row);
}

Result<Response> close(const ShootRoutes& services, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "shoot"));
  TRY_ASSIGN(const auto row, services.shoots.close(id, caller.actor));
  return row_response(200, row);
}

Result<Response> reopen(const ShootRoutes& services, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "shoot"));
  TRY_ASSIGN(const auto row, services.shoots.reopen(id, caller.actor));
  return row_response(200, row);
}

Result<Response> add_attendee(const ShootRoutes& services, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "shoot"));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const shoots::AttendeeRequest attendee = attendee_of(fields);
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(const auto row, services.shoots.add_attendee(id, attendee, caller.actor));
  return row_response(201, row);
}

Result<Response> place_attendee(const ShootRoutes& services, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "shoot"));
  TRY_ASSIGN(const Id party, param_id(request, "party"));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  std::optional<std::optional<Id>> slot, zone;
  if (fields.has("slot")) slot = fields.optional_id("slot");
  if (fields.has("zone")) zone = fields.optional_id("zone");
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(const auto row, services.shoots.place_attendee(id, party, slot, zone, caller.actor));
  return row_response(200, row);
}

Result<Response> remove_attendee(const ShootRoutes& services, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "shoot"));
  TRY_ASSIGN(const Id party, param_id(request, "party"));
  TRY(services.shoots.remove_attendee(id, party, caller.actor));
  return Response::no_content();
}

Result<Response> list_frames(const ShootRoutes& services, const Request& request, const Caller&) {
  shoots::FrameFilter filter;
  TRY_ASSIGN(filter.shoot, param_id(request, "shoot"));
  TRY(services.shoots.find(*filter.shoot));
  TRY_ASSIGN(filter.page, list_query(request));
  filter.party = query_id(request, "party");
  if (const auto state = request.query_value("state"); state && !state->empty()) {
    filter.state = shoots::parse_frame_state(*state);
    if (!filter.state)
      return fail(ErrorCode::invalid_argument, "that is no state of a frame",
                  "handed_in, cleared, not_to_be_used and deleted are");
  }
  TRY_ASSIGN(const auto listed, services.frames.list(filter));
  nlohmann::json items = nlohmann::json::array();
  for (const auto& row : listed.items) items.push_back(shoots::to_json(row));
  return json_response(200, {{"items", std::move(items)}, {"total", listed.total}});
}

Result<Response> find_frame(const ShootRoutes& services, const Request& request, const Caller&) {
  TRY_ASSIGN(const Id id, param_id(request, "frame"));
  TRY_ASSIGN(const auto row, services.frames.find(id));
  return json_response(200, shoots::to_json(row));
}

Result<Response> frame_preview(const ShootRoutes& services, const Request& request, const Caller&) {
  TRY_ASSIGN(const Id id, param_id(request, "frame"));
  TRY_ASSIGN(const Bytes jpeg, services.frames.preview(id));
  return preview_response(jpeg);
}

std::optional<shoots::Decision> decision_of(JsonFields& fields) {
  const auto decision = shoots::parse_decision(fields.text("decision", {1, 40}));
  if (!decision) fields.complain("decision", "must be cleared, not_to_be_used or delete");
  return decision;
}

Result<Response> clear_frame(const ShootRoutes& services, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "frame"));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const auto decision = decision_of(fields);
  const std::string reason = fields.text("reason", kReason);
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(const auto row, services.frames.clear(id, *decision, reason, caller.actor));
  return json_response(200, shoots::to_json(row));
}

Result<Response> clear_frames(const ShootRoutes& services, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "shoot"));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const std::vector<Id> frames = fields.ids("frames", kMostFrames);
  const auto decision = decision_of(fields);
  const std::string reason = fields.text("reason", kReason);
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(const std::size_t changed, services.frames.clear(id, frames, *decision, reason, caller.actor));
  return json_response(200, {{"changed", changed}});
}

Result<Response> own_footage(const ShootRoutes& services, const Request& request, const Caller&) {
  TRY_ASSIGN(const Id leak, param_id(request, "leak"));
  TRY_ASSIGN(const auto report, services.footage.latest(leak));
  return json_response(200, shoots::to_json(report));
}

Result<Response> match_own_footage(const ShootRoutes& services, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id leak, param_id(request, "leak"));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  std::vector<Id> shoots;
  if (fields.has("shoots")) shoots = fields.ids("shoots", kMostShoots);
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(const Id id, services.footage.begin(leak, shoots, caller.actor));
  TRY_ASSIGN(const auto job, services.jobs.find(id));
  return json_response(202, jobs::to_json(job));
}

Result<Response> stop_own_footage(const ShootRoutes& services, const Request& request, const Caller&) {
  TRY_ASSIGN(const Id leak, param_id(request, "leak"));
  TRY(services.footage.stop(leak));  // its leads are for those who read shoots
  return Response::no_content();
}

}  // namespace

void add_shoot_routes(Router& router, Guard& guard, const ShootRoutes& services) {
  const auto add = [&](Method method, const char* path, Permission permission, auto work) {
    router.add(method, std::string("/api/v1") + path,
               guard.staff(permission, answering([services, work](const Request& request, const Caller& caller) {
                             return work(services, request, caller);
                           })));
  };
  add(Method::get, "/projects/{project}/shoots", Permission::read_shoots, list);
  add(Method::post, "/projects/{project}/shoots", Permission::write_shoots, create);
  add(Method::get, "/shoots/{shoot}", Permission::read_shoots, find);
  add(Method::patch, "/shoots/{shoot}", Permission::write_shoots, update);
  add(Method::post, "/shoots/{shoot}/close", Permission::write_shoots, close);
  add(Method::post, "/shoots/{shoot}/reopen", Permission::write_shoots, reopen);
  add(Method::post, "/shoots/{shoot}/attendees", Permission::write_shoots, add_attendee);
  add(Method::patch, "/shoots/{shoot}/attendees/{party}", Permission::write_shoots, place_attendee);
  add(Method::del, "/shoots/{shoot}/attendees/{party}", Permission::write_shoots, remove_attendee);
  add(Method::get, "/shoots/{shoot}/frames", Permission::read_shoots, list_frames);
  add(Method::post, "/shoots/{shoot}/clearances", Permission::write_shoots, clear_frames);
  add(Method::get, "/frames/{frame}", Permission::read_shoots, find_frame);
  add(Method::get, "/frames/{frame}/preview", Permission::read_shoots, frame_preview);
  add(Method::post, "/frames/{frame}/clearance", Permission::write_shoots, clear_frame);
  add(Method::get, "/leaks/{leak}/own-footage", Permission::read_shoots, own_footage);
  add(Method::post, "/leaks/{leak}/own-footage", Permission::write_leaks, match_own_footage);
  add(Method::post, "/leaks/{leak}/own-footage/cancel", Permission::write_leaks, stop_own_footage);
}

}  // namespace probity::http::routes
