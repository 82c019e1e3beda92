// Bulletins, joint cases and training from a draft to the readers, at a hub and three members' nodes.
#include "alliance/bulletin_world.h"

namespace probity::http::routes {
namespace {

TEST_F(BulletinStory, GoFromADraftToTheReaders) {
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

TEST_F(BulletinStory, WhoIsNotMeantGetsNothing) {
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

TEST_F(BulletinStory, RefusesWithTheWayToFileIt) {
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

TEST_F(BulletinStory, RefusesHostileInput) {
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

TEST_F(BulletinStory, RefusesWhatIsNoPicture) {
  const auto draft = harbour.post("/bulletins", proposal("lamp"));
  const std::string at = "/api/v1/bulletins/drafts/" + draft.body["id"].get<std::string>() + "/pictures";
  const auto status = [&](const std::string& bytes) {
    return harbour.router.handle(testing::make_request(Method::post, at, bytes)).status;
  };
  EXPECT_EQ(status("<svg onload=alert(1)>"), catalogue_entry(ErrorCode::not_a_picture).http_status);
  EXPECT_EQ(status("\xFF\xD8" + std::string(5000, 'x')), catalogue_entry(ErrorCode::too_large).http_status);
  EXPECT_EQ(harbour.router.most_body_bytes(Method::post, at), std::uint64_t{20} << 20);
}

TEST_F(BulletinStory, UnsignedAndSuspendedCallsGetNothing) {
  const auto bare = hub.router.handle(testing::make_json_request(Method::post, "/alliance/v1/bulletins/list", "{}"));
  EXPECT_EQ(bare.status, 401);
  const std::string id = harbour.publish(proposal("lamp"));
  auto entry = *hub.members_store.member(lantern.member).value();
  entry.suspended = true;
  ASSERT_TRUE(hub.members_store.update(entry).has_value());
  EXPECT_EQ(lantern.get("/bulletins/" + id).status, 403);
}

TEST_F(BulletinStory, WithdrawnSaysOnlyThat) {
  const std::string id = harbour.publish(proposal("lamp"));
  EXPECT_EQ(lantern.post("/bulletins/" + id + "/withdraw", {{"reason", "mistaken"}}).status, 403);
  EXPECT_EQ(own.post("/bulletins/" + id + "/withdraw", {{"reason", "unlawful"}}).status, 200);
  const auto seen = lantern.get("/bulletins/" + id);
  EXPECT_EQ(seen.status, 200);
  EXPECT_EQ(seen.body.size(), 5U) << seen.text;
  EXPECT_EQ(seen.text.find("lamp"), std::string::npos);
  EXPECT_EQ(lantern.post("/bulletins/" + id + "/replies", {{"text", "x"}}).status, 410);
}

TEST_F(BulletinStory, CorrectionsKeepPicturesAndThePast) {
  const std::string id = harbour.publish(proposal("lamp"));
  const json better{{"title", "title-better"}, {"text", "text"}, {"accused", json::array()}, {"reason", "The lamp"}};
  const auto corrected = harbour.post("/bulletins/" + id + "/correct", better);
  ASSERT_EQ(corrected.status, 200) << corrected.text;
  const auto seen = lantern.get("/bulletins/" + id);
  EXPECT_EQ(seen.body["version"], 2);
  EXPECT_EQ(seen.body["versions"][0]["content"]["title"], "title-lamp");
  EXPECT_EQ(lantern.post("/bulletins/" + id + "/correct", better).status, 403);
}

TEST_F(BulletinStory, JointCasesHaveContactsNotesAndAnOutcome) {
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

TEST_F(BulletinStory, TheHubsStaffPublishToo) {
  const std::string id = own.publish(proposal("notice"));
  EXPECT_EQ(lantern.get("/bulletins/" + id).body["author"], "Hub");
  EXPECT_EQ(own.get("/bulletins?own=true").body["total"], 1);
}

TEST_F(BulletinStory, ADailyMailSaysHowManyAndNothingElse) {
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

TEST_F(BulletinStory, TrainingHasSeatsAWaitingListRemindersAndACalendarFile) {
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

TEST_F(BulletinStory, ASilentHubIsSaid) {
  lantern.sender.down = true;
  EXPECT_EQ(lantern.get("/bulletins").status, 503);
  EXPECT_EQ(lantern.post("/bulletins", proposal("lamp")).status, 201) << "drafts need nobody";
}

TEST_F(BulletinStory, ANodeInNoAllianceSaysSo) {
  guard.caller.permissions = {accounts::Permission::read_bulletins, accounts::Permission::write_bulletins};
  add_bulletin_routes(router, guard, {});
  const auto status = [&](const std::string& target) {
    return router.handle(testing::make_request(Method::get, "/api/v1" + target)).status;
  };
  EXPECT_EQ(status("/bulletins"), 404);
  EXPECT_EQ(status("/training"), 404);
  EXPECT_EQ(status("/bulletins/labels"), 200);
}

TEST_F(BulletinStory, PermissionsAreAsked) {
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
