// The operator's pages and the public's, on a hub that lives, by two operators.
#include "http/routes/operator.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "http/testing.h"
#include "support/hub_world.h"

namespace probity::http::routes {
namespace {

using alliance::Party;
using nlohmann::json;

struct OneGuard final : Guard {
  Handler staff(accounts::Permission permission, StaffHandler handler, GuardOptions) override {
    EXPECT_EQ(permission, accounts::Permission::operate_hub);
    return [this, handler = std::move(handler)](const Request& request) { return handler(request, caller); };
  }
  accounts::Caller caller;
};

struct NoSender final : alliance::HttpSender {
  alliance::HttpReply send(const std::string&, const std::string&, const alliance::CallHeaders&,
                           const std::string&) override {
    return {};
  }
};

class OperatorRoutes : public ::testing::Test {
 protected:
  OperatorRoutes() {
    for (const Id& member : {world.filer, world.reader}) {
      const auto entry = world.store->member(member).value().value();
      names[member] = entry.name;
    }
    add_operator_routes(router, guard, office);
    add_hub_public_routes(router, office);
    add_hub_watch_routes(router, guard, gate, office);
    sign_in(first);
  }
  void sign_in(const Id& who) { guard.caller.actor = {events::Actor::Kind::account, who, "Operator"}; }
  json send(Method method, const std::string& target, int status, const json& body = nullptr) {
    const Request request = body.is_null() ? testing::make_request(method, target)
                                           : testing::make_json_request(method, target, body.dump());
    const Response response = router.handle(request);
    const std::string text = testing::body_of(response);
    EXPECT_EQ(response.status, status) << target << " " << text;
    return json::parse(text, nullptr, false);
  }
  json get(const std::string& target, int status = 200) { return send(Method::get, target, status); }
  json post(const std::string& target, const json& body, int status = 200) {
    return send(Method::post, target, status, body);
  }

  test::HubWorld world;
  store::AllianceMemberStore member_store{*world.database};
  alliance::MemberBook members{{member_store, *world.database, world.log, world.keyholders.clock, world.random}};
  NoSender sender;
  alliance::HolderWatch holders{sender, world.keyholders.clock};
  store::AllianceWatchStore watch_store{*world.database};
  alliance::HubWatch watch{
      {watch_store, *world.store, *world.hub, *world.database, world.log, world.keyholders.clock, world.random}};
  alliance::CallGate gate{*world.store, world.keyholders.clock, world.hub->identity(), std::nullopt};
  alliance::Holidays saved;
  HubOffice office{*world.hub,
                   members,
                   holders,
                   watch,
                   world.identity,
                   [] { return std::optional<Id>(); },
                   world.keyholders.clock,
                   [this](const alliance::Holidays& days) -> Result<void> {
                     saved = days;
                     return {};
                   }};
  OneGuard guard;
  Router router;
  std::map<Id, std::string> names;
  Id first = Id::random(world.random), second = Id::random(world.random);
};

TEST_F(OperatorRoutes, members_come_stand_still_and_come_back) {
  const std::string id = Id::random(world.random).text();
  const json admission{{"member", id},
                       {"name", "Meridian Tyres"},
                       {"identity", to_hex(oprf::Identity::make(world.random).open())},
                       {"contact", "desk@meridian.example"},
                       {"reason", "signed the charter"}};
  EXPECT_EQ(post("/api/v1/hub/members", admission, 201)["standing"], "active");
  post("/api/v1/hub/members", admission, 409);
  json wrong = admission;
  wrong["identity"] = std::string(64, '0');
  wrong["member"] = Id::random(world.random).text();
  post("/api/v1/hub/members", wrong, 400);
  EXPECT_EQ(get("/api/v1/hub/members")["total"], 3);
  EXPECT_EQ(post("/api/v1/hub/members/" + id + "/suspend", {{"reason", "an alarm"}})["standing"], "suspended");
  post("/api/v1/hub/members/" + id + "/suspend", {{"reason", "an alarm"}}, 409);
  post("/api/v1/hub/members/" + id + "/reinstate", json::object(), 400);
  EXPECT_EQ(get("/api/v1/hub")["suspended"], 1);
  EXPECT_EQ(post("/api/v1/hub/members/" + id + "/reinstate", {{"reason", "explained"}})["standing"], "active");
  const json view = get("/api/v1/hub/members/" + id);
  ASSERT_EQ(view["history"].size(), 3U);
  EXPECT_EQ(view["history"][1]["what"], "suspended");
  EXPECT_EQ(view["history"][1]["by"], first.text());
  const json roll = get("/alliance/v1/roll");
  EXPECT_EQ(alliance::SignedRoll::parse(roll.dump()).value().content.members.size(), 3U);
  get("/api/v1/hub/members/" + Id::random(world.random).text(), 404);
}

TEST_F(OperatorRoutes, more_takes_two_operators_and_no_key) {
  const std::string base = "/api/v1/hub/members/" + world.reader.text() + "/quota";
  const json more{{"user_per_minute", 40}, {"user_per_day", 400}, {"member_per_day", 900}, {"reason", "a new plant"}};
  const json proposal = post(base, more);
  EXPECT_EQ(proposal["state"], "waiting");
  const std::string agree = "/api/v1/hub/quotas/" + proposal["id"].get<std::string>() + "/agree";
  post(agree, json::object(), 403);
  guard.caller.actor.kind = events::Actor::Kind::api_key;
  post(agree, json::object(), 403);
  sign_in(second);
  EXPECT_EQ(post(agree, json::object())["state"], "agreed");
  EXPECT_EQ(get("/api/v1/hub/members/" + world.reader.text())["member"]["quota"]["member_per_day"], 900);
  EXPECT_EQ(get("/api/v1/hub/quotas?state=agreed")["total"], 1);
  get("/api/v1/hub/quotas?state=perhaps", 400);
}

TEST_F(OperatorRoutes, epochs_holidays_and_the_watch) {
  const json epochs = get("/api/v1/hub/epochs");
  ASSERT_EQ(epochs["items"].size(), 1U);
  EXPECT_TRUE(epochs["items"][0]["holders"][0]["well"].is_null()) << "nobody has looked yet";
  holders.look({world.hub->keys(2027).value()});
  EXPECT_EQ(get("/api/v1/hub")["holders_unwell"], 5) << "nobody answers here";
  EXPECT_EQ(send(Method::put, "/api/v1/hub/holidays", 200, {{"dates", {"2027-10-01", "2027-01-01"}}})["dates"][0],
            "2027-01-01");
  EXPECT_EQ(saved.size(), 2U);
  send(Method::put, "/api/v1/hub/holidays", 400, {{"dates", {"2027-13-01"}}});
  EXPECT_EQ(post("/api/v1/hub/canaries", {{"epoch", 2027}, {"count", 5}}, 201)["state"], "waiting");
  post("/api/v1/hub/canaries", {{"epoch", 2031}, {"count", 5}}, 409);
  EXPECT_EQ(get("/api/v1/hub/canaries")["items"].size(), 1U);
  post("/api/v1/hub/audits", {{"member", world.reader.text()}, {"quarter", "2027-Q1"}}, 409);
  ASSERT_TRUE(watch.report({Party::Role::filer, world.reader, {}}, "2027-Q1", {sha256(as_bytes("a question"))}));
  const json audit = post("/api/v1/hub/audits", {{"member", world.reader.text()}, {"quarter", "2027-Q1"}}, 201);
  EXPECT_EQ(audit["unopened"], 1);
  EXPECT_EQ(get("/api/v1/hub/audits/" + audit["id"].get<std::string>())["member_name"], "Lantern Films");
  EXPECT_EQ(get("/api/v1/hub/alarms?state=open")["total"], 0);
  get("/alliance/v1/audits", 401);
  post("/alliance/v1/consents", json::object(), 401);
}

TEST_F(OperatorRoutes, everybody_reads_the_rules_and_no_small_number) {
  world.active(1);
  EXPECT_EQ(get("/api/v1/public/alliance/directory")["items"].size(), 2U);
  EXPECT_EQ(get("/api/v1/public/alliance/rules")["tests"].size(), 4U);
  const json statistics = get("/api/v1/public/alliance/statistics");
  EXPECT_TRUE(statistics["listings"][0]["count"].is_null()) << statistics;
  const json epochs = get("/api/v1/public/alliance/epochs");
  ASSERT_GE(epochs["items"][0]["tag_sets"].size(), 2U);
  EXPECT_EQ(epochs["items"][0]["tag_sets"][0]["version"], world.hub->tag_set(2027)->set->head().version);
}

}  // namespace
}  // namespace probity::http::routes
