// The port to where shoots, frames and releases are kept. Twins: src/store/shoots_store (SQL), and in tests.
#pragma once

#include "shoots/footage.h"
#include "shoots/frame.h"
#include "shoots/release.h"
#include "shoots/shoot.h"

namespace probity::shoots {

struct CountedAttendee {
  Id party;
  FrameCounts counts;
};

// What is derived of a release's picture.
struct ReleaseBlobs {
  Hash preview{}, features{};
};

// Thread-safe; everything joins the caller's transaction. Errors of every verb: storage, corrupt.
class Store {
 public:
  virtual ~Store() = default;
  // With slots and zones.
  virtual Result<void> insert(const Shoot& shoot) = 0;
  virtual Result<void> update(const Shoot& shoot) = 0;
  virtual Result<std::optional<Shoot>> shoot(const Id& id) = 0;
  virtual Result<Listed<Shoot>> shoots(const ShootFilter& filter) = 0;

  virtual Result<void> insert(const Attendee& attendee) = 0;
  virtual Result<void> update(const Attendee& attendee) = 0;
  virtual Result<void> remove_attendee(const Id& shoot, const Id& party) = 0;
  virtual Result<std::vector<Attendee>> attendees(const Id& shoot) = 0;  // in the order added
  virtual Result<std::optional<Attendee>> attendee(const Id& shoot, const Id& party) = 0;
  virtual Result<std::vector<Attendee>> attended_by(const Id& party) = 0;  // newest shoot first
  virtual Result<std::vector<CountedAttendee>> counts(const Id& shoot) = 0;

  virtual Result<void> insert(const Frame& frame) = 0;
  virtual Result<void> update(const Frame& frame) = 0;
  virtual Result<std::optional<Frame>> frame(const Id& id) = 0;
  virtual Result<Listed<Frame>> frames(const FrameFilter& filter) = 0;
  virtual Result<std::optional<Frame>> frame_of_file(const Id& shoot, const Id& party, const Hash& file) = 0;
  virtual Result<std::vector<Frame>> frames_of_file(const Hash& file) = 0;  // of all shoots
  virtual Result<void> insert(const Clearance& clearance) = 0;
  virtual Result<std::vector<Clearance>> clearances(const Id& frame) = 0;  // oldest first

  virtual Result<void> insert(const Release& release, const ReleaseBlobs& blobs) = 0;
  virtual Result<void> update(const Release& release) = 0;  // its withdrawal
  virtual Result<std::optional<Release>> release(const Id& id) = 0;
  virtual Result<std::optional<ReleaseBlobs>> release_blobs(const Id& id) = 0;
  virtual Result<Listed<Release>> releases(const ReleaseFilter& filter) = 0;
  virtual Result<std::vector<Release>> registered_releases() = 0;  // all, the earliest release first

  virtual Result<void> insert(const FootageSearch& search) = 0;
  virtual Result<void> update(const FootageSearch& search) = 0;
  virtual Result<std::optional<FootageSearch>> footage_search(const Id& id) = 0;
  virtual Result<std::optional<FootageSearch>> latest_footage_search(const Id& leak) = 0;
  virtual Result<std::optional<FootageSearch>> latest_done_footage_search(const Id& leak) = 0;
};

}  // namespace probity::shoots
