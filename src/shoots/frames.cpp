#include "shoots/frames.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "jobs/call.h"
#include "parties/text.h"
#include "shoots/camera_note.h"
#include "shoots/prepare.h"

namespace probity::shoots {
namespace {

constexpr std::size_t kMostNameCharacters = 200, kMostReasonCharacters = 2000, kMostAtOnce = 500;
// What is decided within that time is one mail to the attendee.
constexpr TimeMs kCallAfterMs = 5 * 60 * 1000;

tl::unexpected<Error> no_such_frame() { return fail(ErrorCode::not_found, "there is no such frame"); }

// The name a phone sends, without folders; what cannot be shown becomes a plain one.
std::string shown_name(std::string_view name) {
  const std::size_t slash = name.find_last_of("/\\");
  const auto tidy = parties::tidy_line("file name", slash == std::string_view::npos ? name : name.substr(slash + 1),
                                       kMostNameCharacters);
  return tidy && !tidy->empty() ? *tidy : "photo";
}

Result<std::string> tidy_reason(const std::string& reason) {
  TRY_ASSIGN(std::string tidy, parties::tidy_text("reason", reason, kMostReasonCharacters));
  if (tidy.empty()) return fail(ErrorCode::invalid_argument, "the reason is empty", "say why, in a few words");
  return tidy;
}

}  // namespace

Result<Frame> FrameService::existing(const Id& id) {
  TRY_ASSIGN(auto frame, ports_.store.frame(id));
  if (!frame) return no_such_frame();
  return std::move(*frame);
}

Result<Frame> FrameService::own(const Id& id, const Id& party) {
  TRY_ASSIGN(Frame frame, existing(id));
  if (frame.party != party) return no_such_frame();
  return frame;
}

Result<void> FrameService::append(const char* kind, const Frame& frame, const events::Actor& actor,
                                  const std::string& reason) {
  TRY_ASSIGN(const auto shoot, ports_.store.shoot(frame.shoot));
  TRY_ASSIGN(const auto attendee, ports_.store.attendee(frame.shoot, frame.party));
  if (!shoot || !attendee) return fail(ErrorCode::corrupt, "a frame belongs to no shoot");
  TRY_ASSIGN(const auto commitment, commitment_of(ports_, *attendee));
  events::Event event;
  event.time_ms = ports_.clock.now_ms();
  event.kind = kind;
  event.actor = actor;
  event.project = shoot->project;
  event.party = frame.party;
  event.commitment = attendee->commitment;
  nlohmann::json data{{"title", shoot->title},
                      {"party", commitment.party_name},
                      {"name", frame.file_name},
                      {"frame", frame.id.text()},
                      {"shoot", shoot->id.text()}};
  if (!reason.empty()) data["reason"] = reason;
  event.data_json = data.dump();
  TRY(ports_.events.append(event));
  return {};
}

Result<void> FrameService::queue(const char* kind, const Frame& frame, const char* title, const char* title_zh) {
  TRY_ASSIGN(const auto shoot, ports_.store.shoot(frame.shoot));
  jobs::JobRequest request;
  request.kind = kind;
  request.title = fmt::format("{} {}", title, frame.file_name);
  request.title_zh = fmt::format("{} {}", title_zh, frame.file_name);
  if (shoot) request.project = shoot->project;
  request.subject = frame.id;
  request.once_key = fmt::format("{} {}", kind, frame.id.text());
  TRY(ports_.jobs.enqueue(request));
  return {};
}

Result<HandedIn> FrameService::hand_in(const NewFrame& request, std::string_view bytes, const events::Actor& actor) {
  TRY_ASSIGN(const auto shoot, ports_.store.shoot(request.shoot));
  TRY_ASSIGN(const auto attendee, ports_.store.attendee(request.shoot, request.party));
  if (!shoot || !attendee) return fail(ErrorCode::not_found, "there is no such shoot");
  if (bytes.empty()) return fail(ErrorCode::invalid_argument, "the file is empty", "choose another one");
  if (bytes.size() > kMostFrameBytes) return fail(ErrorCode::too_large, "a frame holds 64 MiB at most");
  Frame frame;
  frame.file = sha256(as_bytes(bytes));
  const std::lock_guard turn(bytes_turn_);
  TRY_ASSIGN(auto known, ports_.store.frame_of_file(request.shoot, request.party, frame.file));
  if (known) return HandedIn{std::move(*known), false};
  if (shoot->state == ShootState::closed)
    return fail(ErrorCode::conflict, "this shoot is closed", "ask the organiser to open it again");
  const auto media_type = picture_media_type(bytes.substr(0, 16));
  if (!media_type)
    return fail(ErrorCode::not_a_picture, "the file is not a picture of a known kind",
                "hand in the photo as the phone took it: JPEG or HEIC");
  FrameFilter theirs;
  theirs.shoot = request.shoot;
  theirs.party = request.party;
  theirs.page.limit = 1;
  TRY_ASSIGN(const auto before, ports_.store.frames(theirs));
  if (before.total >= kMostFramesOfAttendee)
    return fail(ErrorCode::too_many_requests, fmt::format("{} frames are the most", kMostFramesOfAttendee));
  frame.id = Id::random(ports_.random);
  frame.shoot = request.shoot;
  frame.party = request.party;
  frame.file_name = shown_name(request.file_name);
  frame.media_type = *media_type;
  frame.size_bytes = bytes.size();
  frame.handed_in_ms = ports_.clock.now_ms();
  TRY(ports_.pictures.put(as_bytes(bytes)));
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY(ports_.store.insert(frame));
    TRY(queue(kPrepareFrameJob, frame, "Look at", "处理"));
    return append("frame.handed_in", frame, actor);
  }));
  return HandedIn{std::move(frame), true};
}

Result<std::vector<AttendedShoot>> FrameService::attended_by(const Id& party) {
  TRY_ASSIGN(const auto places, ports_.store.attended_by(party));
  std::vector<AttendedShoot> attended;
  for (const Attendee& attendee : places) {
    TRY_ASSIGN(auto shoot, ports_.store.shoot(attendee.shoot));
    if (!shoot) continue;
    TRY_ASSIGN(const auto project, ports_.projects.find(shoot->project));
    TRY_ASSIGN(const auto counts, ports_.store.counts(attendee.shoot));
    AttendedShoot one{std::move(*shoot), project.project.name, attendee, {}};
    const auto counted = std::ranges::find(counts, party, &CountedAttendee::party);
    if (counted != counts.end()) one.counts = counted->counts;
    attended.push_back(std::move(one));
  }
  return attended;
}

Result<FrameRow> FrameService::row_of(Frame frame, const Shoot& shoot, bool with_clearances) {
  FrameRow row;
  TRY_ASSIGN(const auto attendee, ports_.store.attendee(frame.shoot, frame.party));
  if (!attendee) return fail(ErrorCode::corrupt, "a frame belongs to no attendee");
  TRY_ASSIGN(const auto commitment, commitment_of(ports_, *attendee));
  row.party_name = commitment.party_name;
  row.zone = attendee->zone;
  row.slot = attendee->slot;
  if (frame.taken_ms)
    if (const Slot* slot = shoot.slot_at(*frame.taken_ms)) row.slot = slot->id;
  TRY_ASSIGN(const auto same, ports_.store.frames_of_file(frame.file));
  row.same_file = same.size() - std::min<std::size_t>(1, same.size());
  if (with_clearances) {
    TRY_ASSIGN(row.clearances, ports_.store.clearances(frame.id));
  }
  row.frame = std::move(frame);
  return row;
}

Result<Listed<FrameRow>> FrameService::list(const FrameFilter& filter) {
  Listed<FrameRow> rows;
  TRY_ASSIGN(auto found, ports_.store.frames(filter));
  rows.total = found.total;
  std::optional<Shoot> shoot;
  for (Frame& frame : found.items) {
    if (!shoot || shoot->id != frame.shoot) {
      TRY_ASSIGN(shoot, ports_.store.shoot(frame.shoot));
    }
    if (!shoot) return fail(ErrorCode::corrupt, "a frame belongs to no shoot");
    TRY_ASSIGN(auto row, row_of(std::move(frame), *shoot, true));
    rows.items.push_back(std::move(row));
  }
  return rows;
}

Result<Listed<FrameRow>> FrameService::own_frames(const Id& shoot, const Id& party, std::uint32_t offset,
                                                  std::uint32_t limit) {
  TRY_ASSIGN(const auto attendee, ports_.store.attendee(shoot, party));
  if (!attendee) return fail(ErrorCode::not_found, "there is no such shoot");
  FrameFilter filter;
  filter.shoot = shoot;
  filter.party = party;
  filter.page.offset = offset;
  filter.page.limit = limit;
  return list(filter);
}

Result<FrameRow> FrameService::find(const Id& id) {
  TRY_ASSIGN(Frame frame, existing(id));
  TRY_ASSIGN(const auto shoot, ports_.store.shoot(frame.shoot));
  if (!shoot) return fail(ErrorCode::corrupt, "a frame belongs to no shoot");
  return row_of(std::move(frame), *shoot, true);
}

Result<Bytes> FrameService::preview_of(const Frame& frame) {
  if (frame.state == FrameState::deleted)
    return fail(ErrorCode::gone, "this frame was deleted; its picture is not here any more");
  if (frame.preparation == Preparation::unreadable)
    return fail(ErrorCode::conflict, "this file could not be read as a picture");
  if (!frame.preview_blob) return fail(ErrorCode::conflict, "this frame is being prepared", "try again in a moment");
  return ports_.pictures.get(*frame.preview_blob);
}

Result<Bytes> FrameService::preview(const Id& id) {
  TRY_ASSIGN(const Frame frame, existing(id));
  return preview_of(frame);
}

Result<Bytes> FrameService::own_preview(const Id& id, const Id& party) {
  TRY_ASSIGN(const Frame frame, own(id, party));
  return preview_of(frame);
}

Result<Bytes> FrameService::picture(const Frame& frame) {
  if (frame.state == FrameState::deleted) return fail(ErrorCode::gone, "this frame was deleted");
  return ports_.pictures.get(frame.file);
}

// In the caller's transaction: the state, the decision's record, its entry in the log, and what follows of it.
Result<void> FrameService::decide_one(Frame& frame, Decision decision, const std::string& reason,
                                      const events::Actor& actor) {
  TRY_ASSIGN(const auto attendee, ports_.store.attendee(frame.shoot, frame.party));
  if (!attendee) return fail(ErrorCode::corrupt, "a frame belongs to no attendee");
  TRY_ASSIGN(const auto commitment, commitment_of(ports_, *attendee));
  TRY_ASSIGN(frame.state, decide(frame, decision, commitment.state == commitments::State::in_force));
  frame.decided_ms = ports_.clock.now_ms();
  frame.confirmed_ms.reset();
  const Clearance clearance{Id::random(ports_.random), frame.id, decision, reason, actor.name, *frame.decided_ms};
  TRY(ports_.store.update(frame));
  TRY(ports_.store.insert(clearance));
  const nlohmann::json content{{"at", to_rfc3339(clearance.time_ms)},
                               {"by", clearance.by},
                               {"decision", decision_name(decision)},
                               {"file", to_hex(frame.file)},
                               {"frame", frame.id.text()},
                               {"party", frame.party.text()},
                               {"reason", reason},
                               {"shoot", frame.shoot.text()}};
  TRY(ports_.log_book.record({"frame_cleared", frame.id, content.dump()}));
  TRY_ASSIGN(const auto shoot, ports_.store.shoot(frame.shoot));
  jobs::Call call{jobs::kCallAttendee, frame.shoot, {}, frame.party, *frame.decided_ms + kCallAfterMs};
  if (shoot) call.project = shoot->project;
  TRY(ports_.jobs.enqueue(jobs::call_request(call)));
  if (decision == Decision::remove) TRY(queue(kDestroyFrameJob, frame, "Destroy", "销毁"));
  const char* kind = decision == Decision::cleared          ? "frame.cleared"
                     : decision == Decision::not_to_be_used ? "frame.not_to_be_used"
                                                            : "frame.deleted";
  return append(kind, frame, actor, reason);
}

Result<FrameRow> FrameService::clear(const Id& id, Decision decision, const std::string& reason,
                                     const events::Actor& actor) {
  TRY_ASSIGN(const std::string why, tidy_reason(reason));
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(Frame frame, existing(id));
    return decide_one(frame, decision, why, actor);
  }));
  return find(id);
}

Result<std::size_t> FrameService::clear(const Id& shoot, const std::vector<Id>& frames, Decision decision,
                                        const std::string& reason, const events::Actor& actor) {
  TRY_ASSIGN(const std::string why, tidy_reason(reason));
  if (frames.size() > kMostAtOnce)
    return fail(ErrorCode::invalid_argument, fmt::format("more than {} frames at once", kMostAtOnce));
  TRY_ASSIGN(const auto known, ports_.store.shoot(shoot));
  if (!known) return fail(ErrorCode::not_found, "there is no such shoot");
  TRY(ports_.transactions.write([&]() -> Result<void> {
    for (const Id& id : frames) {
      TRY_ASSIGN(Frame frame, existing(id));
      if (frame.shoot != shoot) return no_such_frame();
      TRY(decide_one(frame, decision, why, actor));
    }
    return {};
  }));
  return frames.size();
}

Result<FrameRow> FrameService::confirm(const Id& id, const Id& party, const events::Actor& actor) {
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(Frame frame, own(id, party));
    if (!frame.decided_ms) return fail(ErrorCode::conflict, "nothing was decided about this frame yet");
    if (frame.confirmed_ms) return {};
    frame.confirmed_ms = ports_.clock.now_ms();
    TRY(ports_.store.update(frame));
    const nlohmann::json content{{"at", to_rfc3339(*frame.confirmed_ms)},
                                 {"by", actor.name},
                                 {"decision", frame_state_name(frame.state)},
                                 {"frame", frame.id.text()},
                                 {"party", party.text()}};
    TRY(ports_.log_book.record({"frame_confirmed", frame.id, content.dump()}));
    return append("frame.confirmed", frame, actor);
  }));
  return find(id);
}

Result<void> FrameService::prepare(const Id& id) {
  TRY_ASSIGN(const Frame before, existing(id));
  if (before.preparation != Preparation::waiting || before.state == FrameState::deleted) return {};
  TRY_ASSIGN(const Bytes file, ports_.pictures.get(before.file));
  const auto prepared = prepare_picture(file, ports_.decode);
  if (!prepared && prepared.error().code == ErrorCode::internal) return tl::unexpected(prepared.error());
  const std::lock_guard turn(bytes_turn_);
  TRY_ASSIGN(Frame frame, existing(id));
  if (frame.state == FrameState::deleted) return {};  // meanwhile
  frame.preparation = prepared ? Preparation::ready : Preparation::unreadable;
  TRY_ASSIGN(const auto shoot, ports_.store.shoot(frame.shoot));
  const CameraNote note = read_camera_note(file, shoot ? shoot->time_zone : "UTC");
  frame.taken_ms = note.taken_ms;
  frame.camera = note.camera;
  if (prepared) {
    frame.width_px = prepared->width_px;
    frame.height_px = prepared->height_px;
    TRY_ASSIGN(frame.preview_blob, ports_.pictures.put(prepared->preview));
    TRY_ASSIGN(frame.features_blob, ports_.pictures.put(prepared->features));
  }
  return ports_.transactions.write([&] { return ports_.store.update(frame); });
}

Result<void> FrameService::destroy(const Id& id) {
  const std::lock_guard turn(bytes_turn_);
  TRY_ASSIGN(Frame frame, existing(id));
  if (frame.state != FrameState::deleted || frame.destroyed_ms) return {};
  TRY_ASSIGN(const auto same, ports_.store.frames_of_file(frame.file));
  const bool needed = std::ranges::any_of(same, [](const Frame& one) { return one.state != FrameState::deleted; });
  if (!needed) {
    for (const auto& blob : {std::optional(frame.file), frame.preview_blob, frame.features_blob}) {
      if (!blob) continue;
      const auto removed = ports_.pictures.remove(*blob);
      if (!removed && removed.error().code != ErrorCode::not_found) return removed;
    }
  }
  frame.destroyed_ms = ports_.clock.now_ms();
  frame.preview_blob.reset();
  frame.features_blob.reset();
  return ports_.transactions.write([&] { return ports_.store.update(frame); });
}

}  // namespace probity::shoots
