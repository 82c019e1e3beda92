// Projects on a real database: verbs, embargoes, people in charge, assets' places, counts.
#include "store/projects_store.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "projects/service.h"
#include "store/events_store.h"
#include "store/soci.h"
#include "support/memory_ports.h"

namespace probity::store {
namespace {

using projects::AssetChange;
using projects::AssetState;
using projects::EmbargoRequest;
using projects::NewProject;
using projects::ProjectChange;
using projects::ProjectFilter;
using projects::ProjectState;

class Projects : public testing::Test {
 protected:
  Projects() {
    std::string pattern = (std::filesystem::temp_directory_path() / "probity-projects-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    database = Database::open_sqlite(folder + "/test.db").value();
    store = std::make_unique<SqlProjectStore>(*database);
    events = std::make_unique<SqlEventLog>(*database);
    service = std::make_unique<projects::ProjectService>(projects::Ports{*store, *database, *events, clock, random});
    ada = add_account("Ada");
    actor = {events::Actor::Kind::account, ada, "Ada"};
  }
  ~Projects() override { std::filesystem::remove_all(folder); }

  void sql(const std::string& statement) {
    const auto outcome = database->run([&](soci::session& session) -> Result<void> {
      session << statement;
      return {};
    });
    EXPECT_TRUE(outcome) << statement << ": " << outcome.error().message;
  }
  Id add_account(const std::string& name) {
    const Id id = Id::random(random);
    sql("INSERT INTO accounts (id, email, name, roles, state, locale, password_hash, totp_seed, totp_new_seed, "
        "totp_used_step, created_ms, last_seen_ms) VALUES ('" +
        id.text() + "', '" + name + "@example.org', '" + name + "', 'custodian', 'active', 'en', '', '', '', 0, 1, 0)");
    return id;
  }
  Id add_asset() {
    const Id id = Id::random(random);
    const std::string number = std::to_string(++assets);
    const std::string hash(64 - number.size(), '0');
    sql("INSERT INTO register_entries VALUES (" + number + ", 1, 'asset_added', '{}', '" + hash + number + "', '" +
        hash + number + "')");
    sql("INSERT INTO assets (id, register_sequence, title, file_name, media_type, copy_size_bytes, plan, law, "
        "bias_seed, key_salt, original_blob, tally_blob, tally_digest, reference_blob, stats, created_ms, "
        "commitment_salt) VALUES ('" +
        id.text() + "', " + number + ", 'Coast', 'coast.jpg', 'image/jpeg', 1, '{}', 1, '" + hash + number + "', '" +
        hash + number + "', '" + hash + number + "', '" + hash + number + "', '" + hash + number + "', '" + hash +
        number + "', '{}', 1, '" + hash + number + "')");
    return id;
  }
  projects::ProjectRow add(const std::string& name, std::vector<EmbargoRequest> embargoes = {}) {
    NewProject project;
    project.name = name;
    project.embargoes = std::move(embargoes);
    auto row = service->create(project, actor);
    EXPECT_TRUE(row) << row.error().message;
    return row.value();
  }
  std::vector<std::string> kinds() {
    std::vector<std::string> found;
    const auto all = events->after(0, 1000).value();
    for (const auto& event : all) found.push_back(event.kind);
    return found;
  }

  std::string folder;
  std::unique_ptr<Database> database;
  std::unique_ptr<SqlProjectStore> store;
  std::unique_ptr<SqlEventLog> events;
  test::HandClock clock;
  test::SeededRandom random;
  std::unique_ptr<projects::ProjectService> service;
  Id ada;
  events::Actor actor;
  int assets = 0;
};

const EmbargoRequest kReveal{std::nullopt, " Reveal ", 1'900'000'000'000, "Asia/Shanghai"};
const EmbargoRequest kDrive{std::nullopt, "First drive", 1'850'000'000'000, "Europe/Berlin"};

TEST_F(Projects, GivesBackWhatWasPutIn) {
  const Id bob = add_account("Bob");
  NewProject wanted;
  wanted.name = "  海岸 \"Coast\" ";
  wanted.description = "one\r\ntwo";
  wanted.people = {bob, ada, bob};
  wanted.embargoes = {kReveal, kDrive};
  wanted.sample = true;
  const auto row = service->create(wanted, actor).value();
  EXPECT_EQ(row.project.name, "海岸 \"Coast\"");
  EXPECT_EQ(row.project.description, "one\ntwo");
  EXPECT_EQ(row.project.people, (std::vector<Id>{bob, ada}));
  EXPECT_EQ(row.people.at(0).name, "Bob");
  EXPECT_EQ(row.people.at(0).email, "Bob@example.org");
  EXPECT_TRUE(row.project.sample);
  ASSERT_EQ(row.project.embargoes.size(), 2U);
  EXPECT_EQ(row.project.embargoes[0].label, "First drive");  // by time
  EXPECT_EQ(row.project.embargoes[1].label, "Reveal");
  EXPECT_EQ(row.counts, projects::ProjectCounts{});
  EXPECT_EQ(service->find(row.project.id)->project, row.project);
  EXPECT_EQ(store->project(row.project.id).value(), row.project);
  EXPECT_EQ(kinds(), (std::vector<std::string>{"project.created", "embargo.changed", "embargo.changed"}));
  const auto told = nlohmann::json::parse(events->after(2, 1).value().at(0).data_json);
  EXPECT_EQ(told["label"], "Reveal");
  EXPECT_EQ(told["until"], "2030-03-18 01:46 (Asia/Shanghai)");
}

TEST_F(Projects, PutsWhoeverMakesItInCharge) {
  EXPECT_EQ(add("One").project.people, std::vector<Id>{ada});
  actor = {events::Actor::Kind::command_line, std::nullopt, "shell"};
  EXPECT_TRUE(add("Two").project.people.empty());
}

TEST_F(Projects, RefusesWhatIsNoProject) {
  const auto refused = [&](auto change) {
    NewProject wanted;
    wanted.name = "Coast";
    change(wanted);
    const auto row = service->create(wanted, actor);
    return !row && row.error().code == ErrorCode::invalid_argument;
  };
  EXPECT_TRUE(refused([](auto& wanted) { wanted.name = " "; }));
  EXPECT_TRUE(refused([](auto& wanted) { wanted.name = std::string(201, 'a'); }));
  EXPECT_TRUE(refused([](auto& wanted) { wanted.description = std::string(4001, 'a'); }));
  EXPECT_TRUE(refused([](auto& wanted) { wanted.people = {Id{}}; }));
  EXPECT_TRUE(refused([](auto& wanted) { wanted.embargoes = {{std::nullopt, "x", 1, "GMT+8"}}; }));
  EXPECT_TRUE(refused([](auto& wanted) { wanted.embargoes = {{std::nullopt, " ", 1, "UTC"}}; }));
  EXPECT_TRUE(refused([](auto& wanted) { wanted.embargoes = {{Id{}, "x", 1, "UTC"}}; }));
  EXPECT_TRUE(refused([](auto& wanted) { wanted.embargoes.assign(21, kReveal); }));
  EXPECT_EQ(service->list({}).value().total, 0U);
  EXPECT_TRUE(kinds().empty());
}

TEST_F(Projects, ChangesOnlyWhatIsSaidAndTellsIt) {
  const auto before = add("Coast", {kReveal, kDrive}).project;
  const auto told = kinds().size();
  ProjectChange change;
  ASSERT_TRUE(service->update(before.id, change, actor));
  EXPECT_EQ(kinds().size(), told);
  change.name = "Shore";
  change.state = ProjectState::archived;
  // One moved, one gone, one new.
  change.embargoes = std::vector<EmbargoRequest>{{before.embargoes[1].id, "Reveal", 1'900'000'060'000, "Asia/Shanghai"},
                                                 {std::nullopt, "New", 1'800'000'000'000, "UTC"}};
  const auto after = service->update(before.id, change, actor).value().project;
  EXPECT_EQ(after.name, "Shore");
  EXPECT_EQ(after.people, before.people);
  ASSERT_EQ(after.embargoes.size(), 2U);
  EXPECT_EQ(after.embargoes[1].id, before.embargoes[1].id);
  EXPECT_EQ(after.embargoes[1].at_ms, 1'900'000'060'000);
  const auto all = kinds();
  EXPECT_EQ(std::vector<std::string>(all.begin() + static_cast<std::ptrdiff_t>(told), all.end()),
            (std::vector<std::string>{"project.changed", "project.archived", "embargo.changed", "embargo.changed",
                                      "embargo.removed"}));
  EXPECT_EQ(service->open_project(before.id).error().code, ErrorCode::conflict);
  change = {};
  change.state = ProjectState::open;
  EXPECT_TRUE(service->update(before.id, change, actor));
  EXPECT_TRUE(service->open_project(before.id));
  EXPECT_EQ(kinds().back(), "project.restored");
  EXPECT_EQ(service->update(Id{}, change, actor).error().code, ErrorCode::not_found);
  change.embargoes =
      std::vector<EmbargoRequest>{{after.embargoes[0].id, "a", 1, "UTC"}, {after.embargoes[0].id, "b", 2, "UTC"}};
  EXPECT_EQ(service->update(before.id, change, actor).error().code, ErrorCode::invalid_argument);
}

TEST_F(Projects, DoNotTakeEachOthersEmbargoes) {
  const auto ours = add("Ours", {kReveal}).project, other = add("Other", {kReveal}).project;
  ProjectChange change;
  change.embargoes = std::vector<EmbargoRequest>{{other.embargoes[0].id, "Stolen", 1, "UTC"}};
  EXPECT_EQ(service->update(ours.id, change, actor).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(service->find(other.id)->project.embargoes, other.embargoes);
  EXPECT_EQ(service->attach_asset(add_asset(), ours.id, {false, other.embargoes[0].id}, "Coast", actor).error().code,
            ErrorCode::invalid_argument);
}

TEST_F(Projects, KnowWhereAssetsBelong) {
  const auto project = add("Coast", {kReveal}).project;
  const Id asset = add_asset(), embargo = project.embargoes[0].id;
  EXPECT_FALSE(service->project_of(asset).value());
  EXPECT_FALSE(service->embargo_of(asset).value());
  const auto place = service->attach_asset(asset, project.id, {true, embargo}, "Coast", actor).value();
  EXPECT_EQ(service->project_of(asset).value(), place);
  EXPECT_EQ(service->embargo_of(asset).value(), project.embargoes[0]);
  EXPECT_EQ(service->assets(project.id).value(), std::vector{place});
  EXPECT_EQ(service->find(project.id)->counts.assets, 1U);
  EXPECT_EQ(service->attach_asset(asset, project.id, {}, "Coast", actor).error().code, ErrorCode::conflict);
  EXPECT_EQ(service->attach_asset(asset, add("Other").project.id, {}, "Coast", actor).error().code,
            ErrorCode::conflict);
  EXPECT_EQ(service->attach_asset(add_asset(), Id{}, {}, "Coast", actor).error().code, ErrorCode::not_found);
  EXPECT_EQ(service->assets(Id{}).error().code, ErrorCode::not_found);

  // An embargo that assets stand under cannot go.
  ProjectChange change;
  change.embargoes = std::vector<EmbargoRequest>{};
  EXPECT_EQ(service->update(project.id, change, actor).error().code, ErrorCode::conflict);
  AssetChange free;
  free.embargo = std::optional<Id>();
  free.watermark = false;
  free.not_before_ms = std::optional<TimeMs>(7);
  free.state = AssetState::withdrawn;
  const auto after = service->update_asset(asset, free, "Coast", actor).value();
  EXPECT_FALSE(after.embargo);
  EXPECT_EQ(after.not_before_ms, 7);
  EXPECT_EQ(after.state, AssetState::withdrawn);
  EXPECT_EQ(service->project_of(asset).value(), after);
  EXPECT_TRUE(service->update(project.id, change, actor));
  free = {};
  free.state = AssetState::offered;
  EXPECT_TRUE(service->update_asset(asset, free, "Coast", actor));
  const auto told = kinds().size();
  EXPECT_TRUE(service->update_asset(asset, free, "Coast", actor));
  EXPECT_EQ(kinds().size(), told);
  EXPECT_EQ(kinds().back(), "asset.offered");
  EXPECT_EQ(service->update_asset(Id{}, free, "Coast", actor).error().code, ErrorCode::not_found);
}

TEST_F(Projects, ArchivedOnesTakeNoAssets) {
  const auto project = add("Coast").project;
  ProjectChange change;
  change.state = ProjectState::archived;
  ASSERT_TRUE(service->update(project.id, change, actor));
  EXPECT_EQ(service->attach_asset(add_asset(), project.id, {}, "Coast", actor).error().code, ErrorCode::conflict);
}

TEST_F(Projects, ListsWithSearchStateSortAndPages) {
  add("beta");
  clock.advance(1);
  const auto alpha = add("Alpha 100%").project;
  clock.advance(1);
  add("海岸");
  const auto names = [&](const ProjectFilter& filter) {
    std::vector<std::string> found;
    const auto listed = service->list(filter).value();
    for (const auto& row : listed.items) found.push_back(row.project.name);
    return found;
  };
  ProjectFilter filter;
  EXPECT_EQ(names(filter), (std::vector<std::string>{"海岸", "Alpha 100%", "beta"}));
  filter.page.sort = "name";
  EXPECT_EQ(names(filter), (std::vector<std::string>{"Alpha 100%", "beta", "海岸"}));
  filter.page.descending = true;
  filter.page.limit = 1;
  filter.page.offset = 1;
  EXPECT_EQ(names(filter), std::vector<std::string>{"beta"});
  filter = {};
  filter.page.search = "0%";
  EXPECT_EQ(names(filter), std::vector<std::string>{"Alpha 100%"});
  filter.page.search = "海";
  EXPECT_EQ(service->list(filter)->total, 1U);
  ProjectChange change;
  change.state = ProjectState::archived;
  ASSERT_TRUE(service->update(alpha.id, change, actor));
  filter = {};
  filter.state = ProjectState::archived;
  EXPECT_EQ(names(filter), std::vector<std::string>{"Alpha 100%"});
  filter.page.sort = "password";
  EXPECT_EQ(service->list(filter).error().code, ErrorCode::invalid_argument);
}

TEST_F(Projects, FindsEmbargoesThatAreDue) {
  const auto coast = add("Coast", {kReveal, kDrive}).project;
  const auto gone = add("Gone", {kDrive}).project;
  ProjectChange change;
  change.state = ProjectState::archived;
  ASSERT_TRUE(service->update(gone.id, change, actor));
  const auto due = service->embargoes_between(1'850'000'000'000, 1'850'000'000'000).value();
  ASSERT_EQ(due.size(), 1U);
  EXPECT_EQ(due[0].first, coast.id);
  EXPECT_EQ(due[0].second.label, "First drive");
  EXPECT_EQ(service->embargoes_between(0, 2'000'000'000'000)->size(), 2U);
  EXPECT_TRUE(service->embargoes_between(0, 1'849'999'999'999)->empty());
}

}  // namespace
}  // namespace probity::store
