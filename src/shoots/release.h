// A picture that the organisation itself has released: registered so that later nobody has to guess what was public.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/hash.h"
#include "base/id.h"
#include "base/list_query.h"
#include "events/event.h"

namespace probity::shoots {

enum class ReleaseState { registered, withdrawn };
std::string_view release_state_name(ReleaseState state);
std::optional<ReleaseState> parse_release_state(std::string_view name);

// Never changed once registered, but for its withdrawal: what was registered by mistake stays on record.
struct Release {
  Id id;
  std::optional<Id> project;
  std::string title;
  std::string where;         // address or place of publication
  TimeMs released_ms = 0;    // as stated by whoever registered it
  TimeMs registered_ms = 0;  // by our clock; this is what the log proves
  std::string registered_by;
  std::string file_name, media_type;
  std::uint64_t size_bytes = 0;
  Hash file{};  // SHA-256 of the bytes, and their blob
  int width_px = 0, height_px = 0;
  ReleaseState state = ReleaseState::registered;
  std::string withdrawn_reason;
  bool operator==(const Release&) const = default;
};

struct ReleaseFilter {
  ListQuery page;  // sort: released_at, registered_at, title; newest release first without
  std::optional<Id> project;
  std::optional<ReleaseState> state;
};

}  // namespace probity::shoots
