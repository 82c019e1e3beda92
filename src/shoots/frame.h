// A frame that an attendee handed in, and what may be decided about it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/hash.h"
#include "base/id.h"
#include "base/list_query.h"
#include "base/result.h"

namespace probity::shoots {

inline constexpr std::uint64_t kMostFrameBytes = 64ULL << 20;
inline constexpr std::uint64_t kMostFramesOfAttendee = 5'000;

enum class FrameState { handed_in, cleared, not_to_be_used, deleted };
std::string_view frame_state_name(FrameState state);
std::optional<FrameState> parse_frame_state(std::string_view name);

// Decoding goes on in the background; a file that no decoder takes stays, unreadable.
enum class Preparation { waiting, ready, unreadable };
std::string_view preparation_name(Preparation preparation);
std::optional<Preparation> parse_preparation(std::string_view name);

enum class Decision { cleared, not_to_be_used, remove };
std::string_view decision_name(Decision decision);  // "delete" for remove
std::optional<Decision> parse_decision(std::string_view name);

struct Frame {
  Id id;
  Id shoot;
  Id party;
  std::string file_name, media_type;
  std::uint64_t size_bytes = 0;
  Hash file{};  // SHA-256 of the bytes; kept for ever
  Preparation preparation = Preparation::waiting;
  int width_px = 0, height_px = 0;                  // once ready
  std::optional<Hash> preview_blob, features_blob;  // while the picture is here
  std::optional<TimeMs> taken_ms;                   // by the camera's clock
  std::string camera;
  FrameState state = FrameState::handed_in;
  TimeMs handed_in_ms = 0;
  std::optional<TimeMs> decided_ms;
  std::optional<TimeMs> confirmed_ms;  // the attendee said that they follow the decision
  std::optional<TimeMs> destroyed_ms;  // picture, preview and features are gone here
  bool operator==(const Frame&) const = default;

  bool can_be_shown() const { return preparation == Preparation::ready && state != FrameState::deleted; }
};

// One decision on a frame; the last one holds.
struct Clearance {
  Id id;
  Id frame;
  Decision decision = Decision::cleared;
  std::string reason;
  std::string by;  // name, as known then
  TimeMs time_ms = 0;
  bool operator==(const Clearance&) const = default;
};

// What a decision makes of a frame. Pure. Errors: conflict (deleted is final; `commitment_in_force` is asked for
// clearing, because clearing grants something under it).
Result<FrameState> decide(const Frame& frame, Decision decision, bool commitment_in_force);

// "image/jpeg" by the first bytes; nothing for what no decoder here takes.
std::optional<std::string> picture_media_type(std::string_view file_start);

struct FrameFilter {
  ListQuery page;  // sort: taken_at, handed_in_at, file_name, state; in the order taken without
  std::optional<Id> shoot, party;
  std::optional<FrameState> state;
};

}  // namespace probity::shoots
