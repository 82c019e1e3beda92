#include "alliance/ladder.h"

#include <nlohmann/json.hpp>

#include "alliance/listing_rules.h"

namespace probity::alliance {
namespace {

using Kind = Rung::Kind;

nlohmann::json time_json(const std::optional<TimeMs>& time_ms) {
  return time_ms ? nlohmann::json(to_rfc3339(*time_ms)) : nlohmann::json(nullptr);
}

void add_notice(const Listing& listing, std::vector<Rung>& rungs) {
  const bool is_active = listing.activated_ms.has_value();
  if (listing.notice) {
    const TimeMs told_ms = listing.notice->recorded_ms;
    rungs.push_back({Kind::notice, listing.notice_sent_ms, told_ms, false, true});
    rungs.push_back({Kind::wait, told_ms, told_ms + kNoticeWaitMs, listing.state == ListingState::notified, is_active});
  } else if (!is_final(listing.state)) {
    rungs.push_back(
        {Kind::notice, listing.notice_sent_ms, std::nullopt, listing.state == ListingState::awaiting_notice, false});
  }
}

void add_appeal(const Listing& listing, std::vector<Rung>& rungs) {
  if (!listing.appeal) return;
  const Appeal& appeal = *listing.appeal;
  const bool at_filer = appeal.stage == Appeal::Stage::at_filer;
  const bool at_ombudsman = appeal.stage == Appeal::Stage::at_ombudsman;
  rungs.push_back(
      {Kind::filer, appeal.opened_ms, at_filer ? std::optional(appeal.due_ms) : std::nullopt, at_filer, !at_filer});
  if (at_ombudsman) rungs.push_back({Kind::ombudsman, appeal.due_ms - kOmbudsmanMs, appeal.due_ms, true, false});
}

}  // namespace

std::string_view rung_name(Kind kind) {
  constexpr std::string_view kNames[] = {"notice", "wait", "filer", "ombudsman", "active", "attest", "end"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::vector<Rung> ladder_of(const Listing& listing) {
  std::vector<Rung> rungs;
  add_notice(listing, rungs);
  add_appeal(listing, rungs);
  if (listing.state == ListingState::active) {
    rungs.push_back({Kind::active, listing.activated_ms, listing.expires_ms, !listing.appeal_is_open(), false});
    if (listing.attest_due_ms < listing.expires_ms)
      rungs.push_back({Kind::attest, listing.attest_due_ms - kAttestWindowMs, listing.attest_due_ms, false, false});
    rungs.push_back({Kind::end, std::nullopt, listing.expires_ms, false, false});
  }
  if (is_final(listing.state))
    rungs.push_back({Kind::end, std::nullopt,
                     listing.steps.empty() ? std::nullopt : std::optional(listing.steps.back().time_ms), true, true});
  return rungs;
}

nlohmann::json ladder_to_json(const std::vector<Rung>& rungs) {
  nlohmann::json list = nlohmann::json::array();
  for (const Rung& rung : rungs)
    list.push_back({{"rung", rung_name(rung.kind)},
                    {"from", time_json(rung.from_ms)},
                    {"until", time_json(rung.until_ms)},
                    {"now", rung.now},
                    {"done", rung.done}});
  return list;
}

bool may_appeal(const Listing& listing) {
  return (listing.state == ListingState::notified || listing.state == ListingState::active) &&
         !listing.appeal_is_open();
}

}  // namespace probity::alliance
