// Shoots on a real database: who may attend, frames from the phone, decisions and what they destroy, releases, leads.
#include "store/shoots_store.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "shoots/json.h"
#include "shoots/own_footage.h"
#include "shoots/releases.h"
#include "store/commitments_store.h"
#include "store/projects_store.h"
#include "support/exif.h"
#include "support/memory_ports.h"
#include "support/memory_store.h"
#include "trace/synthetic.h"

namespace probity::store {
namespace {

using namespace shoots;
using commitments::Commitment;

// A "file" is a JPEG's first bytes and a number: which synthetic scene it shows, and from how far aside.
std::string file_of(int scene, int aside = 0) {
  return std::string("\xFF\xD8\xFF") + static_cast<char>('a' + scene) + static_cast<char>('a' + aside);
}

Result<media::Picture> decode(BytesView file) {
  if (file.size() < 5 || file[0] != 0xFF || file[3] < 'a' || file[3] > 'z')
    return fail(ErrorCode::not_a_picture, "the picture is damaged");
  static std::map<int, cv::Mat1f> scenes;
  const int scene = file[3] - 'a', aside = file[4] - 'a';
  if (!scenes.contains(scene)) scenes[scene] = trace::synthetic_luma({640, 480}, 1, static_cast<std::uint64_t>(scene));
  cv::Mat1f seen;
  const float step = static_cast<float>(aside * 3);
  const cv::Mat shear = (cv::Mat_<float>(2, 3) << 1, 0, step, 0, 1, 0);
  cv::warpAffine(scenes[scene], seen, shear, scenes[scene].size(), cv::INTER_LINEAR, cv::BORDER_REFLECT_101);
  media::Picture picture;
  seen.convertTo(picture.pixels, CV_8U);
  return picture;
}

class OneLeak final : public LeakBook {
 public:
  Result<std::optional<LeakFacts>> leak(const Id& id) override {
    return id == facts.id ? std::optional(facts) : std::nullopt;
  }
  Result<Bytes> picture(const Hash& file) override { return bytes.at(file); }
  void add(const std::string& file) {
    const Bytes content(as_bytes(file).begin(), as_bytes(file).end());
    facts.pictures.push_back(sha256(content));
    bytes[facts.pictures.back()] = content;
  }
  LeakFacts facts;
  std::map<Hash, Bytes> bytes;
};

class Shoots : public testing::Test {
 protected:
  Shoots() {
    std::string pattern = (std::filesystem::temp_directory_path() / "probity-shoots-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    database = Database::open_sqlite(folder + "/test.db").value();
    project_store.emplace(*database);
    promises.emplace(*database);
    store.emplace(*database);
    project_service.emplace(projects::Ports{*project_store, *database, events, clock, random});
    projects::NewProject coast;
    coast.name = "Coast";
    project = project_service->create(coast, staff)->project.id;
    ports.emplace(Ports{*store, *database, *project_service, *promises, events, log_book, queue, pictures, leaks,
                        decode, [this](const Id&) { return Result<bool>(job_lives); },
                        [this](const Id&) -> Result<void> {
                          job_lives = false;
                          return {};
                        },
                        clock, random});
    service.emplace(*ports);
    frames.emplace(*ports);
    footage.emplace(*ports, *frames);
    releases.emplace(*ports);
    mira = promise("Mira Kestrel");
    jon = promise("Jon Alder");
    leaks.facts = {Id::random(random), "L-2026-0001", project, {}};
  }
  ~Shoots() override { std::filesystem::remove_all(folder); }

  // A person with a commitment in force.
  Id promise(const std::string& name, commitments::State state = commitments::State::in_force) {
    Commitment commitment;
    commitment.id = Id::random(random);
    commitment.number = "C-2026-000" + std::to_string(++promised);
    commitment.project = project;
    commitment.party = Id::random(random);
    commitment.party_name = name;
    commitment.organisation_name = "Harbour Weekly";
    commitment.state = state;
    commitment.title = "Promise";
    commitment.created_ms = clock.now_ms();
    commitments::Signatory signatory;
    signatory.id = Id::random(random);
    signatory.party = commitment.party;
    signatory.name = name;
    commitment.signatories = {signatory};
    EXPECT_TRUE(database->write([&] { return promises->insert(commitment); }));
    return commitment.party;
  }
  void set_state(const Id& party, commitments::State state) {
    Commitment commitment = promises->live_of(project, party).value().front();
    commitment.state = state;
    ASSERT_TRUE(database->write([&] { return promises->update(commitment); }));
  }
  ShootRow open_shoot(const std::string& title = "Unveiling") {
    NewShoot request{project, title, "Hall 4", "Europe/Berlin", {{{}, "Morning", 1'000, 2'000}}, {{{}, "Stage"}}, {}};
    request.attendees = {{mira, {}, {}}, {jon, {}, {}}};
    return service->create(request, staff).value();
  }
  Frame hand_in(const Id& shoot, const Id& party, const std::string& file) {
    const auto handed = frames->hand_in({shoot, party, "IMG_0001.HEIC"}, file, phone);
    EXPECT_TRUE(handed) << handed.error().message;
    EXPECT_TRUE(frames->prepare(handed->frame.id));
    return store->frame(handed->frame.id).value().value();
  }
  std::vector<std::string> kinds() const {
    std::vector<std::string> all;
    for (const auto& event : events.all) all.push_back(event.kind);
    return all;
  }
  static Result<void> no_progress(std::int64_t, std::int64_t) { return {}; }

  std::string folder;
  std::unique_ptr<Database> database;
  std::optional<SqlProjectStore> project_store;
  std::optional<CommitmentsStore> promises;
  std::optional<SqlShootStore> store;
  std::optional<projects::ProjectService> project_service;
  test::MemoryEvents events;
  test::MemoryLogBook log_book;
  test::QueuedJobs queue;
  test::MemoryBlobStore pictures;
  test::HandClock clock;
  test::SeededRandom random;
  OneLeak leaks;
  std::optional<Ports> ports;
  std::optional<ShootService> service;
  std::optional<FrameService> frames;
  std::optional<FootageService> footage;
  std::optional<ReleaseService> releases;
  const events::Actor staff{events::Actor::Kind::account, Id{}, "Ada Custodian"};
  const events::Actor phone{events::Actor::Kind::recipient, Id{}, "Mira Kestrel"};
  Id project, mira, jon;
  int promised = 0;
  bool job_lives = true;
};

TEST_F(Shoots, GiveBackWhatWasPutIn) {
  const ShootRow made = open_shoot();
  EXPECT_EQ(store->shoot(made.shoot.id).value(), made.shoot);
  EXPECT_EQ(made.project_name, "Coast");
  ASSERT_EQ(made.attendees.size(), 2U);
  EXPECT_TRUE(made.attendees[0].in_force());
  ShootChange change;
  change.title = " Second  unveiling ";
  change.slots = {{made.shoot.slots[0].id, "Late morning", 1'500, 2'500}, {{}, "Noon", 3'000, 4'000}};
  change.zones = std::vector<ZoneRequest>{};
  const ShootRow changed = service->update(made.shoot.id, change, staff).value();
  EXPECT_EQ(changed.shoot.title, "Second unveiling");
  EXPECT_EQ(changed.shoot.slots.size(), 2U);
  EXPECT_EQ(changed.shoot.slots[0].id, made.shoot.slots[0].id);
  EXPECT_TRUE(changed.shoot.zones.empty());
  EXPECT_EQ(store->shoot(made.shoot.id).value(), changed.shoot);
  EXPECT_EQ(service->list({{}, project, ShootState::open})->total, 1U);
  EXPECT_EQ(service->list({{}, project, ShootState::closed})->total, 0U);
  EXPECT_EQ(service->find(Id{}).error().code, ErrorCode::not_found);
}

TEST_F(Shoots, OnlyWhoSignedAttends) {
  const ShootRow made = open_shoot();
  const Id waiting = promise("Not Yet", commitments::State::sent);
  EXPECT_EQ(service->add_attendee(made.shoot.id, {waiting, {}, {}}, staff).error().code, ErrorCode::not_in_force);
  EXPECT_EQ(service->add_attendee(made.shoot.id, {Id{}, {}, {}}, staff).error().code, ErrorCode::not_in_force);
  EXPECT_EQ(service->add_attendee(made.shoot.id, {mira, {}, {}}, staff).error().code, ErrorCode::already_exists);
  const Id late = promise("Late Guest");
  EXPECT_EQ(service->add_attendee(made.shoot.id, {late, Id::random(random), {}}, staff).error().code,
            ErrorCode::invalid_argument);
  const auto row = service->add_attendee(made.shoot.id, {late, made.shoot.slots[0].id, made.shoot.zones[0].id}, staff);
  ASSERT_TRUE(row) << row.error().message;
  ShootChange gone;
  gone.zones = std::vector<ZoneRequest>{};
  EXPECT_EQ(service->update(made.shoot.id, gone, staff).error().code, ErrorCode::conflict) << "somebody is in it";
  EXPECT_TRUE(service->place_attendee(made.shoot.id, late, {}, std::optional<Id>(), staff));
  EXPECT_TRUE(service->update(made.shoot.id, gone, staff));
  EXPECT_TRUE(service->remove_attendee(made.shoot.id, late, staff));
  hand_in(made.shoot.id, mira, file_of(1));
  EXPECT_EQ(service->remove_attendee(made.shoot.id, mira, staff).error().code, ErrorCode::conflict);
}

TEST_F(Shoots, TheSameBytesAreOneFrameHoweverOftenTheyAreSent) {
  const Id shoot = open_shoot().shoot.id;
  const Frame frame = hand_in(shoot, mira, file_of(1));
  EXPECT_EQ(frame.preparation, Preparation::ready);
  EXPECT_EQ(frame.width_px, 640);
  const auto again = frames->hand_in({shoot, mira, "other name.jpg"}, file_of(1), phone).value();
  EXPECT_FALSE(again.is_new);
  EXPECT_EQ(again.frame.id, frame.id);
  const Frame of_jon = hand_in(shoot, jon, file_of(1));
  EXPECT_NE(of_jon.id, frame.id);
  EXPECT_EQ(frames->find(frame.id)->same_file, 1U);
  EXPECT_EQ(service->find(shoot)->counts.frames, 2U);
}

TEST_F(Shoots, RefuseWhatIsNoFrame) {
  const Id shoot = open_shoot().shoot.id;
  const auto code = [&](const Id& party, const std::string& file) {
    return frames->hand_in({shoot, party, ""}, file, phone).error().code;
  };
  EXPECT_EQ(code(mira, ""), ErrorCode::invalid_argument);
  EXPECT_EQ(code(mira, "#!/bin/sh"), ErrorCode::not_a_picture);
  EXPECT_EQ(code(Id{}, file_of(1)), ErrorCode::not_found);
  const Frame broken = hand_in(shoot, mira, std::string("\xFF\xD8\xFF broken off"));
  EXPECT_EQ(broken.preparation, Preparation::unreadable);
  EXPECT_EQ(frames->preview(broken.id).error().code, ErrorCode::conflict);
  ASSERT_TRUE(service->close(shoot, staff));
  EXPECT_EQ(code(mira, file_of(2)), ErrorCode::conflict);
  ASSERT_TRUE(service->reopen(shoot, staff));
  EXPECT_TRUE(frames->hand_in({shoot, mira, ""}, file_of(2), phone));
}

TEST_F(Shoots, EveryDecisionIsOnRecordAndInTheLog) {
  const Id shoot = open_shoot().shoot.id;
  const Frame frame = hand_in(shoot, mira, file_of(1));
  EXPECT_EQ(frames->confirm(frame.id, mira, phone).error().code, ErrorCode::conflict);
  EXPECT_EQ(frames->clear(frame.id, Decision::cleared, "  ", staff).error().code, ErrorCode::invalid_argument);
  ASSERT_TRUE(frames->clear(frame.id, Decision::cleared, "nothing of the dashboard", staff));
  ASSERT_TRUE(frames->clear(frame.id, Decision::not_to_be_used, "the badge shows after all", staff));
  EXPECT_EQ(frames->confirm(frame.id, jon, phone).error().code, ErrorCode::not_found);
  const FrameRow row = frames->confirm(frame.id, mira, phone).value();
  EXPECT_EQ(row.frame.state, FrameState::not_to_be_used);
  EXPECT_TRUE(row.frame.confirmed_ms);
  ASSERT_EQ(row.clearances.size(), 2U);
  EXPECT_EQ(row.clearances[1].reason, "the badge shows after all");
  EXPECT_EQ(row.clearances[1].by, "Ada Custodian");
  std::vector<std::string> logged;
  for (const auto& record : log_book.records) logged.push_back(record.kind);
  EXPECT_EQ(logged, (std::vector<std::string>{"frame_cleared", "frame_cleared", "frame_confirmed"}));
  EXPECT_EQ(kinds().back(), "frame.confirmed");
  EXPECT_EQ(service->find(shoot)->counts.not_to_be_used, 1U);
}

TEST_F(Shoots, DeletingDestroysThePictureAndKeepsTheRecord) {
  const Id shoot = open_shoot().shoot.id;
  const Frame frame = hand_in(shoot, mira, file_of(1)), of_jon = hand_in(shoot, jon, file_of(1));
  ASSERT_TRUE(frames->clear(frame.id, Decision::remove, "shows the interior", staff));
  EXPECT_EQ(queue.requests.back().kind, kDestroyFrameJob);
  EXPECT_EQ(frames->preview(frame.id).error().code, ErrorCode::gone) << "gone at once, not when the job has run";
  ASSERT_TRUE(frames->destroy(frame.id));
  EXPECT_TRUE(pictures.get(frame.file)) << "Jon handed in the same bytes";
  ASSERT_TRUE(frames->clear(of_jon.id, Decision::remove, "shows the interior", staff));
  ASSERT_TRUE(frames->destroy(of_jon.id));
  ASSERT_TRUE(frames->destroy(of_jon.id)) << "a job may run twice";
  EXPECT_TRUE(pictures.list()->empty());
  const FrameRow row = frames->find(of_jon.id).value();
  EXPECT_TRUE(row.frame.destroyed_ms);
  EXPECT_EQ(row.frame.file, frame.file);
  EXPECT_EQ(frames->clear(of_jon.id, Decision::cleared, "why not", staff).error().code, ErrorCode::conflict);
  const auto again = frames->hand_in({shoot, jon, ""}, file_of(1), phone).value();
  EXPECT_FALSE(again.is_new);
  EXPECT_EQ(again.frame.state, FrameState::deleted);
  EXPECT_TRUE(pictures.list()->empty()) << "what was deleted does not come back";
}

TEST_F(Shoots, DecideOnManyAtOnceOrOnNone) {
  const Id shoot = open_shoot().shoot.id, other = open_shoot("Workshop").shoot.id;
  const Id one = hand_in(shoot, mira, file_of(1)).id, two = hand_in(shoot, jon, file_of(2)).id;
  const Id elsewhere = hand_in(other, mira, file_of(3)).id;
  EXPECT_FALSE(frames->clear(shoot, {one, elsewhere}, Decision::cleared, "agreed", staff));
  EXPECT_EQ(frames->find(one)->frame.state, FrameState::handed_in);
  EXPECT_EQ(frames->clear(shoot, {one, two}, Decision::cleared, "agreed", staff).value(), 2U);
  EXPECT_EQ(service->find(shoot)->counts.cleared, 2U);
}

TEST_F(Shoots, ARevokedCommitmentStaysOnTheListAndEndsClearing) {
  const Id shoot = open_shoot().shoot.id;
  const Id before = hand_in(shoot, mira, file_of(1)).id;
  set_state(mira, commitments::State::revoked);
  const ShootRow row = service->find(shoot).value();
  EXPECT_FALSE(row.attendees[0].in_force());
  EXPECT_EQ(row.attendees[0].counts.frames, 1U);
  EXPECT_EQ(frames->clear(before, Decision::cleared, "agreed", staff).error().code, ErrorCode::conflict);
  EXPECT_TRUE(frames->clear(before, Decision::not_to_be_used, "the promise was taken back", staff));
  hand_in(shoot, mira, file_of(2));
}

TEST_F(Shoots, ShowAnAttendeeOnlyTheirOwn) {
  const Id shoot = open_shoot().shoot.id;
  const Id of_mira = hand_in(shoot, mira, file_of(1)).id;
  hand_in(shoot, jon, file_of(2));
  const auto own = frames->own_frames(shoot, mira, 0, 50).value();
  ASSERT_EQ(own.total, 1U);
  EXPECT_EQ(own.items[0].frame.id, of_mira);
  EXPECT_TRUE(frames->own_preview(of_mira, mira));
  EXPECT_EQ(frames->own_preview(of_mira, jon).error().code, ErrorCode::not_found);
  EXPECT_EQ(frames->own_frames(shoot, Id{}, 0, 50).error().code, ErrorCode::not_found);
  EXPECT_EQ(frames->attended_by(mira)->front().counts.waiting, 1U);
  EXPECT_TRUE(frames->attended_by(Id{})->empty());
}

TEST_F(Shoots, AComparisonCanBeStopped) {
  const Id shoot = open_shoot().shoot.id;
  hand_in(shoot, mira, file_of(1, 1));
  leaks.add(file_of(1));
  EXPECT_EQ(footage->stop(leaks.facts.id).error().code, ErrorCode::not_found) << "never begun";
  ASSERT_TRUE(footage->begin(leaks.facts.id, {}, staff));
  const Id search = *queue.requests.back().subject;
  // Its job was cancelled while it waited: it does not look as if it were still under way.
  EXPECT_EQ(footage->stop(leaks.facts.id)->search.state, FootageState::failed);
  EXPECT_FALSE(job_lives);
  EXPECT_EQ(footage->stop(leaks.facts.id).error().code, ErrorCode::conflict);
  job_lives = true;
  ASSERT_TRUE(footage->run(search, no_progress));
  EXPECT_EQ(footage->stop(leaks.facts.id).error().code, ErrorCode::conflict) << "done by then";
  EXPECT_EQ(footage->latest(leaks.facts.id)->search.state, FootageState::done);
}

TEST_F(Shoots, ANewComparisonHidesNothingOfTheOneBefore) {
  const Id shoot = open_shoot().shoot.id;
  hand_in(shoot, mira, file_of(1, 1));
  leaks.add(file_of(1));
  ASSERT_TRUE(footage->begin(leaks.facts.id, {}, staff));
  const Id first = *queue.requests.back().subject;
  ASSERT_TRUE(footage->run(first, no_progress));
  EXPECT_FALSE(footage->latest(leaks.facts.id)->earlier);
  clock.advance(1'000);
  ASSERT_TRUE(footage->begin(leaks.facts.id, {}, staff));
  const Id second = *queue.requests.back().subject;
  for (const auto& report : {footage->latest(leaks.facts.id).value(), footage->stop(leaks.facts.id).value()}) {
    EXPECT_EQ(report.search.id, second);
    ASSERT_TRUE(report.earlier);
    EXPECT_EQ(report.earlier->id, first);
    ASSERT_EQ(report.leads.size(), 1U);
    EXPECT_EQ(report.shoots.size(), 1U);
  }
  ASSERT_TRUE(footage->run(second, no_progress));
  EXPECT_FALSE(footage->latest(leaks.facts.id)->earlier) << "its own leads now";
}

TEST_F(Shoots, ALeakLeadsToWhoTookItAndSaysNothingMore) {
  const Id shoot = open_shoot().shoot.id;
  const Id of_mira = hand_in(shoot, mira, file_of(1, 1)).id;
  hand_in(shoot, mira, file_of(2));
  hand_in(shoot, jon, file_of(3));
  leaks.add(file_of(1));  // the same scene; other bytes
  leaks.add("no picture");
  const Id job = footage->begin(leaks.facts.id, {}, staff).value();
  EXPECT_EQ(queue.requests.back().kind, kMatchFootageJob);
  EXPECT_EQ(footage->begin(leaks.facts.id, {}, staff).value(), job) << "one at a time";
  EXPECT_EQ(footage->latest(leaks.facts.id)->search.state, FootageState::running);
  job_lives = false;
  ASSERT_TRUE(footage->begin(leaks.facts.id, {}, staff)) << "a cancelled one is not waited for";
  EXPECT_EQ(queue.requests.size(), 5U);
  ASSERT_TRUE(footage->run(*queue.requests.back().subject, no_progress));
  const FootageReport report = footage->latest(leaks.facts.id).value();
  EXPECT_EQ(report.search.state, FootageState::done);
  EXPECT_EQ(report.search.pictures, 1);
  ASSERT_EQ(report.leads.size(), 1U);
  EXPECT_EQ(report.leads[0].lead.frame, of_mira);
  EXPECT_EQ(report.leads[0].party_name, "Mira Kestrel");
  EXPECT_EQ(report.shoots[0].searched.compared, 3U);
  const std::string told = to_json(report).dump();
  EXPECT_EQ(told.find("dentified"), std::string::npos) << told;
  EXPECT_NE(told.find("leads for questions"), std::string::npos);
}

TEST_F(Shoots, TheVeryFileIsKnownEvenWhenItWasDeleted) {
  const Id shoot = open_shoot().shoot.id;
  const Frame frame = hand_in(shoot, jon, file_of(5));
  ASSERT_TRUE(frames->clear(frame.id, Decision::remove, "shows the interior", staff));
  ASSERT_TRUE(frames->destroy(frame.id));
  leaks.add(file_of(5));
  ASSERT_TRUE(footage->begin(leaks.facts.id, {shoot}, staff));
  ASSERT_TRUE(footage->run(*queue.requests.back().subject, no_progress));
  const FootageReport report = footage->latest(leaks.facts.id).value();
  ASSERT_EQ(report.leads.size(), 1U);
  EXPECT_EQ(report.leads[0].lead.match, FootageMatch::same_file);
  EXPECT_EQ(report.leads[0].frame_state, FrameState::deleted);
  ASSERT_EQ(report.leads[0].reasons.size(), 2U);
  EXPECT_EQ(report.leads[0].reasons[1].code, "was_to_be_deleted");
}

TEST_F(Shoots, AFileThatTwoHandedInPointsAtNeitherAlone) {
  const Id shoot = open_shoot().shoot.id;
  hand_in(shoot, mira, file_of(1));
  hand_in(shoot, jon, file_of(1));
  leaks.add(file_of(1));
  ASSERT_TRUE(footage->begin(leaks.facts.id, {}, staff));
  ASSERT_TRUE(footage->run(*queue.requests.back().subject, no_progress));
  const FootageReport report = footage->latest(leaks.facts.id).value();
  ASSERT_EQ(report.leads.size(), 2U);
  for (const LeadRow& lead : report.leads)
    EXPECT_TRUE(
        std::ranges::any_of(lead.reasons, [](const auto& reason) { return reason.code == "several_attendees"; }));
}

TEST_F(Shoots, FramesStandInTheOrderTheyWereTakenAndInTheirSlot) {
  NewShoot request{project, "Drive", "Coast road", "Europe/Berlin", {}, {}, {{mira, {}, {}}}};
  const TimeMs nine = 1'763'625'600'000;  // 2025-11-20 09:00 in Berlin
  request.slots = {{{}, "First", nine, nine + 3'600'000}, {{}, "Second", nine + 3'600'000, nine + 7'200'000}};
  const Shoot shoot = service->create(request, staff)->shoot;
  const auto taken = [&](int scene, const std::string& time) {
    return hand_in(shoot.id, mira, test::with_exif(file_of(scene), "Fictional", "F7", time, "")).id;
  };
  const Id later = taken(1, "2025:11:20 10:30:00"), sooner = taken(2, "2025:11:20 09:30:00");
  const Id timeless = hand_in(shoot.id, mira, file_of(3)).id;
  const auto rows = frames->own_frames(shoot.id, mira, 0, 50)->items;
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].frame.id, sooner);
  EXPECT_EQ(rows[1].frame.id, later);
  EXPECT_EQ(rows[2].frame.id, timeless) << "where it was handed in";
  EXPECT_EQ(rows[0].slot, shoot.slots[0].id);
  EXPECT_EQ(rows[1].slot, shoot.slots[1].id);
  EXPECT_FALSE(rows[2].slot);
  EXPECT_EQ(rows[0].frame.camera, "Fictional F7");
  leaks.add(test::with_exif(file_of(2), "Fictional", "F7", "2025:11:20 09:30:04", ""));
  ASSERT_TRUE(footage->begin(leaks.facts.id, {}, staff));
  ASSERT_TRUE(footage->run(*queue.requests.back().subject, no_progress));
  const FootageReport report = footage->latest(leaks.facts.id).value();
  ASSERT_EQ(report.leads.size(), 1U);
  EXPECT_EQ(report.leads[0].lead.time_difference_ms, 4'000);
  EXPECT_EQ(report.leads[0].slot, "First");
}

TEST_F(Shoots, ALeakOfNoProjectIsNotCompared) {
  leaks.facts.project.reset();
  EXPECT_EQ(footage->begin(leaks.facts.id, {}, staff).error().code, ErrorCode::conflict);
  EXPECT_EQ(footage->begin(Id{}, {}, staff).error().code, ErrorCode::not_found);
  EXPECT_EQ(footage->latest(leaks.facts.id).error().code, ErrorCode::not_found);
}

TEST_F(Shoots, AnswerWhetherAPictureIsOfficialAndSinceWhen) {
  const auto bytes = [](const std::string& file) { return as_bytes(file); };
  const std::string cover = file_of(7), teaser = file_of(8), other = file_of(9), resaved = file_of(7, 1);
  const Release release =
      releases->add({project, "Cover", "https://example.org/cover", "cover.jpg", 4'000'000'000}, bytes(cover), staff)
          .value();
  EXPECT_EQ(store->release(release.id).value(), release);
  ASSERT_TRUE(releases->add({{}, "Teaser", "Stand 4", "", 3'000'000'000}, bytes(teaser), staff));
  EXPECT_EQ(releases->add({{}, "Again", "here", "", 1}, bytes(cover), staff).error().code, ErrorCode::already_exists);
  EXPECT_EQ(releases->add({{}, "Soon", "here", "", 1'900'000'000'000}, bytes(other), staff).error().code,
            ErrorCode::invalid_argument);
  const ReleaseAnswer same = releases->search(bytes(cover)).value();
  EXPECT_TRUE(same.official());
  EXPECT_EQ(same.since_ms, 4'000'000'000);
  EXPECT_EQ(same.matches.front().kind, ReleaseMatchKind::same_file);
  const ReleaseAnswer changed = releases->search(bytes(resaved)).value();
  ASSERT_FALSE(changed.matches.empty());
  EXPECT_EQ(changed.matches.front().release.id, release.id);
  EXPECT_TRUE(changed.official());
  const ReleaseAnswer none = releases->search(bytes(other)).value();
  EXPECT_FALSE(none.official());
  EXPECT_TRUE(none.matches.empty());
  ASSERT_TRUE(releases->withdraw(release.id, "wrong picture", staff));
  EXPECT_EQ(releases->withdraw(release.id, "wrong picture", staff).error().code, ErrorCode::conflict);
  EXPECT_FALSE(releases->search(bytes(cover))->official());
  EXPECT_EQ(releases->list({{}, {}, ReleaseState::withdrawn})->total, 1U);
  EXPECT_EQ(log_book.records.size(), 3U);
}

TEST_F(Shoots, LeadsComeBackFromTheirRow) {
  FootageLead lead;
  lead.match = FootageMatch::same_burst;
  lead.score = 0.625;
  lead.picture = 2;
  lead.frames = 3;
  lead.attendees = 2;
  lead.measures.inliers = 77;
  lead.measures.parallax = 1.5;
  lead.measures.mirrored = true;
  lead.time_difference_ms = -1500;
  const std::string text = leads_text({lead});
  EXPECT_EQ(leads_text(parse_leads(text).value()), text);
  EXPECT_EQ(parse_leads("[{}]").error().code, ErrorCode::corrupt);
  EXPECT_EQ(parse_leads("{").error().code, ErrorCode::corrupt);
  EXPECT_EQ(parse_searched("[1]").error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace probity::store
