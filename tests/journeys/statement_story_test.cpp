// From a case to a sealed statement that a stranger checks: the accused's page, two approvals, the time that has to
// pass, the log, a follow-up that overturns, a tombstone.
#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>

#include "base/encoding.h"
#include "base/hash.h"
#include "journeys/node.h"
#include "support/openssl_authority.h"
#include "support/outside_tool.h"
#include "support/tiny_http.h"

namespace probity::test {
namespace {

using nlohmann::json;

constexpr int kSealMs = 90'000;
constexpr int kIncomplete = 13;  // of `probity verify`: nothing contradicts it, and something is not proved

std::string days_from_now(double days) {
  const std::time_t at = std::time(nullptr) + static_cast<std::time_t>(days * 86'400);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", std::gmtime(&at));
  return text;
}

std::string sha256_hex(const std::string& bytes) { return to_hex(sha256(as_bytes(bytes))); }

class StatementStory : public testing::Test {
 protected:
  StatementStory() : story_(begin_story(node_.staff(), false)), investigator_(node_.colleague("investigator")) {
    for (int i = 0; i < 3; ++i) reviewers_.push_back(reviewer(i));
  }

  Browser reviewer(int which) {
    const std::string email = "reviewer" + std::to_string(which) + "@sample.example";
    const Answer invited = staff().post(
        "/accounts", {{"email", email}, {"name", "Reviewer " + std::to_string(which)}, {"roles", {"reviewer"}}});
    Browser browser = node_.stranger();
    const std::string link = invited.json().value("link", "");
    const Answer accepted = browser.post(
        "/invitations/accept", {{"token", link.substr(link.find('#') + 1)}, {"password", "quartz meadow 8 ferry"}});
    EXPECT_EQ(accepted.status, 200) << accepted.body;
    browser.take_csrf(accepted);
    return browser;
  }

  Browser& staff() { return node_.staff(); }
  static json ok(const Answer& answer, int status = 200) {
    EXPECT_EQ(answer.status, status) << answer.body;
    return answer.json();
  }

  // Through the newest link to that address and its code.
  Browser answering(const std::string& email) {
    std::string token;
    const json mails = staff().get("/outbox?limit=500").json();
    for (const json& mail : mails["items"]) {
      if (mail["to"] != email || !token.empty()) continue;
      const json detail = staff().get("/outbox/" + mail["id"].get<std::string>()).json();
      const std::string link = detail["link"].is_string() ? detail["link"].get<std::string>() : "";
      if (link.find("/answer#") != std::string::npos) token = link.substr(link.find('#') + 1);
    }
    Browser browser = node_.stranger();
    ok(browser.post("/answer/link", {{"token", token}}));
    const Answer opened = browser.post("/answer/session", {{"token", token}, {"code", mailed_code(staff(), email)}});
    ok(opened, 201);
    browser.take_csrf(opened);
    return browser;
  }

  // A case with an accused who has until five days from now to reply.
  void open_case() {
    mira_ = invite(staff(), story_, 1, "Mira Holloway").front();
    json of =
        ok(investigator_.post("/cases", {{"title", "Coast road on a forum"}, {"kind", "early_publication"}}), 201);
    case_id_ = of["id"];
    case_path_ = "/cases/" + case_id_;
    of = ok(
        investigator_.post(case_path_ + "/parties",
                           {{"party", mira_.party}, {"role", "recipient"}, {"accused", true}, {"basis", "admission"}}),
        201);
    accused_ = of["parties"][0]["id"];
    ok(investigator_.post(case_path_ + "/claim",
                          {{"text", "The picture stood on a forum a day early."}, {"reply_until", days_from_now(5)}}));
  }

  void decide() {
    const json of = ok(reviewers_[0].post(case_path_ + "/proposals",
                                          {{"finding", "breach"},
                                           {"reasons", "It stood there a day early."},
                                           {"consequences", {{{"kind", "warning"}, {"case_party", accused_}}}}}),
                       201);
    ok(reviewers_[1].post(case_path_ + "/proposals/" + of["proposals"][0]["id"].get<std::string>() + "/agree",
                          {{"reason", "I saw the same."}}));
  }

  static json words() {
    return {
        {"en", {{"title", "Statement on an early publication"}, {"body", "A picture stood on a forum a day early."}}},
        {"zh", {{"title", "关于提前发布的声明"}, {"body", "一张图片提前一天出现在论坛上。"}}}};
  }

  // Submitted, and approved by two.
  void approve(const std::string& path) {
    const json submitted = ok(investigator_.post(path + "/submit"));
    const json hash = {{"content_hash", submitted["content_hash"]}};
    EXPECT_EQ(investigator_.post(path + "/approve", hash).status, 403);
    EXPECT_EQ(reviewers_[0].post(path + "/approve", {{"content_hash", std::string(64, '0')}}).code(), "conflict");
    ok(reviewers_[0].post(path + "/approve", hash));
    EXPECT_EQ(reviewers_[0].post(path + "/approve", hash).code(), "conflict");
    EXPECT_EQ(investigator_.post(path + "/publish").code(), "conflict");
    EXPECT_EQ(ok(reviewers_[1].post(path + "/approve", hash))["statement"]["state"], "approved");
  }

  json published(const std::string& path) {
    ok(investigator_.post(path + "/publish"));
    json seen;
    EXPECT_TRUE(wait_until(
        [&] {
          seen = investigator_.get(path).json();
          return seen["statement"]["state"] == "published";
        },
        kSealMs))
        << seen;
    return seen;
  }

  Node node_;
  Story story_;
  Browser investigator_;
  std::vector<Browser> reviewers_;
  Invitee mira_;
  std::string case_id_, case_path_, accused_;
};

TEST_F(StatementStory, from_a_claim_to_a_tombstone) {
  open_case();
  // The accused's own page: their part, and nothing of anybody else.
  Browser page = answering(email_of(mira_.name));
  json own = ok(page.get("/accused/case"));
  EXPECT_EQ(own["claim"], "The picture stood on a forum a day early.");
  EXPECT_EQ(own["state"], "reply_open");
  EXPECT_EQ(own["may"], json({"reply", "upload"}));
  EXPECT_EQ(own["findings"][0]["verdict"], "other");
  EXPECT_EQ(node_.stranger().get("/accused/case").status, 401);
  EXPECT_EQ(page.get("/accused/evidence/" + mira_.party + "/picture").status, 404);
  const Call upload{.method = "POST",
                    .path = "/accused/documents?name=forum%20settings.txt",
                    .body = "the clock of the forum was an hour ahead",
                    .content_type = "application/octet-stream"};
  const json document = ok(page.send(upload), 201);
  EXPECT_EQ(document["sha256"], sha256_hex(upload.body));
  EXPECT_EQ(ok(page.send(upload), 201)["id"], document["id"]) << "sent twice";
  own = ok(page.post("/accused/reply", {{"text", "I, Mira Holloway 0x, am sorry."}, {"documents", {document["id"]}}}),
           201);
  EXPECT_EQ(own["replies"][0]["documents"][0]["name"], "forum settings.txt");
  EXPECT_EQ(investigator_.get("/cases/" + case_id_ + "/documents/" + sha256_hex(upload.body)).body, upload.body);
  EXPECT_EQ(page.post("/accused/reply", {{"text", "More"}, {"documents", {mira_.party}}}).status, 404);

  // A statement may be written and approved at any time, and published at none before the time has passed.
  json drafted = ok(investigator_.post("/statements", {{"case", case_id_}, {"kind", "early_publication"}}), 201);
  const std::string number = drafted["statement"]["number"];
  const std::string path = "/statements/" + drafted["statement"]["id"].get<std::string>();
  EXPECT_EQ(investigator_.post(path + "/submit").code(), "conflict") << "the wording has places to fill in";
  json telling = words();
  telling["en"]["body"] = "It was MIRA  HOLLOWAY 0x.";
  ok(investigator_.change("PATCH", path, {{"texts", telling}}));
  EXPECT_EQ(investigator_.post(path + "/submit").code(), "conflict") << "it tells who";
  ok(investigator_.change("PATCH", path, {{"texts", words()}}));
  const Answer preview = investigator_.get(path + "/preview");
  EXPECT_EQ(preview.body.substr(0, 5), "%PDF-");
  approve(path);
  EXPECT_EQ(investigator_.post(path + "/publish").code(), "conflict");
  const std::string address = "/public" + path;
  EXPECT_EQ(node_.stranger().get(address).status, 404);

  decide();
  EXPECT_EQ(investigator_.post(path + "/publish").code(), "conflict") << "the time to appeal is running";
  EXPECT_EQ(page.get("/accused/case").status, 401) << "the decision came with a fresh link";
  Browser again = answering(email_of(mira_.name));
  own = ok(again.get("/accused/case"));
  EXPECT_EQ(own["state"], "appeal_open");
  EXPECT_EQ(own["decision"]["finding"], "breach");
  own = ok(again.post("/accused/appeal", {{"text", "The forum's clock was wrong."}}), 201);
  EXPECT_EQ(own["appeal"]["state"], "filed");
  EXPECT_EQ(investigator_.post(path + "/publish").code(), "conflict");
  const json of = ok(investigator_.get(case_path_));
  ok(reviewers_[2].post(case_path_ + "/appeals/" + of["appeals"][0]["id"].get<std::string>() + "/decide",
                        {{"outcome", "upheld"}, {"reasons", "A day is not an hour."}}));
  const json seen = published(path);
  EXPECT_TRUE(seen["log_index"].is_number());

  // A stranger reads it, checks it, and holds a file against the list.
  Browser stranger = node_.stranger();
  const json shown = ok(stranger.get(address));
  EXPECT_EQ(shown["number"], number);
  EXPECT_EQ(shown["replies"][0]["text"], "I, a recipient, am sorry.");
  EXPECT_EQ(shown["parties"][0]["label_en"], "a recipient");
  EXPECT_EQ(shown.dump().find("Holloway"), std::string::npos) << "nobody is named";
  EXPECT_EQ(shown["binding"]["record"]["seals"][0]["fingerprint"], shown["seal"]["fingerprint"]);
  const std::string pdf = stranger.get(address + "/statement.pdf").body;
  EXPECT_EQ(shown["pdf"]["sha256"], sha256_hex(pdf));
  const json opening = ok(stranger.get(address + "/opening.json"));
  const std::string salt(as_text(from_hex(opening["salt"].get<std::string>()).value()));
  EXPECT_EQ(sha256_hex(salt + opening["text"].get<std::string>()), opening["commitment"]);
  EXPECT_NE(opening["text"].get<std::string>().find(sha256_hex(pdf)), std::string::npos);
  EXPECT_EQ(stranger.get(address + "/statement.tlog-proof").body.substr(0, 20), "c2sp.org/tlog-proof@");
  EXPECT_EQ(ok(stranger.get("/public/statements/by-hash/" + sha256_hex(pdf)))["is_statement"], true);
  EXPECT_EQ(ok(stranger.get("/public/statements/by-hash/" + sha256_hex(pdf + " ")))["is_statement"], false);
  EXPECT_EQ(stranger.get("/public/statements/by-hash/xyz").status, 400);
  EXPECT_NE(stranger.get("!/statements/feed.xml").body.find(number), std::string::npos);
  EXPECT_EQ(stranger.get("!/statements/feed.json").json()["items"].size(), 1U);
  EXPECT_EQ(stranger.get("!/.well-known/probity-seal.json").json()["version"], 1);
  EXPECT_EQ(stranger.get(address + "/qr.svg").body.substr(0, 4), "<svg");
  EXPECT_EQ(investigator_.change("PATCH", path, {{"texts", words()}}).code(), "conflict") << "sealed is sealed";

  // Offline, with what the page hands out.
  const std::filesystem::path folder = node_.workspace();
  std::ofstream(folder / "s.pdf") << pdf;
  std::ofstream(folder / "s.tlog-proof") << stranger.get(address + "/statement.tlog-proof").body;
  std::ofstream(folder / "seal.pem") << shown["seal"]["pem"].get<std::string>();
  std::ofstream(folder / "policy") << shown["binding"]["record"]["log"]["policy"].get<std::string>();
  const auto verify = [&](const char* file) {
    return probity({"verify", (folder / file).string(), "--certificate", (folder / "seal.pem").string(), "--policy",
                    (folder / "policy").string(), "--proof", (folder / "s.tlog-proof").string()});
  };
  // No authority of time is configured here, which is told and is not hidden.
  const Outcome verified = verify("s.pdf");
  EXPECT_TRUE(verified.exit_code == 0 || verified.exit_code == kIncomplete) << verified.out << verified.err;
  std::ofstream(folder / "doctored.pdf") << pdf + " ";
  EXPECT_NE(verify("doctored.pdf").exit_code, verified.exit_code);

  // What overturns it stands on both pages alike.
  const json follow =
      ok(investigator_.post(path + "/follow-up", {{"relation", "overturned"}, {"texts", words()}}), 201);
  const std::string follow_path = "/statements/" + follow["statement"]["id"].get<std::string>();
  approve(follow_path);
  EXPECT_EQ(investigator_.post(follow_path + "/publish").code(), "conflict") << "nothing is overturned yet";
  const json stages = ok(
      investigator_.post(case_path_ + "/stages", {{"kind", "arbitration"}, {"body", "Sample Arbitration House"}}), 201);
  ok(reviewers_[2].change("PATCH", case_path_ + "/stages/" + stages["stages"][0]["id"].get<std::string>(),
                          {{"outcome", "overturned"}, {"text", "The clock was wrong after all."}}));
  published(follow_path);
  for (const std::string& one : {address, "/public" + follow_path}) {
    const json chain = ok(stranger.get(one))["chain"];
    ASSERT_EQ(chain.size(), 2U);
    EXPECT_EQ(chain[0]["number"], number);
    EXPECT_EQ(chain[1]["relation"], "overturned");
    EXPECT_EQ(chain[1]["follows"], chain[0]["id"]);
  }

  // A court's order: the document goes, a dated stone stays, the log's entry cannot be opened any more.
  const json order = {{"number", number}, {"grounds", "court_order"}, {"reason", "Sample Court, 7 November."}};
  EXPECT_EQ(investigator_.post(path + "/tombstone", order).status, 403);
  // One asks, another does it.
  EXPECT_EQ(ok(reviewers_[0].post(path + "/tombstone", order))["removal_request"]["grounds"], order["grounds"]);
  EXPECT_EQ(reviewers_[0].post(path + "/tombstone", order).code(), "conflict");
  ok(reviewers_[1].post(path + "/tombstone", order));
  const json stone = ok(stranger.get(address));
  EXPECT_EQ(stone["state"], "tombstoned");
  EXPECT_EQ(stone["tombstone"]["reason"], "Sample Court, 7 November.");
  EXPECT_TRUE(stone["texts"].empty());
  for (const char* file : {"/statement.pdf", "/statement.tlog-proof", "/opening.json"})
    EXPECT_EQ(stranger.get(address + file).status, 410) << file;
  EXPECT_TRUE(ok(stranger.get("/public/statements/by-hash/" + sha256_hex(pdf))).contains("removed_at"));
  const Outcome listed = node_.run({"statement", "list"});
  EXPECT_EQ(listed.exit_code, 0) << listed.err;
  EXPECT_NE(listed.out.find(number), std::string::npos) << listed.out;
}

// A node whose log has witnesses in processes of their own and whose seals are stamped by the openssl program.
class WitnessedStatement : public StatementStory {
 protected:
  WitnessedStatement() {
    std::string key = node_.run({"log", "key"}).out;
    while (key.ends_with('\n')) key.pop_back();
    node_.stop();
    std::ofstream config(node_.workspace() + "/probity.toml");
    config << "[[timestamp]]\nurl = \"" << server_.url() << "\"\nroots = \"" << authority_.roots_file() << "\"\n"
           << "[log]\nquorum = 2\n";
    for (int i = 0; i < 2; ++i) {
      const std::string data = folder_.path("w" + std::to_string(i)).string(),
                        name = "witness-" + std::to_string(i) + ".example";
      EXPECT_EQ(probity({"witness", "init", data, "--name", name}).exit_code, 0);
      witnesses_.push_back(std::make_unique<Program>(
          std::vector<std::string>{"witness", "serve", data, "--log", key, "--listen", "127.0.0.1:0"}));
      const auto url = [&] {
        const std::string said = witnesses_.back()->said_out(), mark = "Witnessing on ";
        const std::size_t at = said.find(mark);
        return at == std::string::npos ? "" : said.substr(at + mark.size(), said.find('\n', at) - at - mark.size());
      };
      EXPECT_TRUE(wait_until([&] { return url().ends_with("/") || !url().empty(); }, kSealMs));
      std::string witness_key = probity({"witness", "key", data}).out;
      while (witness_key.ends_with('\n')) witness_key.pop_back();
      config << "[[log.witness]]\nname = \"w" << i << "\"\nurl = \"" << url() << "\"\nkey = \"" << witness_key
             << "\"\n";
    }
    config.close();
    node_.start();
  }

  TemporaryFolder folder_;
  OpensslAuthority authority_;
  TinyHttp server_{[this](const TinyRequest& request) {
    return TinyHttp::ok(authority_.reply(request.body), "application/timestamp-reply");
  }};
  std::vector<std::unique_ptr<Program>> witnesses_;
};

// The lines of a PDF's text that begin with a program that checks it.
std::vector<std::string> printed_commands(const std::string& text) {
  std::vector<std::string> commands;
  std::istringstream lines(text);
  bool goes_on = false;
  for (std::string line; std::getline(lines, line);) {
    line.erase(0, line.find_first_not_of(" \f"));
    const std::size_t number = line.find(". ");
    const std::string rest = number == 1 ? line.substr(3) : line;
    const bool begins = number == 1 && (rest.starts_with("probity verify ") || rest.starts_with("pdfsig ") ||
                                        rest.starts_with("sha256sum "));
    // A long one goes on in the next line.
    if (begins && std::ranges::find(commands, rest) == commands.end()) {
      commands.push_back(rest);
    } else if (goes_on && !line.empty() && number != 1 && line.find(".sig0") != std::string::npos) {
      commands.back() += " " + line;
    }
    goes_on = !commands.empty() && commands.back().ends_with(" -in");
  }
  return commands;
}

TEST_F(WitnessedStatement, a_stranger_finds_log_witnesses_and_time_by_its_own_instructions) {
  // Nobody is accused of a fabrication that nobody made: nothing has to be waited for.
  const json of = ok(investigator_.post("/cases", {{"title", "A made-up picture"}, {"kind", "fabrication"}}), 201);
  const json drafted =
      ok(investigator_.post("/statements", {{"case", of["id"]}, {"kind", "fabrication"}, {"texts", words()}}), 201);
  const std::string path = "/statements/" + drafted["statement"]["id"].get<std::string>(),
                    number = drafted["statement"]["number"];
  approve(path);
  published(path);
  Browser stranger = node_.stranger();
  const json shown = ok(stranger.get("/public" + path));
  const std::string proof = stranger.get("/public" + path + "/statement.tlog-proof").body;
  for (const char* witness : {"\u2014 witness-0.example ", "\u2014 witness-1.example "})
    EXPECT_NE(proof.find(witness), std::string::npos) << proof;
  const std::string in_page = shown["log"]["proof"];  // checked in the visitor's browser
  EXPECT_NE(in_page.find("\u2014 witness-"), std::string::npos) << in_page;
  const std::string policy = shown["binding"]["record"]["log"]["policy"];
  EXPECT_NE(policy.find("quorum"), std::string::npos);
  folder_.write(number + ".pdf", as_bytes(stranger.get("/public" + path + "/statement.pdf").body));
  folder_.write(number + ".tlog-proof", as_bytes(proof));
  folder_.write("seal.pem", as_bytes(shown["seal"]["pem"].get<std::string>()));
  folder_.write("policy", as_bytes(policy));
  const auto tool = [&](const std::string& command) {
    return run_tool("(cd '" + folder_.path("").string() + "' && PATH=\"$(dirname " PROBITY_PROGRAM "):$PATH\" && " +
                    command + ")");
  };

  // Everything is proved: seal, attested time, log, witnesses.
  const Outcome verified =
      probity({"verify", folder_.path(number + ".pdf").string(), "--certificate", folder_.path("seal.pem").string(),
               "--authorities", authority_.roots_file(), "--policy", folder_.path("policy").string(), "--proof",
               folder_.path(number + ".tlog-proof").string(), "--json"});
  EXPECT_EQ(verified.exit_code, 0) << verified.out << verified.err;
  const json facts = json::parse(verified.out, nullptr, false);
  EXPECT_EQ(facts["timestamp"]["authority"], "Meridian Time") << verified.out;

  // The annex of the document, as it is printed there.
  const ToolResult text = tool("pdftotext -layout " + number + ".pdf -");
  const auto commands = printed_commands(text.output);
  ASSERT_GE(commands.size(), 4U) << text.output;
  // What the output of each says when all is well.
  const std::map<std::string, std::string> expected{{"pdfsig -nocert", "Signature is Valid."},
                                                    {"pdfsig -dump", "CMS_ContentInfo"},
                                                    {"sha256sum", shown["pdf"]["sha256"].get<std::string>()}};
  for (const std::string& command : commands) {
    const ToolResult said = tool(command);
    // Whole, and nobody was named to believe.
    EXPECT_EQ(said.status, command.starts_with("probity") ? kIncomplete : 0) << command << "\n" << said.output;
    for (const auto& [begins, says] : expected) {
      const bool is_said = !command.starts_with(begins) || said.output.find(says) != std::string::npos;
      EXPECT_TRUE(is_said) << command << "\n" << said.output;
    }
  }
}

}  // namespace
}  // namespace probity::test
