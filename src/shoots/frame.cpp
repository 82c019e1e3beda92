#include "shoots/frame.h"

#include <algorithm>
#include <array>
#include <utility>

namespace probity::shoots {
namespace {

template <class Value, std::size_t N>
std::optional<Value> find_name(const std::array<std::pair<Value, std::string_view>, N>& names, std::string_view name) {
  for (const auto& [value, text] : names)
    if (text == name) return value;
  return std::nullopt;
}

template <class Value, std::size_t N>
std::string_view name_of(const std::array<std::pair<Value, std::string_view>, N>& names, Value value) {
  return std::ranges::find(names, value, &std::pair<Value, std::string_view>::first)->second;
}

constexpr std::array<std::pair<FrameState, std::string_view>, 4> kStates{
    {{FrameState::handed_in, "handed_in"},
     {FrameState::cleared, "cleared"},
     {FrameState::not_to_be_used, "not_to_be_used"},
     {FrameState::deleted, "deleted"}}};
constexpr std::array<std::pair<Preparation, std::string_view>, 3> kPreparations{
    {{Preparation::waiting, "waiting"}, {Preparation::ready, "ready"}, {Preparation::unreadable, "unreadable"}}};
constexpr std::array<std::pair<Decision, std::string_view>, 3> kDecisions{
    {{Decision::cleared, "cleared"}, {Decision::not_to_be_used, "not_to_be_used"}, {Decision::remove, "delete"}}};

}  // namespace

std::string_view frame_state_name(FrameState state) { return name_of(kStates, state); }
std::optional<FrameState> parse_frame_state(std::string_view name) { return find_name(kStates, name); }
std::string_view preparation_name(Preparation preparation) { return name_of(kPreparations, preparation); }
std::optional<Preparation> parse_preparation(std::string_view name) { return find_name(kPreparations, name); }
std::string_view decision_name(Decision decision) { return name_of(kDecisions, decision); }
std::optional<Decision> parse_decision(std::string_view name) { return find_name(kDecisions, name); }

Result<FrameState> decide(const Frame& frame, Decision decision, bool commitment_in_force) {
  if (frame.state == FrameState::deleted)
    return fail(ErrorCode::conflict, "this frame was deleted", "deleting is final: the picture is not here any more");
  switch (decision) {
    case Decision::cleared:
      if (!commitment_in_force)
        return fail(ErrorCode::conflict, "the attendee's commitment is no longer in force",
                    "a frame can be cleared once a commitment stands again; until then, say that it is not to be used");
      return FrameState::cleared;
    case Decision::not_to_be_used:
      return FrameState::not_to_be_used;
    case Decision::remove:
      break;
  }
  return FrameState::deleted;
}

std::optional<std::string> picture_media_type(std::string_view start) {
  if (start.starts_with("\xFF\xD8\xFF")) return "image/jpeg";
  if (start.starts_with("\x89PNG\r\n\x1A\n")) return "image/png";
  if (start.starts_with("GIF8")) return "image/gif";
  if (start.starts_with("II*") || start.starts_with("II+") || start.starts_with("MM")) return "image/tiff";
  if (start.starts_with("RIFF") && start.size() >= 12 && start.substr(8, 4) == "WEBP") return "image/webp";
  if (start.size() >= 12 && start.substr(4, 4) == "ftyp") {
    const std::string_view brand = start.substr(8, 4);
    if (brand == "avif" || brand == "avis") return "image/avif";
    for (const char* heic : {"heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"})
      if (brand == heic) return "image/heic";
  }
  return std::nullopt;
}

}  // namespace probity::shoots
