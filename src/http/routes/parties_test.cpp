// The routes of parties, in process, over a real database.
#include "http/routes/parties.h"

#include "support/route_fixture.h"
#include "support/workbook.h"

namespace probity::http::routes {
namespace {

using accounts::Permission;

class PartyRoutes : public test::RouteTest {
 protected:
  PartyRoutes() { add_party_routes(router, guard, service); }

  Json add(const Json& party) {
    const Answer answer = send(Method::post, "/parties", party);
    EXPECT_EQ(answer.status, 201) << answer.json;
    return answer.json;
  }
  Answer import(std::string_view bytes, const std::string& query) {
    return answer_of(
        router.handle(testing::make_request(Method::post, "/api/v1/parties/import" + query, std::string(bytes))));
  }

  store::SqlPartyStore store{*database};
  parties::PartyService service{parties::Ports{store, *database, *log, clock, random}};
};

TEST_F(PartyRoutes, MakeShowChangeAndRemove) {
  const Json lin = add({{"kind", "person"},
                        {"name", " 林小雨 "},
                        {"parent_name", "星河车评"},
                        {"email", "lin@xinghe.example"},
                        {"locale", "zh"},
                        {"may_bind", true},
                        {"notes", "one\ntwo"}});
  EXPECT_EQ(lin["name"], "林小雨");
  EXPECT_EQ(lin["parent_name"], "星河车评");
  EXPECT_EQ(lin["tier"], 0);
  EXPECT_EQ(lin["commitments_in_force"], 0);
  const std::string path = "/parties/" + lin["id"].get<std::string>();
  const Answer detail = get(path);
  EXPECT_EQ(detail.status, 200);
  EXPECT_EQ(detail.json["party"], lin);
  EXPECT_EQ(detail.json["ancestors"][0]["name"], "星河车评");
  EXPECT_EQ(get("/parties/" + lin["parent"].get<std::string>()).json["children"][0]["id"], lin["id"]);

  const Answer changed = send(Method::patch, path, {{"job_title", "主编"}, {"parent", nullptr}});
  EXPECT_EQ(changed.status, 200);
  EXPECT_EQ(changed.json["job_title"], "主编");
  EXPECT_TRUE(changed.json["parent"].is_null());
  EXPECT_EQ(changed.json["email"], "lin@xinghe.example");
  EXPECT_EQ(send(Method::del, path).status, 204);
  EXPECT_EQ(get(path).status, 404);
  EXPECT_EQ(send(Method::del, path).status, 404);
}

TEST_F(PartyRoutes, RefuseDoublesAndReferences) {
  const Json weekly = add({{"kind", "outlet"}, {"name", "Motor Weekly"}});
  const Answer again = send(Method::post, "/parties", {{"kind", "employer"}, {"name", "MOTOR WEEKLY"}});
  EXPECT_EQ(again.status, 409);
  EXPECT_EQ(again.json["code"], "already_exists");
  add({{"kind", "person"}, {"name", "Mira"}, {"parent", weekly["id"]}});
  EXPECT_EQ(send(Method::del, "/parties/" + weekly["id"].get<std::string>()).status, 409);
  EXPECT_EQ(send(Method::patch, "/parties/" + weekly["id"].get<std::string>(), {{"parent", weekly["id"]}}).status, 400);
}

TEST_F(PartyRoutes, ListWithFilters) {
  const Json weekly = add({{"kind", "outlet"}, {"name", "Motor Weekly"}});
  add({{"kind", "person"}, {"name", "Mira"}, {"parent", weekly["id"]}});
  add({{"kind", "person"}, {"name", "Jon"}});
  EXPECT_EQ(get("/parties").json["total"], 3);
  EXPECT_EQ(get("/parties?kind=person&sort=-name").json["items"][0]["name"], "Mira");
  EXPECT_EQ(get("/parties?kind=organisation").json["total"], 1);
  EXPECT_EQ(get("/parties?parent=" + weekly["id"].get<std::string>()).json["total"], 1);
  EXPECT_EQ(get("/parties?search=WEEKLY").json["total"], 2);
  EXPECT_EQ(get("/parties?limit=1&offset=2").json["items"].size(), 1U);
  // A filter that cannot be read is no filter that lets everything through.
  EXPECT_EQ(get("/parties?parent=nonsense").json["total"], 0);
  for (const char* query : {"kind=wizard", "sort=notes", "sort=name;drop", "limit=0", "limit=501", "offset=-1"})
    EXPECT_EQ(get(std::string("/parties?") + query).status, 400) << query;
}

TEST_F(PartyRoutes, RecordTrainings) {
  const std::string path = "/parties/" + add({{"kind", "person"}, {"name", "Mira"}})["id"].get<std::string>();
  const Answer made = send(Method::post, path + "/trainings",
                           {{"title", "Secrets"}, {"given_at", "2026-11-21T10:00:00+08:00"}, {"note", "at the door"}});
  EXPECT_EQ(made.status, 201);
  EXPECT_EQ(made.json["given_at"], "2026-11-21T02:00:00.000Z");
  EXPECT_EQ(made.json["recorded_by"], "Ada");
  EXPECT_EQ(get(path + "/trainings").json["items"][0], made.json);
  EXPECT_EQ(get(path).json["party"]["trained_at"], "2026-11-21T02:00:00.000Z");
  EXPECT_EQ(send(Method::post, path + "/trainings", {{"title", "X"}, {"given_at", "2999-01-01T00:00:00Z"}}).status,
            400);
  EXPECT_EQ(send(Method::post, path + "/trainings", {{"title", "X"}, {"given_at", "yesterday"}}).status, 400);
  EXPECT_EQ(get("/parties/" + std::string(26, '0') + "/trainings").status, 404);
}

TEST_F(PartyRoutes, PreviewAndImportFiles) {
  const std::string csv = "name,organisation\nMira,Motor Weekly\nJon,Motor Weekly\n";
  const Answer preview = import(csv, "?dry_run=true");
  EXPECT_EQ(preview.status, 200);
  EXPECT_EQ(preview.json["new_count"], 3);
  EXPECT_EQ(preview.json["imported"], false);
  EXPECT_EQ(preview.json["rows"][0]["parent_name"], "Motor Weekly");
  EXPECT_EQ(get("/parties").json["total"], 0);
  EXPECT_EQ(import(csv, "").json["imported"], true);
  EXPECT_EQ(get("/parties").json["total"], 3);
  const Bytes workbook = test::workbook_of({{"姓名", "机构"}, {"", "x"}});
  const Answer problems = import(as_text(workbook), "?dry_run=false");
  EXPECT_EQ(problems.status, 200);
  EXPECT_EQ(problems.json["imported"], false);
  EXPECT_EQ(problems.json["problems"][0]["row"], 2);
  EXPECT_EQ(import(csv, "?dry_run=maybe").status, 400);
  EXPECT_EQ(import("", "").status, 400);
  EXPECT_EQ(import("\x89PNG\r\n\x1a\n", "").status, 400);
  EXPECT_EQ(import("PK\x03\x04", "").status, 400);
  EXPECT_EQ(router.most_body_bytes(Method::post, "/api/v1/parties/import"), std::uint64_t{32} << 20);
}

TEST_F(PartyRoutes, RefuseHostileInput) {
  const std::string path = "/parties/" + add({{"kind", "person"}, {"name", "Mira"}})["id"].get<std::string>();
  expect_hostile_bodies_refused(Method::post, "/parties");
  expect_hostile_bodies_refused(Method::patch, path);
  expect_hostile_bodies_refused(Method::post, path + "/trainings");
  for (const Json& body : std::initializer_list<Json>{{{"kind", "person"}},
                                                      {{"name", "X"}},
                                                      {{"kind", "wizard"}, {"name", "X"}},
                                                      {{"kind", "person"}, {"name", "X"}, {"tier", 3}},
                                                      {{"kind", "person"}, {"name", "X"}, {"parent", "../1"}},
                                                      {{"kind", "person"}, {"name", "X"}, {"email", "a@b\r\nBcc: c"}},
                                                      {{"kind", "person"}, {"name", "X"}, {"locale", "fr"}},
                                                      {{"kind", "person"}, {"name", "X"}, {"may_bind", "yes"}},
                                                      {{"kind", "supplier"}, {"name", "X"}, {"may_bind", true}},
                                                      {{"kind", "person"}, {"name", "\u202Eturned"}}})
    EXPECT_EQ(send(Method::post, "/parties", body).status, 400) << body;
  EXPECT_EQ(
      send(Method::post, "/parties", {{"kind", "person"}, {"name", "X"}, {"parent", std::string(26, '0')}}).status,
      404);
  for (const std::string& id : strange_ids()) {
    EXPECT_EQ(get("/parties/" + id).status, 404) << id;
    EXPECT_EQ(send(Method::del, "/parties/" + id).status, 404) << id;
    EXPECT_EQ(send(Method::patch, "/parties/" + id, {{"name", "X"}}).status, 404) << id;
  }
  EXPECT_EQ(get("/parties").json["total"], 1);
}

TEST_F(PartyRoutes, AskForPermissions) {
  guard.caller.permissions = {Permission::read_parties};
  EXPECT_EQ(get("/parties").status, 200);
  EXPECT_EQ(send(Method::post, "/parties", {{"kind", "person"}, {"name", "X"}}).status, 403);
  EXPECT_EQ(import("name\nMira\n", "").status, 403);
  guard.caller.permissions = {Permission::write_parties};
  EXPECT_EQ(get("/parties").status, 403);
}

}  // namespace
}  // namespace probity::http::routes
