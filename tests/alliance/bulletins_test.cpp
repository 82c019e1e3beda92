// The hub's board and two members' nodes in one process: signed calls through the real gate, staff through their
// routes.
#include "http/routes/bulletins.h"

#include <gtest/gtest.h>

#include "alliance/hub_link.h"
#include "alliance/member_call.h"
#include "base/encoding.h"
#include "bulletins/board.h"
#include "http/routes/hub_bulletins.h"
#include "http/routes/signed_calls.h"
#include "store/alliance_store.h"
#include "store/bulletin_desk_store.h"
#include "store/bulletins_store.h"
#include "support/route_fixture.h"

namespace probity::http::routes {
namespace {

using bulletins::kDayMs;
using nlohmann::json;

struct HubMembers final : bulletins::Members {
  explicit HubMembers(alliance::HubStore& to) : store(to) {}
  Result<std::vector<bulletins::MemberName>> members() override {
    std::vector<bulletins::MemberName> names;
    TRY_ASSIGN(const auto entries, store.members());
    for (const auto& entry : entries) names.push_back({entry.member, entry.name});
    return names;
  }
  alliance::HubStore& store;
};
// One company is on the list.
struct OneListed final : bulletins::CompanyListings {
  Result<bool> is_listed(const std::string& name, const std::string&) override { return name == "Listed Trading Ltd"; }
};
struct AllListed final : bulletins::CompanyListings {
  Result<bool> is_listed(const std::string&, const std::string&) override { return true; }
};
struct MemoryPictures final : bulletins::PictureFiles {
  Result<Hash> put(BytesView bytes) override {
    const Hash hash = sha256(bytes);
    files[hash] = Bytes(bytes.begin(), bytes.end());
    return hash;
  }
  Result<Bytes> get(const Hash& hash) override {
    if (!files.contains(hash)) return fail(ErrorCode::not_found, "no such picture");
    return files[hash];
  }
  Result<void> remove(const Hash& hash) override {
    files.erase(hash);
    return {};
  }
  std::map<Hash, Bytes> files;
};
// As the product does, without a decoder: JPEG by its first bytes, and at most 1 kB.
Result<bulletins::CleanPicture> clean(BytesView file) {
  if (file.size() < 3 || file[0] != 0xFF || file[1] != 0xD8) return fail(ErrorCode::not_a_picture, "no picture");
  if (file.size() > 1024) return fail(ErrorCode::too_large, "a picture has at most 1 kB");
  return bulletins::CleanPicture{Bytes(file.begin(), file.end()), 4, 3};
}

// HTTP without a network: what a member's link sends goes to the hub's router.
struct RouterSender final : alliance::HttpSender {
  explicit RouterSender(const Router& to) : router(to) {}
  alliance::HttpReply send(const std::string& method, const std::string& url, const alliance::CallHeaders& headers,
                           const std::string& body) override {
    if (down) return {};
    Request request = testing::make_request(*parse_method(method), url.substr(std::string("https://hub").size()), body);
    for (const auto& [name, value] : headers) {
      std::string lower = name;
      for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      request.headers.emplace_back(lower, value);
    }
    const Response response = router.handle(request);
    return {response.status, testing::body_of(response)};
  }
  const Router& router;
  bool down = false;
};

struct LinkCaller final : bulletins::HubCaller {
  explicit LinkCaller(alliance::HubLink to) : link(std::move(to)) {}
  Result<std::string> call(const std::string& method, const std::string& path, const std::string& body,
                           const Id& account) override {
    return link.call(method, path, body, account);
  }
  alliance::HubLink link;
};

struct HubWorld {
  explicit HubWorld(store::Database& database)
      : members_store(database),
        store(database),
        training_store(database),
        members(members_store),
        board({store, database, log, members, listed, pictures, clean, clock, random}),
        trainings({training_store, database, members, clock, random}),
        gate(members_store, clock, identity.open(), std::nullopt) {
    const BoardServices services{board, trainings, "Coast Alliance", Id{}};
    add_hub_bulletin_routes(router, services, [this](BoardHandler handler) {
      return signed_only(gate, [handler = std::move(handler)](const Request& request, const alliance::Party& party) {
        return handler(request, bulletins::Reader{party.member, party.account, false});
      });
    });
    own = own_board_caller(services);
  }
  test::HandClock clock;
  test::SeededRandom random{5};
  oprf::Identity identity = oprf::Identity::make(random);
  store::AllianceStore members_store;
  store::BulletinStore store;
  store::SqlTrainingStore training_store;
  HubMembers members;
  OneListed listed;
  MemoryPictures pictures;
  test::MemoryLogBook log;
  bulletins::Board board;
  bulletins::Trainings trainings;
  alliance::CallGate gate;
  Router router;
  std::unique_ptr<bulletins::HubCaller> own;
};

// A node with its staff: one person at a time.
struct NodeWorld {
  NodeWorld(HubWorld& hub, const std::string& name, unsigned seed, const std::string& folder)
      : random(seed), identity(oprf::Identity::make(random)), member(Id::random(random)), sender(hub.router) {
    database = store::Database::open_sqlite(folder + "/" + name + ".db").value();
    store = std::make_unique<store::BulletinDeskStore>(*database);
    (void)hub.members_store.insert({member, name, identity.open(), false, {}}, 0).has_value();
    caller = std::make_unique<LinkCaller>(
        alliance::HubLink({"https://hub", hub.identity.open()}, member, identity, sender, hub.clock, random));
    open(hub, *caller);
  }
  // The hub's own node.
  NodeWorld(HubWorld& hub, const std::string& folder)
      : random(99), identity(oprf::Identity::make(random)), sender(hub.router) {
    database = store::Database::open_sqlite(folder + "/own.db").value();
    store = std::make_unique<store::BulletinDeskStore>(*database);
    open(hub, *hub.own);
  }
  void open(HubWorld& hub, bulletins::HubCaller& to) {
    desk = std::make_unique<bulletins::Desk>(
        bulletins::DeskPorts{*store, *database, to, listed, pictures, clean, mails,
                             [](const Id&) {
                               return std::optional(bulletins::Addressee{"ada@node.example", "Ada", "en"});
                             },
                             "https://node.example", hub.clock, random});
    guard.caller.actor = {events::Actor::Kind::account, Id::random(random), "Ada"};
    guard.caller.permissions = {accounts::Permission::read_bulletins, accounts::Permission::write_bulletins};
    add_bulletin_routes(router, guard, {desk.get()});
  }

  struct Answer {
    int status = 0;
    json body;
    std::string text;
  };
  Answer send(Method method, const std::string& target, const json& body = nullptr) {
    const Request request = body.is_null() ? testing::make_request(method, "/api/v1" + target)
                                           : testing::make_json_request(method, "/api/v1" + target, body.dump());
    return answer(router.handle(request));
  }
  Answer answer(const Response& response) {
    Answer out{response.status, {}, testing::body_of(response)};
    out.body = json::parse(out.text, nullptr, false);
    return out;
  }
  Answer get(const std::string& target) { return send(Method::get, target); }
  Answer post(const std::string& target, const json& body = json::object()) { return send(Method::post, target, body); }
  std::string publish(const json& proposal) {
    const Answer draft = post("/bulletins", proposal);
    EXPECT_EQ(draft.status, 201) << draft.text;
    const Answer made = send(Method::post, "/bulletins/drafts/" + draft.body.value("id", "") + "/publish");
    EXPECT_EQ(made.status, 201) << made.text;
    return made.body.value("id", "");
  }

  test::SeededRandom random;
  oprf::Identity identity;
  Id member;
  RouterSender sender;
  std::unique_ptr<store::Database> database;
  std::unique_ptr<store::BulletinDeskStore> store;
  std::unique_ptr<bulletins::HubCaller> caller;
  AllListed listed;
  MemoryPictures pictures;
  test::SentMessages mails;
  std::unique_ptr<bulletins::Desk> desk;
  test::OneCaller guard;
  Router router;
};

class BulletinRoutes : public test::RouteTest {
 protected:
  json proposal(const std::string& word, const json& audience = {{"kind", "all"}}, const std::string& tlp = "AMBER") {
    return {{"kind", "counterfeit_alert"},
            {"title", "title-" + word},
            {"text", "text-" + word},
            {"tlp", tlp},
            {"audience", audience},
            {"expires_at", to_rfc3339(hub.clock.now_ms() + 20 * kDayMs)},
            {"links", json::array({{{"kind", "seller"}, {"url", "https://market.example/shop/gull/" + word}}})},
            {"brands", json::array({"Lantern"})},
            {"accused", json::array()}};
  }
  json only(const NodeWorld& node) {
    return {{"kind", "members"}, {"name", "Two"}, {"members", json::array({node.member.text()})}};
  }

  HubWorld hub{*database};
  NodeWorld harbour{hub, "Harbour Motors", 11, folder};
  NodeWorld lantern{hub, "Lantern Films", 12, folder};
  NodeWorld gull{hub, "Gull Games", 13, folder};
  NodeWorld own{hub, folder};
};

TEST_F(BulletinRoutes, GoFromADraftToTheReaders) {
  const auto draft = harbour.post("/bulletins", proposal("lamp", only(lantern)));
  ASSERT_EQ(draft.status, 201) << draft.text;
  EXPECT_TRUE(draft.body["findings"].empty());
  EXPECT_EQ(lantern.get("/bulletins").body["total"], 0) << "drafts stay in the house";
  const std::string at = "/bulletins/drafts/" + draft.body["id"].get<std::string>();
  const auto picture = harbour.answer(
      harbour.router.handle(testing::make_request(Method::post, "/api/v1" + at + "/pictures", "\xFF\xD8\xFF picture")));
  ASSERT_EQ(picture.status, 201) << picture.text;
  const auto made = harbour.send(Method::post, at + "/publish");
  ASSERT_EQ(made.status, 201) << made.text;
  EXPECT_EQ(harbour.get(at).status, 404) << "the draft is gone";
  EXPECT_TRUE(harbour.pictures.files.empty());

  const std::string id = made.body["id"];
  const auto seen = lantern.get("/bulletins/" + id);
  ASSERT_EQ(seen.status, 200) << seen.text;
  EXPECT_EQ(seen.body["title"], "title-lamp");
  EXPECT_EQ(seen.body["author"], "Harbour Motors");
  EXPECT_EQ(seen.body["allows"]["en"].get<std::string>().empty(), false);
  const std::string hash = seen.body["pictures"][0]["id"];
  EXPECT_EQ(lantern.get("/bulletins/" + id + "/pictures/" + hash).text, "\xFF\xD8\xFF picture");
  EXPECT_EQ(lantern.get("/bulletins?search=LANTERN").body["total"], 1);
  EXPECT_EQ(lantern.get("/bulletins").body["unread"], 1);
  EXPECT_EQ(lantern.post("/bulletins/" + id + "/read").status, 204);
  EXPECT_EQ(lantern.get("/bulletins").body["unread"], 0);
  EXPECT_EQ(harbour.get("/bulletins/" + id).body["readers"][0]["name"], "Lantern Films");
  EXPECT_EQ(lantern.post("/bulletins/" + id + "/sightings", {{"verdict", "seen"}, {"count", 4}}).body["seen"], 4);
  EXPECT_EQ(lantern.post("/bulletins/" + id + "/replies", {{"text", "Here too."}}).status, 201);
  EXPECT_EQ(harbour.get("/bulletins/" + id).body["thread"][0]["by"], "Lantern Films");
}

TEST_F(BulletinRoutes, WhoIsNotMeantGetsNothing) {
  const std::string id = harbour.publish(proposal("lamp", only(lantern), "RED"));
  const std::string pub = harbour.publish(proposal("clock"));
  const auto joint = lantern.post("/bulletins/" + id + "/joint-case", {{"contact", "Desk 7"}});
  ASSERT_EQ(joint.status, 201) << joint.text;
  for (NodeWorld* node : {&gull, &own}) {
    EXPECT_EQ(node->get("/bulletins/" + id).status, 404);
    EXPECT_EQ(node->get("/bulletins/" + id + "/related").status, 404);
    EXPECT_EQ(node->post("/bulletins/" + id + "/read").status, 404);
    EXPECT_EQ(node->post("/bulletins/" + id + "/replies", {{"text", "x"}}).status, 404);
    EXPECT_EQ(node->get("/joint-cases/" + joint.body["id"].get<std::string>()).status, 404);
    for (const char* target : {"/bulletins", "/bulletins?search=lamp", "/bulletins?brand=Lantern",
                               "/bulletins/feed.json", "/bulletins/stix.json", "/joint-cases"})
      EXPECT_EQ(node->get(target).text.find("lamp"), std::string::npos) << target;
    EXPECT_EQ(node->get("/bulletins/" + pub + "/related").body["total"], 0);
    EXPECT_EQ(node->get("/bulletins/feed.json").body["items"].size(), 1U);
  }
  EXPECT_EQ(lantern.get("/bulletins/stix.json").text.find("lamp"), std::string::npos) << "RED leaves in no file";
  EXPECT_EQ(lantern.get("/bulletins/" + pub + "/related").body["total"], 1);
}

TEST_F(BulletinRoutes, RefusesWithTheWayToFileIt) {
  json bad = proposal("lamp");
  bad["text"] = "He is 11010519491231002X";
  const auto draft = harbour.post("/bulletins", bad);
  ASSERT_EQ(draft.body["findings"].size(), 1U) << draft.text;
  const auto refused =
      harbour.send(Method::post, "/bulletins/drafts/" + draft.body["id"].get<std::string>() + "/publish");
  EXPECT_EQ(refused.status, 400);
  EXPECT_NE(refused.body["hint"].get<std::string>().find("File a listing"), std::string::npos);
  EXPECT_EQ(refused.text.find("11010519491231002X"), std::string::npos);

  json accusing = proposal("lamp");
  accusing["accused"] = json::array({{{"kind", "enterprise"}, {"name", "Grey Gull Ltd"}}});
  const auto sent = harbour.post("/bulletins", accusing);
  const auto answer =
      harbour.send(Method::post, "/bulletins/drafts/" + sent.body["id"].get<std::string>() + "/publish");
  EXPECT_EQ(answer.status, 400) << "the hub decides who is listed";
  accusing["accused"][0]["name"] = "Listed Trading Ltd";
  EXPECT_FALSE(harbour.publish(accusing).empty());
}

TEST_F(BulletinRoutes, RefusesHostileInput) {
  const auto refused = [&](const char* field, const json& value) {
    json body = proposal("x");
    body[field] = value;
    return harbour.post("/bulletins", body).status == 400;
  };
  const auto link = [](const std::string& url) { return json::array({{{"kind", "seller"}, {"url", url}}}); };
  EXPECT_TRUE(refused("links", link("javascript:alert(1)")));
  EXPECT_TRUE(refused("links", link("https://x.example/\"><script>")));
  EXPECT_TRUE(refused("text", std::string(10 << 20, 'x')));
  EXPECT_TRUE(refused("tlp", "PURPLE"));
  EXPECT_TRUE(refused("audience", json{{"kind", "members"}, {"members", json::array()}}));
  EXPECT_TRUE(refused("expires_at", "tomorrow"));
  EXPECT_TRUE(refused("unknown", 1));
  for (const std::string& body : {std::string(), std::string("null"), std::string("[]"), std::string("{\"title\":"),
                                  std::string(5000, '['), std::string("{\"title\":\"\xFF\"}")})
    EXPECT_EQ(harbour.router.handle(testing::make_json_request(Method::post, "/api/v1/bulletins", body)).status, 400);
  // Markup is text: kept as it is, and given out as JSON.
  json script = proposal("x");
  script["text"] = "<script>alert(1)</script>";
  const std::string id = harbour.publish(script);
  EXPECT_EQ(lantern.get("/bulletins/" + id).body["text"], "<script>alert(1)</script>");
}

TEST_F(BulletinRoutes, RefusesWhatIsNoPicture) {
  const auto draft = harbour.post("/bulletins", proposal("lamp"));
  const std::string at = "/api/v1/bulletins/drafts/" + draft.body["id"].get<std::string>() + "/pictures";
  const auto status = [&](const std::string& bytes) {
    return harbour.router.handle(testing::make_request(Method::post, at, bytes)).status;
  };
  EXPECT_EQ(status("<svg onload=alert(1)>"), catalogue_entry(ErrorCode::not_a_picture).http_status);
  EXPECT_EQ(status("\xFF\xD8" + std::string(5000, 'x')), catalogue_entry(ErrorCode::too_large).http_status);
  EXPECT_EQ(harbour.router.most_body_bytes(Method::post, at), std::uint64_t{20} << 20);
}

TEST_F(BulletinRoutes, UnsignedAndSuspendedCallsGetNothing) {
  const auto bare = hub.router.handle(testing::make_json_request(Method::post, "/alliance/v1/bulletins/list", "{}"));
  EXPECT_EQ(bare.status, 401);
  const std::string id = harbour.publish(proposal("lamp"));
  auto entry = *hub.members_store.member(lantern.member).value();
  entry.suspended = true;
  ASSERT_TRUE(hub.members_store.update(entry).has_value());
  EXPECT_EQ(lantern.get("/bulletins/" + id).status, 403);
}

TEST_F(BulletinRoutes, WithdrawnSaysOnlyThat) {
  const std::string id = harbour.publish(proposal("lamp"));
  EXPECT_EQ(lantern.post("/bulletins/" + id + "/withdraw", {{"reason", "mistaken"}}).status, 403);
  EXPECT_EQ(own.post("/bulletins/" + id + "/withdraw", {{"reason", "unlawful"}}).status, 200);
  const auto seen = lantern.get("/bulletins/" + id);
  EXPECT_EQ(seen.status, 200);
  EXPECT_EQ(seen.body.size(), 5U) << seen.text;
  EXPECT_EQ(seen.text.find("lamp"), std::string::npos);
  EXPECT_EQ(lantern.post("/bulletins/" + id + "/replies", {{"text", "x"}}).status, 410);
}

TEST_F(BulletinRoutes, CorrectionsKeepPicturesAndThePast) {
  const std::string id = harbour.publish(proposal("lamp"));
  const json better{{"title", "title-better"}, {"text", "text"}, {"accused", json::array()}, {"reason", "The lamp"}};
  const auto corrected = harbour.post("/bulletins/" + id + "/correct", better);
  ASSERT_EQ(corrected.status, 200) << corrected.text;
  const auto seen = lantern.get("/bulletins/" + id);
  EXPECT_EQ(seen.body["version"], 2);
  EXPECT_EQ(seen.body["versions"][0]["content"]["title"], "title-lamp");
  EXPECT_EQ(lantern.post("/bulletins/" + id + "/correct", better).status, 403);
}

TEST_F(BulletinRoutes, JointCasesHaveContactsNotesAndAnOutcome) {
  const std::string id = harbour.publish(proposal("lamp"));
  const auto opened = lantern.post("/bulletins/" + id + "/joint-case", {{"contact", "Desk 7, lantern@films.example"}});
  ASSERT_EQ(opened.status, 201) << opened.text;
  const std::string at = "/joint-cases/" + opened.body["id"].get<std::string>();
  EXPECT_FALSE(gull.get(at).body.contains("participants"));
  EXPECT_EQ(gull.post(at + "/notes", {{"text", "x"}}).status, 403);
  EXPECT_EQ(gull.post(at + "/join", {{"contact", "Desk 2"}}).body["members"], 2);
  EXPECT_EQ(gull.post(at + "/notes", {{"text", "The marketplace took it down."}}).status, 201);
  EXPECT_EQ(lantern.get(at).body["notes"][0]["by"], "Gull Games");
  EXPECT_EQ(lantern.post(at + "/close", {{"outcome", "taken_down"}}).body["state"], "closed");
  EXPECT_EQ(lantern.get("/joint-cases?state=closed").body["total"], 1);
  EXPECT_EQ(lantern.get("/joint-cases?state=open").body["total"], 0);
}

TEST_F(BulletinRoutes, TheHubsStaffPublishToo) {
  const std::string id = own.publish(proposal("notice"));
  EXPECT_EQ(lantern.get("/bulletins/" + id).body["author"], "Hub");
  EXPECT_EQ(own.get("/bulletins?own=true").body["total"], 1);
}

TEST_F(BulletinRoutes, ADailyMailSaysHowManyAndNothingElse) {
  EXPECT_EQ(lantern.send(Method::put, "/bulletins/digest", {{"daily_mail", true}}).status, 200);
  harbour.publish(proposal("lamp"));
  harbour.publish(proposal("clock"));
  EXPECT_EQ(lantern.desk->tick().value(), 0U) << "not before a day is over";
  hub.clock.advance(kDayMs);
  EXPECT_EQ(lantern.desk->tick().value(), 1U);
  ASSERT_EQ(lantern.mails.messages.size(), 1U);
  EXPECT_EQ(lantern.mails.messages[0].subject, "2 new bulletins");
  EXPECT_EQ(lantern.mails.messages[0].text.find("lamp"), std::string::npos);
  EXPECT_EQ(lantern.desk->tick().value(), 0U);
}

TEST_F(BulletinRoutes, TrainingHasSeatsAWaitingListRemindersAndACalendarFile) {
  const TimeMs starts_ms = hub.clock.now_ms() + 10 * kDayMs;
  json plan{
      {"title", "Fake lamps"},   {"starts_at", to_rfc3339(starts_ms)}, {"ends_at", to_rfc3339(starts_ms + 3'600'000)},
      {"zone", "Asia/Shanghai"}, {"place", "Harbour house"},           {"capacity", 1}};
  const auto made = harbour.post("/training", plan);
  ASSERT_EQ(made.status, 201) << made.text;
  const std::string at = "/training/" + made.body["id"].get<std::string>();
  EXPECT_EQ(lantern.send(Method::post, at + "/registration").body["own"], "registered");
  EXPECT_EQ(gull.send(Method::post, at + "/registration").body["own"], "waiting");
  EXPECT_EQ(gull.send(Method::post, at + "/registration").status, 409);
  EXPECT_EQ(harbour.get(at).body["registrations"][0]["member"], "Lantern Films");
  EXPECT_FALSE(gull.get(at).body.contains("registrations"));
  const auto file = lantern.get(at + "/calendar.ics");
  EXPECT_TRUE(file.text.starts_with("BEGIN:VCALENDAR\r\n"));
  EXPECT_EQ(lantern.send(Method::del, at + "/registration").status, 204);
  EXPECT_EQ(gull.desk->tick().value(), 1U) << "moved up";
  EXPECT_EQ(gull.get("/training?own=true").body["items"][0]["own"], "registered");
  hub.clock.advance(9 * kDayMs + 1);
  EXPECT_EQ(gull.desk->tick().value(), 1U) << "begins within a day";
  EXPECT_EQ(gull.desk->tick().value(), 0U) << "once";
  EXPECT_EQ(lantern.send(Method::post, at + "/cancel", json::object()).status, 403);
  EXPECT_EQ(harbour.send(Method::post, at + "/cancel", json::object()).body["state"], "cancelled");
  EXPECT_EQ(gull.desk->tick().value(), 1U) << "called off";
  for (const auto& mail : gull.mails.messages) EXPECT_EQ(mail.text.find("lamps"), std::string::npos);
  EXPECT_EQ(gull.get("/training").body["total"], 0);
  EXPECT_EQ(gull.get("/training?past=true").body["total"], 1);
}

TEST_F(BulletinRoutes, ASilentHubIsSaid) {
  lantern.sender.down = true;
  EXPECT_EQ(lantern.get("/bulletins").status, 503);
  EXPECT_EQ(lantern.post("/bulletins", proposal("lamp")).status, 201) << "drafts need nobody";
}

TEST_F(BulletinRoutes, ANodeInNoAllianceSaysSo) {
  guard.caller.permissions = {accounts::Permission::read_bulletins, accounts::Permission::write_bulletins};
  add_bulletin_routes(router, guard, {});
  const auto status = [&](const std::string& target) {
    return router.handle(testing::make_request(Method::get, "/api/v1" + target)).status;
  };
  EXPECT_EQ(status("/bulletins"), 404);
  EXPECT_EQ(status("/training"), 404);
  EXPECT_EQ(status("/bulletins/labels"), 200);
}

TEST_F(BulletinRoutes, PermissionsAreAsked) {
  const std::string id = harbour.publish(proposal("lamp"));
  lantern.guard.caller.permissions = {accounts::Permission::read_bulletins};
  EXPECT_EQ(lantern.get("/bulletins/" + id).status, 200);
  EXPECT_EQ(lantern.post("/bulletins", proposal("x")).status, 403);
  EXPECT_EQ(lantern.post("/bulletins/" + id + "/replies", {{"text", "x"}}).status, 403);
  lantern.guard.caller.permissions.clear();
  EXPECT_EQ(lantern.get("/bulletins").status, 403);
}

}  // namespace
}  // namespace probity::http::routes
