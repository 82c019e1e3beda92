// The story of a leak over HTTP: report, files, two questions, trace, and a name that takes two people.
#include <gtest/gtest.h>
#include <zip.h>

#include <ctime>
#include <fstream>
#include <set>
#include <thread>

#include "attacks/chain.h"
#include "attacks/picture_file.h"
#include "base/encoding.h"
#include "base/hash.h"
#include "journeys/node.h"

namespace probity::test {
namespace {

using nlohmann::json;

constexpr int kWaitMs = 120'000;

std::string hours_from_now(int hours) {
  const std::time_t at = std::time(nullptr) + hours * 3600;
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", std::gmtime(&at));
  return text;
}

std::string sha256_of(const std::string& bytes) { return to_hex(sha256(as_bytes(bytes))); }

// What a chat app makes of a picture: smaller and recompressed.
std::string through_a_chat(const std::string& file, const std::string& chain = "chat") {
  const auto frame = bench::Chain::parse(chain).value().apply(bench::read_rgb(file).value(), 1);
  EXPECT_TRUE(frame);
  return std::string(as_text(frame->encoded));
}

// One node with an asset and three copies of it serves all tests; each reports leaks of its own.
class LeakStory : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    node_ = new Node();
    story_ = new Story(begin_story(staff()));
    for (const Invitee& invitee : invite(staff(), *story_, 3)) {
      Browser recipient = node_->stranger();
      EXPECT_EQ(ask_for_code(recipient, invitee).status, 200);
      EXPECT_EQ(enter(recipient, invitee, mailed_code(staff(), email_of(invitee.name))).status, 201);
      EXPECT_EQ(read_and_answer(recipient, *story_, invitee).status, 200);
      EXPECT_EQ(sign(recipient, invitee).status, 200);
      json copies;
      EXPECT_TRUE(wait_until(
          [&] {
            copies = recipient.get("/recipient/copies").json();
            return copies["total"] == 1 && copies["items"][0]["state"] == "available";
          },
          kWaitMs));
      copies_.push_back(copies["items"][0]["id"]);
      bytes_.push_back(recipient.get("/recipient/copies/" + copies_.back() + "/file").body);
      invitees_.push_back(invitee);
    }
    investigator_ = new Browser(node_->colleague("investigator"));
    reviewer_ = new Browser(node_->colleague("reviewer"));
  }
  static void TearDownTestSuite() {
    delete reviewer_;
    delete investigator_;
    delete story_;
    delete node_;
  }
  void TearDown() override { EXPECT_EQ(node_->stranger().get("!/readyz").status, 200); }

  static Browser& staff() { return node_->staff(); }
  static Browser& investigator() { return *investigator_; }
  static Browser& reviewer() { return *reviewer_; }

  // Somebody of these roles, signed in.
  static Browser person(const std::string& name, const json& roles) {
    const Answer invited = staff().post("/accounts", {{"email", email_of(name)}, {"name", name}, {"roles", roles}});
    EXPECT_EQ(invited.status, 201) << invited.body;
    const std::string link = invited.json().value("link", "");
    Browser browser = node_->stranger();
    const Answer accepted = browser.post(
        "/invitations/accept", {{"token", link.substr(link.find('#') + 1)}, {"password", "a long enough passphrase"}});
    EXPECT_EQ(accepted.status, 200) << accepted.body;
    browser.take_csrf(accepted);
    return browser;
  }

  static std::string report(const std::string& title) {
    const Answer made = investigator().post("/leaks", {{"title", title},
                                                       {"project", story_->project},
                                                       {"sighting",
                                                        {{"address", "https://chat.example/g/1"},
                                                         {"platform", "Sample Chat"},
                                                         {"account", "carfan77"},
                                                         {"channel", "groups"},
                                                         {"seen_at", hours_from_now(1)},  // surely after the signatures
                                                         {"captured_how", "saved from the group"}}}});
    EXPECT_EQ(made.status, 201) << made.body;
    return made.json().value("id", "");
  }

  static Answer put(const std::string& leak, const json& upload, std::uint64_t offset, const std::string& bytes) {
    return investigator().send(
        {.method = "PUT",
         .path = "/leaks/" + leak + "/files/" + upload["id"].get<std::string>() + "?offset=" + std::to_string(offset),
         .body = bytes,
         .content_type = "application/octet-stream"});
  }
  static json begin(const std::string& leak, const std::string& name, std::size_t size) {
    const Answer begun = investigator().post("/leaks/" + leak + "/files", {{"file_name", name}, {"size_bytes", size}});
    EXPECT_EQ(begun.status, 201) << begun.body;
    return begun.json();
  }
  // In chunks; answers the job as it ended.
  static json add_file(const std::string& leak, const std::string& name, const std::string& bytes) {
    const json begun = begin(leak, name, bytes.size());
    const std::size_t chunk = begun.value("chunk_bytes", 1U << 20);
    Answer sent;
    for (std::size_t at = 0; at < bytes.size(); at += chunk) sent = put(leak, begun, at, bytes.substr(at, chunk));
    EXPECT_EQ(sent.status, 200) << sent.body;
    EXPECT_EQ(sent.json()["state"], "complete");
    return finished_job(investigator(), sent.json().value("job", ""));
  }

  static void answer_questions(const std::string& leak) {
    const Answer answered = investigator().change("PUT", "/leaks/" + leak + "/questions",
                                                  {{"public_before", "no"}, {"covered", "unknown"}});
    EXPECT_EQ(answered.status, 200) << answered.body;
  }
  static json trace(const std::string& leak) {
    const Answer asked = investigator().post("/leaks/" + leak + "/trace");
    EXPECT_EQ(asked.status, 202) << asked.body;
    return finished_job(investigator(), asked.json().value("id", ""));
  }
  // Reported, with one file, and traced.
  static std::string traced(const std::string& title, const std::string& bytes) {
    const std::string leak = report(title);
    EXPECT_EQ(add_file(leak, "found.jpg", bytes)["state"], "done");
    answer_questions(leak);
    EXPECT_EQ(trace(leak)["state"], "done");
    return leak;
  }
  static std::string from_chat(std::size_t copy, const std::string& chain = "chat") {
    const std::string file = node_->workspace() + "/../copy" + std::to_string(copy) + ".jpg";
    std::ofstream(file, std::ios::binary) << bytes_.at(copy);
    return through_a_chat(file, chain);
  }
  static json custody_actions(const std::string& leak) {
    json actions = json::array();
    const json listed = investigator().get("/leaks/" + leak + "/custody?limit=500").json();
    for (const auto& step : listed["items"]) actions.push_back(step["action"]);
    return actions;
  }
  static bool holds(const std::string& leak) {
    const Answer checked = investigator().post("/leaks/" + leak + "/custody/check");
    EXPECT_EQ(checked.status, 200) << checked.body;
    EXPECT_EQ(checked.json()["faults"], json::array()) << checked.body;
    return checked.json().value("holds", false);
  }
  static bool has(const json& list, const std::string& value) {
    return std::find(list.begin(), list.end(), json(value)) != list.end();
  }

  static Node* node_;
  static Story* story_;
  static Browser *investigator_, *reviewer_;
  static std::vector<std::string> copies_, bytes_;
  static std::vector<Invitee> invitees_;
};

Node* LeakStory::node_ = nullptr;
Story* LeakStory::story_ = nullptr;
Browser* LeakStory::investigator_ = nullptr;
Browser* LeakStory::reviewer_ = nullptr;
std::vector<std::string> LeakStory::copies_, LeakStory::bytes_;
std::vector<Invitee> LeakStory::invitees_;

TEST_F(LeakStory, a_name_takes_two_people) {
  const std::string leak = report("Coast road in a group chat");
  const std::string path = "/leaks/" + leak;
  EXPECT_EQ(investigator().get(path).json()["number"].get<std::string>().substr(0, 2), "L-");
  EXPECT_EQ(investigator().post(path + "/trace").status, 409) << "questions come first";
  const std::string bytes = from_chat(1);
  EXPECT_EQ(add_file(leak, "found.jpg", bytes)["state"], "done");
  EXPECT_EQ(investigator().post(path + "/trace").status, 409);
  EXPECT_EQ(investigator().get(path + "/result").status, 404);
  answer_questions(leak);
  EXPECT_EQ(investigator().get(path).json()["state"], "answered");

  const json evidence = investigator().get(path + "/evidence").json();
  ASSERT_EQ(evidence["total"], 2) << evidence;
  EXPECT_EQ(evidence["items"][0]["sha256"], sha256_of(bytes));
  EXPECT_EQ(evidence["items"][0]["kind"], "original");
  const std::string item = path + "/evidence/" + evidence["items"][0]["id"].get<std::string>();
  EXPECT_EQ(investigator().get(item + "/content").body, bytes);
  EXPECT_EQ(investigator().get(item + "/picture").body.substr(0, 2), "\xff\xd8");

  const json job = trace(leak);
  ASSERT_EQ(job["state"], "done") << job;
  const Answer seen = investigator().get(path + "/result");
  const json result = seen.json();
  EXPECT_EQ(result["outcome"], "identified") << seen.body;
  EXPECT_EQ(result["masked"], true);
  EXPECT_LE(result["log10_bound"].get<double>(), -9);
  EXPECT_FALSE(result["bound"]["zh"].get<std::string>().empty());
  EXPECT_EQ(result["findings"][0]["copy"], nullptr);
  EXPECT_EQ(result["findings"][0]["recipient"], nullptr);
  EXPECT_GT(result["findings"][0]["makings"].size(), 0U);
  EXPECT_GT(result["limits"].size(), 1U);
  EXPECT_EQ(result["plot"]["counts"].is_array(), true);
  EXPECT_GT(result["coverage"]["words"].size(), 1U) << result["coverage"];
  // Nothing in it tells whose copy it is.
  for (const auto& hidden : {copies_[1], invitees_[1].name, invitees_[1].party, invitees_[1].commitment})
    EXPECT_EQ(seen.body.find(hidden), std::string::npos) << hidden;
  for (const char* picture : {"leak", "master", "master_part", "leak_part"}) {
    const std::string id = result["files"][0]["pictures"][picture];
    const Answer shown = investigator().get(path + "/evidence/" + id + "/picture");
    EXPECT_EQ(shown.status, 200) << picture;
    EXPECT_EQ(shown.headers.at("content-type"), "image/jpeg");
  }
  // Nor does the report open before.
  const std::string report_json = path + "/evidence/" + result["report"]["json"].get<std::string>() + "/content";
  EXPECT_EQ(investigator().get(report_json).status, 403);
  EXPECT_EQ(reviewer().get(report_json).status, 403);

  EXPECT_EQ(investigator().post(path + "/unmask/agree", json::object()).status, 403) << "an investigator may not";
  EXPECT_EQ(reviewer().post(path + "/unmask", {{"reason", "x"}}).status, 403) << "a reviewer does not ask";
  EXPECT_EQ(reviewer().post(path + "/unmask/agree", json::object()).status, 409) << "nobody asked";
  const Answer asked = investigator().post(path + "/unmask", {{"reason", "the bound is far below the limit"}});
  ASSERT_EQ(asked.status, 200) << asked.body;
  EXPECT_EQ(asked.json()["state"], "unmask_requested");
  EXPECT_EQ(investigator().post(path + "/unmask", {{"reason", "again"}}).status, 409);
  EXPECT_EQ(investigator().post(path + "/close", {{"reason", "other"}}).status, 409);

  const Answer blind = reviewer().post(path + "/unmask/agree", json::object());
  EXPECT_EQ(blind.status, 409) << "the reviewer has not looked";
  EXPECT_EQ(reviewer().get(path + "/result").json()["masked"], true);
  EXPECT_TRUE(has(reviewer().get(path).json()["next"], "agree_unmask"));
  const Answer agreed = reviewer().post(path + "/unmask/agree", {{"note", "I looked at both pictures"}});
  ASSERT_EQ(agreed.status, 200) << agreed.body;
  EXPECT_EQ(agreed.json()["state"], "unmasked");

  const json named = investigator().get(path + "/result").json();
  EXPECT_EQ(named["masked"], false);
  EXPECT_EQ(named["findings"][0]["copy"], copies_[1]);
  EXPECT_EQ(named["findings"][0]["recipient"]["name"], invitees_[1].name);
  EXPECT_EQ(named["findings"][0]["recipient"]["party"], invitees_[1].party);
  EXPECT_EQ(named["coverage"]["commitment"], invitees_[1].commitment);
  EXPECT_NE(named["verdict"]["en"].get<std::string>().find(invitees_[1].name), std::string::npos);
  EXPECT_EQ(investigator().get(report_json).status, 200);

  // Both see who looked, and every deed stands in the custody record.
  const json detail = reviewer().get(path).json();
  std::set<std::string> viewers;
  for (const auto& view : detail["viewed"]) viewers.insert(view["who"]);
  EXPECT_EQ(viewers, (std::set<std::string>{"A investigator", "A reviewer"}));
  EXPECT_EQ(detail["unmaskings"][0]["requested_by"], "A investigator");
  EXPECT_EQ(detail["unmaskings"][0]["decided_by"], "A reviewer");
  const json actions = custody_actions(leak);
  for (const char* action : {"opened", "reported", "sighting_recorded", "received", "questions_answered", "trace_asked",
                             "traced", "viewed", "downloaded", "unmask_requested", "unmask_agreed"})
    EXPECT_TRUE(has(actions, action)) << action;
  EXPECT_TRUE(holds(leak));
  const Outcome verified = node_->run({"register", "verify"});
  EXPECT_EQ(verified.exit_code, 0) << verified.out << verified.err;
}

TEST_F(LeakStory, sightings_are_corrected_withdrawn_and_restored) {
  const std::string leak = report("Seen twice, once wrongly");
  const json seen = investigator().get("/leaks/" + leak).json()["sightings"][0];
  EXPECT_TRUE(seen["withdrawn"].is_null());
  const std::string path = "/leaks/" + leak + "/sightings/" + seen["id"].get<std::string>();
  EXPECT_EQ(reviewer().change("PATCH", path, {{"account", "x"}, {"reason", "x"}}).status, 403);
  EXPECT_EQ(reviewer().change("DELETE", path, {{"reason", "x"}}).status, 403);
  EXPECT_EQ(investigator().change("PATCH", path, {{"account", "carfan78"}}).status, 400) << "a reason is missing";
  EXPECT_EQ(investigator().change("PATCH", path, {{"colour", "red"}}).status, 400);
  EXPECT_EQ(investigator().change("PATCH", path, {{"channel", "smoke"}, {"reason", "x"}}).status, 400);
  const Answer corrected =
      investigator().change("PATCH", path, {{"account", "carfan78"}, {"reason", "Misread the screenshot"}});
  ASSERT_EQ(corrected.status, 200) << corrected.body;
  const json change = corrected.json()["changes"][0];
  EXPECT_EQ(change["deed"], "corrected");
  EXPECT_EQ(change["by"], "A investigator");
  EXPECT_EQ(change["before"], (json{{"account", "carfan77"}}));
  EXPECT_EQ(investigator().change("DELETE", path, json::object()).status, 400);
  const Answer gone = investigator().change("DELETE", path, {{"reason", "Another car"}});
  ASSERT_EQ(gone.status, 200) << gone.body;
  EXPECT_EQ(gone.json()["withdrawn"]["reason"], "Another car");
  EXPECT_EQ(investigator().change("DELETE", path, {{"reason", "twice"}}).status, 409);
  EXPECT_EQ(investigator().change("PATCH", path, {{"taken_down_at", nullptr}}).status, 409);
  EXPECT_TRUE(investigator().get("/leaks/" + leak).json()["first_seen_at"].is_null());
  EXPECT_EQ(reviewer().post(path + "/restore", {{"reason", "x"}}).status, 403);
  const Answer back = investigator().post(path + "/restore", {{"reason", "It was ours"}});
  ASSERT_EQ(back.status, 200) << back.body;
  EXPECT_TRUE(back.json()["withdrawn"].is_null());
  EXPECT_EQ(back.json()["changes"].size(), 3U);
  EXPECT_EQ(investigator().change("DELETE", "/leaks/" + leak + "/sightings/nonsense", {{"reason", "x"}}).status, 404);
  const json actions = custody_actions(leak);
  for (const char* action : {"sighting_corrected", "sighting_withdrawn", "sighting_restored"})
    EXPECT_TRUE(has(actions, action)) << action;
  EXPECT_TRUE(holds(leak));
}

TEST_F(LeakStory, whoever_asked_cannot_agree_nor_can_a_key) {
  const std::string path = "/leaks/" + traced("Asked by somebody who may do both", from_chat(0));
  Browser both = person("Both Hats", {"investigator", "reviewer"});
  EXPECT_EQ(both.get(path + "/result").status, 200);
  ASSERT_EQ(both.post(path + "/unmask", {{"reason", "I asked"}}).status, 200);
  const Answer self = both.post(path + "/unmask/agree", json::object());
  EXPECT_EQ(self.status, 403);
  EXPECT_NE(self.body.find("two people"), std::string::npos) << self.body;
  EXPECT_EQ(both.post(path + "/unmask/refuse", {{"reason", "no"}}).status, 403);
  EXPECT_EQ(investigator().change("DELETE", path + "/unmask").status, 403) << "only whoever asked withdraws";
  EXPECT_EQ(both.get(path + "/result").json()["masked"], true);
  EXPECT_EQ(both.change("DELETE", path + "/unmask").status, 200);
  EXPECT_EQ(both.get(path).json()["state"], "traced");
  // The command line has the keys of the house, and is nobody.
  const std::string number = both.get(path).json()["number"];
  EXPECT_NE(node_->run({"leak", "unmask", number, "--reason", "because"}).exit_code, 0);
  EXPECT_NE(node_->run({"leak", "agree", number}).exit_code, 0);
  // Whoever asked takes it back from there too, as the account that asked.
  ASSERT_EQ(both.post(path + "/unmask", {{"reason", "I ask again"}}).status, 200);
  EXPECT_EQ(node_->run({"leak", "withdraw", number}).exit_code, 31);
  const Outcome back = probity({"leak", "withdraw", number, "--as", email_of("Both Hats"), "-w", node_->workspace()},
                               {.environment = {"PROBITY_PASSWORD=a long enough passphrase"}});
  EXPECT_EQ(back.exit_code, 0) << back.err;
  EXPECT_NE(back.out.find("traced"), std::string::npos) << back.out;
  // Those who may agree are told that something waits, and nothing of what.
  const json mails = staff().get("/outbox?limit=500").json();
  const auto told = std::count_if(mails["items"].begin(), mails["items"].end(),
                                  [](const json& mail) { return mail["kind"] == "unmask.waits"; });
  EXPECT_GE(told, 1);
  // Nor does a case show what is masked: its evidence can be exported.
  const std::string report = investigator().get(path + "/result").json()["report"]["json"];
  EXPECT_EQ(investigator().get(path + "/evidence/" + report + "/content").status, 403);
  const Answer opened = investigator().post("/cases", {{"title", "Masked"}, {"leak", path.substr(7)}});
  ASSERT_EQ(opened.status, 201) << opened.body;
  const std::string in_case = "/cases/" + opened.json()["id"].get<std::string>();
  EXPECT_EQ(investigator().post(in_case + "/evidence", {{"evidence", report}}).code(), "forbidden");
  EXPECT_EQ(investigator().get(in_case + "/evidence/" + report + "/content").status, 404);
}

TEST_F(LeakStory, of_two_reviewers_one_wins_and_the_other_is_told) {
  const std::string path = "/leaks/" + traced("Two reviewers at once", from_chat(2));
  Browser second = person("Jo Second", {"reviewer"});
  for (Browser* browser : {investigator_, reviewer_, &second}) EXPECT_EQ(browser->get(path + "/result").status, 200);
  ASSERT_EQ(investigator().post(path + "/unmask", {{"reason", "two will answer"}}).status, 200);
  Answer agreed, refused;
  std::thread one([&] { agreed = reviewer().post(path + "/unmask/agree", json::object()); });
  std::thread two([&] { refused = second.post(path + "/unmask/refuse", {{"reason", "too early"}}); });
  one.join();
  two.join();
  EXPECT_EQ(std::min(agreed.status, refused.status), 200) << agreed.body << refused.body;
  const Answer& loser = agreed.status == 200 ? refused : agreed;
  EXPECT_EQ(loser.status, 409);
  EXPECT_NE(loser.body.find("already"), std::string::npos) << loser.body;
  const bool named = agreed.status == 200;
  EXPECT_EQ(investigator().get(path + "/result").json()["masked"], !named);
  EXPECT_EQ(investigator().get(path).json()["unmaskings"].size(), 1U);
}

// The bytes of an archive of these entries.
std::string zip_of(const std::vector<std::pair<std::string, std::string>>& entries) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* sink = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_t* archive = zip_open_from_source(sink, ZIP_TRUNCATE, &error);
  zip_source_keep(sink);
  for (const auto& [name, bytes] : entries)
    EXPECT_GE(zip_file_add(archive, name.c_str(), zip_source_buffer(archive, bytes.data(), bytes.size(), 0), 0), 0);
  EXPECT_EQ(zip_close(archive), 0);
  zip_source_open(sink);
  zip_stat_t facts;
  zip_source_stat(sink, &facts);
  std::string bytes(facts.size, '\0');
  zip_source_read(sink, bytes.data(), bytes.size());
  zip_source_close(sink);
  zip_source_free(sink);
  return bytes;
}

TEST_F(LeakStory, hostile_files_are_kept_and_said_to_be_none) {
  const std::string leak = report("Whatever people send");
  const std::string path = "/leaks/" + leak;
  EXPECT_EQ(add_file(leak, "note.txt", "not a picture")["state"], "done");
  // Three hundred megabytes that are no picture, in chunks.
  EXPECT_EQ(add_file(leak, "huge.jpg", "\xff\xd8\xff" + std::string(std::size_t{300} << 20, 'x'))["state"], "done");
  // A header of a picture of terapixels.
  const char kBomb[] = "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\x7f\xff\xff\xff\x7f\xff\xff\xff\x08\x02\0\0\0\0\0\0\0";
  EXPECT_EQ(add_file(leak, "bomb.png", std::string(kBomb, sizeof kBomb - 1))["state"], "done");
  // An archive that unpacks to far more than it is.
  const json bomb = add_file(leak, "bomb.zip", zip_of({{"a.jpg", std::string(std::size_t{200} << 20, '\0')}}));
  EXPECT_EQ(bomb["state"], "failed") << bomb;
  EXPECT_NE(bomb["error"].get<std::string>().find("more than is taken"), std::string::npos) << bomb;
  EXPECT_EQ(investigator().get(path).json()["files"], 0);
  const json evidence = investigator().get(path + "/evidence").json();
  ASSERT_EQ(evidence["total"], 4) << evidence;
  for (const auto& item : evidence["items"]) {
    EXPECT_FALSE(item["problem"].is_null()) << item;
    EXPECT_FALSE(item["picture"].get<bool>());
    const Answer shown = investigator().get(path + "/evidence/" + item["id"].get<std::string>() + "/picture");
    EXPECT_EQ(shown.status, 404);
  }
  // Too large to begin with, a parent of elsewhere, a kind that only we make.
  for (const json& wanted :
       {json{{"file_name", "x"}, {"size_bytes", std::int64_t{1} << 40}}, json{{"file_name", "x"}, {"size_bytes", 0}},
        json{{"file_name", "x"}, {"size_bytes", 1}, {"kind", "report"}},
        json{{"file_name", "x"}, {"size_bytes", 1}, {"parent", std::string(26, '0')}}})
    EXPECT_GE(investigator().post(path + "/files", wanted).status, 400) << wanted;
  // A zip of pictures is several files of one leak.
  const std::string pictures = zip_of({{"one.jpg", from_chat(0)}, {"folder/two.jpg", from_chat(0, "jpeg:80")}});
  EXPECT_EQ(add_file(leak, "found.zip", pictures)["state"], "done");
  EXPECT_EQ(investigator().get(path).json()["files"], 2);
  answer_questions(leak);
  EXPECT_EQ(trace(leak)["state"], "done");
  const json result = investigator().get(path + "/result").json();
  EXPECT_EQ(result["outcome"], "identified");
  EXPECT_EQ(result["files"].size(), 2U);
  EXPECT_TRUE(holds(leak));
}

TEST_F(LeakStory, an_upload_that_breaks_off_goes_on_where_it_was) {
  const std::string leak = report("Broken off"), bytes = from_chat(0);
  const json begun = begin(leak, "found.jpg", bytes.size());
  EXPECT_EQ(put(leak, begun, 0, bytes.substr(0, 1000)).json()["offset"], 1000);
  EXPECT_EQ(put(leak, begun, 5000, bytes.substr(5000)).status, 409) << "a gap";
  node_->crash_and_restart();
  const std::string upload = "/leaks/" + leak + "/files/" + begun["id"].get<std::string>();
  EXPECT_EQ(investigator().get(upload).json()["offset"], 1000);
  EXPECT_EQ(investigator().get("/leaks/" + leak + "/files").json()["total"], 1);
  // Of no other leak, and not among the uploads of masters.
  EXPECT_EQ(investigator().get("/leaks/" + report("Another") + "/files/" + begun["id"].get<std::string>()).status, 404);
  EXPECT_EQ(staff().get("/uploads/" + begun["id"].get<std::string>()).status, 404);
  const Answer rest = put(leak, begun, 1000, bytes.substr(1000));
  EXPECT_EQ(finished_job(investigator(), rest.json()["job"])["state"], "done");
  EXPECT_EQ(investigator().get("/leaks/" + leak + "/evidence").json()["items"][0]["sha256"], sha256_of(bytes));
  // The same file again is the same evidence.
  EXPECT_EQ(add_file(leak, "again.jpg", bytes)["state"], "done");
  EXPECT_EQ(investigator().get("/leaks/" + leak).json()["files"], 1);
  EXPECT_TRUE(has(custody_actions(leak), "received_again"));
}

TEST_F(LeakStory, traces_side_by_side_survive_kill_9) {
  std::vector<std::string> leaks, jobs;
  for (std::size_t copy = 0; copy < 3; ++copy) {
    leaks.push_back(report("Side by side " + std::to_string(copy)));
    for (int file = 0; file < 4; ++file)
      EXPECT_EQ(add_file(leaks.back(), "f" + std::to_string(file) + ".jpg",
                         from_chat(copy, "jpeg:" + std::to_string(60 + 5 * file)))["state"],
                "done");
    answer_questions(leaks.back());
  }
  for (const std::string& leak : leaks) {
    jobs.push_back(investigator().post("/leaks/" + leak + "/trace").json()["id"]);
    EXPECT_EQ(investigator().post("/leaks/" + leak + "/trace").json()["id"], jobs.back()) << "one at a time";
  }
  EXPECT_TRUE(wait_until([&] { return investigator().get("/jobs/" + jobs[0]).json()["state"] == "running"; }, kWaitMs));
  node_->crash_and_restart();
  for (std::size_t i = 0; i < leaks.size(); ++i) {
    const json job = finished_job(investigator(), jobs[i]);
    EXPECT_EQ(job["state"], "done") << job;
    const json result = investigator().get("/leaks/" + leaks[i] + "/result").json();
    EXPECT_EQ(result["outcome"], "identified") << result;
    // One trace, recorded once, whatever was killed.
    std::size_t traced = 0;
    for (const auto& action : custody_actions(leaks[i])) traced += action == "traced" ? 1 : 0;
    EXPECT_EQ(traced, 1U);
    EXPECT_TRUE(holds(leaks[i]));
  }
}

TEST_F(LeakStory, a_changed_byte_of_evidence_is_found_by_the_command_line) {
  const std::string leak = report("Tampered with"), bytes = from_chat(1, "jpeg:70");
  EXPECT_EQ(add_file(leak, "found.jpg", bytes)["state"], "done");
  const std::string number = investigator().get("/leaks/" + leak).json()["number"];
  EXPECT_EQ(node_->run({"case", "check", number}).exit_code, 0);
  const std::string hash = sha256_of(bytes);
  const std::string file = node_->workspace() + "/blobs/" + hash.substr(0, 2) + "/" + hash;
  std::string changed = bytes;
  changed[changed.size() / 2] = static_cast<char>(changed[changed.size() / 2] ^ 1);
  std::ofstream(file, std::ios::binary) << changed;
  const Outcome found = node_->run({"case", "check", number});
  EXPECT_EQ(found.exit_code, 23) << found.out << found.err;
  EXPECT_NE(found.out.find("found.jpg"), std::string::npos) << found.out;
  EXPECT_EQ(node_->run({"case", "check"}).exit_code, 23);
  EXPECT_EQ(investigator().post("/leaks/" + leak + "/custody/check").json()["holds"], false);
  const Answer content = investigator().get(
      "/leaks/" + leak + "/evidence/" +
      investigator().get("/leaks/" + leak + "/evidence").json()["items"][0]["id"].get<std::string>() + "/content");
  EXPECT_EQ(content.code(), "corrupt");
  std::ofstream(file, std::ios::binary) << bytes;
  EXPECT_EQ(node_->run({"case", "check"}).exit_code, 0);
  // What nobody names goes; what is evidence stays.
  EXPECT_EQ(node_->run({"gc"}).exit_code, 0);
  EXPECT_EQ(node_->run({"case", "check"}).exit_code, 0);
}

}  // namespace
}  // namespace probity::test
