// The story of a shoot over HTTP: who signed attends, hands in frames from the phone, is told what may be used; and a
// leak leads to whose frame it is like, and to nobody of another shoot.
#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <opencv2/imgproc.hpp>
#include <regex>

#include "attacks/chain.h"
#include "attacks/picture_file.h"
#include "journeys/launch.h"
#include "journeys/node.h"
#include "shoots/multi_view.h"

namespace probity::test {
namespace {

using bench::Dice;
using nlohmann::json;

std::string as_jpeg(const cv::Mat& rgb) {
  const Bytes bytes = bench::encode_jpeg(rgb, {.quality = 92});
  return std::string(as_text(bytes));
}

// Two simulated shoots; frames of the first attendee of each.
struct Pictures {
  std::vector<bench::HandedIn> unveiling, workshop;

  Pictures() {
    const auto scene = [](const std::string& file, std::uint64_t seed) {
      const cv::Mat rgb = bench::read_rgb(file).value();
      cv::Mat small;
      cv::resize(rgb, small, {1200, 1200 * rgb.rows / rgb.cols}, 0, 0, cv::INTER_AREA);
      return bench::shoot_scene(bench::make_scene(small, Dice(seed)), Dice(seed + 1));
    };
    unveiling = scene("/usr/share/backgrounds/mate/nature/Garden.jpg", 11);
    workshop = scene("/usr/share/backgrounds/mate/nature/LadyBird.jpg", 21);
  }
  static std::string file(const std::vector<bench::HandedIn>& shoot, int attendee, int shot) {
    return as_jpeg(shoot[static_cast<std::size_t>(attendee * bench::kShotsEach + shot)].rgb);
  }
};

class ShootStory : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    node_ = new Node();
    story_ = new Story(begin_story(node_->staff(), /*with_asset=*/false));
    pictures_ = new Pictures();
  }
  static void TearDownTestSuite() {
    delete pictures_;
    delete story_;
    delete node_;
  }
  static Browser& staff() { return node_->staff(); }

  struct Guest {
    Invitee invitee;
    Browser phone;
  };
  Guest guest(const std::string& name, bool signs = true) {
    Guest one{invite(staff(), *story_, 1, name).front(), node_->stranger()};
    EXPECT_EQ(ask_for_code(one.phone, one.invitee).status, 200);
    EXPECT_EQ(enter(one.phone, one.invitee, mailed_code(staff(), email_of(one.invitee.name))).status, 201);
    if (!signs) return one;
    EXPECT_EQ(read_and_answer(one.phone, *story_, one.invitee).status, 200);
    EXPECT_EQ(sign(one.phone, one.invitee).json()["state"], "in_force");
    return one;
  }
  json open_shoot(const std::string& title, const std::vector<std::string>& parties) {
    json attendees = json::array();
    for (const std::string& party : parties) attendees.push_back({{"party", party}});
    const Answer made = staff().post(
        "/projects/" + story_->project + "/shoots",
        {{"title", title},
         {"place", "Hall 4"},
         {"time_zone", "Europe/Berlin"},
         {"slots", {{{"label", "Morning"}, {"from", "2026-11-20T08:00:00Z"}, {"to", "2026-11-20T12:00:00Z"}}}},
         {"zones", {{{"label", "Stage left"}}}},
         {"attendees", attendees}});
    EXPECT_EQ(made.status, 201) << made.body;
    return made.json();
  }
  static Answer hand_in(Browser& phone, const std::string& shoot, const std::string& file,
                        const std::string& name = "IMG_2041.JPG") {
    return phone.send({.method = "POST",
                       .path = "/recipient/shoots/" + shoot + "/frames?file_name=" + name,
                       .body = file,
                       .content_type = "image/jpeg"});
  }
  // Waits until every frame of the shoot was looked at.
  static void wait_for_frames(const std::string& shoot) {
    ASSERT_TRUE(wait_until(
        [&] {
          const json listed = staff().get("/shoots/" + shoot + "/frames?limit=500").json();
          for (const auto& frame : listed["items"])
            if (frame["preparation"] == "waiting") return false;
          return true;
        },
        120'000));
  }
  std::string leak(const std::string& title, const std::string& file) {
    const Answer made = staff().post("/leaks", {{"title", title}, {"project", story_->project}});
    EXPECT_EQ(made.status, 201) << made.body;
    const std::string id = made.json().value("id", "");
    const Answer upload =
        staff().post("/leaks/" + id + "/files", {{"file_name", "found.jpg"}, {"size_bytes", file.size()}});
    EXPECT_EQ(upload.status, 201) << upload.body;
    const Answer sent = staff().send({.method = "PUT",
                                      .path = "/leaks/" + id + "/files/" + upload.json().value("id", "") + "?offset=0",
                                      .body = file,
                                      .content_type = "application/octet-stream"});
    EXPECT_EQ(sent.status, 200) << sent.body;
    EXPECT_EQ(finished_job(staff(), sent.json().value("job", ""))["state"], "done");
    return id;
  }

  static std::string days_from_now(int days) {
    const std::time_t at = std::time(nullptr) + days * 86'400;
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", std::gmtime(&at));
    return text;
  }
  // Through the newest link to that address and its code.
  static Browser answering(const std::string& email) {
    std::string token;
    const json mails = staff().get("/outbox?limit=500").json();
    for (const json& mail : mails["items"]) {
      if (mail["to"] != email || !token.empty()) continue;
      const json detail = staff().get("/outbox/" + mail["id"].get<std::string>()).json();
      const std::string link = detail["link"].is_string() ? detail["link"].get<std::string>() : "";
      if (link.find("/answer#") != std::string::npos) token = link.substr(link.find('#') + 1);
    }
    Browser browser = node_->stranger();
    EXPECT_EQ(browser.post("/answer/link", {{"token", token}}).status, 200);
    const Answer session = browser.post("/answer/session", {{"token", token}, {"code", mailed_code(staff(), email)}});
    EXPECT_EQ(session.status, 201) << session.body;
    browser.take_csrf(session);
    return browser;
  }

  static Node* node_;
  static Story* story_;
  static Pictures* pictures_;
};

Node* ShootStory::node_ = nullptr;
Story* ShootStory::story_ = nullptr;
Pictures* ShootStory::pictures_ = nullptr;

TEST_F(ShootStory, frames_are_handed_in_cleared_and_destroyed) {
  Guest mira = guest("Mira Holloway"), jon = guest("Jon Alder"), late = guest("Nora Unsigned", /*signs=*/false);
  const json shoot = open_shoot("Unveiling", {mira.invitee.party, jon.invitee.party});
  const std::string path = "/shoots/" + shoot["id"].get<std::string>(), id = shoot["id"];
  EXPECT_EQ(staff().post(path + "/attendees", {{"party", late.invitee.party}}).code(), "not_in_force");
  EXPECT_EQ(late.phone.get("/recipient/shoots").json()["total"], 0);
  EXPECT_EQ(hand_in(late.phone, id, Pictures::file(pictures_->unveiling, 0, 0)).status, 404);

  const json mine = mira.phone.get("/recipient/shoots").json()["items"][0];
  EXPECT_EQ(mine["title"], "Unveiling");
  EXPECT_EQ(mine["takes_frames"], true);
  // The connection ends in the middle: nothing is there, and the phone just sends again.
  const std::string first = Pictures::file(pictures_->unveiling, 0, 0);
  const Answer broken = mira.phone.send({.method = "POST",
                                         .path = "/recipient/shoots/" + id + "/frames?file_name=a.jpg",
                                         .body = first.substr(0, first.size() / 2),
                                         .content_type = "image/jpeg",
                                         .headers = {"Content-Length: " + std::to_string(first.size())},
                                         .timeout_ms = 1'500});
  EXPECT_EQ(broken.status, 0);
  EXPECT_EQ(mira.phone.get("/recipient/shoots/" + id + "/frames").json()["total"], 0);
  const Answer sent = hand_in(mira.phone, id, first);
  ASSERT_EQ(sent.status, 201) << sent.body;
  EXPECT_EQ(hand_in(mira.phone, id, first).status, 200);
  EXPECT_EQ(hand_in(mira.phone, id, Pictures::file(pictures_->unveiling, 0, 1)).status, 201);
  EXPECT_EQ(hand_in(mira.phone, id, "GIF? no").code(), "not_a_picture");
  EXPECT_EQ(hand_in(mira.phone, id, "\xFF\xD8\xFF\xE0 a picture that ends too soon").status, 201);
  wait_for_frames(id);

  const json frames = mira.phone.get("/recipient/shoots/" + id + "/frames").json();
  ASSERT_EQ(frames["total"], 3);
  int unreadable = 0;
  for (const auto& frame : frames["items"]) unreadable += frame["preparation"] == "unreadable" ? 1 : 0;
  EXPECT_EQ(unreadable, 1);
  EXPECT_EQ(jon.phone.get("/recipient/shoots/" + id + "/frames").json()["total"], 0);
  const std::string frame = sent.json()["id"];
  EXPECT_EQ(jon.phone.get("/recipient/frames/" + frame + "/preview").status, 404);
  const Answer preview = mira.phone.get("/recipient/frames/" + frame + "/preview");
  EXPECT_EQ(preview.status, 200);
  EXPECT_EQ(preview.body.substr(0, 2), "\xff\xd8");
  EXPECT_EQ(mira.phone.post("/recipient/frames/" + frame + "/confirm").status, 409);

  EXPECT_EQ(staff().post("/frames/" + frame + "/clearance", {{"decision", "cleared"}}).status, 400);
  EXPECT_EQ(staff().post("/frames/" + frame + "/clearance", {{"decision", "cleared"}, {"reason", "agreed"}}).status,
            200);
  EXPECT_EQ(staff()
                .post("/frames/" + frame + "/clearance", {{"decision", "delete"}, {"reason", "shows the interior"}})
                .status,
            200);
  EXPECT_EQ(staff().get("/frames/" + frame + "/preview").status, 410);
  // Both decisions are one mail to the attendee, in a few minutes.
  const json jobs = staff().get("/jobs?limit=500").json();
  EXPECT_EQ(std::count_if(jobs["items"].begin(), jobs["items"].end(),
                          [](const json& job) { return job["kind"] == "call" && job["state"] == "queued"; }),
            1)
      << jobs;
  EXPECT_TRUE(wait_until([&] { return !staff().get("/frames/" + frame).json()["destroyed_at"].is_null(); }, 60'000));
  const json confirmed = mira.phone.post("/recipient/frames/" + frame + "/confirm").json();
  EXPECT_EQ(confirmed["state"], "deleted");
  EXPECT_EQ(confirmed["reason"], "shows the interior");
  EXPECT_FALSE(confirmed["confirmed_at"].is_null());
  EXPECT_EQ(staff().get("/frames/" + frame).json()["clearances"].size(), 2U);
  EXPECT_EQ(staff().get(path).json()["counts"]["deleted"], 1);

  EXPECT_EQ(staff().post("/commitments/" + mira.invitee.commitment + "/revoke", {{"reason", "a test"}}).status, 200);
  const json after = staff().get(path).json();
  EXPECT_EQ(after["attendees"][0]["in_force"].get<bool>() && after["attendees"][1]["in_force"].get<bool>(), false);
  EXPECT_EQ(staff().post(path + "/close").json()["state"], "closed");
  EXPECT_EQ(hand_in(jon.phone, id, first).status, 409);
  const json activity = staff().get("/projects/" + story_->project + "/activity?kind=frame.").json();
  EXPECT_GE(activity["total"], 6);
}

TEST_F(ShootStory, a_leak_leads_to_whose_frame_it_is_and_to_nobody_of_another_shoot) {
  Guest asa = guest("Asa Reed"), bo = guest("Bo Winter"), cleo = guest("Cleo Marsh");
  const std::string unveiling = open_shoot("Night preview", {asa.invitee.party, bo.invitee.party})["id"];
  const std::string workshop = open_shoot("Workshop", {cleo.invitee.party})["id"];
  for (int shot = 0; shot < 2; ++shot) {
    EXPECT_EQ(hand_in(asa.phone, unveiling, Pictures::file(pictures_->unveiling, 1, shot)).status, 201);
    EXPECT_EQ(hand_in(bo.phone, unveiling, Pictures::file(pictures_->unveiling, 3, shot)).status, 201);
    EXPECT_EQ(hand_in(cleo.phone, workshop, Pictures::file(pictures_->workshop, 0, shot)).status, 201);
  }
  wait_for_frames(unveiling);
  wait_for_frames(workshop);

  const cv::Mat& frame = pictures_->unveiling[1 * bench::kShotsEach + 1].rgb;
  const auto leaked = bench::Chain::parse("crop:0.6,chat")->apply(frame, 5);
  const std::string matter = leak("A photo in a chat group", as_jpeg(leaked->rgb));
  EXPECT_EQ(staff().get("/leaks/" + matter + "/own-footage").status, 404);
  EXPECT_EQ(staff().post("/leaks/" + matter + "/own-footage/cancel").status, 404) << "never begun";
  const Answer asked = staff().post("/leaks/" + matter + "/own-footage", json::object());
  ASSERT_EQ(asked.status, 202) << asked.body;
  EXPECT_EQ(finished_job(staff(), asked.json()["id"])["state"], "done");
  const Answer answer = staff().get("/leaks/" + matter + "/own-footage");
  EXPECT_EQ(staff().post("/leaks/" + matter + "/own-footage/cancel").status, 409) << "it is done";
  const json found = answer.json();
  ASSERT_EQ(found["state"], "done") << answer.body;
  EXPECT_EQ(found["shoots"].size(),
            2U + (staff().get("/projects/" + story_->project + "/shoots").json()["total"].get<std::size_t>() - 2U));
  ASSERT_FALSE(found["leads"].empty()) << answer.body;
  EXPECT_EQ(found["leads"][0]["party"], asa.invitee.party);
  EXPECT_EQ(found["leads"][0]["match"], "same_shot");
  for (const auto& lead : found["leads"]) EXPECT_NE(lead["party"], cleo.invitee.party) << lead;
  EXPECT_EQ(answer.body.find("dentified"), std::string::npos);
  EXPECT_NE(found["note"]["zh"].get<std::string>().find("线索"), std::string::npos);

  // The lead goes on as a case, and stays a lead wherever it is told.
  Browser investigator = node_->colleague("investigator");
  const Answer opened =
      investigator.post("/cases", {{"title", "A photo in a chat group"}, {"kind", "own_footage"}, {"leak", matter}});
  ASSERT_EQ(opened.status, 201) << opened.body;
  const std::string in_case = "/cases/" + opened.json()["id"].get<std::string>();
  const auto accuse = [&](const std::string& party, const char* basis) {
    return investigator.post(in_case + "/parties",
                             {{"party", party}, {"role", "recipient"}, {"accused", true}, {"basis", basis}});
  };
  EXPECT_EQ(accuse(asa.invitee.party, "unmasking").code(), "conflict") << "no copy was traced";
  EXPECT_EQ(accuse(cleo.invitee.party, "own_footage_lead").code(), "conflict") << "no frame of hers is like it";
  const Answer accused = accuse(asa.invitee.party, "own_footage_lead");
  ASSERT_EQ(accused.status, 201) << accused.body;
  EXPECT_EQ(accused.json()["parties"][0]["basis"], "own_footage_lead");
  EXPECT_EQ(accused.json()["parties"][0]["identified"], false);
  const Answer claimed = investigator.post(
      in_case + "/claim", {{"text", "A photo like yours stood in a group."}, {"reply_until", days_from_now(5)}});
  ASSERT_EQ(claimed.status, 200) << claimed.body;
  Browser page = answering(email_of(asa.invitee.name));
  const Answer own = page.get("/accused/case");
  EXPECT_EQ(own.json()["findings"][0]["verdict"], "own_footage_lead") << own.body;
  EXPECT_NE(own.body.find("It is a lead, never an identification"), std::string::npos);
  for (const Answer* told : {&accused, &claimed, &own})
    EXPECT_EQ(std::regex_search(told->body, std::regex("[Ii]dentified[^\"]")), false) << told->body;
  const Answer summary = investigator.get(in_case + "/summary?lang=en");
  EXPECT_EQ(summary.body.substr(0, 5), "%PDF-");

  // Another leak, of nothing that was handed in.
  cv::Mat other(700, 900, CV_8UC3);
  cv::RNG(4).fill(other, cv::RNG::UNIFORM, 0, 255);
  cv::GaussianBlur(other, other, {}, 4);
  const std::string unknown = leak("Something else", as_jpeg(other));
  const json job = staff().post("/leaks/" + unknown + "/own-footage", {{"shoots", {unveiling}}}).json();
  EXPECT_EQ(finished_job(staff(), job["id"])["state"], "done");
  const json nothing = staff().get("/leaks/" + unknown + "/own-footage").json();
  EXPECT_TRUE(nothing["leads"].empty()) << nothing;
  EXPECT_NE(nothing["note"]["en"].get<std::string>().find("clears nobody"), std::string::npos);
}

TEST_F(ShootStory, official_pictures_are_known_and_since_when) {
  const std::string cover = Pictures::file(pictures_->workshop, 2, 0);
  const auto send = [&](const std::string& path, const std::string& body) {
    return staff().send({.method = "POST", .path = path, .body = body, .content_type = "application/octet-stream"});
  };
  const std::string query =
      "/releases?title=Cover&where=https%3A%2F%2Fexample.org%2Fnews&file_name=cover.jpg&project=" + story_->project;
  EXPECT_EQ(send(query, cover).status, 400) << "when?";
  EXPECT_EQ(send(query + "&released_at=2099-01-01T00:00:00Z", cover).status, 400) << "not yet";
  const Answer added = send(query + "&released_at=2026-03-01T09:00:00Z", cover);
  ASSERT_EQ(added.status, 201) << added.body;
  EXPECT_EQ(send(query + "&released_at=2026-03-01T09:00:00Z", cover).code(), "already_exists");
  const auto chatted = bench::Chain::parse("chat")->apply(pictures_->workshop[2 * bench::kShotsEach].rgb, 6);
  const json same = send("/releases/search", as_jpeg(chatted->rgb)).json();
  EXPECT_EQ(same["official"], true) << same;
  EXPECT_EQ(same["since"], "2026-03-01T09:00:00.000Z");
  EXPECT_EQ(same["matches"][0]["match"], "same_picture");
  const json other = send("/releases/search", Pictures::file(pictures_->unveiling, 0, 0)).json();
  EXPECT_EQ(other["official"], false) << other;
  EXPECT_EQ(send("/releases/search", "no picture").code(), "not_a_picture");
  const std::string id = added.json()["id"];
  EXPECT_EQ(staff().get("/releases/" + id + "/preview").body.substr(0, 2), "\xff\xd8");
  EXPECT_EQ(staff().post("/releases/" + id + "/withdraw", {{"reason", "wrong file"}}).json()["state"], "withdrawn");
  EXPECT_EQ(send("/releases/search", cover).json()["official"], false);
  EXPECT_EQ(staff().get("/releases?state=withdrawn").json()["total"], 1);
}

}  // namespace
}  // namespace probity::test
