// What the hub keeps to watch over its members: alarms, canary records, consent commitments and their audits.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "alliance/volume_alarms.h"
#include "oprf/label.h"

namespace probity::alliance {

struct Alarm {
  Id id;
  Id member;
  AlarmFinding finding;
  std::int64_t day = 0;  // since 1970-01-01 UTC
  TimeMs raised_ms = 0;
  std::optional<Id> acknowledged_by;
  std::optional<TimeMs> acknowledged_ms;
  std::string note;
  bool operator==(const Alarm&) const = default;
};

struct Planting {
  enum class State { waiting, agreed, refused };
  Id id;
  oprf::Epoch epoch = 0;
  std::uint32_t count = 0;
  State state = State::waiting;
  Id proposed_by;
  TimeMs proposed_ms = 0;
  std::optional<Id> decided_by;  // of the ombudsman's staff
  std::optional<TimeMs> decided_ms;
  std::uint64_t standing = 0;  // findable now; read only
  bool operator==(const Planting&) const = default;
};
std::string_view planting_state_name(Planting::State state);
std::optional<Planting::State> parse_planting_state(std::string_view name);

// A record of nobody.
struct Canary {
  Id id;
  Id planting;
  oprf::Epoch epoch = 0;
  oprf::Prefix prefix28 = 0;
  oprf::SealedLabel label{};  // random bytes
  TimeMs starts_ms = 0, ends_ms = 0;
};

struct AuditDraw {
  Hash commitment{};
  std::optional<TimeMs> opened_ms;
  std::string opening;  // what was committed to
  bool operator==(const AuditDraw&) const = default;
};

struct Audit {
  Id id;
  Id member;
  std::string quarter;         // "2027-Q1"
  std::uint64_t reported = 0;  // commitments of that quarter when it was drawn
  Id drawn_by;
  TimeMs drawn_ms = 0, due_ms = 0;
  std::vector<AuditDraw> draws;
  bool operator==(const Audit&) const = default;
};

struct AlarmFilter {
  std::optional<Id> member;
  std::optional<bool> acknowledged;
  std::uint32_t offset = 0, limit = 50;
};

// Thread-safe; joins the caller's transaction. Errors: storage, corrupt.
class WatchStore {
 public:
  virtual ~WatchStore() = default;
  // False when the member has one of that rule and day already.
  virtual Result<bool> raise(const Alarm& alarm) = 0;
  virtual Result<void> update(const Alarm& alarm) = 0;
  virtual Result<std::optional<Alarm>> alarm(const Id& id) = 0;
  virtual Result<Listed<Alarm>> alarms(const AlarmFilter& filter) = 0;  // newest first

  virtual Result<void> insert(const Planting& planting) = 0;
  virtual Result<void> update(const Planting& planting) = 0;
  virtual Result<std::optional<Planting>> planting(const Id& id) = 0;
  virtual Result<std::vector<Planting>> plantings() = 0;  // newest first
  virtual Result<void> insert(const Canary& canary) = 0;
  // What a member fetched since then of buckets in which a canary stood and no listing ever did.
  virtual Result<CanaryActivity> canary_activity(const Id& member, oprf::Epoch epoch, TimeMs since_ms) = 0;

  // How many were new.
  virtual Result<std::uint64_t> report(const Id& member, const std::string& quarter,
                                       const std::vector<Hash>& commitments, TimeMs now_ms) = 0;
  virtual Result<std::uint64_t> reported_since(const Id& member, TimeMs since_ms) = 0;
  virtual Result<std::vector<Hash>> commitments(const Id& member, const std::string& quarter) = 0;  // ascending
  virtual Result<void> insert(const Audit& audit) = 0;
  virtual Result<void> open(const Id& audit, const AuditDraw& draw) = 0;
  virtual Result<std::optional<Audit>> audit(const Id& id) = 0;
  virtual Result<Listed<Audit>> audits(const std::optional<Id>& member, std::uint32_t offset, std::uint32_t limit) = 0;
};

}  // namespace probity::alliance
