// The verbs of delivery: issue a party's copies, open one, take it back. Where "no byte before" is enforced.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <tuple>

#include "base/transactions.h"
#include "commitments/coverage.h"
#include "copies/copy_maker.h"
#include "copies/delivery_store.h"
#include "copies/making_queue.h"
#include "events/event.h"
#include "parties/service.h"
#include "projects/service.h"

namespace probity::copies {

// The rule itself: a copy that was delivered to a party needs that party's commitment in force, an offered asset, and
// dates that allow it. Copies without a delivery are never made.
class DeliveryGate final : public MakingGate {
 public:
  DeliveryGate(DeliveryStore& store, commitments::Gate& commitments, Clock& clock)
      : store_(store), commitments_(commitments), clock_(clock) {}
  Result<void> allow(const Copy& copy, Purpose purpose) override;
  Result<void> allow(const DeliveryRow& row);
  // As it is now. Errors: not_found.
  Result<DeliveryRow> current(const Id& copy);

 private:
  DeliveryStore& store_;
  commitments::Gate& commitments_;
  Clock& clock_;
};

// The bytes of a copy that is encoded for its recipient alone, because a visible watermark lies over it.
class WatermarkedCopy {
 public:
  virtual ~WatermarkedCopy() = default;
  virtual BytesView bytes() const = 0;
};

// Makes watermarked copies and keeps them for the next opening.
class Watermarks {
 public:
  virtual ~Watermarks() = default;
  // `plain` gives the copy to lay the watermark over. Thread-safe. Errors: those of `plain`; unsupported; storage.
  virtual Result<std::shared_ptr<const WatermarkedCopy>> open(const DeliveryRow& row,
                                                              const std::function<Result<Bytes>()>& plain) = 0;
};

// A copy that is being sent: its bytes in parts, each of them asked for at the gate. Used by one thread at a time.
class OpenedCopy {
 public:
  const DeliveryRow& row() const { return row_; }
  std::uint64_t size_bytes() const { return watermarked_ ? watermarked_->bytes().size() : maker_->size_bytes(); }
  // Names these bytes, not the recipient: SHA-256 of copy and container, cut short.
  const std::string& etag() const { return etag_; }
  // Errors: not_in_force, gone; corrupt; storage.
  Result<tally::Gathered> gather(std::uint64_t offset, std::uint64_t length) const;

 private:
  friend class Deliveries;
  explicit OpenedCopy(DeliveryGate& gate) : gate_(&gate) {}

  DeliveryGate* gate_;
  DeliveryRow row_;
  std::shared_ptr<const CopyMaker> maker_;
  std::shared_ptr<const WatermarkedCopy> watermarked_;  // instead of maker and bits, when there is one
  std::vector<std::uint8_t> bits_;
  std::string etag_;
};

struct OpenRequest {
  Id party;
  Id copy;
  OpenKind kind = OpenKind::view;
  Id session;  // whose requests for one copy within ten minutes are one opening
};

struct DeliveryPorts {
  CopyService& copies;
  DeliveryStore& store;
  projects::ProjectService& projects;
  parties::PartyService& parties;
  commitments::Gate& commitments;
  Transactions& transactions;
  events::EventLog& events;
  Clock& clock;
  Watermarks& watermarks;
};

// Thread-safe. Borrows its ports.
class Deliveries {
 public:
  explicit Deliveries(const DeliveryPorts& ports)
      : ports_(ports), gate_(ports.store, ports.commitments, ports.clock), makings_(ports.copies, ports.transactions) {}

  // Registers the party's copies of every offered asset of the project that their commitment covers; those they have
  // stay as they are. One transaction; returns how many are new.
  Result<std::size_t> issue(const Id& project, const Id& party);
  // The same for one asset, without asking for a commitment: opening asks.
  Result<IssuedCopy> issue_one(const Asset& asset, const Id& party);
  // Parties with a commitment in force in the project.
  Result<std::vector<Id>> parties_in_force(const Id& project) { return ports_.store.parties_in_force(project); }

  // Registers the making, durably, and opens. Errors: not_found (also for other people's copies); not_in_force; gone.
  Result<OpenedCopy> open(const OpenRequest& request);

  Result<Listed<DeliveryRow>> list(DeliveryFilter filter);
  // Errors: not_found.
  Result<DeliveryRow> find(const Id& copy);
  Result<DeliveryRow> revoke(const Id& copy, const std::string& reason, const events::Actor& actor);
  Result<DeliveryRow> restore(const Id& copy, const events::Actor& actor);
  Result<DeliveryRow> extend(const Id& copy, const std::optional<TimeMs>& until_ms, const events::Actor& actor);

 private:
  struct Opening {
    TimeMs since_ms = 0;
    MakingPermit permit;
  };
  Result<std::shared_ptr<const CopyMaker>> maker_of(const Asset& asset);
  Result<MakingPermit> permit_for(const OpenRequest& request, const DeliveryRow& row);
  // `asset` and `party`: names for the sentence.
  Result<void> append(const char* kind, const Delivery& delivery, const std::string& asset, const std::string& party,
                      const events::Actor& actor);
  template <class Change>
  Result<DeliveryRow> change(const Id& copy, const char* kind, const events::Actor& actor, Change change);

  DeliveryPorts ports_;
  DeliveryGate gate_;
  MakingQueue makings_;
  std::mutex mutex_;  // of both maps
  std::map<Id, std::shared_ptr<const CopyMaker>> makers_;
  std::map<std::tuple<Id, Id, OpenKind>, Opening> openings_;  // by session and copy
};

}  // namespace probity::copies
