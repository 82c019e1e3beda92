// Cases over HTTP: a supplier with a sub-supplier who rectifies, and an appeal that overturns a decision of two people.
#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>

#include "journeys/launch.h"
#include "journeys/node.h"

namespace probity::test {
namespace {

using nlohmann::json;

std::string days_from_now(double days) {
  const std::time_t at = std::time(nullptr) + static_cast<std::time_t>(days * 86'400);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", std::gmtime(&at));
  return text;
}

// A node with an investigator and three reviewers, and an outlet whose one person signed.
class CaseJourney : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    node_ = new Node();
    story_ = new Story(begin_story(node_->staff(), false));
    story_->terms["amount"] = "50000";
    story_->terms["currency"] = "EUR";
    investigator_ = new Browser(node_->colleague("investigator"));
    for (Browser*& reviewer : reviewers_) reviewer = new Browser(another_reviewer());
  }
  static void TearDownTestSuite() {
    for (Browser*& reviewer : reviewers_) delete reviewer;
    delete investigator_;
    delete story_;
    delete node_;
  }

  static Browser another_reviewer() {
    static int count = 0;
    const std::string email = "reviewer" + std::to_string(++count) + "@sample.example";
    const Answer invited = node_->staff().post(
        "/accounts", {{"email", email}, {"name", "Reviewer " + std::to_string(count)}, {"roles", {"reviewer"}}});
    EXPECT_EQ(invited.status, 201) << invited.body;
    Browser browser = node_->stranger();
    const std::string link = invited.json().value("link", "");
    const Answer accepted = browser.post(
        "/invitations/accept", {{"token", link.substr(link.find('#') + 1)}, {"password", "quartz meadow 8 ferry"}});
    EXPECT_EQ(accepted.status, 200) << accepted.body;
    browser.take_csrf(accepted);
    return browser;
  }

  static Browser& staff() { return node_->staff(); }
  static Browser& investigator() { return *investigator_; }
  static Browser& reviewer(int which) { return *reviewers_[which]; }

  static Answer done(const Answer& answer, int status = 200) {
    EXPECT_EQ(answer.status, status) << answer.body;
    return answer;
  }
  static json made(const Answer& answer) { return done(answer, 201).json(); }

  // The newest mail to an address that has a link.
  static std::string mailed_token(const std::string& email) {
    const json mails = staff().get("/outbox?limit=500").json();
    for (const json& mail : mails["items"]) {
      if (mail["to"] != email) continue;
      const json detail = staff().get("/outbox/" + mail["id"].get<std::string>()).json();
      const std::string link = detail["link"].is_string() ? detail["link"].get<std::string>() : "";
      if (link.find("/answer#") != std::string::npos) return link.substr(link.find('#') + 1);
    }
    ADD_FAILURE() << "no link was mailed to " << email;
    return {};
  }

  // Through the newest link to that address and its code.
  static Browser answering(const std::string& email, const std::string& kind) {
    Browser browser = node_->stranger();
    const std::string token = mailed_token(email);
    EXPECT_EQ(done(browser.post("/answer/link", {{"token", token}})).json()["kind"], kind);
    const Answer opened =
        done(browser.post("/answer/session", {{"token", token}, {"code", mailed_code(staff(), email)}}), 201);
    browser.take_csrf(opened);
    return browser;
  }

  static std::string organisation(const std::string& name, const std::string& kind, const json& parent = nullptr) {
    return made(staff().post("/parties", {{"kind", kind}, {"name", name}, {"parent", parent}}))["id"];
  }
  static std::string person(const std::string& name, const std::string& email, const std::string& parent) {
    return made(
        staff().post("/parties", {{"kind", "person"}, {"name", name}, {"email", email}, {"parent", parent}}))["id"];
  }

  static Node* node_;
  static Story* story_;
  static Browser* investigator_;
  static Browser* reviewers_[3];
};

Node* CaseJourney::node_ = nullptr;
Story* CaseJourney::story_ = nullptr;
Browser* CaseJourney::investigator_ = nullptr;
Browser* CaseJourney::reviewers_[3] = {};

// Somebody who signed is accused; two people have decided over the course of it.
class DecidedCase : public CaseJourney {
 protected:
  // Signs as everybody does.
  static Invitee signer(const std::string& name) {
    const Invitee invitee = invite(staff(), *story_, 1, name).front();
    Browser recipient = node_->stranger();
    done(ask_for_code(recipient, invitee));
    done(enter(recipient, invitee, mailed_code(staff(), email_of(invitee.name))), 201);
    done(read_and_answer(recipient, *story_, invitee));
    EXPECT_EQ(sign(recipient, invitee).json()["state"], "in_force");
    return invitee;
  }

  void accuse() {
    of = made(investigator().post("/cases", {{"title", "Coast road on a forum"},
                                             {"kind", "early_publication"},
                                             {"project", story_->project},
                                             {"severity", "high"}}));
    path = "/cases/" + of["id"].get<std::string>();
    EXPECT_EQ(of["number"].get<std::string>().substr(0, 2), "K-");
    EXPECT_EQ(of["state"], "open");
    // Nobody is accused without what it rests on, and no name comes from a leak that is not there.
    json party = {{"party", mira.party}, {"role", "recipient"}, {"accused", true}};
    EXPECT_EQ(investigator().post(path + "/parties", party).status, 400);
    party["basis"] = "unmasking";
    EXPECT_EQ(investigator().post(path + "/parties", party).status, 400);
    party["basis"] = "inquiry";
    party["commitment"] = mira.commitment;
    of = made(investigator().post(path + "/parties", party));
    accused = of["parties"][0]["id"];
    EXPECT_EQ(of["parties"][0]["identified"], false);
  }

  json proposal() const {
    return {{"finding", "breach"},
            {"reasons", "The picture stood on the forum a day before the embargo lifted."},
            {"consequences",
             {{{"kind", "agreed_amount"}, {"case_party", accused}, {"commitment", mira.commitment}},
              {{"kind", "access_withdrawal"}, {"case_party", accused}}}}};
  }

  // Nothing is decided before the accused could say something.
  void hear() {
    EXPECT_EQ(reviewer(0).post(path + "/proposals", proposal()).status, 409);
    done(investigator().post(path + "/claim", {{"text", "You posted it."}, {"reply_until", days_from_now(5)}}));
    EXPECT_EQ(reviewer(0).post(path + "/proposals", proposal()).code(), "conflict");
    EXPECT_EQ(investigator().get(path).json()["publication"]["allowed"], false);
    Browser page = answering(email_of(mira.name), "accused");
    EXPECT_EQ(page.get("/answer/session").json()["case_number"], of["number"]);
    EXPECT_EQ(page.get("/answer/rectification").status, 401);  // a page of another kind
    made(investigator().post(
        path + "/replies",
        {{"case_party", accused}, {"text", "My colleague has the same mailbox."}, {"channel", "letter"}}));
  }

  void decide() {
    // The agreed amount comes from what was signed; it cannot be typed in.
    json typed = proposal();
    typed["consequences"][0]["amount"] = {{"minor", 1}, {"currency", "EUR"}};
    EXPECT_EQ(reviewer(0).post(path + "/proposals", typed).status, 400);
    of = made(reviewer(0).post(path + "/proposals", proposal()));
    const std::string proposed = path + "/proposals/" + of["proposals"][0]["id"].get<std::string>();
    EXPECT_EQ(reviewer(0).post(proposed + "/agree", {{"reason", "Well argued."}}).code(), "forbidden");
    EXPECT_EQ(investigator().post(proposed + "/agree", {{"reason", "Yes."}}).status, 403);
    of = done(reviewer(1).post(proposed + "/agree", {{"reason", "Seen the same evidence."}})).json();
    EXPECT_EQ(reviewer(2).post(proposed + "/refuse", {{"reason", "Too late."}}).code(), "conflict");
    EXPECT_EQ(of["state"], "decided");
  }

  Answer pay(std::int64_t minor, const json& corrects = nullptr) {
    return investigator().post(path + "/payments", {{"consequence", of["consequences"][0]["id"]},
                                                    {"minor", minor},
                                                    {"paid_at", days_from_now(0)},
                                                    {"corrects", corrects}});
  }

  Invitee mira;
  json of;
  std::string path, accused;
};

TEST_F(DecidedCase, takes_two_people_and_what_was_signed) {
  mira = signer("Mira Signed");
  accuse();
  hear();
  decide();
  const json amount = of["consequences"][0]["amount"];
  EXPECT_EQ(amount["agreed"]["currency"], story_->terms["currency"]);
  EXPECT_EQ(amount["commitment_number"].get<std::string>().substr(0, 2), "C-");
  EXPECT_EQ(of["consequences"][1]["state"], "done");
  EXPECT_EQ(of["consequences"][1]["withdrawn_commitments"], 1);
  EXPECT_EQ(staff().get("/commitments/" + mira.commitment).json()["commitment"]["state"], "revoked");
  // The ledger takes parts, refuses too much, and is corrected by entries.
  const std::int64_t due = amount["due"]["minor"];
  const json first = made(pay(due / 2));
  EXPECT_EQ(pay(due).status, 400);
  EXPECT_EQ(pay(-due, first["items"][0]["id"]).status, 400);
  const json ledger = made(pay(-100, first["items"][0]["id"]));
  EXPECT_EQ(ledger["total"], 2);
  EXPECT_EQ(ledger["balances"][0]["paid"]["minor"], due / 2 - 100);
  // The same from the command line: paid by the organisation, and taken back by an entry.
  const Outcome paid =
      node_->run({"case", "pay", of["number"], "20", "--by-organisation", "--payer", "Sample Gazette"});
  EXPECT_EQ(paid.exit_code, 0) << paid.err;
  const Outcome taken = node_->run({"case", "pay", of["number"], "20", "--corrects", "3", "--note", "Came twice"});
  EXPECT_EQ(taken.exit_code, 0) << taken.err;
  EXPECT_EQ(node_->run({"case", "pay", of["number"], "20", "--corrects", "9"}).exit_code, 20);
  const Outcome entries = node_->run({"case", "ledger", of["number"], "--json"});
  const json said = json::parse(entries.out, nullptr, false);
  EXPECT_EQ(said["total"], 4) << entries.out << entries.err;
  EXPECT_EQ(said["balances"][0]["paid"]["minor"], due / 2 - 100);
  EXPECT_NE(node_->run({"case", "ledger", of["number"]}).out.find("Sample Gazette"), std::string::npos);
}

TEST_F(DecidedCase, is_overturned_on_appeal_by_somebody_else) {
  mira = signer("Mira Appeal");
  accuse();
  hear();
  decide();
  of = made(investigator().post(path + "/appeals", {{"case_party", accused}, {"text", "It was not me."}}));
  EXPECT_EQ(of["state"], "appeal");
  const std::string appeal = path + "/appeals/" + of["appeals"][0]["id"].get<std::string>() + "/decide";
  const json verdict = {{"outcome", "overturned"}, {"reasons", "The mailbox is shared: it does not show who."}};
  EXPECT_EQ(reviewer(0).post(appeal, verdict).code(), "forbidden");
  EXPECT_EQ(reviewer(1).post(appeal, verdict).code(), "forbidden");
  of = done(reviewer(2).post(appeal, verdict)).json();
  EXPECT_EQ(of["state"], "overturned");
  EXPECT_EQ(of["consequences"][0]["state"], "void");
  EXPECT_EQ(of["publication"]["allowed"], true);
  // What was taken back because of it is given back.
  EXPECT_EQ(of["consequences"][1]["restored_commitments"], 1) << of["consequences"][1];
  EXPECT_EQ(staff().get("/commitments/" + mira.commitment).json()["commitment"]["state"], "in_force");
  EXPECT_EQ(pay(100).status, 409);
  // The feed that everybody on the staff sees names nobody.
  const json activity = staff().get("/projects/" + story_->project + "/activity?kind=case.&limit=500").json();
  EXPECT_EQ(activity["total"], 0) << activity;
  // One archive, and a summary in two languages; custody holds.
  EXPECT_EQ(done(investigator().get(path + "/export")).body.substr(0, 2), "PK");
  for (const char* lang : {"en", "zh"})
    EXPECT_EQ(done(investigator().get(path + "/summary?lang=" + lang)).body.substr(0, 5), "%PDF-");
  const Outcome checked = node_->run({"case", "check", of["number"]});
  EXPECT_EQ(checked.exit_code, 0) << checked.out << checked.err;
  const Outcome shown = node_->run({"case", "show", of["number"]});
  EXPECT_EQ(shown.exit_code, 0) << shown.err;
  EXPECT_NE(shown.out.find("overturned"), std::string::npos) << shown.out;
}

TEST_F(DecidedCase, a_court_lowers_the_amount_and_the_ledger_keeps_why) {
  mira = signer("Mira Court");
  accuse();
  hear();
  decide();
  made(pay(of["consequences"][0]["amount"]["due"]["minor"].get<std::int64_t>()));
  of = made(investigator().post(path + "/stages", {{"kind", "court"}, {"body", "Sample District Court"}}));
  const std::string stage = path + "/stages/" + of["stages"][0]["id"].get<std::string>();
  json verdict = {{"outcome", "reduced"}, {"text", "Far above the loss."}};
  EXPECT_EQ(reviewer(2).change("PATCH", stage, verdict).status, 400) << "by how much?";
  verdict["reductions"] = {{{"consequence", of["consequences"][0]["id"]}, {"minor", 2'000'000}}};
  of = done(reviewer(2).change("PATCH", stage, verdict)).json();
  const json amount = of["consequences"][0]["amount"];
  EXPECT_EQ(amount["agreed"]["minor"], 5'000'000);
  EXPECT_EQ(amount["due"]["minor"], 3'000'000);
  EXPECT_EQ(amount["outstanding"]["minor"], -2'000'000) << "goes back";
  EXPECT_EQ(amount["changes"][0]["source"], "court");
  EXPECT_EQ(amount["changes"][0]["reason"], "Far above the loss.");
  EXPECT_EQ(investigator().get(path + "/payments").json()["balances"][0]["changes"], amount["changes"]);
}

TEST_F(DecidedCase, access_is_withheld_before_the_decision_and_files_are_the_cases_own) {
  ASSERT_EQ(upload(staff(), story_->project, small_photo(), "coast")["state"], "done");
  const Story& pictures = *story_;
  const Invitee jon = invite(staff(), pictures, 1, "Jon Held").front();
  Browser recipient = node_->stranger();
  done(ask_for_code(recipient, jon));
  done(enter(recipient, jon, mailed_code(staff(), email_of(jon.name))), 201);
  done(read_and_answer(recipient, pictures, jon));
  EXPECT_EQ(sign(recipient, jon).json()["state"], "in_force");
  json copies;
  ASSERT_TRUE(wait_until(
      [&] {
        copies = recipient.get("/recipient/copies").json();
        return copies["total"] == 1 && copies["items"][0]["state"] == "available";
      },
      60'000))
      << copies;
  const std::string file = "/recipient/copies/" + copies["items"][0]["id"].get<std::string>() + "/file";
  done(recipient.get(file));
  mira = jon;
  accuse();
  const json wanted = {{"case_party", accused}, {"reason", "More of it comes out every day."}};
  of = made(investigator().post(path + "/holds", wanted));
  EXPECT_EQ(investigator().post(path + "/holds", wanted).code(), "conflict");
  const Answer withheld = recipient.get(file);
  EXPECT_EQ(withheld.code(), "not_in_force") << withheld.body.substr(0, 300);
  EXPECT_NE(withheld.body.find("withheld"), std::string::npos) << withheld.body;
  EXPECT_EQ(recipient.get("/recipient/copies").json()["items"][0]["state"].get<std::string>(), "preparing");
  const json mails = staff().get("/outbox?limit=500").json();
  EXPECT_GE(std::count_if(mails["items"].begin(), mails["items"].end(),
                          [](const json& mail) { return mail["kind"] == "case.access_withheld"; }),
            3)
      << "each reviewer, as the case has none of its own";
  // A file of the case's own, in two chunks; its custody holds.
  const std::string bytes = "%PDF-1.4 a letter " + std::string(500, 'x');
  const json upload = made(investigator().post(
      path + "/files", {{"file_name", "来信.pdf"}, {"size_bytes", bytes.size()}, {"what", "What the forum answered"}}));
  const auto send = [&](std::size_t from, std::size_t count) {
    return investigator().send(
        {.method = "PUT",
         .path = path + "/files/" + upload["id"].get<std::string>() + "?offset=" + std::to_string(from),
         .body = bytes.substr(from, count),
         .content_type = "application/octet-stream"});
  };
  done(send(0, 100));
  const Answer last = done(send(100, bytes.size()));
  EXPECT_EQ(finished_job(investigator(), last.json()["job"])["state"], "done");
  of = investigator().get(path).json();
  ASSERT_EQ(of["evidence"].size(), 1U) << of;
  EXPECT_EQ(of["evidence"][0]["title"], "来信.pdf");
  const std::string item = of["evidence"][0]["evidence"];
  EXPECT_EQ(investigator().get(path + "/evidence/" + item + "/content").body, bytes);
  EXPECT_EQ(recipient.get(path + "/evidence/" + item + "/content").status, 401);
  EXPECT_EQ(of["evidence"][0]["own"], true);
  const json custody = investigator().get(path + "/custody").json();
  EXPECT_EQ(custody["items"].back()["action"], "downloaded") << custody;
  EXPECT_EQ(investigator().post(path + "/custody/check").json()["holds"], true);
  EXPECT_EQ(investigator().get(path + "/documents/" + std::string(64, '0')).code(), "not_found");
  const Outcome added =
      node_->run({"case", "add-file", of["number"], node_->workspace() + "/workspace.json", "--what", "A test"});
  EXPECT_EQ(added.exit_code, 0) << added.err;
  EXPECT_EQ(investigator().get(path).json()["evidence"].size(), 2U);
  EXPECT_EQ(node_->run({"case", "check", of["number"]}).exit_code, 0);
  // It lapses with the case.
  done(reviewer(0).post(path + "/close", {{"reason", "Not pursued."}}));
  EXPECT_EQ(reviewer(0).get(path).json()["holds"][0]["ended_reason"], "closed");
  done(recipient.get(file));
}

TEST_F(DecidedCase, people_act_from_the_command_line_with_their_own_rights) {
  const std::string first = "reviewer1@sample.example", investigates = "investigator@sample.example";
  const auto act = [&](const std::string& email, std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--as", email, "--json", "-w", node_->workspace()});
    const char* password = email == investigates ? "a long enough passphrase" : "quartz meadow 8 ferry";
    return probity(arguments, {.environment = {std::string("PROBITY_PASSWORD=") + password}});
  };
  const auto changed = [&](const Outcome& outcome) {
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return json::parse(outcome.out, nullptr, false);
  };
  mira = signer("Mira Apologises");
  accuse();
  hear();
  const std::string number = of["number"];
  // Who leads it and who looks on; only a reviewer may.
  of = changed(act(investigates, {"case", "edit", number, "--owner", investigates, "--reviewer", first}));
  EXPECT_EQ(of["owner"]["name"], "A investigator");
  EXPECT_EQ(of["reviewer"]["name"], "Reviewer 1");
  EXPECT_EQ(act(investigates, {"case", "edit", number, "--reviewer", investigates}).exit_code, 2);
  EXPECT_TRUE(changed(act(investigates, {"case", "edit", number, "--reviewer", "none"}))["reviewer"].is_null());
  json wanted = proposal();
  wanted["consequences"] = {{{"kind", "apology"}, {"case_party", accused}},
                            {{"kind", "training"}, {"case_party", accused}, {"text", "What an embargo is"}}};
  of = made(reviewer(0).post(path + "/proposals", wanted));
  const std::string proposed = path + "/proposals/" + of["proposals"][0]["id"].get<std::string>();
  of = done(reviewer(1).post(proposed + "/agree", {{"reason", "Seen the same evidence."}})).json();
  // Where an apology stands, and since when; done, and taken up again.
  of = changed(act(investigates, {"case", "consequence", number, "apology", "--state", "done", "--text", "I am sorry.",
                                  "--where", "https://forum.example/7", "--from", days_from_now(-1), "--by", "Mira"}));
  EXPECT_EQ(of["consequences"][0]["state"], "done");
  EXPECT_EQ(of["consequences"][0]["published_at"], "https://forum.example/7");
  EXPECT_EQ(of["consequences"][0]["by_whom"], "Mira");
  EXPECT_FALSE(of["consequences"][0]["published_from"].is_null());
  of = changed(act(investigates, {"case", "consequence", number, "apology", "--state", "active", "--from", "none"}));
  EXPECT_EQ(of["consequences"][0]["state"], "active");
  EXPECT_TRUE(of["consequences"][0]["published_from"].is_null());
  // Waiving takes a reviewer, and a reason.
  const std::vector<std::string> waive{"case",    "consequence", number,     "training",
                                       "--state", "waived",      "--reason", "Ill"};
  EXPECT_EQ(act(investigates, waive).exit_code, 31);
  EXPECT_EQ(changed(act(first, waive))["consequences"][1]["state"], "waived");
  EXPECT_EQ(act(investigates, {"case", "consequence", number, "apology"}).exit_code, 2);
  EXPECT_EQ(act(investigates, {"case", "consequence", number, "warning", "--text", "x"}).exit_code, 20);
  // One declares one's own conflict; somebody else's only a reviewer does.
  EXPECT_EQ(act(investigates, {"case", "conflict", number, "relative", "--account", first}).exit_code, 31);
  of = changed(act(investigates, {"case", "conflict", number, "business", "--party", mira.name}));
  EXPECT_EQ(of["conflicts"].back()["account"]["name"], "A investigator");
  EXPECT_EQ(of["conflicts"].back()["case_party"], accused);
  of = changed(act(first, {"case", "conflict", number, "relative", "--account", first, "--text", "A cousin"}));
  EXPECT_EQ(of["conflicts"].back()["text"], "A cousin");
  EXPECT_EQ(act("nobody@sample.example", {"case", "edit", number, "--title", "x"}).exit_code, 30);
}

TEST_F(DecidedCase, an_amount_is_lowered_and_paid_in_parts_from_the_command_line) {
  mira = signer("Mira Parts");
  accuse();
  hear();
  const auto propose = [&](std::vector<std::string> more) {
    std::vector<std::string> arguments{
        "case",      "decide",    of["number"],      "--reasons", "A day early.",
        "--warning", "--measure", "Two weeks off",   "--as",      "reviewer1@sample.example",
        "--json",    "-w",        node_->workspace()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return probity(arguments, {.environment = {"PROBITY_PASSWORD=quartz meadow 8 ferry"}});
  };
  const std::string soon = days_from_now(30) + "=10000", later = days_from_now(60) + "=20000";
  EXPECT_EQ(propose({"--reduce", "20000", "--reduce-reason", "Said so at once"}).exit_code, 2) << "off which amount?";
  EXPECT_EQ(propose({"--amount", "--instalment", "10000"}).exit_code, 2);
  EXPECT_EQ(propose({"--amount", "--instalment", soon}).exit_code, 2) << "not all that is due";
  const Outcome made_so = propose({"--amount", "--reduce", "20000", "--reduce-reason", "Said so at once",
                                   "--instalment", soon, "--instalment", later});
  ASSERT_EQ(made_so.exit_code, 0) << made_so.err;
  const json proposed = json::parse(made_so.out)["proposals"][0]["consequences"];
  ASSERT_EQ(proposed.size(), 3U);
  EXPECT_EQ(proposed[0]["amount"]["due"]["minor"], 3'000'000);
  EXPECT_EQ(proposed[0]["amount"]["reduction_reason"], "Said so at once");
  EXPECT_EQ(proposed[0]["amount"]["instalments"].size(), 2U);
  EXPECT_EQ(proposed[1]["kind"], "warning");
  EXPECT_EQ(proposed[2]["text"], "Two weeks off");
}

TEST_F(DecidedCase, what_the_accused_sent_is_written_out_byte_for_byte) {
  mira = signer("Mira Sends");
  accuse();
  done(investigator().post(path + "/claim", {{"text", "You posted it."}, {"reply_until", days_from_now(5)}}));
  Browser page = answering(email_of(mira.name), "accused");
  const json sent = made(page.send({.method = "POST",
                                    .path = "/accused/documents?name=..%2Fclock.txt",
                                    .body = "the clock of the forum was an hour ahead",
                                    .content_type = "application/octet-stream"}));
  made(page.post("/accused/reply", {{"text", "I was at sea."}, {"documents", {sent["id"]}}}));
  const std::string number = of["number"], hash = sent["sha256"], out = node_->workspace() + "/../clock.txt";
  const Outcome written = node_->run({"case", "download", number, hash, "--out", out});
  EXPECT_EQ(written.exit_code, 0) << written.err;
  EXPECT_EQ(read_text_file(out), "the clock of the forum was an hour ahead");
  EXPECT_EQ(node_->run({"case", "download", number, hash, "--out", out}).exit_code, 21);
  EXPECT_EQ(node_->run({"case", "download", number, std::string(64, '0')}).exit_code, 20);
  const Outcome custody = node_->run({"case", "custody", number, "--json"});
  EXPECT_NE(custody.out.find(hash), std::string::npos) << custody.out;
}

TEST_F(CaseJourney, a_conflict_of_interest_asks_a_second_reviewer) {
  // The owner's address is of the accused's domain.
  const std::string outlet = organisation("Sample Courier", "outlet");
  const std::string accused = person("Petra Colleague", "petra@sample.example", outlet);
  json of = made(investigator().post("/cases", {{"title", "Too close"}, {"kind", "private_posting"}}));
  const std::string path = "/cases/" + of["id"].get<std::string>();
  of = made(investigator().post(path + "/parties",
                                {{"party", accused}, {"role", "outlet"}, {"accused", true}, {"basis", "admission"}}));
  EXPECT_EQ(of["needs_second_reviewer"], true) << of["conflicts"];
  ASSERT_EQ(of["conflicts"].size(), 1U);
  EXPECT_EQ(of["conflicts"][0]["automatic"], true);
  const json mails = staff().get("/outbox?limit=500").json();
  int asked = 0;
  for (const json& mail : mails["items"]) asked += mail["kind"] == "case.second_reviewer" ? 1 : 0;
  EXPECT_GE(asked, 3);
  // Whoever investigates does not choose who decides by declaring the others away; a reviewer may, and oneself.
  std::string other;
  const json accounts = staff().get("/accounts?limit=100").json();
  for (const json& one : accounts["items"])
    if (one["name"].get<std::string>().starts_with("Reviewer ")) other = one["id"];
  const json declared = {{"account", other}, {"relation", "relative"}};
  EXPECT_EQ(investigator().post(path + "/conflicts", declared).code(), "forbidden");
  made(reviewer(1).post(path + "/conflicts", declared));
  made(investigator().post(path + "/conflicts", {{"relation", "business"}}));
}

TEST_F(CaseJourney, a_supplier_rectifies_through_two_tiers) {
  const std::string supplier = organisation("Blue Heron Casting", "supplier");
  const std::string sub_supplier = organisation("Reed & Daughters", "supplier", supplier);
  person("Ines Moravec", "ines@heron.example", supplier);
  json of = made(investigator().post(
      "/cases", {{"title", "A drawing in a chat group"}, {"kind", "supplier_leak"}, {"severity", "critical"}}));
  const std::string path = "/cases/" + of["id"].get<std::string>();
  json sheet = made(investigator().post(path + "/rectifications", {{"supplier", sub_supplier},
                                                                   {"problem", "The drawing was photographed."},
                                                                   {"requirement", "No copies outside the team."}}));
  // Liability follows the contract parent, the trace points to the leaf.
  EXPECT_EQ(sheet["supplier_name"], "Blue Heron Casting");
  EXPECT_EQ(sheet["leaf_name"], "Reed & Daughters");
  ASSERT_EQ(sheet["flow_down"].size(), 1U);
  EXPECT_EQ(sheet["flow_down"][0]["leaf"], true);
  const std::string own = "/answer/rectification", staffs = "/rectifications/" + sheet["id"].get<std::string>();

  Browser supplier_page = answering("ines@heron.example", "rectifier");
  const auto save = [&](const json& part) { return supplier_page.change("PUT", own, part); };
  const auto hand_in = [&](const json& part) {
    done(save(part));
    return done(supplier_page.post(own + "/submit"));
  };
  const auto accept = [&] { return done(investigator().post(staffs + "/accept", {{"reason", "Complete."}})).json(); };
  EXPECT_EQ(supplier_page.post(own + "/submit").status, 400);  // nothing stands there yet
  hand_in({{"team", "Ines Moravec, Paul Adeyemi"}});
  EXPECT_EQ(save({{"team", "Nobody"}}).status, 409);
  EXPECT_EQ(accept()["stage"], "containment");
  EXPECT_EQ(save({{"containment", {{{"text", "Share closed"}, {"owner", "Quality Department"}}}}}).status, 400);
  hand_in({{"containment", {{{"text", "Share closed"}, {"owner", "Ines Moravec"}, {"done_at", days_from_now(0)}}}}});
  sheet = done(investigator().post(staffs + "/reject", {{"reason", "Which share?"}})).json();
  EXPECT_EQ(sheet["state"], "rejected");
  hand_in({{"containment", {{{"text", "Share 12 closed"}, {"owner", "Ines Moravec"}, {"done_at", days_from_now(0)}}}}});
  EXPECT_EQ(accept()["stage"], "cause");
  EXPECT_EQ(save({{"occurrence", {{{"text", "Operator error"}}}}}).status, 400);
  hand_in({{"occurrence", {{{"text", "Every shift could read the folder"}, {"method", "five whys"}}}},
           {"escape", {{{"text", "Nobody compares readers with signatories"}}}}});
  EXPECT_EQ(accept()["stage"], "plan");
  json action = {{"text", "Folders by commitment"},
                 {"kind", "technical"},
                 {"owner", "Paul Adeyemi"},
                 {"due_at", days_from_now(10)}};
  hand_in({{"actions", {action}}});
  EXPECT_EQ(accept()["stage"], "implementing");
  action["done_at"] = days_from_now(0);
  action["evidence"] = "Access list of the share";
  done(save({{"actions", {action}}}));
  EXPECT_EQ(supplier_page.post(own + "/submit").status, 400);  // the sub-supplier has not followed
  hand_in({{"flow_down", {{{"supplier", sub_supplier}, {"commitment_signed", true}, {"copies_recalled", true}}}}});
  EXPECT_EQ(accept()["stage"], "verifying");
  json check = {{"method", "audit"}, {"result", "effective"}, {"text", "Three folders, nothing found."}};
  EXPECT_EQ(investigator().post(staffs + "/verify", check).status, 409);  // 30 days have not passed
  check["early_reason"] = "The share was taken down for good.";
  EXPECT_EQ(done(investigator().post(staffs + "/verify", check)).json()["state"], "closed");
  of = investigator().get(path).json();
  EXPECT_EQ(of["rectifications"][0]["state"], "closed");
  EXPECT_EQ(supplier_page.get(own).json()["may_write"], false);
}

TEST_F(CaseJourney, lists_boards_and_parts_answer_as_described) {
  json of = made(investigator().post("/cases", {{"title", "Parts of a case"}}));
  const std::string path = "/cases/" + of["id"].get<std::string>();
  made(investigator().post(path + "/tasks", {{"title", "Ask the forum"}, {"due_at", days_from_now(-1)}}));
  made(investigator().post(path + "/notes", {{"text", "Only for us."}}));
  made(investigator().post(
      path + "/timeline",
      {{"what", "Posted"}, {"happened_at", days_from_now(-3)}, {"discovered_at", days_from_now(-1)}}));
  of = done(investigator().change("PUT", path + "/graph",
                                  {{"nodes",
                                    {{{"key", "a"}, {"kind", "account"}, {"label", "@coast"}},
                                     {{"key", "b"}, {"kind", "group"}, {"label", "A chat group"}}}},
                                   {"edges", {{{"from", "a"}, {"to", "b"}, {"kind", "forwarded"}}}}}))
           .json();
  EXPECT_EQ(of["graph"]["edges"].size(), 1U);
  EXPECT_EQ(of["tasks"][0]["overdue"], true);
  EXPECT_EQ(of["timeline"][0]["what"], "Posted");
  EXPECT_EQ(investigator()
                .change("PUT", path + "/graph",
                        {{"nodes", json::array()}, {"edges", {{{"from", "x"}, {"to", "y"}, {"kind", "posted"}}}}})
                .status,
            400);
  // Two pages that change one case: the second is told.
  const json change = {{"title", "Parts"}, {"revision", of["revision"]}};
  done(investigator().change("PATCH", path, change));
  EXPECT_EQ(reviewer(0).change("PATCH", path, change).code(), "conflict");
  EXPECT_GE(investigator().get("/cases?overdue=true").json()["total"], 1);
  EXPECT_GE(investigator().get("/cases?search=parts").json()["total"], 1);
  const json dashboard = investigator().get("/cases/dashboard").json();
  EXPECT_GE(dashboard["open"], 1);
  EXPECT_FALSE(dashboard["deadlines"].empty());
  EXPECT_EQ(investigator().get("/cases/board").json()["columns"].size(), 8U);
  EXPECT_EQ(node_->stranger().get("/cases").status, 401);
}

}  // namespace
}  // namespace probity::test
