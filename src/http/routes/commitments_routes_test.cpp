// The routes of commitments and of the recipient's portal, in process: the story over HTTP, and hostile input.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "http/routes/commitments.h"
#include "http/routes/recipient.h"
#include "http/testing.h"
#include "support/commitments_fixture.h"

namespace probity::http::routes {
namespace {

using nlohmann::json;
using test::CommitmentBench;

// Lets everybody in as a custodian.
class OpenGuard final : public Guard {
 public:
  Handler staff(accounts::Permission, StaffHandler handler, GuardOptions) override {
    return [handler = std::move(handler)](const Request& request) {
      accounts::Caller caller;
      caller.actor = {events::Actor::Kind::account, Id{}, "Cora Custodian"};
      return handler(request, caller);
    };
  }
};

struct Answer {
  int status = 0;
  json body;
  std::string text;
  std::string cookie;  // name=value
};

class CommitmentRoutes : public ::testing::Test {
 protected:
  CommitmentRoutes() {
    const auto qr = [](const std::string& text) -> Result<std::string> { return "<svg>" + text + "</svg>"; };
    add_commitment_routes(router, guard, {bench.service, bench.templates, documents, qr});
    add_recipient_routes(router, portal_guard,
                         {bench.portal, documents, [](const Id&) -> Result<std::uint64_t> { return 3; }});
  }

  Answer call(Method method, const std::string& path, const std::string& body = {}, Fields headers = {}) {
    const std::string target = "/api/v1" + path;
    const bool has_body = method != Method::get && method != Method::del;
    const Response response =
        router.handle(has_body && !body.empty() ? testing::make_json_request(method, target, body, headers)
                                                : testing::make_request(method, target, body, headers));
    Answer answer;
    answer.status = response.status;
    answer.text = testing::body_of(response);
    answer.body = json::parse(answer.text, nullptr, false);
    if (const auto cookie = response.header("set-cookie")) answer.cookie = cookie->substr(0, cookie->find(';'));
    return answer;
  }
  Answer post(const std::string& path, const json& body, const Fields& headers = {}) {
    return call(Method::post, path, body.dump(), headers);
  }

  std::string project() const { return bench.project.text(); }
  json terms() const {
    return {{"channels", {"own_media", "groups"}},
            {"embargo_at", "2026-11-30T12:00:00Z"},
            {"embargo_zone", "Asia/Shanghai"},
            {"amount", "50000"},
            {"currency", "CNY"},
            {"liable", "person"},
            {"sub_suppliers_sign", false}};
  }
  json create_body() const {
    return {{"template", bench.press.text()},
            {"parties", {bench.mira.text()}},
            {"terms", terms()},
            {"assets", nullptr},
            {"company_signatory", nullptr},
            {"send", true}};
  }
  std::string send() {
    const Answer made = post("/projects/" + project() + "/commitments", create_body());
    EXPECT_EQ(made.status, 201) << made.text;
    return made.body["items"][0]["id"];
  }
  // Cookie and CSRF header of a fresh session.
  Fields enter(const std::string& email) {
    const std::string token = bench.token_for(email);
    EXPECT_EQ(post("/recipient/link", {{"token", token}}).status, 200);
    const Answer opened = post("/recipient/session", {{"token", token}, {"code", bench.code_for(email)}});
    EXPECT_EQ(opened.status, 201) << opened.text;
    return {{"cookie", opened.cookie}, {"x-csrf-token", opened.body["csrf_token"]}};
  }

  test::MemoryCommitmentBench memory;
  CommitmentBench& bench = memory.bench;
  commitments::DocumentService documents{
      bench.ports,
      {[](const pdf::Document&, TimeMs) -> Result<Bytes> {
         return Bytes{'%', 'P', 'D', 'F'};
       },
       [](BytesView bytes, const std::string&, TimeMs) -> Result<Bytes> { return Bytes(bytes.begin(), bytes.end()); }}};
  Router router;
  OpenGuard guard;
  RecipientGuard portal_guard{bench.portal};
};

TEST_F(CommitmentRoutes, the_story) {
  const std::string id = send();
  const Fields session = enter("mira@weekly.example");
  const std::string mine = "/recipient/commitments/" + id;
  const Answer view = call(Method::get, mine, {}, session);
  ASSERT_EQ(view.status, 200) << view.text;
  EXPECT_EQ(view.body["step"], "read");
  EXPECT_EQ(view.body["embargo_at"], "2026-11-30T12:00:00.000Z");
  EXPECT_EQ(view.text.find("\"right\""), std::string::npos);  // nobody is told the answers
  EXPECT_EQ(view.text.find("\"why\""), std::string::npos);
  EXPECT_EQ(call(Method::post, mine + "/read", {}, session).body["step"], "answer");

  json answers = json::array();
  const auto text = bench.service.detail(Id::parse(id).value()).value().text;
  for (const auto& question : text.questions)
    answers.push_back({{"question", question.id}, {"choice", question.right}});
  EXPECT_EQ(post(mine + "/answers", {{"answers", answers}}, session).body["passed"], true);
  json ticks = json::array();
  for (const auto& tick : view.body["ticks"]) ticks.push_back(tick["id"]);
  const json signature{{"name", "Mira"}, {"ticks", ticks}, {"text_hash", view.body["text_hash"]}, {"consent", true}};
  const Answer once = post(mine + "/sign", signature, session), twice = post(mine + "/sign", signature, session);
  EXPECT_EQ(once.status, 200) << once.text;
  EXPECT_EQ(once.body["state"], "in_force");
  EXPECT_EQ(twice.body, once.body);

  const Answer home = call(Method::get, "/recipient/home", {}, session);
  EXPECT_EQ(home.body["signed"].size(), 1U);
  EXPECT_EQ(home.body["copies"], 3);
  EXPECT_EQ(home.body["csrf_token"], session[1].second);
  const Answer detail = call(Method::get, "/commitments/" + id);
  EXPECT_EQ(detail.body["commitment"]["signatories"][0]["signed_name"], "Mira");
  EXPECT_GE(detail.body["evidence"].size(), 8U);
  EXPECT_EQ(call(Method::get, "/commitments/" + id + "/document").text, "%PDF");
  EXPECT_EQ(call(Method::get, mine + "/document", {}, session).text, "%PDF");
  EXPECT_TRUE(call(Method::get, "/recipient/embargo.ics", {}, session).text.starts_with("BEGIN:VCALENDAR"));
  const json slip{{"commitment", id}, {"what", "w"}, {"where", "x"}, {"happened_at", "2026-11-20T11:00:00+00:00"}};
  const Answer slipped = post("/recipient/slips", slip, session);
  ASSERT_EQ(slipped.status, 201) << slipped.text;
  EXPECT_EQ(call(Method::get, "/projects/" + project() + "/slips").body["total"], 1);
  const std::string slip_id = slipped.body["id"];
  EXPECT_EQ(call(Method::post, "/slips/" + slip_id + "/acknowledge").status, 200);
  EXPECT_EQ(post("/commitments/" + id + "/breach", {{"reason", "posted"}}).body["state"], "breached");
  EXPECT_EQ(call(Method::del, "/recipient/session", {}, session).status, 204);
  EXPECT_EQ(call(Method::get, "/recipient/home", {}, session).status, 401);
}

TEST_F(CommitmentRoutes, the_guard_of_recipients) {
  const std::string id = send();
  Fields session = enter("mira@weekly.example");
  const std::string read = "/recipient/commitments/" + id + "/read";
  EXPECT_EQ(call(Method::get, "/recipient/home").status, 401);
  EXPECT_EQ(call(Method::get, "/recipient/home", {}, {{"cookie", "__Host-probity-recipient=guess"}}).status, 401);
  EXPECT_EQ(call(Method::post, read, {}, {session[0]}).status, 403);
  EXPECT_EQ(call(Method::post, read, {}, {session[0], {"x-csrf-token", "wrong"}}).status, 403);
  Fields foreign = session;
  foreign.emplace_back("sec-fetch-site", "cross-site");
  EXPECT_EQ(call(Method::post, read, {}, foreign).status, 403);
  EXPECT_EQ(call(Method::post, read, {}, session).status, 200);

  const Id ann = bench.add_person("Ann Other", "ann@other.example", std::nullopt);
  bench.send(ann, CommitmentBench::terms());
  const Fields other = enter("ann@other.example");
  for (const char* verb : {"/read", "/document"})
    EXPECT_EQ(call(std::string(verb) == "/read" ? Method::post : Method::get, "/recipient/commitments/" + id + verb, {},
                   other)
                  .status,
              404);
  EXPECT_EQ(call(Method::get, "/recipient/commitments/" + id, {}, other).status, 404);
  EXPECT_EQ(call(Method::get, "/recipient/commitments/not-an-id", {}, other).status, 404);
}

TEST_F(CommitmentRoutes, wrong_links_and_codes) {
  send();
  const std::string token = bench.token_for("mira@weekly.example");
  EXPECT_EQ(post("/recipient/link", {{"token", "nothing"}}).status, 404);
  EXPECT_EQ(post("/recipient/link", {{"token", std::string(500, 'x')}}).status, 400);
  const Answer state = post("/recipient/link", {{"token", token}});
  EXPECT_EQ(state.body["masked_email"], "m…@weekly.example");
  EXPECT_EQ(state.body["code_sent"], true);
  EXPECT_EQ(post("/recipient/link", {{"token", token}, {"resend", true}}).status, 429);
  EXPECT_EQ(post("/recipient/session", {{"token", token}, {"code", "abc"}}).status, 401);
  EXPECT_EQ(post("/recipient/session", {{"token", token}, {"code", bench.code_for("mira@weekly.example")}}).status,
            201);
  EXPECT_EQ(post("/recipient/session", {{"token", token}, {"code", bench.code_for("mira@weekly.example")}}).status,
            410);
}

TEST_F(CommitmentRoutes, hostile_bodies_are_refused_clearly) {
  const std::string create = "/projects/" + project() + "/commitments";
  const auto refused = [&](auto change) {
    json body = create_body();
    change(body);
    return post(create, body).status;
  };
  EXPECT_EQ(refused([](json& body) { body.erase("terms"); }), 400);
  EXPECT_EQ(refused([](json& body) { body["terms"] = 5; }), 400);
  EXPECT_EQ(refused([](json& body) { body["terms"]["channels"] = {"own_media", "radio"}; }), 400);
  EXPECT_EQ(refused([](json& body) { body["terms"]["channels"] = json::array(); }), 400);
  EXPECT_EQ(refused([](json& body) { body["terms"]["amount"] = "-5"; }), 400);
  EXPECT_EQ(refused([](json& body) { body["terms"]["amount"] = 50000; }), 400);
  EXPECT_EQ(refused([](json& body) { body["terms"]["embargo_at"] = "tomorrow"; }), 400);
  EXPECT_EQ(refused([](json& body) { body["terms"]["embargo_zone"] = "Mars/Base"; }), 400);
  EXPECT_EQ(refused([](json& body) { body["terms"]["liable"] = "nobody"; }), 400);
  EXPECT_EQ(refused([](json& body) { body["terms"]["more"] = 1; }), 400);
  EXPECT_EQ(refused([](json& body) { body["parties"] = json::array(); }), 400);
  EXPECT_EQ(refused([](json& body) { body["parties"] = {"x"}; }), 400);
  EXPECT_EQ(refused([](json& body) { body["parties"] = {Id{}.text()}; }), 404);
  EXPECT_EQ(refused([](json& body) { body["template"] = Id{}.text(); }), 404);
  EXPECT_EQ(refused([](json& body) { body["assets"] = {Id{}.text()}; }), 400);
  EXPECT_EQ(refused([](json& body) { body["send"] = "yes"; }), 400);
  EXPECT_EQ(call(Method::post, create, "{").status, 400);
  EXPECT_EQ(call(Method::post, create, "[]").status, 400);
  EXPECT_EQ(call(Method::post, create, std::string(2000, '[')).status, 400);
  EXPECT_EQ(call(Method::post, "/projects/" + Id{}.text() + "/commitments", create_body().dump()).status, 404);
  EXPECT_EQ(call(Method::get, "/commitments?state=odd").status, 400);
  EXPECT_EQ(call(Method::get, "/commitments?limit=100000").status, 400);
  EXPECT_EQ(call(Method::get, "/commitments?party=odd").body["total"], 0);
  EXPECT_EQ(call(Method::get, create).body["total"], 0);  // nothing of all that was made
}

TEST_F(CommitmentRoutes, hostile_signatures_are_refused_clearly) {
  const std::string id = send();
  const Fields session = enter("mira@weekly.example");
  const std::string sign = "/recipient/commitments/" + id + "/sign";
  const json good{{"name", "Mira"}, {"ticks", json::array()}, {"text_hash", "00"}, {"consent", true}};
  EXPECT_EQ(post(sign, good, session).status, 409);
  for (const auto& [name, value] : std::vector<std::pair<std::string, json>>{{"name", std::string(201, 'x')},
                                                                             {"name", 7},
                                                                             {"ticks", "all"},
                                                                             {"ticks", json::array({1})},
                                                                             {"text_hash", std::string(65, 'a')},
                                                                             {"consent", "true"},
                                                                             {"consent", nullptr},
                                                                             {"extra", true}}) {
    json body = good;
    body[name] = value;
    EXPECT_EQ(post(sign, body, session).status, 400) << name;
  }
  EXPECT_EQ(post("/recipient/commitments/" + id + "/decline", {{"reason", ""}}, session).status, 400);
  EXPECT_EQ(post("/recipient/slips", {{"commitment", id}, {"what", "a"}, {"where", "b"}, {"happened_at", "x"}}, session)
                .status,
            400);
  EXPECT_EQ(
      post("/recipient/colleagues", {{"commitment", id}, {"name", "K"}, {"email", "not an address"}}, session).status,
      400);
  EXPECT_EQ(
      post("/recipient/colleagues", {{"commitment", id}, {"name", "K"}, {"email", "k@x.example"}}, session).status,
      403);
}

TEST_F(CommitmentRoutes, templates) {
  const Answer built_in = call(Method::get, "/templates/" + bench.press.text());
  ASSERT_EQ(built_in.status, 200);
  json draft{{"name", "Mine"}, {"locale", "en"}, {"text", built_in.body["text"]}, {"terms", terms()}};
  const Answer made = post("/templates", draft);
  ASSERT_EQ(made.status, 201) << made.text;
  const std::string id = made.body["id"];
  EXPECT_EQ(call(Method::put, "/templates/" + id, draft.dump()).body["version"], 2);
  EXPECT_EQ(call(Method::get, "/templates/" + id + "?version=1").body["version"], 1);
  EXPECT_EQ(call(Method::get, "/templates/" + id + "?version=9").status, 404);
  EXPECT_EQ(call(Method::get, "/templates/" + id + "?version=x").status, 400);
  EXPECT_EQ(call(Method::put, "/templates/" + bench.press.text(), draft.dump()).status, 403);
  EXPECT_EQ(call(Method::del, "/templates/" + id).status, 204);
  draft["text"]["questions"] = json::array();
  EXPECT_EQ(post("/templates", draft).status, 400);
  const json preview{{"text", built_in.body["text"]}, {"terms", terms()}, {"locale", "zh"}};
  const Answer shown = post("/templates/preview", preview);
  EXPECT_EQ(shown.status, 200) << shown.text;
  EXPECT_EQ(shown.body["unknown_placeholders"].size(), 0U);
}

TEST_F(CommitmentRoutes, staff_verbs) {
  const std::string id = send();
  const std::string path = "/commitments/" + id;
  const std::string signatory = call(Method::get, path).body["commitment"]["signatories"][0]["id"];
  const Answer door = post(path + "/link", {{"signatory", signatory}});
  EXPECT_EQ(door.status, 200) << door.text;
  EXPECT_EQ(door.body["code"].get<std::string>().size(), 6U);
  EXPECT_EQ(call(Method::post, path + "/remind").status, 200);
  EXPECT_EQ(call(Method::post, path + "/remind").status, 429);
  EXPECT_EQ(post(path + "/extend", {{"until", nullptr}}).status, 200);
  EXPECT_EQ(post(path + "/extend", json::object()).status, 400);
  EXPECT_EQ(call(Method::post, path + "/send").status, 409);
  const Answer next = post(path + "/replace", {{"terms", terms()}, {"send", true}});
  EXPECT_EQ(next.status, 201) << next.text;
  EXPECT_EQ(next.body["version"], 2);
  EXPECT_EQ(post(path + "/revoke", {{"reason", "x"}}).status, 409);  // it was replaced
  const json paper{{"party", bench.jon.text()},
                   {"signed_at", "2026-11-19T10:00:00Z"},
                   {"scan_name", "scan.pdf"},
                   {"scan_base64", "cGRm"}};
  EXPECT_EQ(post("/projects/" + project() + "/commitments/paper", paper).body["on_paper"], true);
  json bad = paper;
  bad["scan_base64"] = "***";
  EXPECT_EQ(post("/projects/" + project() + "/commitments/paper", bad).status, 400);
  EXPECT_EQ(call(Method::get, "/commitments?party=" + bench.jon.text()).body["total"], 1);
}

}  // namespace
}  // namespace probity::http::routes
