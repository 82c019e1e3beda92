#include "store/bulletin_desk_store.h"

#include "bulletins/json.h"
#include "bulletins/rules.h"
#include "store/nullable.h"
#include "store/query.h"

namespace probity::store {
namespace {

using soci::into;
using soci::use;

struct DraftRow {
  static constexpr const char* kSelect = "SELECT id, account_id, author, updated_ms, record FROM bulletin_drafts ";
  std::string id, account, author, record;
  std::int64_t updated_ms = 0;
  auto columns() { return std::make_tuple(into(id), into(account), into(author), into(updated_ms), into(record)); }
  bulletins::Draft value() const {
    auto proposal = bulletins::parse_proposal_record(record);
    if (!proposal) throw UnreadableRow("a draft is not readable");
    return {read_id(id), read_id(account), author, std::move(*proposal), updated_ms};
  }
};

struct MailRow {
  static constexpr const char* kSelect = "SELECT account_id, daily_mail, last_ms FROM bulletin_mails ";
  std::string account;
  std::int64_t wanted = 0, last_ms = 0;
  auto columns() { return std::make_tuple(into(account), into(wanted), into(last_ms)); }
  bulletins::DailyMail value() const { return {read_id(account), wanted != 0, last_ms}; }
};

struct AttendanceRow {
  std::string training, account, seat;
  std::int64_t starts_ms = 0, reminded = 0;
  auto columns() { return std::make_tuple(into(training), into(account), into(starts_ms), into(seat), into(reminded)); }
  bulletins::Attendance value() const {
    return {read_id(training), read_id(account), starts_ms, read_some(bulletins::parse_seat(seat), "a seat of no kind"),
            reminded != 0};
  }
};

struct TrainingRow {
  std::string record;
  auto columns() { return std::make_tuple(into(record)); }
  bulletins::Training value() const {
    auto training = bulletins::parse_training_record(record);
    if (!training) throw UnreadableRow("a training is not readable");
    return std::move(*training);
  }
};

void write_seats(soci::session& session, const bulletins::Training& training) {
  const std::string id = training.id.text();
  session << "DELETE FROM training_seats WHERE training_id = :id", use(id);
  for (const auto& one : training.registrations) {
    const std::string member = one.member.text(), account = one.account.text();
    session << "INSERT INTO training_seats (training_id, member_id, account_id) VALUES (:id, :member, :account)",
        use(id), use(member), use(account);
  }
}

std::string searched(const bulletins::TrainingPlan& plan) {
  return bulletins::folded(plan.title) + "\n" + bulletins::folded(plan.text) + "\n" + bulletins::folded(plan.place);
}

struct GroupRow {
  static constexpr const char* kSelect = "SELECT id, name, updated_by, updated_ms, members FROM bulletin_groups ";
  std::string id, name, by, members;
  std::int64_t updated_ms = 0;
  auto columns() { return std::make_tuple(into(id), into(name), into(by), into(updated_ms), into(members)); }
  bulletins::Group value() const {
    auto kept = bulletins::parse_group_members_record(members);
    if (!kept) throw UnreadableRow("a group is not readable");
    return {read_id(id), name, std::move(*kept), by, updated_ms};
  }
};

}  // namespace

Result<void> BulletinDeskStore::put(const bulletins::Draft& draft) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = draft.id.text(), account = draft.account.text();
    const std::string record = bulletins::proposal_record(draft.proposal);
    session
        << "INSERT INTO bulletin_drafts (id, account_id, author, updated_ms, record) VALUES (:id, :account, :author, "
           ":updated, :record) ON CONFLICT (id) DO UPDATE SET updated_ms = EXCLUDED.updated_ms, record = "
           "EXCLUDED.record",
        use(id), use(account), use(draft.by), use(draft.updated_ms), use(record);
    return {};
  });
}

Result<void> BulletinDeskStore::remove_draft(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string text = id.text();
    session << "DELETE FROM bulletin_drafts WHERE id = :id", use(text);
    return {};
  });
}

Result<std::optional<bulletins::Draft>> BulletinDeskStore::draft(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<bulletins::Draft>> {
    const std::string text = id.text();
    return first(fetch_all<DraftRow>(session, std::string(DraftRow::kSelect) + "WHERE id = :id", use(text)));
  });
}

Result<Listed<bulletins::Draft>> BulletinDeskStore::drafts(std::uint32_t offset, std::uint32_t limit) {
  return database_.run([&](soci::session& session) -> Result<Listed<bulletins::Draft>> {
    const std::int64_t from = offset, most = limit;
    Listed<bulletins::Draft> listed;
    listed.total = fetch_all<CountRow>(session, "SELECT COUNT(*) FROM bulletin_drafts").front();
    listed.items = fetch_all<DraftRow>(
        session, std::string(DraftRow::kSelect) + "ORDER BY updated_ms DESC, id LIMIT :most OFFSET :from", use(most),
        use(from));
    return listed;
  });
}

Result<bool> BulletinDeskStore::is_drafted(const Hash& picture) {
  return database_.run([&](soci::session& session) -> Result<bool> {
    std::int64_t count = 0;
    const std::string pattern = like_pattern(to_hex(picture));
    session << "SELECT COUNT(*) FROM bulletin_drafts WHERE record LIKE :pattern ESCAPE '!'", into(count), use(pattern);
    return count > 0;
  });
}

Result<void> BulletinDeskStore::put(const bulletins::DailyMail& mail) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string account = mail.account.text();
    const std::int64_t wanted = mail.wanted ? 1 : 0;
    session << "INSERT INTO bulletin_mails (account_id, daily_mail, last_ms) VALUES (:account, :wanted, :last) ON "
               "CONFLICT (account_id) DO UPDATE SET daily_mail = EXCLUDED.daily_mail, last_ms = EXCLUDED.last_ms",
        use(account), use(wanted), use(mail.last_ms);
    return {};
  });
}

Result<std::optional<bulletins::DailyMail>> BulletinDeskStore::daily_mail(const Id& account) {
  return database_.run([&](soci::session& session) -> Result<std::optional<bulletins::DailyMail>> {
    const std::string text = account.text();
    return first(fetch_all<MailRow>(session, std::string(MailRow::kSelect) + "WHERE account_id = :id", use(text)));
  });
}

Result<std::vector<bulletins::DailyMail>> BulletinDeskStore::mails_due(TimeMs before_ms, std::size_t limit) {
  return database_.run([&](soci::session& session) -> Result<std::vector<bulletins::DailyMail>> {
    const auto most = static_cast<std::int64_t>(limit);
    return fetch_all<MailRow>(
        session,
        std::string(MailRow::kSelect) + "WHERE daily_mail = 1 AND last_ms <= :before ORDER BY last_ms LIMIT :most",
        use(before_ms), use(most));
  });
}

Result<void> BulletinDeskStore::put(const bulletins::Attendance& attendance) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string training = attendance.training.text(), account = attendance.account.text();
    const std::string seat(bulletins::seat_name(attendance.seat));
    const std::int64_t reminded = attendance.reminded ? 1 : 0;
    session
        << "INSERT INTO training_attendances (training_id, account_id, starts_ms, seat, reminded) VALUES (:training, "
           ":account, :starts, :seat, :reminded) ON CONFLICT (training_id, account_id) DO UPDATE SET starts_ms = "
           "EXCLUDED.starts_ms, seat = EXCLUDED.seat, reminded = EXCLUDED.reminded",
        use(training), use(account), use(attendance.starts_ms), use(seat), use(reminded);
    return {};
  });
}

Result<void> BulletinDeskStore::remove_attendance(const Id& training, const Id& account) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = training.text(), who = account.text();
    session << "DELETE FROM training_attendances WHERE training_id = :training AND account_id = :account", use(id),
        use(who);
    return {};
  });
}

Result<std::vector<bulletins::Attendance>> BulletinDeskStore::attendances() {
  return database_.run([&](soci::session& session) -> Result<std::vector<bulletins::Attendance>> {
    return fetch_all<AttendanceRow>(
        session,
        "SELECT training_id, account_id, starts_ms, seat, reminded FROM training_attendances ORDER BY starts_ms");
  });
}

Result<void> BulletinDeskStore::put(const bulletins::Group& group) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = group.id.text(), folded = bulletins::folded(group.name);
    const std::string members = bulletins::group_members_record(group.members);
    session << "INSERT INTO bulletin_groups (id, name, folded, updated_by, updated_ms, members) VALUES (:id, :name, "
               ":folded, :by, :updated, :members) ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, folded = "
               "EXCLUDED.folded, updated_by = EXCLUDED.updated_by, updated_ms = EXCLUDED.updated_ms, members = "
               "EXCLUDED.members",
        use(id), use(group.name), use(folded), use(group.by), use(group.updated_ms), use(members);
    return {};
  });
}

Result<void> BulletinDeskStore::remove_group(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string text = id.text();
    session << "DELETE FROM bulletin_groups WHERE id = :id", use(text);
    return {};
  });
}

Result<std::optional<bulletins::Group>> BulletinDeskStore::group(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<bulletins::Group>> {
    const std::string text = id.text();
    return first(fetch_all<GroupRow>(session, std::string(GroupRow::kSelect) + "WHERE id = :id", use(text)));
  });
}

Result<std::vector<bulletins::Group>> BulletinDeskStore::groups() {
  return database_.run([&](soci::session& session) -> Result<std::vector<bulletins::Group>> {
    return fetch_all<GroupRow>(session, std::string(GroupRow::kSelect) + "ORDER BY folded, id");
  });
}

Result<void> SqlTrainingStore::insert(const bulletins::Training& training) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = training.id.text(), organiser = training.organiser.text();
    const std::string search = searched(training.plan), record = bulletins::training_record(training);
    session
        << "INSERT INTO training_events (id, organiser_id, starts_ms, ends_ms, cancelled, search, record) VALUES (:id, "
           ":organiser, :starts, :ends, 0, :search, :record)",
        use(id), use(organiser), use(training.plan.starts_ms), use(training.plan.ends_ms), use(search), use(record);
    return {};
  });
}

Result<void> SqlTrainingStore::update(const bulletins::Training& training) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = training.id.text(), search = searched(training.plan);
    const std::string record = bulletins::training_record(training);
    const std::int64_t cancelled = training.cancelled ? 1 : 0;
    session
        << "UPDATE training_events SET starts_ms = :starts, ends_ms = :ends, cancelled = :cancelled, search = :search, "
           "record = :record WHERE id = :id",
        use(training.plan.starts_ms), use(training.plan.ends_ms), use(cancelled), use(search), use(record), use(id);
    write_seats(session, training);
    return {};
  });
}

Result<std::optional<bulletins::Training>> SqlTrainingStore::training(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<bulletins::Training>> {
    const std::string text = id.text();
    return first(fetch_all<TrainingRow>(session, "SELECT record FROM training_events WHERE id = :id", use(text)));
  });
}

Result<Listed<bulletins::Training>> SqlTrainingStore::trainings(const bulletins::TrainingFilter& filter) {
  return database_.run([&](soci::session& session) -> Result<Listed<bulletins::Training>> {
    Conditions conditions;
    conditions.add(filter.past ? "(cancelled = 1 OR ends_ms <= :now)" : "(cancelled = 0 AND ends_ms > :now)",
                   {filter.now_ms});
    if (filter.attendee)
      conditions.add(
          "(organiser_id = :organiser OR EXISTS (SELECT 1 FROM training_seats s WHERE s.training_id = "
          "training_events.id AND "
          "s.member_id = :member AND s.account_id = :account))",
          {filter.attendee->member.text(), filter.attendee->member.text(), filter.attendee->account.text()});
    if (!filter.page.search.empty())
      conditions.add("search LIKE :words ESCAPE '!'", {like_pattern(bulletins::folded(filter.page.search))});
    Listed<bulletins::Training> listed;
    listed.total =
        fetch_bound<CountRow>(session, "SELECT COUNT(*) FROM training_events" + conditions.text(), conditions.values())
            .front();
    auto values = conditions.values();
    values.emplace_back(std::int64_t{filter.page.limit});
    values.emplace_back(std::int64_t{filter.page.offset});
    listed.items =
        fetch_bound<TrainingRow>(session,
                                 "SELECT record FROM training_events" + conditions.text() + " ORDER BY starts_ms " +
                                     (filter.past ? "DESC" : "ASC") + ", id LIMIT :limit OFFSET :offset",
                                 values);
    return listed;
  });
}

}  // namespace probity::store
