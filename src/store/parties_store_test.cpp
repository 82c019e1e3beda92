// Parties on a real database: verbs, tiers, lists, what refers to a party, and files that are imported.
#include "store/parties_store.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "parties/service.h"
#include "store/events_store.h"
#include "store/soci.h"
#include "support/memory_ports.h"
#include "support/workbook.h"

namespace probity::store {
namespace {

using parties::NewParty;
using parties::PartyChange;
using parties::PartyFilter;
using parties::PartyKind;

class Parties : public testing::Test {
 protected:
  Parties() {
    std::string pattern = (std::filesystem::temp_directory_path() / "probity-parties-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    database = Database::open_sqlite(folder + "/test.db").value();
    store = std::make_unique<SqlPartyStore>(*database);
    events = std::make_unique<SqlEventLog>(*database);
    service = std::make_unique<parties::PartyService>(parties::Ports{*store, *database, *events, clock, random});
  }
  ~Parties() override { std::filesystem::remove_all(folder); }

  static NewParty party(PartyKind kind, std::string name, std::optional<Id> parent = {}) {
    NewParty made;
    made.details.kind = kind;
    made.details.name = std::move(name);
    made.details.parent = parent;
    return made;
  }
  parties::PartyRow add(PartyKind kind, std::string name, std::optional<Id> parent = {}) {
    return service->create(party(kind, std::move(name), parent), actor).value();
  }
  Id add_id(PartyKind kind, std::string name, std::optional<Id> parent = {}) {
    return add(kind, std::move(name), parent).party.id;
  }
  std::vector<std::string> names(const PartyFilter& filter) {
    std::vector<std::string> found;
    const auto listed = service->list(filter).value();
    for (const auto& row : listed.items) found.push_back(row.party.details.name);
    return found;
  }
  void sql(const std::string& statement) {
    EXPECT_TRUE(database->run([&](soci::session& session) -> Result<void> {
      session << statement;
      return {};
    }));
  }
  parties::ImportReport import(std::string_view text, bool dry_run = false) {
    return service->import(as_bytes(text), dry_run, actor).value();
  }

  std::string folder;
  std::unique_ptr<Database> database;
  std::unique_ptr<SqlPartyStore> store;
  std::unique_ptr<SqlEventLog> events;
  test::HandClock clock;
  test::SeededRandom random;
  std::unique_ptr<parties::PartyService> service;
  events::Actor actor{events::Actor::Kind::account, std::nullopt, "Ada"};
};

TEST_F(Parties, GivesBackWhatWasPutIn) {
  NewParty raw = party(PartyKind::person, " 林小雨 ");
  raw.parent_name = "星河 \"车评\"";
  raw.details.job_title = "主编";
  raw.details.email = "lin@xinghe.example";
  raw.details.phone = "+86 138";
  raw.details.locale = "zh";
  raw.details.may_bind = true;
  raw.details.notes = "one\ntwo";
  const auto made = service->create(raw, actor).value();
  EXPECT_EQ(made.party.details.name, "林小雨");
  EXPECT_EQ(made.parent_name, "星河 \"车评\"");
  EXPECT_EQ(made.party.tier, 0);
  EXPECT_FALSE(made.trained_ms);
  EXPECT_EQ(service->find(made.party.id)->party, made.party);
  EXPECT_EQ(store->party(made.party.id).value(), made.party);
  EXPECT_EQ(made.party.details.notes, "one\ntwo");
  EXPECT_TRUE(made.party.details.may_bind);

  const auto organisation = service->find(*made.party.details.parent).value();
  EXPECT_EQ(organisation.party.details.kind, PartyKind::outlet);
  EXPECT_EQ(organisation.party.details.locale, "zh");
  const auto details = service->details_of(made.party.id).value();
  EXPECT_EQ(details.outlet, "星河 \"车评\"");
  EXPECT_EQ(details.email, "lin@xinghe.example");
  EXPECT_EQ(service->who_may_bind(organisation.party.id)->at(0), made.party);
  EXPECT_EQ(events->list({}).value().items.at(0).data_json, R"({"party":"林小雨","party_kind":"person"})");
  EXPECT_EQ(events->list({}).value().total, 2U);
}

TEST_F(Parties, RefusesDoublesAndUnknownParents) {
  const Id weekly = add_id(PartyKind::outlet, "Motor Weekly");
  const Id mira = add_id(PartyKind::person, "Mira Holloway", weekly);
  EXPECT_EQ(service->create(party(PartyKind::person, "MIRA HOLLOWAY", weekly), actor).error().code,
            ErrorCode::already_exists);
  EXPECT_EQ(service->create(party(PartyKind::supplier, "motor weekly"), actor).error().code, ErrorCode::already_exists);
  EXPECT_EQ(service->create(party(PartyKind::person, "X", Id{}), actor).error().code, ErrorCode::not_found);
  EXPECT_EQ(service->create(party(PartyKind::person, "X", mira), actor).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(service->create(party(PartyKind::person, ""), actor).error().code, ErrorCode::invalid_argument);
  NewParty again = party(PartyKind::person, "mira holloway");
  again.parent_name = "motor weekly";
  EXPECT_EQ(service->find_or_create(again, actor)->party.id, mira);
  again.details.name = "Somebody else";
  EXPECT_NE(service->find_or_create(again, actor)->party.id, mira);
  EXPECT_EQ(service->list({}).value().total, 3U);
}

TEST_F(Parties, MakesNothingWhenSomethingFails) {
  NewParty raw = party(PartyKind::person, "bell\a");
  raw.parent_name = "New Outlet";
  EXPECT_FALSE(service->create(raw, actor));
  EXPECT_EQ(service->list({}).value().total, 0U);
  EXPECT_EQ(events->list({}).value().total, 0U);
}

TEST_F(Parties, KeepsTiersTrueWhenOrganisationsMove) {
  const Id first = add_id(PartyKind::supplier, "First");
  const Id second = add_id(PartyKind::supplier, "Second", first);
  const Id third = add_id(PartyKind::supplier, "Third", second);
  const Id worker = add_id(PartyKind::person, "Worker", third);
  EXPECT_EQ(service->find(worker)->party.tier, 2);
  const Id top = add_id(PartyKind::employer, "Top");
  PartyChange move;
  move.parent = std::optional<Id>(top);
  EXPECT_EQ(service->update(first, move, actor)->party.tier, 1);
  EXPECT_EQ(service->find(third)->party.tier, 3);
  EXPECT_EQ(service->find(worker)->party.tier, 3);
  move.parent = std::optional<Id>();
  EXPECT_FALSE(service->update(second, move, actor)->party.details.parent);
  EXPECT_EQ(service->find(worker)->party.tier, 1);
  // Nobody comes to stand above themselves.
  for (const Id& below : {second, third}) {
    move.parent = std::optional<Id>(below);
    EXPECT_EQ(service->update(second, move, actor).error().code, ErrorCode::invalid_argument);
  }
  const auto detail = service->detail(worker).value();
  ASSERT_EQ(detail.ancestors.size(), 2U);
  EXPECT_EQ(detail.ancestors[0].party.id, third);
  EXPECT_EQ(detail.ancestors[1].party.id, second);
  EXPECT_EQ(service->detail(second)->children.at(0).party.id, third);
}

TEST_F(Parties, RefusesChainsThatAreTooLong) {
  std::optional<Id> parent;
  for (int i = 0; i <= parties::kMaxTier; ++i)
    parent = add_id(PartyKind::supplier, "Tier " + std::to_string(i), parent);
  EXPECT_EQ(service->create(party(PartyKind::supplier, "One more", parent), actor).error().code,
            ErrorCode::invalid_argument);
  EXPECT_TRUE(service->create(party(PartyKind::person, "A person", parent), actor));
  // Nor by hanging the whole chain under another.
  PartyChange move;
  move.parent = std::optional<Id>(add_id(PartyKind::supplier, "Above all"));
  const Id first = service->detail(*parent)->ancestors.back().party.id;
  EXPECT_EQ(service->update(first, move, actor).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(service->find(*parent)->party.tier, parties::kMaxTier);
}

TEST_F(Parties, UpdatesOnlyWhatIsSaid) {
  const Id weekly = add_id(PartyKind::outlet, "Motor Weekly");
  const Id mira = add_id(PartyKind::person, "Mira Holloway", weekly);
  const Id jon = add_id(PartyKind::person, "Jon Brandt", weekly);
  PartyChange change;
  change.email = "mira@motorweekly.example";
  const auto row = service->update(mira, change, actor).value();
  EXPECT_EQ(row.party.details.name, "Mira Holloway");
  EXPECT_EQ(row.party.details.parent, weekly);
  const auto seen = events->list({}).value().total;
  ASSERT_TRUE(service->update(mira, change, actor));
  EXPECT_EQ(events->list({}).value().total, seen);  // nothing changed, nothing to tell
  change.name = "jon brandt";
  EXPECT_EQ(service->update(mira, change, actor).error().code, ErrorCode::already_exists);
  change.name = "Mira H.";
  EXPECT_EQ(service->update(mira, change, actor)->party.details.name, "Mira H.");
  EXPECT_EQ(service->update(Id{}, change, actor).error().code, ErrorCode::not_found);
  change = {};
  change.may_bind = true;
  EXPECT_EQ(service->update(weekly, change, actor).error().code, ErrorCode::invalid_argument);
  EXPECT_TRUE(service->update(jon, change, actor)->party.details.may_bind);
}

TEST_F(Parties, ListsWithSearchFiltersSortAndPages) {
  const Id weekly = add_id(PartyKind::outlet, "Motor Weekly");
  const Id acme = add_id(PartyKind::supplier, "Acme 100%");
  add(PartyKind::person, "mira", weekly);
  clock.advance(10);
  add(PartyKind::person, "Jon", weekly);
  add(PartyKind::person, "林小雨", acme);
  PartyFilter filter;
  EXPECT_EQ(names(filter), (std::vector<std::string>{"Acme 100%", "Jon", "mira", "Motor Weekly", "林小雨"}));
  filter.page.limit = 2;
  filter.page.offset = 1;
  EXPECT_EQ(names(filter), (std::vector<std::string>{"Jon", "mira"}));
  EXPECT_EQ(service->list(filter)->total, 5U);
  filter = {};
  filter.page.search = "ＭＯＴＯＲ";
  EXPECT_EQ(names(filter), (std::vector<std::string>{"Jon", "mira", "Motor Weekly"}));
  filter.page.search = "%";
  EXPECT_EQ(names(filter), (std::vector<std::string>{"Acme 100%", "林小雨"}));
  filter.page.search = "_";
  EXPECT_TRUE(names(filter).empty());
  filter.page.search = "' OR 1=1 --";
  EXPECT_TRUE(names(filter).empty());
  filter = {};
  filter.kind = PartyKind::person;
  filter.parent = weekly;
  filter.page.sort = "name";
  filter.page.descending = true;
  EXPECT_EQ(names(filter), (std::vector<std::string>{"mira", "Jon"}));
  filter.page.sort = "created_at";
  EXPECT_EQ(names(filter), (std::vector<std::string>{"Jon", "mira"}));
  for (const char* sort : {"kind", "tier", "email", "parent_name", "trained_at", "commitments_in_force"}) {
    filter.page.sort = sort;
    EXPECT_EQ(names(filter).size(), 2U) << sort;
  }
  filter.page.sort = "notes; DROP TABLE parties";
  EXPECT_EQ(service->list(filter).error().code, ErrorCode::invalid_argument);
  filter = {};
  filter.organisations_only = true;
  EXPECT_EQ(names(filter).size(), 2U);
}

TEST_F(Parties, StayWhileSomethingRefersToThem) {
  const Id weekly = add_id(PartyKind::outlet, "Motor Weekly");
  const Id mira = add_id(PartyKind::person, "Mira", weekly);
  EXPECT_EQ(service->remove(weekly, actor).error().code, ErrorCode::conflict);
  ASSERT_TRUE(service->record_training(mira, {"Secrets", clock.now_ms(), ""}, actor));
  const auto refused = service->remove(mira, actor);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_NE(refused.error().message.find("trainings"), std::string::npos);
  sql("DELETE FROM trainings");
  sql("INSERT INTO recipients VALUES ('" + Id{}.text() + "', 'Mira', 'x', '', 'key', 1, '" + mira.text() + "')");
  EXPECT_EQ(service->remove(mira, actor).error().code, ErrorCode::conflict);
  sql("DELETE FROM recipients");
  ASSERT_TRUE(service->remove(mira, actor));
  ASSERT_TRUE(service->remove(weekly, actor));
  EXPECT_EQ(service->remove(weekly, actor).error().code, ErrorCode::not_found);
  EXPECT_EQ(events->list({}).value().items.at(0).kind, "party.removed");
}

TEST_F(Parties, RemembersTrainings) {
  const Id mira = add_id(PartyKind::person, "Mira");
  const TimeMs now = clock.now_ms();
  ASSERT_TRUE(service->record_training(mira, {"First", now - 1000, "at the door"}, actor));
  const auto second = service->record_training(mira, {"Second", now, ""}, actor).value();
  EXPECT_EQ(second.recorded_by, "Ada");
  const auto trainings = service->trainings(mira).value();
  ASSERT_EQ(trainings.size(), 2U);
  EXPECT_EQ(trainings[0], second);
  EXPECT_EQ(service->find(mira)->trained_ms, now);
  EXPECT_EQ(service->record_training(mira, {"", now, ""}, actor).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(service->record_training(mira, {"X", now + 2 * 86'400'000, ""}, actor).error().code,
            ErrorCode::invalid_argument);
  EXPECT_EQ(service->record_training(Id{}, {"X", now, ""}, actor).error().code, ErrorCode::not_found);
  EXPECT_EQ(service->trainings(Id{}).error().code, ErrorCode::not_found);
}

constexpr const char* kFile =
    "姓名,机构,邮箱,电话,职务,类型,上级,语言,颜色\n"
    "林小雨,星河车评,lin@xinghe.example,138,主编,,,,红\n"
    "星河车评,,,,,媒体,,,\n"
    "二级厂,,,,,供应商,一级厂,en,\n"
    "王伟,二级厂,,,,人员,,,\n"
    "林小雨,星河车评,,,,,,,\n";

TEST_F(Parties, PreviewsAFileAndThenImportsIt) {
  const auto preview = import(kFile, true);
  EXPECT_FALSE(preview.imported);
  EXPECT_TRUE(preview.problems.empty());
  EXPECT_EQ(preview.new_count, 5U);  // two people, three organisations
  EXPECT_EQ(preview.known_count, 1U);
  EXPECT_EQ(preview.ignored_columns, std::vector<std::string>{"颜色"});
  EXPECT_EQ(preview.columns.front(), "姓名");
  EXPECT_EQ(preview.first_rows.size(), 5U);
  EXPECT_EQ(preview.first_rows[0].parent_name, "星河车评");
  EXPECT_EQ(preview.first_rows[0].details.locale, "zh");
  EXPECT_EQ(service->list({}).value().total, 0U);

  const auto done = import(kFile);
  EXPECT_TRUE(done.imported);
  EXPECT_EQ(done.new_count, 5U);
  PartyFilter filter;
  filter.page.search = "王伟";
  const auto wang = service->list(filter)->items.at(0);
  EXPECT_EQ(wang.parent_name, "二级厂");
  EXPECT_EQ(wang.party.tier, 1);
  filter.page.search = "星河车评";
  filter.organisations_only = true;
  EXPECT_EQ(service->list(filter)->items.at(0).party.details.kind, PartyKind::outlet);
  EXPECT_EQ(events->list({}).value().total, 1U);

  const auto again = import(kFile);
  EXPECT_TRUE(again.imported);
  EXPECT_EQ(again.new_count, 0U);
  EXPECT_EQ(again.known_count, 5U);
  EXPECT_EQ(events->list({}).value().total, 1U);
}

TEST_F(Parties, ImportsNothingWhileThereAreProblems) {
  const auto report = import(
      "name;organisation;email;kind;may bind;parent\n"
      "Mira;Motor Weekly;mira@motorweekly.example;;yes;\n"
      ";Motor Weekly;;;;\n"
      "Jon;Motor Weekly;nonsense;;;\n"
      "Kim;Motor Weekly;;wizard;;\n"
      "A;;;supplier;;B\n"
      "B;;;supplier;;A\n"
      "Lee;Motor Weekly;;;maybe;\n"
      ";;;;;\n"
      "too;many;;;;;fields\n");
  EXPECT_FALSE(report.imported);
  std::vector<std::size_t> rows;
  for (const auto& problem : report.problems) rows.push_back(problem.row);
  std::sort(rows.begin(), rows.end());
  EXPECT_EQ(rows.size(), 6U);
  EXPECT_EQ(rows, (std::vector<std::size_t>{3, 4, 5, 6, 8, 10}));
  EXPECT_EQ(service->list({}).value().total, 0U);
  EXPECT_EQ(service->import(as_bytes("organisation,email\nx,y\n"), true, actor).error().code,
            ErrorCode::invalid_argument);
  EXPECT_EQ(service->import(as_bytes("name,姓名\nx,y\n"), true, actor).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(service->import(as_bytes(""), true, actor).error().code, ErrorCode::invalid_argument);
}

TEST_F(Parties, ImportsPersonsWithTheContractParentOfTheirOrganisation) {
  import("name,supplier,parent\nMira,Second,First\nJon,First,\nKim,,Second\n");
  PartyFilter filter;
  filter.page.search = "Mira";
  EXPECT_EQ(service->list(filter)->items.at(0).party.tier, 1);
  filter.page.search = "Kim";
  EXPECT_EQ(service->list(filter)->items.at(0).parent_name, "Second");
  filter = {};
  filter.kind = PartyKind::supplier;
  EXPECT_EQ(names(filter), (std::vector<std::string>{"First", "Second"}));
}

TEST_F(Parties, ImportsAWorkbook) {
  const Bytes file = test::workbook_of({{"Name", "Employer", "Language"}, {"Mira", "Acme", "中文"}, {"", "", ""}});
  const auto report = service->import(file, false, actor).value();
  EXPECT_TRUE(report.imported);
  EXPECT_EQ(report.new_count, 2U);
  PartyFilter filter;
  filter.kind = PartyKind::employer;
  EXPECT_EQ(names(filter), std::vector<std::string>{"Acme"});
}

TEST_F(Parties, ChainsInAFileDoNotDecideHowDeepWeGo) {
  std::string file = "name,kind,parent\n";
  for (int i = 0; i < 50'000; ++i) file += "o" + std::to_string(i) + ",supplier,o" + std::to_string(i + 1) + "\n";
  const auto report = import(file);
  EXPECT_FALSE(report.imported);
  EXPECT_FALSE(report.problems.empty());
}

TEST_F(Parties, ImportsAHundredThousandRows) {
  std::string file = "name,organisation,email,job title\n";
  for (int i = 0; i < 100'000; ++i) {
    const std::string number = std::to_string(i);
    file += "Person " + number + ",Outlet " + std::to_string(i % 5000) + ",p" + number + "@example.org,Editor\n";
  }
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(import(file).new_count, 105'000U);
  const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  RecordProperty("seconds", std::to_string(seconds));
  PartyFilter filter;
  filter.page.search = "person 99999";
  EXPECT_EQ(service->list(filter)->total, 1U);
}

}  // namespace
}  // namespace probity::store
