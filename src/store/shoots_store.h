// Shoots, frames, releases and comparisons in SQL.
#pragma once

#include "shoots/store.h"
#include "store/database.h"

namespace probity::store {

// Thread-safe, as its database is. Borrows the database.
class SqlShootStore final : public shoots::Store {
 public:
  explicit SqlShootStore(Database& database) : database_(database) {}

  Result<void> insert(const shoots::Shoot& shoot) override;
  Result<void> update(const shoots::Shoot& shoot) override;
  Result<std::optional<shoots::Shoot>> shoot(const Id& id) override;
  Result<Listed<shoots::Shoot>> shoots(const shoots::ShootFilter& filter) override;

  Result<void> insert(const shoots::Attendee& attendee) override;
  Result<void> update(const shoots::Attendee& attendee) override;
  Result<void> remove_attendee(const Id& shoot, const Id& party) override;
  Result<std::vector<shoots::Attendee>> attendees(const Id& shoot) override;
  Result<std::optional<shoots::Attendee>> attendee(const Id& shoot, const Id& party) override;
  Result<std::vector<shoots::Attendee>> attended_by(const Id& party) override;
  Result<std::vector<shoots::CountedAttendee>> counts(const Id& shoot) override;

  Result<void> insert(const shoots::Frame& frame) override;
  Result<void> update(const shoots::Frame& frame) override;
  Result<std::optional<shoots::Frame>> frame(const Id& id) override;
  Result<Listed<shoots::Frame>> frames(const shoots::FrameFilter& filter) override;
  Result<std::optional<shoots::Frame>> frame_of_file(const Id& shoot, const Id& party, const Hash& file) override;
  Result<std::vector<shoots::Frame>> frames_of_file(const Hash& file) override;
  Result<void> insert(const shoots::Clearance& clearance) override;
  Result<std::vector<shoots::Clearance>> clearances(const Id& frame) override;

  Result<void> insert(const shoots::Release& release, const shoots::ReleaseBlobs& blobs) override;
  Result<void> update(const shoots::Release& release) override;
  Result<std::optional<shoots::Release>> release(const Id& id) override;
  Result<std::optional<shoots::ReleaseBlobs>> release_blobs(const Id& id) override;
  Result<Listed<shoots::Release>> releases(const shoots::ReleaseFilter& filter) override;
  Result<std::vector<shoots::Release>> registered_releases() override;

  Result<void> insert(const shoots::FootageSearch& search) override;
  Result<void> update(const shoots::FootageSearch& search) override;
  Result<std::optional<shoots::FootageSearch>> footage_search(const Id& id) override;
  Result<std::optional<shoots::FootageSearch>> latest_footage_search(const Id& leak) override;
  Result<std::optional<shoots::FootageSearch>> latest_done_footage_search(const Id& leak) override;

 private:
  Database& database_;
};

}  // namespace probity::store
