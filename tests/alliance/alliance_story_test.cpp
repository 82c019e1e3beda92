// The story's second half, in one process: five key-holders, a hub on a database, and two members that speak to them
// only by the bytes of their APIs. One files, the person is told and waits, the other finds them among three
// candidates.
#include <gtest/gtest.h>

#include <deque>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "alliance/json.h"
#include "alliance/keyholder_fixture.h"
#include "alliance/look_up.h"
#include "base/encoding.h"
#include "http/routes/hub.h"
#include "store/alliance_store.h"
#include "store/file.h"

namespace probity {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* kListed = "11010519491231002X";  // the standard's own example number, and two more made up
constexpr const char* kUnlisted[] = {"110105194912310038", "110105194912310054"};

class InMemoryCalls final : public alliance::HolderCalls {
 public:
  explicit InMemoryCalls(alliance::testing::KeyHolders& setting) : setting_(setting) {}
  void start(std::size_t call, const std::string&, const Bytes& body) override {
    const auto answer = setting_.holders[call]->evaluate(body);
    seen += std::string(as_text(body));
    ready_.push_back({call, answer ? 200 : catalogue_entry(answer.error().code).http_status, answer.value_or(Bytes{})});
  }
  std::optional<alliance::HolderReply> wait(std::chrono::milliseconds) override {
    if (ready_.empty()) return std::nullopt;
    auto reply = ready_.front();
    ready_.pop_front();
    return reply;
  }
  void abandon() override { ready_.clear(); }
  std::uint64_t sent_bytes() const override { return seen.size(); }
  std::string seen;  // all that went to key-holders

 private:
  alliance::testing::KeyHolders& setting_;
  std::deque<alliance::HolderReply> ready_;
};

// The hub's router in place of a network; keeps what went over.
class RouterSender final : public alliance::HttpSender {
 public:
  explicit RouterSender(const http::Router& router) : router_(router) {}
  alliance::HttpReply send(const std::string& method, const std::string& url, const alliance::CallHeaders& headers,
                           const std::string& body) override {
    http::Request request;
    request.method = *http::parse_method(method);
    request.path = url.substr(url.find('/', 8));
    request.body = body;
    for (auto [name, value] : headers) {
      for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      request.headers.emplace_back(name, value);
    }
    seen += request.path + body;
    paths.push_back(request.path);
    const http::Response response = router_.handle(request);
    return {response.status, std::get<std::string>(response.body)};
  }
  std::string seen;
  std::vector<std::string> paths;

 private:
  const http::Router& router_;
};

struct MemoryLog final : log::LogBook {
  Result<Id> record(const log::LogRecord& record) override {
    contents += record.content;
    return Id{};
  }
  Result<std::optional<log::Opening>> opening(const Id&) override { return std::optional<log::Opening>(); }
  Result<std::vector<log::Opening>> openings_of(const Id&) override { return std::vector<log::Opening>(); }
  Result<std::optional<std::string>> proof(const Id&) override { return std::optional<std::string>(); }
  Result<void> erase(const Id&) override { return {}; }
  std::string contents;
};

struct Letterbox final : alliance::NoticeCourier {
  Result<void> deliver(const std::string&, const std::string& link, const std::string& new_code) override {
    token = link.substr(link.rfind('/') + 1);
    code = new_code;
    return {};
  }
  std::string token, code;
};

Id account(std::uint8_t number) {
  Id id;
  id.bytes.fill(number);
  return id;
}

class AllianceStory : public testing::Test {
 protected:
  struct Member {
    Id id;
    oprf::Identity identity;
    std::unique_ptr<alliance::HubLink> link;
    std::unique_ptr<alliance::KeyClient> key_client;
    std::unique_ptr<alliance::LookUp> look_up;
  };

  AllianceStory() {
    std::string pattern = (fs::temp_directory_path() / "probity-alliance-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    database = store::Database::open_sqlite(folder + "/hub.db").value();
    records = std::make_unique<store::AllianceStore>(*database);
    hub = std::make_unique<alliance::Hub>(
        alliance::HubPorts{*records, *database, log, letterbox, holders.clock, holders.random},
        oprf::Identity::make(holders.random), alliance::HubOptions{"https://hub.example/notice/", {}});
    alliance::KeyDirectory directory{holders.keys, {}};
    for (const auto& address : holders.addresses)
      directory.holders.push_back({"Holder", address.url, address.identity});
    (void)hub->use_keys(directory).has_value();
    gate = std::make_unique<alliance::CallGate>(*records, holders.clock, hub->identity(), ombudsman_id);
    http::routes::add_hub_routes(router, *hub, *gate);
    filer = join("Harbour Motors", Id::random(holders.random));
    screener = join("Lantern Films", Id::random(holders.random));
    ombudsman = join("Ombudsman", ombudsman_id);
  }
  ~AllianceStory() override {
    hub.reset();
    records.reset();
    database.reset();
    fs::remove_all(folder);
  }

  Member join(const std::string& name, const Id& id) {
    Member member{id, oprf::Identity::make(holders.random), nullptr, nullptr, nullptr};
    (void)hub->admit({id, name, member.identity.open(), false, {}}).has_value();
    for (auto& holder : holders.holders) {
      (void)roll.admit({id, name, member.identity.open(), false, {100, 1000, 1000}}).has_value();
      holder->set_roll(roll);
    }
    member.link = std::make_unique<alliance::HubLink>(alliance::HubAddress{"https://hub.example", hub->identity()}, id,
                                                      member.identity, sender, holders.clock, holders.random);
    member.key_client = std::make_unique<alliance::KeyClient>(alliance::KeyClient::Member{id, member.identity}, calls,
                                                              holders.clock, holders.random);
    member.look_up = std::make_unique<alliance::LookUp>(*member.link, *member.key_client, holders.clock);
    return member;
  }

  static alliance::Subject person(const char* number) { return {oprf::IdentifierKind::resident_id, number}; }

  // What the filer's node makes of a matter, before it goes to the hub.
  alliance::Draft filing_about(const char* number) {
    EXPECT_TRUE(filer.look_up->refresh(2027));
    const auto keys = filer.look_up->list_keys_of(person(number), {}).value();
    alliance::Draft draft;
    draft.tests = {{sha256(as_bytes("grounds"))}, {sha256(as_bytes("judgment"))}, {sha256(as_bytes("dismissal"))}};
    draft.standard = alliance::StandardOfProof::judgment;
    draft.subject_is_adult = true;
    draft.epoch = 2027;
    draft.tag = keys.tag;
    draft.label = oprf::seal_label(2027, keys, alliance::encode_label(label).value(), holders.random).value();
    return draft;
  }
  json said(const Result<std::string>& answer) {
    EXPECT_TRUE(answer) << answer.error().message;
    return json::parse(answer.value_or("{}"));
  }
  std::string file_and_notify(const char* number) {
    const json drafted =
        said(filer.link->call("POST", "/alliance/v1/listings", alliance::draft_json(filing_about(number)), account(1)));
    const std::string path = "/alliance/v1/listings/" + drafted["id"].get<std::string>();
    said(filer.link->call("POST", path + "/submit", "", account(1)));
    EXPECT_EQ(filer.link->call("POST", path + "/approve", "", account(1)).error().code, ErrorCode::forbidden);
    said(filer.link->call("POST", path + "/approve", "", account(2)));
    said(filer.link->call("POST", path + "/notice", R"({"to":"li.testperson@example.org"})", account(1)));
    const auto opened =
        sender.send("POST", "https://hub.example/alliance/v1/person/open", {{"Content-Type", "application/json"}},
                    json{{"token", letterbox.token}, {"code", letterbox.code}}.dump());
    EXPECT_EQ(opened.status, 200) << opened.body;
    return path;
  }
  void wait_fifteen_days() {
    holders.clock.now += alliance::kNoticeWaitMs;
    EXPECT_TRUE(hub->tick());
  }
  alliance::LookUpAnswer screen(const char* number) {
    EXPECT_TRUE(screener.look_up->refresh(2027));
    auto answer = screener.look_up->ask(person(number), {});
    EXPECT_TRUE(answer) << answer.error().message;
    return answer.value_or(alliance::LookUpAnswer{});
  }

  std::string folder;
  alliance::testing::KeyHolders holders{3, 5};
  alliance::MemberRoll roll;
  MemoryLog log;
  Letterbox letterbox;
  Id ombudsman_id = Id::random(holders.random);
  std::unique_ptr<store::Database> database;
  std::unique_ptr<store::AllianceStore> records;
  std::unique_ptr<alliance::Hub> hub;
  std::unique_ptr<alliance::CallGate> gate;
  http::Router router;
  RouterSender sender{router};
  InMemoryCalls calls{holders};
  Member filer, screener, ombudsman;
  alliance::LabelContent label{"HM-2027-14",      alliance::Conduct::bribery,
                               "Harbour Motors",  "integrity@harbour.example",
                               1'790'000'000'000, 1'940'000'000'000};
};

TEST_F(AllianceStory, one_files_the_person_is_told_and_another_finds_one_of_three) {
  file_and_notify(kListed);
  EXPECT_FALSE(screen(kListed).listed()) << "under notice is not active";
  wait_fifteen_days();
  const auto hit = screen(kListed);
  ASSERT_EQ(hit.labels.size(), 1U);
  EXPECT_EQ(hit.labels.front().content, label);
  EXPECT_EQ(hit.receipt.holders.size(), 3U);
  EXPECT_TRUE(oprf::verify_signature(hub->identity(), alliance::kTagSetDomain, hit.receipt.tag_set.encode(),
                                     hit.receipt.tag_set_signature));
  for (const char* number : kUnlisted) EXPECT_FALSE(screen(number).listed());
}

TEST_F(AllianceStory, a_careless_photographer_is_refused_with_the_reason) {
  json filing = json::parse(alliance::draft_json(filing_about(kListed)));
  filing["conduct"] = "negligence";
  const auto refused = filer.link->call("POST", "/alliance/v1/listings", filing.dump(), account(1));
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("carelessness"), std::string::npos) << refused.error().message;
}

TEST_F(AllianceStory, a_miss_sends_nothing_to_the_hub) {
  file_and_notify(kListed);
  wait_fifteen_days();
  EXPECT_TRUE(screener.look_up->refresh(2027));
  int misses = 0;
  for (int i = 0; i < 12; ++i) {
    const std::string number = "T" + std::to_string(i);
    const std::size_t before = sender.paths.size();
    const auto answer = screener.look_up->ask({oprf::IdentifierKind::passport, "CN:" + number}, {}).value();
    EXPECT_FALSE(answer.listed());
    EXPECT_EQ(sender.paths.size() - before, answer.fetched ? 1U : 0U);
    misses += answer.fetched ? 0 : 1;
  }
  EXPECT_GT(misses, 0);
}

TEST_F(AllianceStory, a_correction_is_heard_and_an_appeal_is_seen) {
  const std::string path = file_and_notify(kListed);
  wait_fifteen_days();
  ASSERT_TRUE(screen(kListed).listed());
  const std::string proof = json{{"token", letterbox.token}, {"code", letterbox.code}}.dump();
  const auto appealed = sender.send("POST", "https://hub.example/alliance/v1/person/appeal",
                                    {{"Content-Type", "application/json"}}, proof);
  EXPECT_EQ(json::parse(appealed.body)["status"], "disputed");
  EXPECT_EQ(json::parse(appealed.body)["steps"][0].contains("by"), false);
  said(filer.link->call("POST", path + "/answer", R"({"outcome":"upheld"})", account(1)));
  said(ombudsman.link->call("POST", path + "/answer", R"({"outcome":"taken_back"})", account(9)));
  const json notices = said(screener.link->call("GET", "/alliance/v1/notices", ""));
  ASSERT_EQ(notices["items"].size(), 1U);
  EXPECT_EQ(notices["items"][0]["what"], "overturned");
  EXPECT_FALSE(screen(kListed).listed());
}

TEST_F(AllianceStory, another_members_filing_is_not_there_and_strangers_are_not_heard) {
  const std::string path = file_and_notify(kListed);
  EXPECT_EQ(screener.link->call("GET", path, "").error().code, ErrorCode::not_found);
  EXPECT_EQ(screener.link->call("POST", path + "/withdraw", "", account(1)).error().code, ErrorCode::forbidden);
  EXPECT_EQ(sender.send("GET", "https://hub.example" + path, {}, "").status, 401);
  // A call that was heard before, and one for another path.
  const alliance::MemberCall call{"GET", "/alliance/v1/notices",     screener.id,
                                  {},    Id::random(holders.random), holders.clock.now};
  const auto headers = alliance::sign_call(call, "", screener.identity, hub->identity());
  EXPECT_EQ(sender.send("GET", "https://hub.example/alliance/v1/notices", headers, "").status, 200);
  EXPECT_EQ(sender.send("GET", "https://hub.example/alliance/v1/notices", headers, "").status, 409);
  EXPECT_EQ(sender.send("GET", "https://hub.example/alliance/v1/listings", headers, "").status, 401);
}

TEST_F(AllianceStory, a_hub_that_shows_two_lists_under_one_version_is_caught) {
  file_and_notify(kListed);
  wait_fifteen_days();
  const auto held = screener.link->tag_set(2027, std::nullopt).value();
  auto other = oprf::TagSet::make(2027, held.set.head().version, held.set.head().bits, {0}).value();
  if (other.head() == held.set.head())
    other = oprf::TagSet::make(2027, held.set.head().version, held.set.head().bits, {1}).value();
  const auto caught = screener.link->tag_set(2027, alliance::HeldTagSet{other, held.signature});
  ASSERT_FALSE(caught);
  EXPECT_EQ(caught.error().code, ErrorCode::forbidden);
}

// I7, and what the key-holders see.
TEST_F(AllianceStory, nobody_but_the_members_ever_has_a_number_an_address_or_a_full_tag_of_who_was_asked) {
  file_and_notify(kListed);
  wait_fifteen_days();
  for (const char* number : {kListed, kUnlisted[0], kUnlisted[1]}) screen(number);
  std::string hub_files;
  for (const auto& entry : fs::directory_iterator(folder))
    hub_files += std::string(as_text(store::read_file(entry.path().string(), 64 << 20).value()));
  for (const char* number : {kListed, kUnlisted[0], kUnlisted[1]}) {
    const auto keys = screener.look_up->list_keys_of(person(number), {}).value();
    for (const std::string* place : {&hub_files, &sender.seen, &calls.seen, &log.contents})
      EXPECT_EQ(place->find(number), std::string::npos);
    const std::string tag = to_hex(keys.tag);
    EXPECT_EQ(calls.seen.find(std::string(as_text(keys.tag))), std::string::npos);
    EXPECT_EQ(log.contents.find(tag), std::string::npos);
    if (number == kListed) continue;  // its tag was filed
    EXPECT_EQ(hub_files.find(tag), std::string::npos);
    EXPECT_EQ(sender.seen.find(tag), std::string::npos);
  }
  EXPECT_EQ(hub_files.find("li.testperson"), std::string::npos);
  EXPECT_EQ(hub_files.find(letterbox.token), std::string::npos);
}

}  // namespace
}  // namespace probity
