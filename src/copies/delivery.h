// A delivery: one copy on its way to the party it was issued to; when it may be opened, and how often it was.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/id.h"
#include "base/list_query.h"

namespace probity::copies {

struct Delivery {
  Id copy, asset, party, project;
  TimeMs issued_ms = 0;
  std::optional<TimeMs> revoked_ms;
  std::string revoke_reason;
  std::optional<TimeMs> until_ms;  // not opened from then on
  std::uint64_t views = 0, downloads = 0;
  std::optional<TimeMs> first_opened_ms, last_opened_ms;
  bool operator==(const Delivery&) const = default;
};

// waiting: no commitment in force, or withheld until an instant; ended: past its date, or the asset was withdrawn.
enum class DeliveryState { waiting, available, revoked, ended };
std::string_view delivery_state_name(DeliveryState state);
std::optional<DeliveryState> parse_delivery_state(std::string_view name);

// A delivery as pages show it. What concerns the asset's offer is as of now.
struct DeliveryRow {
  Delivery delivery;
  std::string asset_title, media_type, party_name, organisation_name, project_name;
  std::uint64_t size_bytes = 0;
  int width_px = 0, height_px = 0;
  bool offered = true;
  bool watermark = false;
  std::optional<TimeMs> not_before_ms;  // no byte before
  std::optional<TimeMs> embargo_ms;
  std::string embargo_zone;
  std::optional<Id> commitment;  // the one in force that covers it
  bool withheld = false;         // by a case, until it is decided
};

DeliveryState state_of(const DeliveryRow& row, TimeMs now_ms);

// Sort: issued_at (default, newest first), party_name, asset_title, views, downloads, last_opened_at.
struct DeliveryFilter {
  std::optional<Id> project, party, asset;
  std::optional<DeliveryState> state;
  ListQuery page;
  TimeMs now_ms = 0;
};

enum class OpenKind { view, download };

}  // namespace probity::copies
