// The hub as a node runs it: its folder, keys that are taken up while it runs, letters, and members' calls.
#include "app/alliance_desk.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <thread>

#include "alliance/json.h"
#include "alliance/keyholder_fixture.h"
#include "alliance/member_call.h"
#include "base/encoding.h"
#include "store/alliance_store.h"
#include "support/one_caller.h"

namespace probity::app {
namespace {

namespace fs = std::filesystem;

struct MemoryLog final : log::LogBook {
  Result<Id> record(const log::LogRecord& record) override {
    const std::lock_guard lock(mutex);
    records.push_back(record);
    return Id{};
  }
  Result<std::optional<log::Opening>> opening(const Id&) override { return std::optional<log::Opening>(); }
  Result<std::vector<log::Opening>> openings_of(const Id& subject) override {
    const std::lock_guard lock(mutex);
    std::vector<log::Opening> openings;
    for (const auto& record : records)
      if (record.subject == subject) openings.push_back({{}, record, 0, {}, {}, {}});
    return openings;
  }
  Result<std::optional<std::string>> proof(const Id&) override { return std::optional<std::string>(); }
  Result<void> erase(const Id&) override { return {}; }
  std::size_t count(std::string_view kind) {
    const std::lock_guard lock(mutex);
    return static_cast<std::size_t>(
        std::ranges::count_if(records, [&](const log::LogRecord& record) { return record.kind == kind; }));
  }
  std::mutex mutex;
  std::vector<log::LogRecord> records;
};

class Desk : public ::testing::Test {
 protected:
  Desk() {
    std::string pattern = (fs::temp_directory_path() / "probity-desk-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    database = store::Database::open_sqlite(folder + "/hub.db").value();
  }
  ~Desk() override {
    desk.reset();
    database.reset();
    fs::remove_all(folder);
  }
  AllianceDeskPorts ports() {
    return {folder, *database, log, std::nullopt, "https://hub.example", clock, random, [](const std::string&) {}};
  }
  alliance::KeyDirectory directory() const {
    alliance::KeyDirectory keys{setting.keys, {}};
    for (const auto& address : setting.addresses) keys.holders.push_back({"Holder", address.url, address.identity});
    return keys;
  }
  void open() {
    desk.reset();
    router = std::make_unique<http::Router>();
    desk = AllianceDesk::open(ports()).value();
    if (desk) desk->add_routes(*router, guard);
  }
  http::Response call(const std::string& method, const std::string& path, const std::string& body = {},
                      std::uint8_t account = 1) {
    Id staff;
    staff.bytes.fill(account);
    const alliance::MemberCall made{method, path, setting.member, staff, Id::random(random), clock.now_ms()};
    http::Request request;
    request.method = *http::parse_method(method);
    request.path = path;
    request.body = body;
    for (auto [name, value] : alliance::sign_call(made, body, setting.identity, hub)) {
      for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      request.headers.emplace_back(name, value);
    }
    return router->handle(request);
  }
  void be_a_hub() {
    hub = HubFolder(folder).init(random).value();
    store::AllianceStore records(*database);
    ASSERT_TRUE(records.insert({setting.member, "Harbour Motors", setting.identity.open(), false, {}}, 0));
  }

  std::string folder;
  SystemClock clock;
  SystemRandom random;
  alliance::testing::KeyHolders setting{2, 3};
  MemoryLog log;
  std::unique_ptr<store::Database> database;
  test::OneCaller guard;
  std::unique_ptr<http::Router> router;
  std::unique_ptr<AllianceDesk> desk;
  oprf::PublicIdentity hub{};
};

TEST_F(Desk, is_there_only_in_a_workspace_that_is_a_hub) {
  open();
  EXPECT_EQ(desk, nullptr);
  be_a_hub();
  open();
  EXPECT_NE(desk, nullptr);
  EXPECT_FALSE(HubFolder(folder).init(random)) << "a second key would be another hub";
  ::chmod((folder + "/alliance/hub.key").c_str(), 0640);
  EXPECT_EQ(AllianceDesk::open(ports()).error().code, ErrorCode::forbidden);
}

TEST_F(Desk, takes_keys_up_while_it_runs_and_logs_each_key_set_once) {
  be_a_hub();
  open();
  EXPECT_EQ(call("GET", "/alliance/v1/tag-set/2027").status, 410);
  ASSERT_TRUE(HubFolder(folder).save_keys(directory()));
  for (int i = 0; i < 100 && call("GET", "/alliance/v1/tag-set/2027").status != 200; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_EQ(call("GET", "/alliance/v1/tag-set/2027").status, 200);
  open();
  EXPECT_EQ(call("GET", "/alliance/v1/keys/2027").status, 200);
  EXPECT_EQ(log.count("alliance_epoch_key"), 1U);
  EXPECT_EQ(log.count("alliance_tag_set"), 1U);
}

TEST_F(Desk, an_ombudsman_that_is_named_while_it_runs_speaks_as_one) {
  be_a_hub();
  open();
  EXPECT_EQ(call("GET", "/alliance/v1/ombudsman/desk").status, 403);
  EXPECT_EQ(call("GET", "/alliance/v1/ombudsman").status, 404) << "nobody to seal papers to";
  ASSERT_TRUE(HubFolder(folder).set_ombudsman(setting.member));
  for (int i = 0; i < 100 && call("GET", "/alliance/v1/ombudsman/desk").status != 200; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_EQ(call("GET", "/alliance/v1/ombudsman/desk").status, 200);
  EXPECT_EQ(call("GET", "/alliance/v1/ombudsman").status, 200);
}

TEST_F(Desk, keeps_to_one_key_an_epoch) {
  be_a_hub();
  const HubFolder hub_folder(folder);
  auto keys = directory();
  ASSERT_TRUE(hub_folder.save_keys(keys));
  keys.keys.generation = 2;
  EXPECT_TRUE(hub_folder.save_keys(keys));
  EXPECT_EQ(hub_folder.save_keys(directory()).error().code, ErrorCode::conflict) << "an earlier generation";
  alliance::testing::KeyHolders other(2, 3, 77);
  keys.keys = other.keys;
  EXPECT_EQ(hub_folder.save_keys(keys).error().code, ErrorCode::conflict) << "another key";
}

TEST_F(Desk, writes_a_letter_without_an_address_where_there_is_no_mail) {
  be_a_hub();
  ASSERT_TRUE(HubFolder(folder).save_keys(directory()));
  open();
  alliance::Draft draft;
  draft.tests = {{sha256(as_bytes("a"))}, {sha256(as_bytes("b"))}, {sha256(as_bytes("c"))}};
  draft.standard = alliance::StandardOfProof::judgment;
  draft.subject_is_adult = true;
  draft.epoch = 2027;
  const auto drafted = call("POST", "/alliance/v1/listings", alliance::draft_json(draft));
  ASSERT_EQ(drafted.status, 201);
  const std::string path =
      "/alliance/v1/listings/" + nlohmann::json::parse(std::get<std::string>(drafted.body))["id"].get<std::string>();
  EXPECT_EQ(call("POST", path + "/submit").status, 200);
  EXPECT_EQ(call("POST", path + "/approve").status, 403);
  EXPECT_EQ(call("POST", path + "/approve", {}, 2).status, 200);
  EXPECT_EQ(call("POST", path + "/notice", R"({"to":"li.testperson@example.org"})").status, 200);
  EXPECT_EQ(call("POST", path + "/notice", R"({"to":17})").status, 200);
  EXPECT_EQ(call("POST", path + "/nothing").status, 404);
  std::size_t letters = 0;
  for (const auto& entry : fs::directory_iterator(folder + "/alliance/letters")) {
    std::ifstream in(entry.path());
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    EXPECT_NE(text.find("https://hub.example/notice/"), std::string::npos);
    EXPECT_EQ(text.find("testperson"), std::string::npos);
    ++letters;
  }
  EXPECT_EQ(letters, 2U);
}

}  // namespace
}  // namespace probity::app
