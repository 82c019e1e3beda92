// Hub, three key-holders and two members in one process, over real HTTP: one member lists a person, the other screens
// candidates through its API, and what a hit obliges to is done step by step until the listing is withdrawn.
#include "app/member_desk.h"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <thread>

#include "alliance/json.h"
#include "alliance/keyholder.h"
#include "app/alliance_desk.h"
#include "app/list_history.h"
#include "app/list_trust.h"
#include "app/live_membership.h"
#include "app/member_folder.h"
#include "base/encoding.h"
#include "events/words.h"
#include "http/routes/keyholder.h"
#include "http/server.h"
#include "http/testing.h"
#include "screening/receipt.h"
#include "store/alliance_store.h"
#include "store/events_store.h"
#include "store/log_book_store.h"
#include "support/scripted.h"

namespace probity::app {
namespace {

namespace fs = std::filesystem;
using alliance::kDayMs;
using http::Method;
using nlohmann::json;

constexpr const char* kListed = "11010519491231002X";  // the standard's own example number, and more made up
constexpr const char* kUnlisted[] = {"110105194912310038", "110105194912310054"};
constexpr const char* kMistyped = "110105194912310021";

// Moved by the test, read by everybody.
class MovedClock final : public Clock {
 public:
  TimeMs now_ms() override { return now_; }
  void move(TimeMs by_ms) { now_ += by_ms; }

 private:
  std::atomic<TimeMs> now_ = 1'800'000'000'000;
};

// Everybody may do everything, as Mei.
class OpenGuard final : public http::routes::Guard {
 public:
  http::Handler staff(accounts::Permission, http::routes::StaffHandler handler, http::routes::GuardOptions) override {
    return [handler = std::move(handler)](const http::Request& request) {
      accounts::Caller caller;
      Id id;
      id.bytes.fill(7);
      caller.actor = {events::Actor::Kind::account, id, "Mei Sample"};
      return handler(request, caller);
    };
  }
};

// A node's folder, database and log.
struct House {
  House(Clock& clock, Random& random) {
    std::string pattern = (fs::temp_directory_path() / "probity-member-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    database = store::Database::open_sqlite(folder + "/probity.db").value();
    log = std::make_unique<store::SqlLogBook>(*database, clock, random);
    events = std::make_unique<store::SqlEventLog>(*database);
  }
  ~House() {
    events.reset();
    log.reset();
    database.reset();
    fs::remove_all(folder);
  }
  // All bytes in all files.
  std::string everything() const {
    std::string all;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (!entry.is_regular_file()) continue;
      std::ifstream in(entry.path(), std::ios::binary);
      all.append(std::istreambuf_iterator<char>(in), {});
    }
    return all;
  }
  std::string folder;
  std::unique_ptr<store::Database> database;
  std::unique_ptr<store::SqlLogBook> log;
  std::unique_ptr<store::SqlEventLog> events;
};

class Members : public ::testing::Test {
 protected:
  static constexpr std::uint8_t kThreshold = 2, kHolders = 3;

  void SetUp() override {
    start_key_holders();
    const auto hub = HubFolder(hub_house.folder).init(random);
    ASSERT_TRUE(hub);
    hub_identity = *hub;
    directory = deal_keys(2027);
    ASSERT_TRUE(HubFolder(hub_house.folder).save_keys(directory));
    const auto said = [](const std::string&) {};
    auto desk = AllianceDesk::open({hub_house.folder, *hub_house.database, *hub_house.log, std::nullopt,
                                    "https://hub.example", clock, random, said});
    ASSERT_TRUE(desk) << desk.error().message;
    hub_desk = std::move(*desk);
    hub_desk->add_routes(hub_router, guard);
    hub_server = serve(hub_router);
    filer_facts = join("Harbour Motors", filer_house, {1000, 1000, 1000});
    join("Lantern Films", screener_house);
    filer = std::make_unique<LiveMembership>(filer_facts, MemberFolder(filer_house.folder).identity().value(),
                                             SecretKey(), clock, random);
    auto screener = MemberDesk::open({screener_house.folder, *screener_house.database, *screener_house.log,
                                      *screener_house.events, SecretKey(), clock, random, said});
    ASSERT_TRUE(screener) << screener.error().message;
    screener_desk = std::move(*screener);
    screener_desk->add_routes(api, guard);
    ASSERT_TRUE(comes_true([&] { return version() > 0; }));
  }
  void TearDown() override {
    screener_desk.reset();
    filer.reset();
    hub_server.reset();
    holder_servers.clear();
    hub_desk.reset();
  }

  std::unique_ptr<http::Server> serve(const http::Router& router) {
    http::ServerOptions options;
    options.port = 0;
    options.workers = 2;
    options.io_threads = 1;
    return http::Server::start(router, options).value();
  }
  static std::string url_of(const http::Server& server) { return "http://127.0.0.1:" + std::to_string(server.port()); }

  void start_key_holders() {
    for (oprf::HolderIndex i = 1; i <= kHolders; ++i) {
      holders.push_back(std::make_unique<alliance::KeyHolder>(oprf::Identity::make(seeded), clock, random));
      holder_routers.push_back(std::make_unique<http::Router>());
      http::routes::add_keyholder_routes(*holder_routers.back(), *holders.back(), "Holder");
      holder_servers.push_back(serve(*holder_routers.back()));
    }
  }
  // A year's key, dealt to the holders.
  alliance::KeyDirectory deal_keys(oprf::Epoch epoch) {
    const oprf::SharingPlan plan{sha256(as_bytes("test")), oprf::DealingKind::key, kThreshold, kHolders};
    const oprf::Dealing dealing =
        oprf::deal(plan, oprf::kWitnessedDealer, seeded, oprf::Scalar::random(seeded)).value();
    alliance::KeyDirectory all{oprf::key_set_of({epoch, {8, 1}, {}}, {&dealing.open, 1}).value(), {}};
    for (oprf::HolderIndex i = 1; i <= kHolders; ++i) {
      EXPECT_TRUE(
          holders[i - 1U]->hold({all.keys, {i, dealing.shares[i - 1U]}, clock.now_ms() + 400 * alliance::kDayMs}));
      all.holders.push_back(
          {"Holder " + std::to_string(i), url_of(*holder_servers[i - 1U]), holders[i - 1U]->identity()});
    }
    return all;
  }

  MemberFacts join(const std::string& name, const House& house, alliance::QuotaLimits limits = {}) {
    const auto made = MemberFolder(house.folder).init(name, {url_of(*hub_server), hub_identity}, random).value();
    store::AllianceStore records(*hub_house.database);
    EXPECT_TRUE(records.insert({made.facts.member, name, made.identity, false, {}}, 0));
    EXPECT_TRUE(roll.admit({made.facts.member, name, made.identity, false, limits}));
    for (auto& holder : holders) holder->set_roll(roll);
    return made.facts;
  }

  json answer_of(const http::Response& response, int status) {
    const std::string body = http::testing::body_of(response);
    EXPECT_EQ(response.status, status) << body;
    return json::parse(body, nullptr, false);
  }
  http::Response post(const std::string& path, const json& body) {
    return api.handle(http::testing::make_json_request(Method::post, "/api/v1/screening" + path, body.dump()));
  }
  http::Response get(const std::string& path) {
    return api.handle(http::testing::make_request(Method::get, "/api/v1/screening" + path));
  }
  static json question(const std::string& identifier) {
    return {{"kind", "resident_id"},
            {"identifier", identifier},
            {"purpose", "employment"},
            {"requisition", "HR-2027-17"},
            {"consent", {{"basis", "given"}, {"date", "2027-01-10"}}}};
  }
  json ask(const std::string& identifier) { return answer_of(post("/queries", question(identifier)), 201); }

  static Id account(std::uint8_t number) {
    Id id;
    id.bytes.fill(number);
    return id;
  }
  json at_hub(const std::string& path, const std::string& body = {}, std::uint8_t who = 1,
              LiveMembership* by = nullptr) {
    const auto answer = (by != nullptr ? *by : *filer).call("POST", "/alliance/v1" + path, body, account(who));
    EXPECT_TRUE(answer) << path << ": " << answer.error().message;
    return json::parse(answer.value_or("{}"), nullptr, false);
  }
  // From the draft to the opened letter.
  std::string list_person(const std::string& identifier) {
    return list_person(*filer, identifier,
                       {"HM-2027-14", alliance::Conduct::bribery, "Harbour Motors", "integrity@harbour.example",
                        1'790'000'000'000, 1'940'000'000'000});
  }
  std::string list_person(LiveMembership& by, const std::string& identifier, const alliance::LabelContent& label,
                          oprf::Epoch epoch = 2027) {
    EXPECT_TRUE(by.refresh());
    const auto place = by.list_keys_of({oprf::IdentifierKind::resident_id, identifier}, account(1)).value();
    alliance::Draft draft;
    draft.tests = {{sha256(as_bytes("a"))}, {sha256(as_bytes("b"))}, {sha256(as_bytes("c"))}};
    draft.standard = alliance::StandardOfProof::judgment;
    draft.subject_is_adult = true;
    draft.epoch = epoch;
    draft.tag = place.tag;
    draft.conduct = label.conduct;
    draft.label = oprf::seal_label(epoch, place, alliance::encode_label(label).value(), random).value();
    const std::string path =
        "/listings/" + at_hub("/listings", alliance::draft_json(draft), 1, &by).value("id", std::string());
    at_hub(path + "/submit", {}, 1, &by);
    at_hub(path + "/approve", {}, 2, &by);
    at_hub(path + "/notice", R"({"to":"li.testperson@example.org"})", 1, &by);
    open_letter();
    return path;
  }
  void open_letter() {
    for (const auto& entry : fs::directory_iterator(hub_house.folder + "/alliance/letters")) {
      std::ifstream in(entry.path());
      const std::string text{std::istreambuf_iterator<char>(in), {}};
      const std::size_t link = text.find("/notice/") + 8, code = text.rfind(": ") + 2;
      const json body{{"token", text.substr(link, text.find('\n', link) - link)},
                      {"code", text.substr(code, text.find('\n', code) - code)}};
      const auto opened =
          hub_router.handle(http::testing::make_json_request(Method::post, "/alliance/v1/person/open", body.dump()));
      EXPECT_EQ(opened.status, 200) << http::testing::body_of(opened);
    }
  }
  static bool comes_true(const std::function<bool()>& condition) {
    for (int i = 0; i < 200; ++i) {
      if (condition()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return false;
  }
  int version() {
    const json facts = answer_of(get("/membership"), 200);
    return facts["tag_set"].is_object() ? facts["tag_set"]["version"].get<int>() : 0;
  }
  // Listed, told, and the wait over; the hub has published it, and the screener's node holds the same list as the
  // filer.
  std::string an_active_listing() {
    const std::string path = list_person(kListed);
    clock.move(alliance::kNoticeWaitMs + 1000);
    EXPECT_TRUE(comes_true([&] {
      const auto found = filer->ask({oprf::IdentifierKind::resident_id, kListed}, account(1));
      return filer->refresh() && found && found->listed();
    })) << "the hub has not published it";
    const std::string root = to_hex(filer->status().tag_set->root);
    EXPECT_TRUE(comes_true([&] { return answer_of(get("/membership"), 200)["tag_set"]["root"] == root; }))
        << "the change was not seen";
    return path;
  }
  json a_hit() {
    an_active_listing();
    const json asked = ask(kListed);
    EXPECT_EQ(asked["outcome"], "hit");
    return answer_of(get("/hits/" + asked.value("hit", std::string())), 200);
  }

  MovedClock clock;
  SystemRandom random;
  House hub_house{clock, random}, filer_house{clock, random}, screener_house{clock, random};
  test::SeededRandom seeded{31};
  alliance::KeyDirectory directory;
  std::vector<std::unique_ptr<alliance::KeyHolder>> holders;
  std::vector<std::unique_ptr<http::Router>> holder_routers;
  std::vector<std::unique_ptr<http::Server>> holder_servers;
  alliance::MemberRoll roll;
  oprf::PublicIdentity hub_identity{};
  std::unique_ptr<AllianceDesk> hub_desk;
  http::Router hub_router, api;
  std::unique_ptr<http::Server> hub_server;
  MemberFacts filer_facts;
  std::unique_ptr<LiveMembership> filer;
  std::unique_ptr<MemberDesk> screener_desk;
  OpenGuard guard;
};

TEST_F(Members, one_lists_and_the_other_finds_one_of_three_candidates) {
  const json first = ask(kListed);
  EXPECT_EQ(first["outcome"], "not_listed");
  const json hit = a_hit();
  EXPECT_EQ(hit["state"], "found");
  ASSERT_EQ(hit["labels"].size(), 1U);
  EXPECT_EQ(hit["labels"][0]["filer"], "Harbour Motors");
  EXPECT_EQ(hit["labels"][0]["conduct"], "bribery");
  for (const char* number : kUnlisted) EXPECT_EQ(ask(number)["outcome"], "not_listed");
  const json again = ask(kListed);
  EXPECT_EQ(again["hit"], hit["id"]) << "one duty for one person";
  EXPECT_EQ(again["repeats"], 2);
  const json listed = answer_of(get("/queries?outcome=hit&sort=-number&limit=1"), 200);
  EXPECT_EQ(listed["total"], 2);
  EXPECT_EQ(listed["items"][0]["id"], again["id"]);
  EXPECT_EQ(answer_of(get("/queries/" + again.value("id", std::string())), 200)["hit_number"], hit["number"]);
  EXPECT_EQ(answer_of(get("/hits?pending=true"), 200)["total"], 1);
}

// Within an epoch the hub takes one listing of a person. The next year's key makes another place of them, and until
// the first filer has attested its listing there, a second one may stand beside it.
TEST_F(Members, two_filers_of_one_person_are_both_shown_and_asked_and_one_may_leave) {
  House second_house{clock, random};
  const MemberFacts facts = join("Lakeside Tyres", second_house, {1000, 1000, 1000});
  LiveMembership second(facts, MemberFolder(second_house.folder).identity().value(), SecretKey(), clock, random);
  const std::string first_listing = list_person(kListed);
  const alliance::LabelContent theirs{
      "LT-7",           alliance::Conduct::theft, "Lakeside Tyres", "desk@lakeside.example", 1'790'000'000'000,
      1'860'000'000'000};
  ASSERT_TRUE(HubFolder(hub_house.folder).save_keys(deal_keys(2028)));
  ASSERT_TRUE(comes_true([&] { return answer_of(get("/membership"), 200)["epoch"] == 2028; }));
  const std::string second_listing = list_person(second, kListed, theirs, 2028);
  clock.move(alliance::kNoticeWaitMs + 1000);
  json hit;
  // Now and then: there is a quota.
  ASSERT_TRUE(comes_true([&] {
    clock.move(60'000);
    const json asked = json::parse(http::testing::body_of(post("/queries", question(kListed))), nullptr, false);
    if (asked.value("outcome", "") != "hit") return false;
    hit = answer_of(get("/hits/" + asked.value("hit", std::string())), 200);
    return hit["labels"].size() == 2;
  })) << hit.dump(2);
  EXPECT_EQ(answer_of(get("/hits"), 200)["total"], 1) << "one duty for one person, whoever lists them";
  const std::size_t of_first = hit["labels"][0]["filer"] == "Harbour Motors" ? 0 : 1, of_second = 1 - of_first;
  EXPECT_EQ(hit["labels"][of_second]["filer"], "Lakeside Tyres");
  EXPECT_EQ(hit["labels"][of_second]["conduct"], "theft");
  EXPECT_EQ(hit["labels"][of_second]["contact"], "desk@lakeside.example");
  EXPECT_EQ(hit["labels"][of_second]["until"], to_rfc3339(theirs.until_ms));
  const std::string path = "/hits/" + hit.value("id", std::string());
  hit = answer_of(post(path + "/confirm", {{"way", "document_photo"}, {"same", true}, {"note", "Compared"}}), 200);
  const std::string may = hit["may"].dump();
  EXPECT_NE(may.find("integrity@harbour.example"), std::string::npos) << may;
  EXPECT_NE(may.find("desk@lakeside.example"), std::string::npos) << may;
  json call{{"spoke_to", "Ms Lin"}, {"at", to_rfc3339(clock.now_ms())}, {"channel", "phone"}, {"note", "Asked"}};
  call["answer"] = "confirmed";
  answer_of(post(path + "/contact", call), 400);
  call["label"] = of_first;
  EXPECT_EQ(answer_of(post(path + "/contact", call), 200)["state"], "identity_confirmed");
  call["label"] = of_second;
  call["answer"] = "no_answer";
  EXPECT_EQ(answer_of(post(path + "/contact", call), 200)["state"], "filer_contacted");

  at_hub(first_listing + "/withdraw");
  ASSERT_TRUE(comes_true([&] { return answer_of(get(path), 200)["change"].is_object(); })) << "nobody was told";
  const json same_person{{"kind", "resident_id"}, {"identifier", kListed}};
  json looked;
  ASSERT_TRUE(comes_true([&] {
    clock.move(60'000);
    looked = json::parse(http::testing::body_of(post(path + "/look-again", same_person)), nullptr, false);
    return looked.contains("labels") && looked["labels"][of_first]["stands"] == false;
  })) << looked.dump(2);
  EXPECT_EQ(looked["state"], "filer_contacted") << "the other listing stands";
  EXPECT_EQ(looked["labels"][of_second]["stands"], true);
  at_hub(second_listing + "/withdraw", {}, 1, &second);
  ASSERT_TRUE(comes_true([&] { return answer_of(get(path), 200)["change"].is_object(); })) << "nobody was told";
  ASSERT_TRUE(comes_true([&] {
    clock.move(60'000);
    const auto again = post(path + "/look-again", same_person);
    looked = json::parse(http::testing::body_of(again), nullptr, false);
    return looked.value("state", "") == "cleared";
  })) << looked.dump(2);
  EXPECT_EQ(ask(kListed)["outcome"], "not_listed");
}

TEST_F(Members, a_mistyped_identifier_is_explained_and_nobody_is_asked) {
  const json refused = answer_of(post("/queries", question(kMistyped)), 400);
  EXPECT_NE(refused["fields"]["identifier"].get<std::string>().find("check character"), std::string::npos);
  EXPECT_EQ(refused.dump().find(kMistyped), std::string::npos);
  EXPECT_EQ(answer_of(get("/queries"), 200)["total"], 0);
  const json found = answer_of(post("/identifiers/check", {{"kind", "resident_id"}, {"identifier", kMistyped}}), 200);
  EXPECT_EQ(found["valid"], false);
  EXPECT_GT(found["repairs"].get<int>(), 1);
  json with_number = question(kUnlisted[0]);
  with_number["requisition"] = std::string("vacancy for ") + kUnlisted[0];
  answer_of(post("/queries", with_number), 400);
  json without_consent = question(kUnlisted[0]);
  without_consent.erase("consent");
  answer_of(post("/queries", without_consent), 400);
  EXPECT_EQ(answer_of(get("/queries"), 200)["total"], 0);
}

TEST_F(Members, a_receipt_is_the_same_for_a_hit_and_a_miss_and_anybody_can_check_it) {
  const json hit = a_hit();
  const json miss = ask(kUnlisted[0]);
  std::vector<std::string> files;
  for (const std::string& id : {hit.value("query", std::string()), miss.value("id", std::string())})
    files.push_back(http::testing::body_of(get("/queries/" + id + "/receipt")));
  EXPECT_EQ(to_hex(sha256(as_bytes(files[1]))), miss["receipt_sha256"]);
  for (const std::string& file : files) {
    const auto checked = screening::check_receipt(file, {hub_identity, {directory}});
    ASSERT_TRUE(checked) << checked.error().message;
    EXPECT_TRUE(checked->hub_is_known);
    EXPECT_EQ(checked->lists.size(), 1U);
    EXPECT_TRUE(checked->lists.front().holders_are_known);
    EXPECT_EQ(checked->lists.front().holders.size(), kThreshold);
  }
  std::vector<std::string> names[2];
  for (std::size_t i = 0; i < 2; ++i) {
    const json file = json::parse(files[i]);
    for (const auto& [name, value] : file.items()) names[i].push_back(name);
  }
  EXPECT_EQ(names[0], names[1]);
  EXPECT_EQ(files[0].size(), files[1].size()) << "nothing in it depends on the answer";
  // Another time, another hub, another holder.
  json forged = json::parse(files[0]);
  forged["asked_ms"] = forged["asked_ms"].get<TimeMs>() - kDayMs;
  forged["asked"] = to_rfc3339(forged["asked_ms"].get<TimeMs>());
  EXPECT_EQ(screening::check_receipt(forged.dump(), {}).error().code, ErrorCode::forbidden);
  EXPECT_EQ(screening::check_receipt(files[0], {oprf::PublicIdentity{}, {}}).error().code, ErrorCode::forbidden);
  forged = json::parse(files[0]);
  forged["lists"][0]["holders"].erase(0);
  EXPECT_EQ(screening::check_receipt(forged.dump(), {}).error().code, ErrorCode::forbidden);
  EXPECT_EQ(screening::check_receipt("{}", {}).error().code, ErrorCode::corrupt);
}

TEST_F(Members, a_hit_leads_step_by_step_to_a_decision_and_a_withdrawn_listing_back_to_it) {
  const std::string listing = an_active_listing();
  const std::string hit = "/hits/" + ask(kListed).value("hit", std::string());
  const json decision{{"outcome", "declined_confirmed_facts"},
                      {"reasons", "The filer showed the judgment. The candidate confirmed it and explained it."}};
  answer_of(post(hit + "/decide", decision), 409);
  answer_of(post(hit + "/confirm", {{"way", "birth_date"},
                                    {"same", true},
                                    {"note", "From the CV"},
                                    {"stated", "1949-12-30"},
                                    {"document", "1949-12-31"}}),
            400);
  answer_of(
      post(
          hit + "/confirm",
          {{"way", "name"}, {"same", true}, {"note", "From the passport"}, {"stated", "Li Wen"}, {"document", "李文"}}),
      200);
  const std::string now = to_rfc3339(clock.now_ms());
  answer_of(post(hit + "/contact", {{"spoke_to", "Ms Lin"},
                                    {"at", now},
                                    {"channel", "phone"},
                                    {"answer", "confirmed"},
                                    {"note", "Judgment of last year"}}),
            200);
  const json told = answer_of(post(hit + "/notify", {{"at", now}, {"way", "mail"}, {"note", "Told by mail"}}), 200);
  EXPECT_EQ(told["state"], "waiting");
  EXPECT_EQ(told["next"], json::array({"answer", "withdraw"}));
  answer_of(post(hit + "/decide", decision), 409);
  clock.move(8 * kDayMs);
  EXPECT_EQ(answer_of(post(hit + "/decide", decision), 200)["state"], "decided");

  at_hub(listing + "/withdraw");
  ASSERT_TRUE(comes_true([&] { return answer_of(get(hit), 200)["change"].is_object(); })) << "nobody was told";
  EXPECT_EQ(answer_of(get("/hits?changed=true"), 200)["total"], 1);
  const json somebody_else{{"kind", "resident_id"}, {"identifier", kUnlisted[0]}};
  answer_of(post(hit + "/look-again", somebody_else), 403);
  const json same_person{{"kind", "resident_id"}, {"identifier", kListed}};
  const json looked = answer_of(post(hit + "/look-again", same_person), 200);
  EXPECT_EQ(looked["state"], "reconsider");
  answer_of(post(hit + "/reconsider", decision), 409);
  json other = decision;
  other["outcome"] = "engaged";
  EXPECT_EQ(answer_of(post(hit + "/reconsider", other), 200)["state"], "decided");
  events::EventFilter filter;
  filter.kind = "hit.";
  EXPECT_GE(screener_house.events->list(filter)->total, 8U);
  filter.kind.clear();
  const auto events_told = screener_house.events->list(filter);
  for (const events::Event& event : events_told->items) EXPECT_TRUE(events::is_known_kind(event.kind)) << event.kind;
}

TEST_F(Members, while_two_years_keys_are_in_use_both_lists_are_asked) {
  an_active_listing();
  const alliance::KeyDirectory next = deal_keys(2028);
  ASSERT_TRUE(HubFolder(hub_house.folder).save_keys(next));
  ASSERT_TRUE(comes_true([&] { return answer_of(get("/membership"), 200)["epoch"] == 2028; }));
  for (const char* number : {kListed, kUnlisted[0]}) {
    const json asked = ask(number);
    EXPECT_EQ(asked["outcome"], number == kListed ? "hit" : "not_listed");
    const std::string file = http::testing::body_of(get("/queries/" + asked.value("id", std::string()) + "/receipt"));
    const auto checked = screening::check_receipt(file, {hub_identity, {directory, next}});
    ASSERT_TRUE(checked) << checked.error().message;
    ASSERT_EQ(checked->lists.size(), 2U);
    EXPECT_EQ(checked->lists.front().head.epoch, 2028) << "in one order, whichever list had the person";
    EXPECT_EQ(checked->lists.back().head.epoch, 2027);
  }
}

TEST_F(Members, a_hub_that_shows_two_lists_gets_no_question_and_the_page_says_so) {
  EXPECT_EQ(ask(kUnlisted[0])["outcome"], "not_listed");
  const auto facts = answer_of(get("/membership"), 200);
  EXPECT_TRUE(facts["log_trouble"].is_null());
  // What this node was shown under the next version before, signed or not, is not what the hub shows everybody.
  const std::string folder = MemberFolder(screener_house.folder).path();
  const auto next = static_cast<oprf::TagSetVersion>(version() + 1);
  const auto other = oprf::TagSet::make(2027, next, facts["tag_set"]["bits"].get<int>(), {0}).value();
  ASSERT_TRUE(ListHistory(folder).accept({other, {}}));
  // One listing in 32 has the prefix that stood in for an empty list: it makes no new version, a second one does.
  const auto shown = [&] { return answer_of(get("/membership"), 200)["log_trouble"].is_object(); };
  bool seen = false;
  for (const char* number : {kListed, kUnlisted[1]}) {
    list_person(number);
    clock.move(alliance::kNoticeWaitMs + 1000);
    if ((seen = comes_true(shown))) break;
  }
  ASSERT_TRUE(seen);
  const json trouble = answer_of(get("/membership"), 200)["log_trouble"];
  EXPECT_EQ(trouble["code"], "forbidden") << trouble.dump();
  answer_of(post("/queries", question(kUnlisted[0])), 403);
  answer_of(post("/queries", question(kListed)), 403);
}

TEST_F(Members, a_list_that_is_in_no_log_answers_nobody_who_was_told_which_log_to_believe) {
  EXPECT_EQ(ask(kUnlisted[0])["outcome"], "not_listed") << "without a policy";
  // This hub's log has no witnesses: no list is ever found there.
  ASSERT_TRUE(MemberFolder(screener_house.folder).trust_log("log none+0+0\n"));
  const auto refused = post("/queries", question(kUnlisted[0]));
  EXPECT_GE(refused.status, 400) << http::testing::body_of(refused);
  clock.move(kProofPatienceMs + 1000);
  EXPECT_TRUE(comes_true([&] {
    clock.move(kProofPatienceMs + 1000);
    return answer_of(get("/membership"), 200)["log_trouble"].is_object();
  }));
}

TEST_F(Members, a_quota_that_is_used_up_says_when_it_goes_on) {
  http::Response last;
  for (int i = 0; i < 60 && last.status != 429; ++i) last = post("/queries", question(kUnlisted[i % 2]));
  const json problem = answer_of(last, 429);
  EXPECT_EQ(problem["code"], "too_many_requests");
  ASSERT_TRUE(last.header("Retry-After")) << problem.dump();
  EXPECT_LE(std::stoi(std::string(*last.header("Retry-After"))), 60);
  EXPECT_EQ(answer_of(get("/queries?outcome=unanswered"), 200)["total"], 1) << "the question is not forgotten";
}

TEST_F(Members, consents_that_the_auditor_draws_are_opened_by_their_text) {
  for (const char* number : kUnlisted) ask(number);
  clock.move(6'000);  // commitments are told every five seconds
  const json draw{{"member", MemberFolder(screener_house.folder).facts()->member.text()}, {"quarter", "2027-Q1"}};
  http::Response drawn;
  ASSERT_TRUE(comes_true([&] {
    drawn = hub_router.handle(http::testing::make_json_request(Method::post, "/api/v1/hub/audits", draw.dump()));
    return drawn.status == 201;
  })) << http::testing::body_of(drawn);
  const std::string id = json::parse(http::testing::body_of(drawn))["id"];
  ASSERT_TRUE(comes_true([&] {
    clock.move(6'000);
    return answer_of(get("/audits"), 200)["total"] == 1;
  }));
  const json opened = answer_of(post("/audits/" + id + "/open", json::object()), 200);
  EXPECT_TRUE(opened["opened_at"].is_string());
  EXPECT_EQ(post("/audits/" + id + "/open", json::object()).status, 409);
  const json at_the_hub =
      answer_of(hub_router.handle(http::testing::make_request(Method::get, "/api/v1/hub/audits/" + id)), 200);
  EXPECT_EQ(at_the_hub["state"], "complete");
  EXPECT_EQ(at_the_hub["opened"], at_the_hub["draws"].size());
  EXPECT_NE(at_the_hub.dump().find("HR-2027-17"), std::string::npos) << "the auditor sees what was committed to";
  EXPECT_EQ(at_the_hub.dump().find(kUnlisted[0]), std::string::npos);
}

TEST_F(Members, no_node_keeps_an_identifier_that_was_asked_about) {
  const json hit = a_hit();
  for (const char* number : kUnlisted) ask(number);
  post("/queries", question(kMistyped));
  const std::string path = "/hits/" + hit.value("id", std::string());
  answer_of(post(path + "/confirm", {{"way", "name"},
                                     {"same", true},
                                     {"note", "Compared"},
                                     {"stated", "Testperson Wen"},
                                     {"document", "Testperson Wen"}}),
            200);
  screener_desk.reset();
  hub_server.reset();
  hub_desk.reset();
  const std::string screener = screener_house.everything(), hub = hub_house.everything();
  EXPECT_NE(screener.find("HR-2027-17"), std::string::npos) << "the files are those that were written";
  for (const char* number : {kListed, kUnlisted[0], kUnlisted[1], kMistyped}) {
    EXPECT_EQ(screener.find(number), std::string::npos);
    EXPECT_EQ(hub.find(number), std::string::npos);
    EXPECT_EQ(screener.find(to_hex(sha256(as_bytes(number)))), std::string::npos);
    const auto place = filer->list_keys_of({oprf::IdentifierKind::resident_id, number}, account(1));
    ASSERT_TRUE(place.has_value() || number == kMistyped);
    if (place) {
      EXPECT_EQ(screener.find(to_hex(place->tag)), std::string::npos);
    }
  }
  EXPECT_EQ(screener.find("Testperson"), std::string::npos) << "names that were compared";
}

}  // namespace
}  // namespace probity::app
