#include "http/routes/filings.h"

#include <set>

#include "support/filings_fixture.h"
#include "support/route_fixture.h"

namespace probity::http::routes {
namespace {

using accounts::Permission;
using Json = nlohmann::json;

class FilingRoutes : public test::RouteTest {
 protected:
  FilingRoutes() {
    add_filing_routes(router, guard, bench.service);
    be(bench.ada, {Permission::read_filings, Permission::write_filings});
  }
  void be(const events::Actor& actor, std::set<Permission> permissions) {
    guard.caller.actor = actor;
    guard.caller.permissions = std::move(permissions);
  }
  static std::string path(const filings::Filing& filing, const std::string& verb = "") {
    return "/filings/" + filing.id.text() + (verb.empty() ? "" : "/" + verb);
  }
  std::set<std::string> may(const Json& detail) { return detail["may"].get<std::set<std::string>>(); }

  test::FilingBench bench;
};

TEST_F(FilingRoutes, say_what_is_missing_and_what_may_be_done) {
  const auto drafted = send(Method::post, "/filings", {{"conduct", "bribery"}, {"name", "Li Testperson"}});
  ASSERT_EQ(drafted.status, 201);
  EXPECT_EQ(drafted.json["filing"]["state"], "draft");
  EXPECT_EQ(may(drafted.json), (std::set<std::string>{"edit", "withdraw"}));
  EXPECT_GE(drafted.json["hindrances"].size(), 8U);
  EXPECT_FALSE(drafted.json["hindrances"][0]["message_zh"].get<std::string>().empty());
  const auto listed = get("/filings?state=open&search=testperson");
  EXPECT_EQ(listed.json["total"], 1);
  EXPECT_EQ(get("/filing-catalogue").json["conduct"].size(), 11U);
  EXPECT_EQ(get("/filing-catalogue").json["never"].size(), 7U);
}

// As the node's guard does with a session whose last proof of presence is old.
class StalePresence final : public Guard {
 public:
  Handler staff(Permission, StaffHandler handler, GuardOptions options) override {
    return [this, handler = std::move(handler), options](const Request& request) {
      if (options.step_up && !caller.stepped_up)
        return problem({ErrorCode::step_up_required, "this needs a fresh proof that it is you", ""}, request.id);
      return handler(request, caller);
    };
  }
  accounts::Caller caller;
};

TEST_F(FilingRoutes, what_lists_somebody_or_changes_it_takes_a_fresh_proof_of_presence) {
  const auto filing = bench.service.draft({filings::SubjectKind::person, "Li", {}, {}, "theft"}, bench.ada).value();
  StalePresence stale;
  stale.caller.actor = bench.ada;
  Router routes;
  add_filing_routes(routes, stale, bench.service);
  const auto status = [&](const std::string& verb) {
    const auto answer = routes.handle(
        http::testing::make_json_request(Method::post, "/api/v1" + path(filing, verb), R"({"reason":"Not so."})"));
    return Json::parse(http::testing::body_of(answer)).value("code", "");
  };
  for (const char* verb : {"approve", "answer", "correct", "withdraw"})
    EXPECT_EQ(status(verb), "step_up_required") << verb;
  EXPECT_NE(status("submit"), "step_up_required") << "somebody else approves it";
  stale.caller.stepped_up = true;
  EXPECT_NE(status("approve"), "step_up_required");
}

TEST_F(FilingRoutes, refuse_what_can_never_be_listed_with_the_reason) {
  const auto refused = send(Method::post, "/filings", {{"conduct", "negligence"}, {"name", "A photographer"}});
  EXPECT_EQ(refused.status, 400);
  EXPECT_NE(refused.json["detail"].get<std::string>().find("agreed amount"), std::string::npos);
  for (const char* ground :
       {"speech", "complaint", "whistle_blowing", "journalism", "union_activity", "labour_dispute"})
    EXPECT_EQ(send(Method::post, "/filings", {{"conduct", ground}}).status, 400);
}

TEST_F(FilingRoutes, take_bytes_as_evidence_and_give_them_back) {
  const auto filing = bench.service.draft({filings::SubjectKind::person, "Li", {}, {}, "theft"}, bench.ada).value();
  auto request = http::testing::make_request(
      Method::post, "/api/v1" + path(filing, "documents") + "?test=clear_evidence&name=Judgment.pdf");
  request.body = "%PDF the judgment";
  const auto added = answer_of(router.handle(request));
  ASSERT_EQ(added.status, 201);
  const std::string id = added.json["documents"][0]["id"];
  const auto back =
      router.handle(http::testing::make_request(Method::get, "/api/v1" + path(filing, "documents/" + id)));
  EXPECT_EQ(http::testing::body_of(back), "%PDF the judgment");
  EXPECT_EQ(send(Method::del, path(filing, "documents/" + id)).json["documents"].size(), 0U);
  EXPECT_EQ(send(Method::post, path(filing, "documents") + "?test=nonsense&name=x").status, 400);
}

TEST_F(FilingRoutes, never_repeat_an_identifier) {
  const auto filing = bench.drafted();
  const auto right = send(Method::post, path(filing, "identifier"),
                          {{"kind", "resident_id"}, {"identifier", test::FilingBench::kNumber}});
  EXPECT_EQ(right.status, 200);
  EXPECT_TRUE(right.json["subject"]["identifier_is_kept"].get<bool>());
  EXPECT_EQ(right.json.dump().find("1949"), std::string::npos) << "not even the date in it";
  const auto wrong =
      send(Method::post, path(filing, "identifier"), {{"kind", "resident_id"}, {"identifier", "110105194912310021"}});
  EXPECT_EQ(wrong.status, 400);
  EXPECT_EQ(wrong.json.dump().find("19491231"), std::string::npos);
}

TEST_F(FilingRoutes, answer_202_while_the_hub_is_away_and_go_on) {
  const auto filing = bench.drafted();
  bench.hub.faults = {test::ScriptedHub::Fault::before};
  const auto waiting = send(Method::post, path(filing, "submit"), Json::object());
  EXPECT_EQ(waiting.status, 202);
  EXPECT_EQ(waiting.json["pending"]["verb"], "submit");
  EXPECT_EQ(may(waiting.json), (std::set<std::string>{"retry"}));
  EXPECT_EQ(send(Method::post, path(filing, "retry")).json["filing"]["state"], "awaiting_approval");
}

TEST_F(FilingRoutes, keep_the_two_people_apart) {
  const auto filing = bench.drafted();
  EXPECT_EQ(send(Method::post, path(filing, "submit")).status, 200);
  EXPECT_EQ(send(Method::post, path(filing, "approve")).status, 403) << "not a reviewer";
  be(bench.ada, {Permission::read_filings, Permission::write_filings, Permission::approve_filings});
  EXPECT_EQ(send(Method::post, path(filing, "approve")).status, 403) << "a reviewer who wrote it";
  EXPECT_FALSE(may(get(path(filing)).json).contains("approve"));
  be(bench.ben, {Permission::read_filings, Permission::approve_filings});
  EXPECT_EQ(may(get(path(filing)).json), (std::set<std::string>{"approve", "refuse"}));
  EXPECT_EQ(send(Method::post, path(filing, "withdraw"), {{"reason", "no"}}).status, 403);
  EXPECT_EQ(send(Method::post, path(filing, "approve")).json["filing"]["state"], "awaiting_notice");
}

TEST_F(FilingRoutes, refuse_bodies_that_fit_nothing) {
  const auto filing = bench.drafted();
  expect_hostile_bodies_refused(Method::post, "/filings");
  for (const char* verb : {"identifier", "notice", "answer", "correct", "withdraw"})
    expect_hostile_bodies_refused(Method::post, path(filing, verb));
  EXPECT_EQ(send(Method::patch, path(filing), {{"state", "active"}}).status, 400) << "an unknown member";
  EXPECT_EQ(get("/filings/nonsense").status, 404);
}

}  // namespace
}  // namespace probity::http::routes
