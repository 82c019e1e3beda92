// The routes of projects, in process, over a real database.
#include "http/routes/projects.h"

#include "support/route_fixture.h"

namespace probity::http::routes {
namespace {

using accounts::Permission;

class ProjectRoutesTest : public test::RouteTest {
 protected:
  ProjectRoutesTest() { add_project_routes(router, guard, {service, *log, clock}); }

  Json add(const Json& project) {
    const Answer answer = send(Method::post, "/projects", project);
    EXPECT_EQ(answer.status, 201) << answer.json;
    return answer.json;
  }
  static std::string path_of(const Json& project) { return "/projects/" + project["id"].get<std::string>(); }

  store::SqlProjectStore store{*database};
  projects::ProjectService service{projects::Ports{store, *database, *log, clock, random}};
};

const nlohmann::json kReveal{{"label", "Reveal"}, {"at", "2027-01-15T16:00:00+08:00"}, {"zone", "Asia/Shanghai"}};

TEST_F(ProjectRoutesTest, MakeShowAndChange) {
  const Json coast = add({{"name", "海岸"}, {"description", "one\ntwo"}, {"embargoes", {kReveal}}});
  EXPECT_EQ(coast["state"], "open");
  EXPECT_EQ(coast["counts"]["assets"], 0);
  EXPECT_EQ(coast["counts"]["slips"], 0);
  ASSERT_EQ(coast["embargoes"].size(), 1U);
  EXPECT_EQ(coast["embargoes"][0]["at"], "2027-01-15T08:00:00.000Z");
  EXPECT_EQ(get(path_of(coast)).json, coast);
  EXPECT_EQ(get("/projects?search=%E6%B5%B7&state=open&sort=-name").json["items"][0], coast);

  Json embargo = coast["embargoes"][0];
  embargo.erase("lifted");
  embargo["at"] = "2027-02-01T00:00:00Z";
  const Answer changed =
      send(Method::patch, path_of(coast), {{"name", "Coast"}, {"state", "archived"}, {"embargoes", {embargo}}});
  EXPECT_EQ(changed.status, 200) << changed.json;
  EXPECT_EQ(changed.json["name"], "Coast");
  EXPECT_EQ(changed.json["description"], "one\ntwo");
  EXPECT_EQ(changed.json["embargoes"][0]["id"], embargo["id"]);
  EXPECT_EQ(get("/projects?state=open").json["total"], 0);
}

TEST_F(ProjectRoutesTest, ShowTheTimelineInBothLanguages) {
  const Json coast = add({{"name", "Coast"}, {"embargoes", {kReveal}}});
  add({{"name", "Other"}});
  const Answer all = get(path_of(coast) + "/activity");
  EXPECT_EQ(all.status, 200);
  ASSERT_EQ(all.json["total"], 2);
  EXPECT_EQ(all.json["items"][0]["summary"], "Ada set the embargo Reveal to 2027-01-15 16:00 (Asia/Shanghai)");
  EXPECT_EQ(all.json["items"][1]["summary_zh"], "Ada创建了项目Coast");
  EXPECT_EQ(all.json["items"][1]["project"], coast["id"]);
  EXPECT_EQ(get(path_of(coast) + "/activity?kind=embargo.").json["total"], 1);
  EXPECT_EQ(get(path_of(coast) + "/activity?limit=1&offset=1").json["items"][0]["kind"], "project.created");
  EXPECT_EQ(get(path_of(coast) + "/activity?party=" + std::string(26, '0')).json["total"], 0);
  EXPECT_EQ(get(path_of(coast) + "/activity?kind=DROP%20TABLE").status, 400);
  EXPECT_EQ(get("/projects/" + std::string(26, '0') + "/activity").status, 404);
}

TEST_F(ProjectRoutesTest, RefuseHostileInput) {
  const Json coast = add({{"name", "Coast"}, {"embargoes", {kReveal}}});
  const Json other = add({{"name", "Other"}, {"embargoes", {kReveal}}});
  expect_hostile_bodies_refused(Method::post, "/projects");
  expect_hostile_bodies_refused(Method::patch, path_of(coast));
  Json stolen = kReveal;
  stolen["id"] = other["embargoes"][0]["id"];
  Json bad_zone = kReveal, bad_time = kReveal, extra = kReveal;
  bad_zone["zone"] = "GMT+8";
  bad_time["at"] = 1'800'000'000;
  extra["lifted"] = true;
  for (const Json& change : std::initializer_list<Json>{{{"embargoes", {stolen}}},
                                                        {{"embargoes", {bad_zone}}},
                                                        {{"embargoes", {bad_time}}},
                                                        {{"embargoes", {extra}}},
                                                        {{"embargoes", "none"}},
                                                        {{"embargoes", std::vector<Json>(21, kReveal)}},
                                                        {{"people", {std::string(26, '0')}}},
                                                        {{"people", {"me"}}},
                                                        {{"state", "deleted"}},
                                                        {{"id", coast["id"]}},
                                                        {{"counts", {{"assets", 7}}}},
                                                        {{"name", "\u202Eturned"}}})
    EXPECT_EQ(send(Method::patch, path_of(coast), change).status, 400) << change;
  EXPECT_EQ(get(path_of(coast)).json, coast);
  for (const std::string& id : strange_ids()) {
    EXPECT_EQ(get("/projects/" + id).status, 404) << id;
    EXPECT_EQ(send(Method::patch, "/projects/" + id, {{"name", "X"}}).status, 404) << id;
  }
  for (const char* query : {"state=lost", "sort=sample", "limit=9999"})
    EXPECT_EQ(get(std::string("/projects?") + query).status, 400) << query;
}

TEST_F(ProjectRoutesTest, AskForPermissions) {
  guard.caller.permissions = {Permission::read_projects};
  EXPECT_EQ(get("/projects").status, 200);
  EXPECT_EQ(send(Method::post, "/projects", {{"name", "X"}}).status, 403);
  guard.caller.permissions.clear();
  EXPECT_EQ(get("/projects").status, 403);
}

}  // namespace
}  // namespace probity::http::routes
