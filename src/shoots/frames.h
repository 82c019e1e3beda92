// The verbs of frames: handed in from the phone, prepared, decided on, and destroyed.
#pragma once

#include <mutex>

#include "shoots/service.h"

namespace probity::shoots {

struct NewFrame {
  Id shoot, party;
  std::string file_name;  // as the phone sends it; may be empty
};

struct HandedIn {
  Frame frame;
  bool is_new = true;  // false: these very bytes were handed in before
};

// A frame as staff see it.
struct FrameRow {
  Frame frame;
  std::string party_name;
  std::optional<Id> slot;  // in which it was taken, or the attendee's own
  std::optional<Id> zone;  // the attendee's
  std::uint64_t same_file = 0;
  std::vector<Clearance> clearances;
};

// A shoot as one of its attendees sees it.
struct AttendedShoot {
  Shoot shoot;
  std::string project_name;
  Attendee attendee;
  FrameCounts counts;
};

// Thread-safe. Borrows its ports.
class FrameService {
 public:
  explicit FrameService(const Ports& ports) : ports_(ports) {}

  // The attendee's. Handing in stays possible while the shoot is open, whatever became of the commitment: it gives
  // nothing away. The same bytes again are the same frame, so a phone that lost its connection just sends again.
  // Errors: not_found (not an attendee); conflict (closed); invalid_argument (empty); not_a_picture; too_large;
  // too_many_requests.
  Result<HandedIn> hand_in(const NewFrame& request, std::string_view bytes, const events::Actor& actor);
  Result<std::vector<AttendedShoot>> attended_by(const Id& party);
  // In the order taken. Errors: not_found.
  Result<Listed<FrameRow>> own_frames(const Id& shoot, const Id& party, std::uint32_t offset, std::uint32_t limit);
  // "I have deleted it", "I will not use it". Errors: not_found; conflict when nothing was decided.
  Result<FrameRow> confirm(const Id& frame, const Id& party, const events::Actor& actor);
  Result<Bytes> own_preview(const Id& frame, const Id& party);

  // Staff's. Errors: not_found; for previews also conflict (not prepared, unreadable) and gone (deleted).
  Result<Listed<FrameRow>> list(const FrameFilter& filter);
  Result<FrameRow> find(const Id& frame);
  Result<Bytes> preview(const Id& frame);
  // Errors: not_found; conflict (as of decide()); invalid_argument (no reason).
  Result<FrameRow> clear(const Id& frame, Decision decision, const std::string& reason, const events::Actor& actor);
  // All or none; frames of that shoot only. How many changed.
  Result<std::size_t> clear(const Id& shoot, const std::vector<Id>& frames, Decision decision,
                            const std::string& reason, const events::Actor& actor);

  // Jobs; both may run again after they were interrupted.
  Result<void> prepare(const Id& frame);
  Result<void> destroy(const Id& frame);

  // The bytes as handed in. Errors: not_found; gone.
  Result<Bytes> picture(const Frame& frame);

 private:
  Result<Frame> existing(const Id& id);
  Result<Frame> own(const Id& id, const Id& party);
  Result<FrameRow> row_of(Frame frame, const Shoot& shoot, bool with_clearances);
  Result<Bytes> preview_of(const Frame& frame);
  Result<void> decide_one(Frame& frame, Decision decision, const std::string& reason, const events::Actor& actor);
  Result<void> append(const char* kind, const Frame& frame, const events::Actor& actor, const std::string& reason = {});
  Result<void> queue(const char* job, const Frame& frame, const char* title, const char* title_zh);

  Ports ports_;
  // Between putting bytes and recording them, nobody may destroy the same bytes.
  std::mutex bytes_turn_;
};

}  // namespace probity::shoots
