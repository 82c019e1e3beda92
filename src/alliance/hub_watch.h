// How the hub watches over its members: it looks for alarms, plants canaries with the ombudsman, and draws consents to
// be opened. Nothing of it needs or shows whom anybody asked about.
//
// A canary is a tag drawn from the whole space without an identifier, and a label of random bytes, which is what a
// sealed label looks like to all who have no key for it. Canaries come one by one over a month, so that a version of
// the list does not show them by their number, and go as listings go. Operator and ombudsman agree to their number;
// where they stand is drawn by the hub and shown to nobody.
#pragma once

#include "alliance/hub.h"
#include "alliance/watch_store.h"

namespace probity::alliance {

inline constexpr TimeMs kCanarySpreadMs = 30 * kDayMs;
inline constexpr std::uint32_t kMostCanaries = 1'000;
inline constexpr TimeMs kOpenWithinMs = 14 * kDayMs;
inline constexpr std::uint64_t kAuditShare = 100;  // one in so many
inline constexpr std::size_t kMostReported = 1'000;
inline constexpr std::size_t kMostOpeningBytes = 4'000;

struct HubWatchPorts {
  WatchStore& store;
  HubStore& hub_store;
  Hub& hub;
  Transactions& transactions;
  log::LogBook& log;
  Clock& clock;
  Random& random;
};

// Thread-safe. Borrows its ports.
class HubWatch {
 public:
  explicit HubWatch(const HubWatchPorts& ports) : ports_(ports) {}

  // Looks at every member that has fetched today. How many alarms are new. Called every minute or so.
  Result<std::size_t> look();
  Result<Listed<Alarm>> alarms(const AlarmFilter& filter) { return ports_.store.alarms(filter); }
  // Errors: not_found, conflict.
  Result<Alarm> acknowledge(const Id& alarm, const std::string& note, const Id& by);

  // Errors: gone (an epoch that is not in use), invalid_argument.
  Result<Planting> propose_canaries(oprf::Epoch epoch, std::uint32_t count, const Id& by);
  // By the ombudsman. Errors: forbidden, not_found, conflict.
  Result<Planting> agree(const Id& planting, const Party& by);
  Result<Planting> refuse(const Id& planting, const Party& by);
  Result<std::vector<Planting>> plantings() { return ports_.store.plantings(); }

  // A member's. Errors: invalid_argument.
  Result<std::uint64_t> report(const Party& by, const std::string& quarter, const std::vector<Hash>& commitments);
  // What it is asked to open. Errors of open: not_found; invalid_argument for a text that is not what was committed to.
  Result<std::vector<Audit>> audits_of(const Party& by);
  Result<Audit> open(const Party& by, const Id& audit, const Hash& commitment, const std::string& text);
  // The operator's. Errors: conflict when nothing was reported.
  Result<Audit> draw(const Id& member, const std::string& quarter, const Id& by);
  Result<Audit> audit(const Id& id);
  Result<Listed<Audit>> audits(std::uint32_t offset, std::uint32_t limit) {
    return ports_.store.audits(std::nullopt, offset, limit);
  }

 private:
  Result<std::size_t> look_at(const Id& member);
  Result<std::size_t> raise(const Id& member, const AlarmFinding& finding);
  Result<Planting> decide(const Id& id, const Party& by, Planting::State state);
  Result<void> plant(const Planting& planting);
  std::uint64_t draw_below(std::uint64_t limit);

  const HubWatchPorts ports_;
};

// "open", "complete", or "overdue".
std::string_view audit_state(const Audit& audit, TimeMs now_ms);
// "2027-Q1". Errors: invalid_argument.
Result<void> check_quarter(std::string_view quarter);

}  // namespace probity::alliance
