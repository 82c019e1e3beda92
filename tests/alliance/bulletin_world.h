// For tests: the hub's board and three members' nodes in one process, with signed calls through the real gate and staff
// through their routes.
#pragma once

#include <gtest/gtest.h>
#include "alliance/hub_link.h"
#include "alliance/member_call.h"
#include "base/encoding.h"
#include "bulletins/board.h"
#include "http/routes/bulletins.h"
#include "http/routes/hub_bulletins.h"
#include "http/routes/signed_calls.h"
#include "store/alliance_store.h"
#include "store/bulletin_desk_store.h"
#include "store/bulletins_received.h"
#include "store/bulletins_store.h"
#include "support/route_fixture.h"

namespace probity::http::routes {

using bulletins::kDayMs;
using nlohmann::json;

struct HubMembers final : bulletins::Members {
  explicit HubMembers(alliance::HubStore& to) : store(to) {}
  Result<std::vector<bulletins::MemberName>> members() override {
    std::vector<bulletins::MemberName> names;
    TRY_ASSIGN(const auto entries, store.members());
    for (const auto& entry : entries) names.push_back({entry.member, entry.name, entry.suspended});
    return names;
  }
  alliance::HubStore& store;
};
// One company is on the list.
struct OneListed final : bulletins::CompanyListings {
  Result<bool> is_listed(const std::string& name, const std::string&) override { return name == "Listed Trading Ltd"; }
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
inline Result<bulletins::CleanPicture> clean(BytesView file) {
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
    received_store = std::make_unique<store::ReceivedBulletinStore>(*database);
    received = std::make_unique<bulletins::ReceivedBulletins>(
        bulletins::ReceivedPorts{*received_store, *database, *caller, received_pictures, hub.clock});
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
                             "https://node.example", hub.clock, random, received.get()});
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
  OneListed listed;
  MemoryPictures pictures, received_pictures;
  std::unique_ptr<store::ReceivedBulletinStore> received_store;
  std::unique_ptr<bulletins::ReceivedBulletins> received;
  test::SentMessages mails;
  std::unique_ptr<bulletins::Desk> desk;
  test::OneCaller guard;
  Router router;
};

class BulletinStory : public test::RouteTest {
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

}  // namespace probity::http::routes
