// The filer's and the ombudsman's side of the story in one process: three key-holders, a hub on a database with its
// papers, a filer's node and the ombudsman's node with their own databases, speaking by the bytes of their APIs.
#include <gtest/gtest.h>

#include <deque>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "alliance/keyholder_fixture.h"
#include "alliance/ladder.h"
#include "app/filing_desk.h"
#include "base/encoding.h"
#include "filings/ombudsman.h"
#include "filings/person_answers.h"
#include "filings/prepare.h"
#include "filings/service.h"
#include "http/routes/hub.h"
#include "http/routes/paperwork.h"
#include "http/testing.h"
#include "log/log_book.h"
#include "store/alliance_store.h"
#include "store/events_store.h"
#include "store/file.h"
#include "store/paperwork_store.h"
#include "support/one_caller.h"

namespace probity {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* kListed = "11010519491231002X";  // the standard's own example number
constexpr const char* kUnlisted = "110105194912310038";

class InMemoryCalls final : public alliance::HolderCalls {
 public:
  explicit InMemoryCalls(alliance::testing::KeyHolders& setting) : setting_(setting) {}
  void start(std::size_t call, const std::string&, const Bytes& body) override {
    const auto answer = setting_.holders[call]->evaluate(body);
    ready_.push_back({call, answer ? 200 : catalogue_entry(answer.error().code).http_status, answer.value_or(Bytes{})});
  }
  std::optional<alliance::HolderReply> wait(std::chrono::milliseconds) override {
    if (ready_.empty()) return std::nullopt;
    auto reply = ready_.front();
    ready_.pop_front();
    return reply;
  }
  void abandon() override { ready_.clear(); }
  std::uint64_t sent_bytes() const override { return 0; }

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
    if (down) return {};
    http::Request request;
    request.method = *http::parse_method(method);
    request.path = url.substr(url.find('/', 8));
    request.body = body;
    for (auto [name, value] : headers) {
      for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      request.headers.emplace_back(name, value);
    }
    seen += request.path + body;
    const http::Response response = router_.handle(request);
    if (!lost.empty() && request.path.ends_with(lost)) {
      lost.clear();
      down = stays_down;
      return {};
    }
    return {response.status, std::get<std::string>(response.body)};
  }
  std::string seen;
  bool down = false;
  std::string lost;         // the end of a path: what is answered to it once does not arrive
  bool stays_down = false;  // and nothing after it

 private:
  const http::Router& router_;
};

struct MemoryLog final : log::LogBook {
  Result<Id> record(const log::LogRecord&) override { return Id{}; }
  Result<std::optional<log::Opening>> opening(const Id&) override { return std::optional<log::Opening>(); }
  Result<std::vector<log::Opening>> openings_of(const Id&) override { return std::vector<log::Opening>(); }
  Result<std::optional<std::string>> proof(const Id&) override { return std::optional<std::string>(); }
  Result<void> erase(const Id&) override { return {}; }
};

struct Letterbox final : alliance::NoticeCourier {
  Result<void> deliver(const std::string&, const std::string& link, const std::string& new_code) override {
    token = link.substr(link.rfind('/') + 1);
    code = new_code;
    return {};
  }
  std::string token, code;
};

// A member's own node, as far as the alliance goes.
class Node final : public alliance::Membership {
 public:
  Node(alliance::testing::KeyHolders& setting, InMemoryCalls& calls, RouterSender& sender,
       const alliance::HubAddress& hub, const Id& member, std::string name, oprf::Identity identity)
      : facts_{member, std::move(name), hub, 2027},
        link_(hub, member, identity, sender, setting.clock, setting.random),
        client_({member, identity}, calls, setting.clock, setting.random),
        look_up_(link_, client_, setting.clock) {
    std::string pattern = (fs::temp_directory_path() / "probity-filer-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    database = store::Database::open_sqlite(folder + "/node.db").value();
    events = std::make_unique<store::SqlEventLog>(*database);
    desk = app::FilingDesk::open({folder, *database, *events, *this, std::move(identity), "https://node.example",
                                  setting.clock, setting.random})
               .value();
  }
  ~Node() override {
    desk.reset();
    events.reset();
    database.reset();
    fs::remove_all(folder);
  }
  alliance::MembershipFacts facts() override { return facts_; }
  Result<std::string> call(const std::string& method, const std::string& path, const std::string& body,
                           const Id& account) override {
    return link_.call(method, path, body, account);
  }
  Result<alliance::LookUpAnswer> ask(const alliance::Subject& subject, const Id&) override {
    TRY(look_up_.refresh(2027));
    return look_up_.ask(subject, {});
  }
  Result<oprf::ListKeys> list_keys_of(const alliance::Subject& subject, const Id&) override {
    TRY(look_up_.refresh(2027));
    return look_up_.list_keys_of(subject, {});
  }
  std::string files() const {
    std::string all;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
      if (entry.is_regular_file())
        all += std::string(as_text(store::read_file(entry.path().string(), 64 << 20).value()));
    return all;
  }

  std::string folder;
  std::unique_ptr<store::Database> database;
  std::unique_ptr<store::SqlEventLog> events;
  std::unique_ptr<app::FilingDesk> desk;

 private:
  alliance::MembershipFacts facts_;
  alliance::HubLink link_;
  alliance::KeyClient client_;
  alliance::LookUp look_up_;
};

events::Actor person(std::uint8_t number, const char* name) {
  Id id;
  id.bytes.fill(number);
  return {events::Actor::Kind::account, id, name};
}

class FilingStory : public testing::Test {
 protected:
  FilingStory() {
    std::string pattern = (fs::temp_directory_path() / "probity-hub-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    database = store::Database::open_sqlite(folder + "/hub.db").value();
    records = std::make_unique<store::AllianceStore>(*database);
    papers = std::make_unique<store::PaperworkStore>(*database, folder + "/papers");
    hub = std::make_unique<alliance::Hub>(
        alliance::HubPorts{*records, *database, log, letterbox, holders.clock, holders.random},
        oprf::Identity::make(holders.random), alliance::HubOptions{"https://hub.example/notice/", {}});
    alliance::KeyDirectory directory{holders.keys, {}};
    for (const auto& address : holders.addresses)
      directory.holders.push_back({"Holder", address.url, address.identity});
    (void)hub->use_keys(directory).has_value();
    gate = std::make_unique<alliance::CallGate>(*records, holders.clock, hub->identity(), ombudsman_id);
    paperwork = std::make_unique<alliance::Paperwork>(
        alliance::PaperworkPorts{*records, *papers, *database, *hub, holders.clock, holders.random}, ombudsman_id);
    http::routes::add_hub_routes(router, *hub, *gate);
    http::routes::add_paperwork_routes(router, *paperwork, *gate);
    filer = join("Harbour Motors", Id::random(holders.random));
    ombudsman = join("Ombudsman", ombudsman_id);
  }
  ~FilingStory() override {
    filer.reset();
    ombudsman.reset();
    paperwork.reset();
    hub.reset();
    papers.reset();
    records.reset();
    database.reset();
    fs::remove_all(folder);
  }

  std::unique_ptr<Node> join(const std::string& name, const Id& id) {
    oprf::Identity identity = oprf::Identity::make(holders.random);
    (void)hub->admit({id, name, identity.open(), false, {}}).has_value();
    (void)roll.admit({id, name, identity.open(), false, {100, 1000, 1000}}).has_value();
    for (auto& holder : holders.holders) holder->set_roll(roll);
    return std::make_unique<Node>(holders, calls, sender, alliance::HubAddress{"https://hub.example", hub->identity()},
                                  id, name, std::move(identity));
  }

  filings::FilingService& service() { return filer->desk->filings(); }
  filings::OmbudsmanDesk& judge() { return ombudsman->desk->ombudsman(); }

  Id draft(const std::string& conduct) {
    filings::NewFiling wanted;
    wanted.name = "Li Testperson 李测试";
    wanted.conduct = conduct;
    const Id id = service().draft(wanted, ada).value().id;
    filings::FilingChange change;
    change.facts = "Took money of a supplier for three orders.";
    change.decided_by = "Ada, head of integrity";
    change.ended_how = "Dismissed for it on the same day.";
    change.contact = "integrity@harbour.example";
    change.standard = alliance::StandardOfProof::signed_statement;
    change.happened_ms = holders.clock.now - 90 * alliance::kDayMs;
    change.decided_ms = holders.clock.now - 30 * alliance::kDayMs;
    EXPECT_TRUE(service().update(id, change, ada));
    EXPECT_TRUE(service().identify(id, {names::IdentifierKind::resident_id, kListed, {}}, ada));
    for (const auto test :
         {filings::Test::reasonable_grounds, filings::Test::clear_evidence, filings::Test::ended_because_of_it}) {
      const std::string text = "Scan of a paper, " + std::string(filings::test_name(test));
      EXPECT_TRUE(service().add_document(
          id,
          {test, "Paper " + std::string(filings::test_name(test)), "application/pdf", Bytes(text.begin(), text.end())},
          ada));
    }
    return id;
  }
  Id noticed() {
    const Id id = draft("bribery");
    EXPECT_TRUE(service().submit(id, ada));
    EXPECT_EQ(service().approve(id, ada).error().code, ErrorCode::forbidden);
    EXPECT_TRUE(service().approve(id, ben));
    EXPECT_TRUE(service().send_notice(id, "li.testperson@example.org", ada));
    return id;
  }
  json visit(const char* what, json body = json::object(), int status = 200) {
    body["token"] = letterbox.token;
    body["code"] = letterbox.code;
    const auto answer = sender.send("POST", std::string("https://hub.example/alliance/v1/person/") + what,
                                    {{"Content-Type", "application/json"}}, body.dump());
    EXPECT_EQ(answer.status, status) << answer.body;
    return json::parse(answer.body, nullptr, false);
  }
  void pass(TimeMs by_ms) {
    holders.clock.now += by_ms;
    EXPECT_TRUE(hub->tick());
    look();
  }
  void look() {
    holders.clock.now += 10'000;
    const auto ticked = filer->desk->tick();
    EXPECT_TRUE(ticked) << ticked.error().message;
  }
  std::string state(const Id& id) { return std::string(filings::shown_state(service().find(id).value())); }

  const events::Actor ada = person(1, "Ada"), ben = person(2, "Ben"), judy = person(9, "Judy");
  std::string folder;
  alliance::testing::KeyHolders holders{2, 3};
  alliance::MemberRoll roll;
  MemoryLog log;
  Letterbox letterbox;
  Id ombudsman_id = Id::random(holders.random);
  std::unique_ptr<store::Database> database;
  std::unique_ptr<store::AllianceStore> records;
  std::unique_ptr<store::PaperworkStore> papers;
  std::unique_ptr<alliance::Hub> hub;
  std::unique_ptr<alliance::CallGate> gate;
  std::unique_ptr<alliance::Paperwork> paperwork;
  http::Router router;
  RouterSender sender{router};
  InMemoryCalls calls{holders};
  std::unique_ptr<Node> filer, ombudsman;
};

TEST_F(FilingStory, a_careless_photographer_is_refused_by_the_catalogue) {
  filings::NewFiling wanted;
  wanted.conduct = "negligence";
  const auto refused = service().draft(wanted, ada);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("carelessness"), std::string::npos);
}

TEST_F(FilingStory, leaked_secrets_are_listed_for_gain_or_when_a_court_found_so) {
  const Id id = draft("secrets_for_gain");
  EXPECT_EQ(service().submit(id, ada).error().code, ErrorCode::invalid_argument);
  filings::FilingChange change;
  change.intentional_for_gain = true;
  EXPECT_TRUE(service().update(id, change, ada));
  EXPECT_TRUE(service().submit(id, ada));
  EXPECT_EQ(state(id), "awaiting_approval");
}

TEST_F(FilingStory, a_bribery_filing_goes_through_notice_objection_and_the_ombudsman) {
  const Id id = noticed();
  const json opened = visit("open");
  EXPECT_EQ(opened["ladder"][1]["rung"], "wait");
  EXPECT_TRUE(opened["may_appeal"].get<bool>());
  look();
  EXPECT_EQ(state(id), "notified");
  visit("reply",
        {{"text", "I was never asked. 我从未被询问。"},
         {"documents", {{{"name", "Letter.txt"}, {"data", to_base64(as_bytes("my letter"))}}}}},
        201);
  EXPECT_EQ(visit("appeal")["may_appeal"], false);
  look();
  ASSERT_EQ(service().find(id)->arrivals.size(), 2U) << "words and document of the person";
  EXPECT_EQ(filings::due_day(service().find(id).value())->what, "answer");
  EXPECT_TRUE(service().answer(id, {alliance::Appeal::Outcome::upheld, "The signed statement stands.", {}}, ada));

  const auto matters = judge().desk(judy).value();
  ASSERT_EQ(matters.size(), 1U);
  EXPECT_EQ(matters[0].waits_for, "appeal");
  const Id listing = matters[0].listing.id;
  const auto view = judge().matter(listing, judy).value();
  EXPECT_EQ(json::parse(view.summary)["name"], "Li Testperson 李测试");
  std::size_t in_tests = 0;
  for (const auto& paper : view.papers) {
    const auto text = judge().paper(listing, paper.id, judy);
    ASSERT_TRUE(text) << text.error().message;
    in_tests += paper.in_tests ? 1 : 0;
  }
  EXPECT_EQ(view.papers.size(), 7U) << "summary, three documents, two of the person, the answer";
  EXPECT_EQ(in_tests, 4U);
  EXPECT_EQ(judge().decide(listing, {alliance::Appeal::Outcome::upheld, "", {}, {}, {}}, judy).error().code,
            ErrorCode::invalid_argument);
  EXPECT_TRUE(judge().decide(listing,
                             {alliance::Appeal::Outcome::taken_back, "The statement was not hers.", {}, {}, {}}, judy));
  look();
  EXPECT_EQ(state(id), "overturned");
  look();
  const auto ended = service().find(id).value();
  EXPECT_TRUE(ended.subject.sealed_identifier.empty());
  ASSERT_EQ(ended.arrivals.size(), 3U);
  EXPECT_EQ(as_text(service().document(id, ended.arrivals.back().paper).value().bytes), "The statement was not hers.");
  const auto statistics = judge().statistics().value();
  EXPECT_EQ(statistics.appeals, 1U);
  EXPECT_EQ(statistics.taken_back, 1U);
  EXPECT_EQ(statistics.late, 0U);
  // To list her again the ombudsman has to consent.
  const Id again = draft("bribery");
  EXPECT_EQ(service().submit(again, ada).error().code, ErrorCode::forbidden);
  EXPECT_TRUE(judge().act(*service().find(again)->listing_id, "consent", "New evidence was shown.", judy));
  EXPECT_TRUE(service().submit(again, ada));
  EXPECT_EQ(state(again), "awaiting_approval");
}

TEST_F(FilingStory, a_letter_by_post_is_recorded_by_the_ombudsman_alone) {
  const Id id = noticed();
  const Id listing = *service().find(id)->listing_id;
  EXPECT_EQ(filer->desk->ombudsman().record_post(listing, "RR123", ada).error().code, ErrorCode::forbidden);
  EXPECT_TRUE(judge().record_post(listing, "RR123456785CN", judy));
  look();
  EXPECT_EQ(state(id), "notified");
  EXPECT_EQ(sender.seen.find("RR123456785CN"), std::string::npos);
  pass(alliance::kNoticeWaitMs);
  EXPECT_EQ(state(id), "active");
}

TEST_F(FilingStory, an_acquittal_ends_a_listing_that_nobody_withdraws_within_five_days) {
  const Id id = noticed();
  visit("open");
  pass(alliance::kNoticeWaitMs);
  EXPECT_TRUE(judge().act(*service().find(id)->listing_id, "acquittal", "Acquitted on 3 May.", judy));
  look();
  EXPECT_EQ(filings::due_day(service().find(id).value())->what, "acquittal");
  pass(alliance::kActOnAcquittalMs);
  EXPECT_EQ(state(id), "overturned");
}

TEST_F(FilingStory, while_the_hub_is_away_a_verb_waits_and_is_done_once) {
  const Id id = draft("theft");
  EXPECT_TRUE(service().submit(id, ada));
  sender.down = true;
  const auto waiting = service().approve(id, ben).value();
  ASSERT_TRUE(waiting.pending);
  EXPECT_EQ(service().withdraw(id, "no", ada).error().code, ErrorCode::conflict) << "one thing at a time";
  sender.down = false;
  holders.clock.now += 60'000;
  look();
  EXPECT_EQ(state(id), "awaiting_notice");
  EXPECT_FALSE(service().find(id)->pending);
}

TEST_F(FilingStory, a_decision_whose_answer_was_lost_is_written_down_once) {
  const Id id = noticed();
  visit("open");
  visit("appeal");
  look();
  EXPECT_TRUE(service().answer(id, {alliance::Appeal::Outcome::upheld, "It stands.", {}}, ada));
  const Id listing = *service().find(id)->listing_id;
  const filings::Ruling ruling{alliance::Appeal::Outcome::upheld, "The judgment is clear.", {}, {}, {}};
  sender.lost = "/answer";
  sender.stays_down = true;
  EXPECT_EQ(judge().decide(listing, ruling, judy).error().code, ErrorCode::unavailable);
  EXPECT_EQ(judge().decisions(0, 10)->total, 0U);
  sender.down = false;
  const auto again = judge().decide(listing, ruling, judy);
  ASSERT_TRUE(again) << "the hub says that it was decided, and by whom";
  EXPECT_EQ(judge().decisions(0, 10)->total, 1U);
  EXPECT_EQ(judge().decide(listing, ruling, judy).error().code, ErrorCode::conflict);
  EXPECT_EQ(judge().decisions(0, 10)->total, 1U);
  look();
  EXPECT_EQ(service().find(id)->arrivals.size(), 1U) << "the reasons came to the filer once";
}

TEST_F(FilingStory, the_desk_is_served_to_the_ombudsman_and_the_page_to_whoever_has_link_and_code) {
  const Id id = noticed();
  visit("open");
  visit("appeal");
  look();
  EXPECT_TRUE(service().answer(id, {alliance::Appeal::Outcome::upheld, "It stands.", {}}, ada));
  test::OneCaller guard;
  guard.caller.actor = judy;
  guard.caller.permissions = {accounts::Permission::decide_appeals};
  http::Router desk;
  ombudsman->desk->add_routes(desk, guard);
  const auto send = [&](http::Method method, const std::string& path, const json& body = json::object()) {
    const auto response = desk.handle(method == http::Method::get
                                          ? http::testing::make_request(method, "/api/v1" + path)
                                          : http::testing::make_json_request(method, "/api/v1" + path, body.dump()));
    return std::pair(response.status, json::parse(http::testing::body_of(response), nullptr, false));
  };
  const json matters = send(http::Method::get, "/ombudsman/matters").second;
  ASSERT_EQ(matters["total"], 1);
  EXPECT_EQ(matters["items"][0]["waits_for"], "appeal");
  EXPECT_EQ(matters["items"][0]["days_left"], 20);
  const std::string path = "/ombudsman/matters/" + matters["items"][0]["listing"].get<std::string>();
  EXPECT_EQ(send(http::Method::get, path).second["summary"]["facts"], "Took money of a supplier for three orders.");
  EXPECT_EQ(send(http::Method::post, path + "/decide", {{"outcome", "upheld"}}).first, 400) << "without reasons";
  const json decided =
      send(http::Method::post, path + "/decide", {{"outcome", "upheld"}, {"reasons", "The judgment is clear."}}).second;
  EXPECT_EQ(decided["life"]["appeal"]["outcome"], "upheld");
  EXPECT_EQ(send(http::Method::get, "/ombudsman/statistics").second["upheld"], 1);
  EXPECT_EQ(send(http::Method::get, "/ombudsman/decisions").second["items"][0]["told"], true);
  const auto [status, given] = send(http::Method::post, "/ombudsman/answers",
                                    {{"kind", "resident_id"}, {"identifier", kListed}, {"papers_seen", "passport"}});
  ASSERT_EQ(status, 201) << given;
  const std::string token = given["link"].get<std::string>().substr(given["link"].get<std::string>().rfind('/') + 1);
  const json key{{"token", token}, {"code", given["code"]}};
  const json opened = send(http::Method::post, "/public/recorded", key).second;
  EXPECT_EQ(opened["recorded"][0]["decisions"][0]["reasons"], "The judgment is clear.");
  EXPECT_EQ(send(http::Method::post, "/public/recorded", key).first, 404) << "once";
  const json wrong = send(http::Method::post, "/ombudsman/answers",
                          {{"kind", "resident_id"}, {"identifier", "110105194912310021"}, {"papers_seen", "passport"}})
                         .second;
  EXPECT_EQ(wrong.dump().find("19491231"), std::string::npos);
  guard.caller.permissions.clear();
  EXPECT_EQ(send(http::Method::get, "/ombudsman/matters").first, 403);
}

TEST_F(FilingStory, five_wrong_codes_use_an_answer_up_and_nobody_opens_one_that_is_over) {
  auto& answers = ombudsman->desk->answers();
  const auto ask = [&] {
    return answers
        .ask({filings::read_identifier(names::IdentifierKind::resident_id, kListed, holders.clock.now).value(),
              "passport"},
             judy)
        .value();
  };
  const auto tried = ask(), late = ask();
  for (int i = 0; i < filings::kMostWrongCodes; ++i) EXPECT_FALSE(answers.open(tried.token, "12"));
  EXPECT_FALSE(answers.open(tried.token, tried.code));
  holders.clock.now += filings::kAnswerKeptMs + 1;
  EXPECT_FALSE(answers.open(late.token, late.code));
  EXPECT_TRUE(answers.tick());
  EXPECT_EQ(answers.list(0, 10)->total, 2U);
}

// What is told to somebody who asks, listed or not: of one size, once, and nothing of it readable here.
TEST_F(FilingStory, a_person_learns_what_is_recorded_and_one_who_is_not_listed_cannot_be_told_apart) {
  const Id id = noticed();
  visit("open");
  pass(alliance::kNoticeWaitMs);
  auto& answers = ombudsman->desk->answers();
  const auto read = [&](const char* number) {
    return filings::read_identifier(names::IdentifierKind::resident_id, number, holders.clock.now).value();
  };
  const auto listed = answers.ask({read(kListed), "passport"}, judy).value();
  const auto unlisted = answers.ask({read(kUnlisted), "identity card"}, judy).value();
  EXPECT_EQ(answers.ask({read(kListed), kListed}, judy).error().code, ErrorCode::invalid_argument);
  const std::string kept = ombudsman->files();
  for (const char* secret : {kListed, kUnlisted, "Harbour Motors", listed.token.c_str(), listed.code.c_str()})
    EXPECT_EQ(kept.find(secret), std::string::npos) << secret;
  EXPECT_EQ(answers.open(listed.token, "00000000").error().code, ErrorCode::not_found);
  const std::string told = answers.open(listed.token, listed.code).value();
  const std::string told_nothing = answers.open(unlisted.token, unlisted.code).value();
  EXPECT_EQ(told.size(), told_nothing.size());
  const json mine = json::parse(told), nothing = json::parse(told_nothing);
  ASSERT_EQ(mine["recorded"].size(), 1U);
  EXPECT_EQ(mine["recorded"][0]["filer"], "Harbour Motors");
  EXPECT_EQ(mine["recorded"][0]["reference"], service().find(id)->number);
  EXPECT_EQ(mine["recorded"][0]["life"]["status"], "active");
  EXPECT_TRUE(mine["recorded"][0]["may_object"].get<bool>());
  ASSERT_EQ(mine["looked_at_this_part"].size(), 1U) << "the ombudsman's own question";
  EXPECT_TRUE(nothing["recorded"].empty());
  EXPECT_EQ(answers.open(listed.token, listed.code).error().code, ErrorCode::not_found) << "once";
  EXPECT_EQ(filer->desk->answers().ask({read(kListed), "passport"}, ada).error().code, ErrorCode::forbidden);
}

TEST_F(FilingStory, a_person_under_notice_is_told_before_anybody_finds_them) {
  noticed();
  const auto given = ombudsman->desk->answers().ask(
      {filings::read_identifier(names::IdentifierKind::resident_id, kListed, holders.clock.now).value(), "passport"},
      judy);
  ASSERT_TRUE(given) << given.error().message;
  EXPECT_EQ(json::parse(given->answer)["recorded"][0]["life"]["state"], "awaiting_notice");
}

// I7, and what a stolen disk of either node holds.
TEST_F(FilingStory, the_hub_holds_neither_number_nor_name_nor_words_and_the_filer_no_number_in_the_clear) {
  const Id id = noticed();
  visit("open");
  visit("reply", {{"text", "The words of the person"}}, 201);
  look();
  EXPECT_TRUE(judge().matter(*service().find(id)->listing_id, judy));
  std::string hub_files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file())
      hub_files += std::string(as_text(store::read_file(entry.path().string(), 64 << 20).value()));
  for (const char* secret : {kListed, "Testperson", "three orders", "Scan of a paper", "The words of the person",
                             "li.testperson@example.org"}) {
    EXPECT_EQ(hub_files.find(secret), std::string::npos) << secret;
  }
  const std::string filers = filer->files();
  EXPECT_EQ(filers.find(kListed), std::string::npos);
  EXPECT_EQ(filers.find("li.testperson@example.org"), std::string::npos);
  EXPECT_EQ(filers.find("Scan of a paper"), std::string::npos);
  // The papers go with the listing.
  EXPECT_TRUE(service().withdraw(id, "it was somebody else", ada));
  EXPECT_TRUE(paperwork->tidy());
  EXPECT_TRUE(fs::is_empty(folder + "/papers"));
}

}  // namespace
}  // namespace probity
