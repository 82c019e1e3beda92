// What a member's desk does by itself: groups that bulletins go to, words that are looked at while they are written,
// and what stays readable when the hub is silent.
#include "alliance/bulletin_world.h"

namespace probity::http::routes {
namespace {

TEST_F(BulletinStory, SaysWhileItIsWrittenWhatKeepsItBack) {
  const auto look = [&](const json& sketch) { return harbour.post("/bulletins/findings", sketch); };
  EXPECT_EQ(look({{"kind", "notice"}}).body["findings"].size(), 0U) << "nothing written yet";
  const auto found = look({{"kind", "notice"}, {"text", "Grey Gull Trading Ltd sells fakes."}});
  ASSERT_EQ(found.body["findings"].size(), 1U) << found.text;
  EXPECT_EQ(found.body["findings"][0]["field"], "text");
  EXPECT_NE(found.body["findings"][0]["instead"]["en"].get<std::string>().find("File a listing"), std::string::npos);
  EXPECT_EQ(look({{"kind", "fraud_pattern"}, {"title", "Grey Gull Trading Ltd"}}).body["findings"].size(), 1U);
  EXPECT_EQ(look({{"kind", "notice"}, {"text", "Listed Trading Ltd sells fakes."}}).body["findings"].size(), 0U);
  EXPECT_EQ(look({{"kind", "notice"}, {"words", "x"}}).status, 400);

  json accusing = proposal("lamp");
  accusing["text"] = "Grey Gull Trading Ltd sells fakes.";
  const auto draft = harbour.post("/bulletins", accusing);
  EXPECT_EQ(draft.body["findings"].size(), 1U) << draft.text;
  const auto sent = harbour.send(Method::post, "/bulletins/drafts/" + draft.body["id"].get<std::string>() + "/publish");
  EXPECT_EQ(sent.status, 400);
  EXPECT_NE(sent.body["hint"].get<std::string>().find("File a listing"), std::string::npos);
  EXPECT_EQ(lantern.get("/bulletins").body["total"], 0);
}

TEST_F(BulletinStory, AGroupIsItsMembersWhenItIsSent) {
  const auto group =
      harbour.post("/bulletins/groups", {{"name", "Lamp makers"}, {"members", json::array({lantern.member.text()})}});
  ASSERT_EQ(group.status, 201) << group.text;
  EXPECT_EQ(group.body["members"][0]["name"], "Lantern Films");
  const std::string at = "/bulletins/groups/" + group.body["id"].get<std::string>();
  const json to_group{{"kind", "group"}, {"group", group.body["id"]}};
  const auto draft = harbour.post("/bulletins", proposal("lamp", to_group));
  ASSERT_EQ(draft.status, 201) << draft.text;
  EXPECT_EQ(draft.body["group"]["members"].size(), 1U) << "shown as the members that it is";
  EXPECT_EQ(draft.body["audience"]["kind"], "group");

  // What becomes of the group before it is sent counts; what comes after does not.
  const auto two = json::array({gull.member.text(), lantern.member.text()});
  EXPECT_EQ(harbour.send(Method::patch, at, {{"name", "Makers"}, {"members", two}}).body["members"].size(), 2U);
  const auto made = harbour.send(Method::post, "/bulletins/drafts/" + draft.body["id"].get<std::string>() + "/publish");
  ASSERT_EQ(made.status, 201) << made.text;
  EXPECT_EQ(made.body["audience"]["name"], "Makers");
  const std::string id = made.body["id"];
  EXPECT_EQ(gull.get("/bulletins/" + id).status, 200);
  EXPECT_EQ(harbour.send(Method::patch, at, {{"members", json::array({lantern.member.text()})}}).status, 200);
  EXPECT_EQ(gull.get("/bulletins/" + id).status, 200);
  EXPECT_EQ(harbour.send(Method::del, at).status, 204);
  EXPECT_EQ(harbour.get("/bulletins/" + id).body["audience"]["members"].size(), 2U);
  EXPECT_EQ(own.get("/bulletins/" + id).status, 404);

  // A draft for a group that is gone says so, and is not sent to nobody or everybody.
  const auto lost = harbour.post("/bulletins", proposal("clock", to_group));
  ASSERT_EQ(lost.status, 201) << lost.text;
  EXPECT_EQ(lost.body["findings"][0]["field"], "audience");
  EXPECT_TRUE(lost.body["group"].is_null());
  EXPECT_EQ(harbour.send(Method::post, "/bulletins/drafts/" + lost.body["id"].get<std::string>() + "/publish").status,
            409);
}

TEST_F(BulletinStory, AMemberOfAGroupThatLeftIsSaidAndNotSentTo) {
  const auto both = json::array({gull.member.text(), lantern.member.text()});
  const auto group = harbour.post("/bulletins/groups", {{"name", "Two"}, {"members", both}});
  const std::string at = "/bulletins/groups/" + group.body["id"].get<std::string>();
  const auto suspend = [&](const NodeWorld& node) {
    auto entry = *hub.members_store.member(node.member).value();
    entry.suspended = true;
    ASSERT_TRUE(hub.members_store.update(entry).has_value());
    hub.clock.advance(60'000);
  };
  suspend(gull);
  const auto seen = harbour.get(at);
  EXPECT_EQ(seen.body["members"][0]["name"], "Gull Games");
  EXPECT_TRUE(seen.body["members"][0]["left"].get<bool>());
  EXPECT_FALSE(seen.body["members"][1]["left"].get<bool>());
  const std::string id = harbour.publish(proposal("lamp", {{"kind", "group"}, {"group", group.body["id"]}}));
  EXPECT_EQ(harbour.get("/bulletins/" + id).body["audience"]["members"].size(), 1U);
  suspend(lantern);
  const auto nobody = harbour.post("/bulletins", proposal("x", {{"kind", "group"}, {"group", group.body["id"]}}));
  EXPECT_EQ(nobody.body["findings"][0]["field"], "audience") << nobody.text;
  EXPECT_EQ(harbour.send(Method::post, "/bulletins/drafts/" + nobody.body["id"].get<std::string>() + "/publish").status,
            409);
  harbour.sender.down = true;
  hub.clock.advance(60'000);
  EXPECT_FALSE(harbour.get(at).body["members_known"].get<bool>());
  EXPECT_EQ(harbour.send(Method::patch, at, {{"name", "Three"}}).body["name"], "Three") << "a name needs no hub";
  EXPECT_EQ(harbour.send(Method::patch, at, {{"members", both}}).status, 503);
}

TEST_F(BulletinStory, GroupsRefuseWhatIsNoGroup) {
  const auto post = [&](const json& body) { return harbour.post("/bulletins/groups", body).status; };
  const auto one = json::array({lantern.member.text()});
  ASSERT_EQ(post({{"name", "Makers"}, {"members", one}}), 201);
  EXPECT_EQ(post({{"name", " MAKERS "}, {"members", one}}), 409) << "the same name in other letters";
  EXPECT_EQ(post({{"name", ""}, {"members", one}}), 400);
  EXPECT_EQ(post({{"name", "a\nb"}, {"members", one}}), 400);
  EXPECT_EQ(post({{"name", std::string(101, 'x')}, {"members", one}}), 400);
  EXPECT_EQ(post({{"name", "Nobody"}, {"members", json::array()}}), 400);
  EXPECT_EQ(post({{"name", "Strangers"}, {"members", json::array({Id{{7}}.text()})}}), 404);
  EXPECT_EQ(post({{"name", "More"}, {"members", one}, {"more", 1}}), 400);
  EXPECT_EQ(harbour.get("/bulletins/groups").body["total"], 1);
  EXPECT_EQ(harbour.get("/bulletins/groups/nothing").status, 404);
  EXPECT_EQ(harbour.send(Method::del, "/bulletins/groups/" + Id{{7}}.text()).status, 404);
  EXPECT_EQ(lantern.get("/bulletins/groups").body["total"], 0) << "groups are a house's own";
  json to_group = proposal("x", {{"kind", "group"}});
  EXPECT_EQ(harbour.post("/bulletins", to_group).status, 400);
  to_group["audience"] = {{"kind", "all"}, {"group", Id{{7}}.text()}};
  EXPECT_EQ(harbour.post("/bulletins", to_group).status, 400);
  harbour.guard.caller.permissions = {accounts::Permission::read_bulletins};
  EXPECT_EQ(harbour.get("/bulletins/groups").status, 403);
}

TEST_F(BulletinStory, WhatWasReceivedStaysReadableWhenTheHubIsSilent) {
  const std::string read = harbour.publish(proposal("lamp"));
  const std::string unread = harbour.publish(proposal("clock"));
  const std::string red = harbour.publish(proposal("torch", only(lantern), "RED"));
  EXPECT_EQ(lantern.get("/bulletins/" + red).status, 200);
  ASSERT_TRUE(lantern.received->refresh().has_value());
  const std::string as_of = to_rfc3339(hub.clock.now_ms());
  lantern.sender.down = true;
  hub.clock.advance(kDayMs);
  const auto list = lantern.get("/bulletins?sort=-title");
  ASSERT_EQ(list.status, 200) << list.text;
  EXPECT_EQ(list.body["total"], 2);
  EXPECT_EQ(list.body["items"][0]["title"], "title-lamp");
  EXPECT_EQ(list.body["as_of"], as_of);
  EXPECT_FALSE(list.body["items"][0].contains("read"));
  EXPECT_EQ(lantern.get("/bulletins?search=CLOCK").body["total"], 1);
  EXPECT_EQ(lantern.get("/bulletins?kind=notice").body["total"], 0);
  EXPECT_EQ(lantern.get("/bulletins?unread=true").status, 503) << "who has read what is the hub's to tell";
  const auto seen = lantern.get("/bulletins/" + unread);
  ASSERT_EQ(seen.status, 200) << "nobody here had opened it";
  EXPECT_EQ(seen.body["text"], "text-clock");
  EXPECT_EQ(seen.body["as_of"], as_of);
  EXPECT_EQ(lantern.get("/bulletins/" + red).status, 503) << "RED is kept nowhere";
  EXPECT_EQ(lantern.post("/bulletins/" + read + "/replies", {{"text", "x"}}).status, 503);
  EXPECT_EQ(gull.get("/bulletins").body.contains("as_of"), false);

  hub.clock.advance(19 * kDayMs);
  EXPECT_EQ(lantern.get("/bulletins").body["total"], 0) << "nothing past its end";
  EXPECT_EQ(lantern.get("/bulletins/" + read).status, 503);
  ASSERT_FALSE(lantern.received->refresh().has_value());
  EXPECT_TRUE(lantern.received_store->all().value().empty()) << "nor is it kept";
}

TEST_F(BulletinStory, NothingOfAWithdrawnOneIsKept) {
  const auto begun = harbour.post("/bulletins", proposal("lamp"));
  const std::string at = "/bulletins/drafts/" + begun.body["id"].get<std::string>();
  harbour.router.handle(testing::make_request(Method::post, "/api/v1" + at + "/pictures", "\xFF\xD8\xFF picture"));
  const std::string id = harbour.send(Method::post, at + "/publish").body["id"];
  const std::string other = harbour.publish(proposal("clock"));
  for (NodeWorld* node : {&lantern, &gull}) {
    ASSERT_TRUE(node->received->refresh().has_value());
    const std::string hash = node->get("/bulletins/" + id).body["pictures"][0]["id"];
    EXPECT_EQ(node->get("/bulletins/" + id + "/pictures/" + hash).status, 200);
    EXPECT_EQ(node->received_pictures.files.size(), 1U);
  }
  lantern.sender.down = true;
  const std::string hash = lantern.get("/bulletins/" + id).body["pictures"][0]["id"];
  EXPECT_EQ(lantern.get("/bulletins/" + id + "/pictures/" + hash).text, "\xFF\xD8\xFF picture");
  const std::string stale = lantern.get("/bulletins/" + id).text;
  lantern.sender.down = false;

  EXPECT_EQ(harbour.post("/bulletins/" + id + "/withdraw", {{"reason", "mistaken"}}).status, 200);
  ASSERT_TRUE(lantern.received->refresh().has_value());                // heard in the background
  EXPECT_EQ(gull.get("/bulletins/" + id).body["state"], "withdrawn");  // heard by a reader
  for (NodeWorld* node : {&lantern, &gull}) {
    node->sender.down = true;
    EXPECT_EQ(node->get("/bulletins/" + id).status, 503);
    EXPECT_EQ(node->get("/bulletins").body["total"], 1);
    EXPECT_TRUE(node->received_pictures.files.empty());
  }
  ASSERT_TRUE(gull.received->take(stale).has_value());
  EXPECT_EQ(gull.get("/bulletins/" + id).status, 503) << "an answer that was under way does not bring it back";
}

}  // namespace
}  // namespace probity::http::routes
