// The board's bulletins, what members say to them, and joint cases in SQL.
#pragma once

#include "bulletins/ports.h"
#include "store/database.h"

namespace probity::store {

// Thread-safe; borrows the database.
class BulletinStore final : public bulletins::BoardStore {
 public:
  explicit BulletinStore(Database& database) : database_(database) {}

  Result<std::uint64_t> next_number(int year) override;
  Result<void> insert(const bulletins::Bulletin& bulletin, int year, std::uint64_t number) override;
  Result<void> update(const bulletins::Bulletin& bulletin) override;
  Result<std::optional<bulletins::Bulletin>> bulletin(const Id& id) override;
  Result<std::uint64_t> published_since(const Id& member, TimeMs since_ms) override;
  Result<Listed<bulletins::Bulletin>> bulletins(const bulletins::BulletinFilter& filter) override;
  Result<std::vector<bulletins::Bulletin>> due(TimeMs now_ms, std::size_t limit) override;
  Result<std::vector<bulletins::SharedMark>> sharing(const Id& bulletin, std::size_t limit) override;
  Result<bulletins::Tally> tally(const Id& bulletin, const bulletins::Reader& reader) override;

  Result<void> put(const bulletins::Receipt& receipt) override;
  Result<std::vector<bulletins::Receipt>> receipts(const Id& bulletin) override;
  Result<void> put(const bulletins::Sighting& sighting) override;
  Result<std::vector<bulletins::Sighting>> sightings(const Id& bulletin) override;
  Result<void> insert(const bulletins::Reply& reply) override;
  Result<std::vector<bulletins::Reply>> replies(const Id& bulletin) override;

  Result<void> put_picture(const bulletins::Picture& picture, const Id& member, TimeMs time_ms) override;
  Result<std::optional<bulletins::Picture>> picture(const Hash& hash, const Id& member) override;
  Result<std::uint64_t> pictures_since(const Id& member, TimeMs since_ms) override;
  Result<std::vector<Hash>> idle_pictures(TimeMs before_ms, std::size_t limit) override;
  Result<void> forget_picture(const Hash& hash) override;

  Result<void> insert(const bulletins::JointCase& joint) override;
  Result<void> update(const bulletins::JointCase& joint) override;
  Result<std::optional<bulletins::JointCase>> joint_case(const Id& id) override;
  Result<std::optional<bulletins::JointCase>> joint_case_of(const Id& bulletin) override;
  Result<std::vector<bulletins::JointCase>> joint_cases() override;

 private:
  Database& database_;
};

}  // namespace probity::store
