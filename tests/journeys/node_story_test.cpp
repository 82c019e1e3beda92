// The story of a node over HTTP: promise, open your copy; and the doors that stay shut to everybody else.
#include <gtest/gtest.h>

#include <ctime>
#include <thread>

#include "journeys/node.h"

namespace probity::test {
namespace {

using nlohmann::json;

constexpr int kIssueMs = 60'000;

std::string hours_from_now(int hours) {
  const std::time_t at = std::time(nullptr) + hours * 3600;
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", std::gmtime(&at));
  return text;
}

// One node with an asset serves all tests of this file; each invites people of its own.
class NodeStory : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    node_ = new Node();
    story_ = new Story(begin_story(node_->staff()));
  }
  static void TearDownTestSuite() {
    delete story_;
    delete node_;
  }

  static Browser& staff() { return node_->staff(); }

  Invitee one(const std::string& name) { return invite(staff(), *story_, 1, name).front(); }

  // Through the link and the code.
  Browser inside(const Invitee& invitee) {
    Browser recipient = node_->stranger();
    EXPECT_EQ(ask_for_code(recipient, invitee).status, 200);
    const Answer opened = enter(recipient, invitee, mailed_code(staff(), email_of(invitee.name)));
    EXPECT_EQ(opened.status, 201) << opened.body;
    return recipient;
  }

  Browser signer(const Invitee& invitee) {
    Browser recipient = inside(invitee);
    EXPECT_EQ(read_and_answer(recipient, *story_, invitee).status, 200);
    const Answer signed_now = sign(recipient, invitee);
    EXPECT_EQ(signed_now.status, 200) << signed_now.body;
    EXPECT_EQ(signed_now.json()["state"], "in_force");
    return recipient;
  }

  // The path of the first copy, once it is there.
  static std::string copy_of(Browser& recipient) {
    json copies;
    EXPECT_TRUE(wait_until(
        [&] {
          copies = recipient.get("/recipient/copies").json();
          return copies["total"] == 1 && copies["items"][0]["state"] == "available";
        },
        kIssueMs))
        << copies;
    return "/recipient/copies/" + copies["items"][0]["id"].get<std::string>();
  }

  static Answer range(Browser& recipient, const std::string& path, const std::string& range,
                      const std::vector<std::string>& more = {}) {
    Call call{.path = path};
    call.headers = more;
    call.headers.push_back("Range: bytes=" + range);
    return recipient.send(call);
  }

  static Node* node_;
  static Story* story_;
};

Node* NodeStory::node_ = nullptr;
Story* NodeStory::story_ = nullptr;

TEST_F(NodeStory, opens_a_copy_only_after_signing_and_until_revoked) {
  const Invitee mira = one("Mira Holloway");
  Browser recipient = inside(mira);
  const std::string path = "/recipient/commitments/" + mira.commitment;
  EXPECT_EQ(recipient.get("/recipient/copies").json()["total"], 0);

  // Out of order, or in halves, nothing is signed.
  const json shown = recipient.get(path).json();
  EXPECT_EQ(recipient.post(path + "/sign", signature(shown, mira.name)).status, 409);
  EXPECT_EQ(read_and_answer(recipient, *story_, mira).json()["passed"], true);
  json half = signature(shown, mira.name);
  half["consent"] = false;
  EXPECT_EQ(recipient.post(path + "/sign", half).status, 400);
  half = signature(shown, mira.name);
  half["text_hash"] = std::string(64, '0');
  EXPECT_GE(recipient.post(path + "/sign", half).status, 400);
  if (!shown["ticks"].empty()) {
    half = signature(shown, mira.name);
    half["ticks"] = json::array();
    EXPECT_EQ(recipient.post(path + "/sign", half).status, 400);
  }
  EXPECT_EQ(staff().get("/commitments/" + mira.commitment).json()["commitment"]["state"], "opened");

  EXPECT_EQ(sign(recipient, mira).json()["state"], "in_force");
  const std::string copy = copy_of(recipient);
  const Answer whole = recipient.get(copy + "/file");
  ASSERT_EQ(whole.status, 200) << whole.body.substr(0, 400);
  EXPECT_EQ(whole.body.substr(0, 2), "\xff\xd8");
  EXPECT_NE(whole.headers.at("content-disposition").find("coast.jpg"), std::string::npos);
  EXPECT_EQ(recipient.get(copy + "/view").body, whole.body);

  // Revoked in the middle: what has come has come, and not one range more.
  const Answer first = range(recipient, copy + "/file", "0-999");
  EXPECT_EQ(first.status, 206);
  EXPECT_EQ(staff().post("/commitments/" + mira.commitment + "/revoke", {{"reason", "a test"}}).status, 200);
  for (const auto& rest : {"1000-1999", "1000-", "-1"}) {
    const Answer refused = range(recipient, copy + "/file", rest, {"If-Range: " + whole.headers.at("etag")});
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(refused.code(), "not_in_force") << refused.body;
  }
  EXPECT_EQ(recipient.get(copy + "/view").code(), "not_in_force");
  EXPECT_EQ(recipient.send({.method = "HEAD", .path = copy + "/file"}).status, 403);
  // The command line obeys the same gate, and every making stands in the register.
  const Outcome verified = node_->run({"register", "verify"});
  EXPECT_EQ(verified.exit_code, 0) << verified.out << verified.err;
}

TEST_F(NodeStory, answers_ranges_and_conditions_as_http_asks) {
  const Invitee jo = one("Jo Lindqvist");
  Browser recipient = signer(jo);
  const std::string file = copy_of(recipient) + "/file";
  const Answer whole = recipient.get(file);
  ASSERT_EQ(whole.status, 200);
  const std::string size = std::to_string(whole.body.size()), etag = whole.headers.at("etag");

  const Answer head = recipient.send({.method = "HEAD", .path = file});
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.headers.at("content-length"), size);
  EXPECT_EQ(head.headers.at("etag"), etag);
  EXPECT_TRUE(head.body.empty());

  const Answer middle = range(recipient, file, "1000-1999");
  EXPECT_EQ(middle.status, 206);
  EXPECT_EQ(middle.headers.at("content-range"), "bytes 1000-1999/" + size);
  EXPECT_EQ(middle.body, whole.body.substr(1000, 1000));
  EXPECT_EQ(range(recipient, file, "-10").body, whole.body.substr(whole.body.size() - 10));
  EXPECT_EQ(range(recipient, file, "5000-").body, whole.body.substr(5000));
  const Answer beyond = range(recipient, file, size + "-");
  EXPECT_EQ(beyond.status, 416);
  EXPECT_EQ(beyond.headers.at("content-range"), "bytes */" + size);
  EXPECT_EQ(range(recipient, file, "0-9", {"If-Range: " + etag}).status, 206);
  EXPECT_EQ(range(recipient, file, "0-9", {"If-Range: \"another\""}).status, 200);
  EXPECT_EQ(recipient.send({.path = file, .headers = {"If-None-Match: " + etag}}).status, 304);

  // Every copy is its own.
  Browser other = signer(one("Ines Okafor"));
  const Answer another = other.get(copy_of(other) + "/file");
  EXPECT_NE(another.body, whole.body);
  EXPECT_NE(another.headers.at("etag"), etag);

  // The document is sealed by a job.
  const std::string document = "/recipient/commitments/" + jo.commitment + "/document";
  EXPECT_TRUE(wait_until([&] { return recipient.get(document).status == 200; }, kIssueMs));
  EXPECT_EQ(recipient.get(document).body.substr(0, 5), "%PDF-");
}

TEST_F(NodeStory, keeps_every_byte_until_its_instant) {
  Browser recipient = signer(one("Tomas Ferreira"));
  const std::string file = copy_of(recipient) + "/file";
  EXPECT_EQ(recipient.get(file).status, 200);
  const std::string asset = "/assets/" + story_->asset;
  EXPECT_EQ(staff().change("PATCH", asset, {{"not_before", hours_from_now(2)}}).status, 200);
  EXPECT_EQ(recipient.get(file).status, 403);
  EXPECT_EQ(range(recipient, file, "0-0").status, 403);
  EXPECT_EQ(staff().change("PATCH", asset, {{"not_before", hours_from_now(-1)}}).status, 200);
  EXPECT_EQ(recipient.get(file).status, 200);
  EXPECT_EQ(staff().change("PATCH", asset, {{"not_before", nullptr}}).status, 200);
}

TEST_F(NodeStory, draws_a_name_on_the_copy_when_asked) {
  Browser recipient = signer(one("He Min"));
  const std::string file = copy_of(recipient) + "/file";
  const Answer plain = recipient.get(file);
  const std::string asset = "/assets/" + story_->asset;
  EXPECT_EQ(staff().change("PATCH", asset, {{"watermark", true}}).status, 200);
  const Answer marked = recipient.get(file);
  EXPECT_EQ(marked.status, 200);
  EXPECT_NE(marked.body, plain.body);
  EXPECT_NE(marked.headers.at("etag"), plain.headers.at("etag"));
  EXPECT_EQ(staff().change("PATCH", asset, {{"watermark", false}}).status, 200);
}

TEST_F(NodeStory, shows_nothing_of_others) {
  const Invitee mine = one("First Reader"), theirs = one("Second Reader");
  Browser recipient = signer(mine);
  Browser other = signer(theirs);
  const std::string copy = copy_of(other);
  for (const std::string& path : {copy + "/file", copy + "/view", "/recipient/commitments/" + theirs.commitment,
                                  "/recipient/commitments/" + theirs.commitment + "/document"}) {
    const Answer answer = recipient.get(path);
    EXPECT_EQ(answer.status, 404) << path;
    EXPECT_EQ(answer.body.find("Second"), std::string::npos);
  }
  EXPECT_EQ(recipient.post("/recipient/commitments/" + theirs.commitment + "/decline", {{"reason", "x"}}).status, 404);
  // A recipient's session is none of the staff's, and the other way round.
  EXPECT_EQ(recipient.get("/projects").status, 401);
  EXPECT_EQ(staff().get(copy + "/file").status, 401);
  Browser stranger = node_->stranger();
  EXPECT_EQ(stranger.get(copy + "/file").status, 401);
}

TEST_F(NodeStory, takes_a_code_once_and_no_wrong_ones) {
  const Invitee reader = one("Third Reader");
  Browser first = node_->stranger();
  EXPECT_EQ(ask_for_code(first, reader).status, 200);
  const std::string code = mailed_code(staff(), email_of(reader.name));
  ASSERT_EQ(code.size(), 6U);
  std::string wrong = code;
  wrong[0] = wrong[0] == '9' ? '0' : static_cast<char>(wrong[0] + 1);
  EXPECT_EQ(enter(first, reader, wrong).status, 401);
  EXPECT_EQ(enter(first, reader, code).status, 201);
  Browser thief = node_->stranger();
  EXPECT_EQ(enter(thief, reader, code).status, 410) << "a code that was used";

  Invitee unknown = reader;
  unknown.token = std::string(reader.token.size(), 'A');
  const Answer nothing = ask_for_code(thief, unknown);
  EXPECT_TRUE(nothing.status == 404 || nothing.status == 410) << nothing.body;
  EXPECT_EQ(enter(thief, unknown, code).status, nothing.status);
  EXPECT_EQ(staff().post("/commitments/" + reader.commitment + "/revoke", {{"reason", "sent by mistake"}}).status, 200);
  Browser late = node_->stranger();
  EXPECT_GE(ask_for_code(late, reader).status, 200);  // what is over may still be read
  EXPECT_GE(sign(first, reader).status, 400);
}

TEST_F(NodeStory, wrong_codes_run_out) {
  const Invitee reader = one("Guessed Reader");
  Browser guesser = node_->stranger();
  EXPECT_EQ(ask_for_code(guesser, reader).status, 200);
  const std::string code = mailed_code(staff(), email_of(reader.name));
  int last = 0;
  for (int i = 0; i < 12; ++i) last = enter(guesser, reader, std::to_string(100000 + i)).status;
  EXPECT_EQ(last, 410) << "after five wrong ones a new code is needed";
  EXPECT_NE(enter(guesser, reader, code).status, 201) << "the right code after too many wrong ones";
}

TEST_F(NodeStory, a_double_click_signs_once) {
  const Invitee reader = one("Double Clicker");
  Browser left = inside(reader);
  EXPECT_EQ(read_and_answer(left, *story_, reader).status, 200);
  const json body = signature(left.get("/recipient/commitments/" + reader.commitment).json(), reader.name);
  Browser right = node_->stranger();
  right.be_like(left);
  Answer answers[2];
  std::thread other([&] { answers[1] = right.post("/recipient/commitments/" + reader.commitment + "/sign", body); });
  answers[0] = left.post("/recipient/commitments/" + reader.commitment + "/sign", body);
  other.join();
  for (const auto& answer : answers) EXPECT_EQ(answer.status, 200) << answer.body;
  const json detail = staff().get("/commitments/" + reader.commitment).json();
  int signatures = 0;
  for (const auto& entry : detail["evidence"]) signatures += entry["kind"] == "signed" ? 1 : 0;
  EXPECT_EQ(signatures, 1) << detail["evidence"];
  copy_of(left);
}

TEST_F(NodeStory, refuses_changes_without_the_token_of_the_session) {
  const Invitee reader = one("Framed Reader");
  Browser recipient = inside(reader);
  recipient.forget_csrf();
  EXPECT_EQ(recipient.post("/recipient/commitments/" + reader.commitment + "/read").status, 403);
  EXPECT_EQ(recipient.get("/recipient/home").status, 200);
  Browser careless = node_->stranger();
  careless.be_like(staff());
  careless.forget_csrf();
  EXPECT_EQ(careless.post("/projects", {{"name", "Not mine"}}).status, 403);
  EXPECT_EQ(staff()
                .send({.method = "POST",
                       .path = "/projects",
                       .body = R"({"name":"Not mine"})",
                       .headers = {"Origin: https://evil.example"}})
                .status,
            403);
  EXPECT_EQ(staff().get("/projects?search=Not%20mine").json()["total"], 0);
}

TEST_F(NodeStory, lets_roles_and_keys_do_what_they_may) {
  Browser auditor = node_->colleague("auditor");
  EXPECT_EQ(auditor.get("/projects").status, 200);
  EXPECT_EQ(auditor.get("/audit").status, 200);
  EXPECT_EQ(auditor.post("/projects", {{"name", "No"}}).status, 403);
  EXPECT_EQ(auditor.change("PATCH", "/assets/" + story_->asset, {{"watermark", true}}).status, 403);
  EXPECT_EQ(auditor.post("/accounts", {{"email", "x@sample.example"}, {"name", "X"}, {"roles", {"auditor"}}}).status,
            403);
  Browser custodian = node_->colleague("custodian");
  EXPECT_EQ(custodian.post("/projects", {{"name", "A custodian's"}}).status, 201);
  EXPECT_EQ(custodian.get("/audit").status, 403);

  const Answer made = staff().post(
      "/api-keys", {{"name", "reader"}, {"scopes", {"projects:read"}}, {"expires_at", hours_from_now(24)}});
  ASSERT_EQ(made.status, 201) << made.body;
  const std::string bearer = "Authorization: Bearer " + made.json()["secret"].get<std::string>();
  Browser program = node_->stranger();
  const auto with_key = [&](const std::string& method, const std::string& path, const std::string& body = "") {
    return program.send({.method = method, .path = path, .body = body, .headers = {bearer}}).status;
  };
  EXPECT_EQ(with_key("GET", "/projects"), 200);
  EXPECT_EQ(with_key("GET", "/parties"), 403);
  EXPECT_EQ(with_key("POST", "/projects", R"({"name":"No"})"), 403);
  EXPECT_EQ(staff().change("DELETE", "/api-keys/" + made.json()["key"]["id"].get<std::string>()).status, 204);
  EXPECT_EQ(with_key("GET", "/projects"), 401);
}

}  // namespace
}  // namespace probity::test
