// A node's drafts, daily mails and attendances, and the hub's training events, in SQL.
#pragma once

#include "bulletins/desk.h"
#include "bulletins/trainings.h"
#include "store/database.h"

namespace probity::store {

// Thread-safe; borrows the database.
class BulletinDeskStore final : public bulletins::DeskStore {
 public:
  explicit BulletinDeskStore(Database& database) : database_(database) {}

  Result<void> put(const bulletins::Draft& draft) override;
  Result<void> remove_draft(const Id& id) override;
  Result<std::optional<bulletins::Draft>> draft(const Id& id) override;
  Result<Listed<bulletins::Draft>> drafts(std::uint32_t offset, std::uint32_t limit) override;
  Result<bool> is_drafted(const Hash& picture) override;
  Result<void> put(const bulletins::DailyMail& mail) override;
  Result<std::optional<bulletins::DailyMail>> daily_mail(const Id& account) override;
  Result<std::vector<bulletins::DailyMail>> mails_due(TimeMs before_ms, std::size_t limit) override;
  Result<void> put(const bulletins::Attendance& attendance) override;
  Result<void> remove_attendance(const Id& training, const Id& account) override;
  Result<std::vector<bulletins::Attendance>> attendances() override;
  Result<void> put(const bulletins::Group& group) override;
  Result<void> remove_group(const Id& id) override;
  Result<std::optional<bulletins::Group>> group(const Id& id) override;
  Result<std::vector<bulletins::Group>> groups() override;

 private:
  Database& database_;
};

// Thread-safe; borrows the database.
class SqlTrainingStore final : public bulletins::TrainingStore {
 public:
  explicit SqlTrainingStore(Database& database) : database_(database) {}

  Result<void> insert(const bulletins::Training& training) override;
  Result<void> update(const bulletins::Training& training) override;
  Result<std::optional<bulletins::Training>> training(const Id& id) override;
  Result<Listed<bulletins::Training>> trainings(const bulletins::TrainingFilter& filter) override;

 private:
  Database& database_;
};

}  // namespace probity::store
