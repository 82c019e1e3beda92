// Cases from the command line: what they say of themselves, timeline, graph, evidence, parties, and a rectification.
#include <filesystem>
#include <fstream>

#include "journeys/matter_commands.h"

namespace probity::test {
namespace {

using nlohmann::json;

class CaseCommands : public MatterCommands {
 protected:
  std::string open_case(const std::string& title) const { return made({"case", "open", title})["number"]; }
  void supplier_with_a_sub_supplier() const {
    done({"party", "add", "Blue Heron Casting", "--kind", "supplier"});
    done({"party", "add", "Ines Moravec", "--organisation", "Blue Heron Casting", "--email", "ines@heron.example"});
    done({"party", "add", "Reed & Daughters", "--kind", "supplier", "--organisation", "Blue Heron Casting"});
  }
};

TEST_F(CaseCommands, EditWhatACaseSaysOfItself) {
  const std::string number = open_case("Coast road on a forum");
  const json of = made({"case", "edit", number, "--title", "Coast road, twice", "--summary", "Seen on two forums.",
                        "--kind", "early_publication", "--severity", "high", "--loss", "120000.50 EUR", "--loss-note",
                        "As the agency counted it", "--taken-down", "2026-01-02T10:00:00Z", "--first-offence", "yes"});
  EXPECT_EQ(of["title"], "Coast road, twice");
  EXPECT_EQ(of["summary"], "Seen on two forums.");
  EXPECT_EQ(of["kind"], "early_publication");
  EXPECT_EQ(of["severity"], "high");
  EXPECT_EQ(of["loss"]["minor"], 12'000'050);
  EXPECT_EQ(of["loss"]["currency"], "EUR");
  EXPECT_EQ(of["mitigation"]["taken_down_at"], "2026-01-02T10:00:00.000Z");
  EXPECT_EQ(of["mitigation"]["first_offence"], true);
  // The rest stays when one thing is changed; "none" takes away.
  const json again = made({"case", "edit", number, "--mitigation-note", "Wrote to us first", "--loss", "none"});
  EXPECT_EQ(again["mitigation"]["first_offence"], true);
  EXPECT_EQ(again["mitigation"]["note"], "Wrote to us first");
  EXPECT_FALSE(again.contains("loss"));
  EXPECT_TRUE(says(done({"case", "edit", number, "--severity", "low"}), "low"));
  EXPECT_TRUE(says(done({"--lang", "zh", "case", "edit", number, "--severity", "critical"}), "严重"));

  EXPECT_TRUE(says(refused(2, {"case", "edit", number}), "--help"));
  EXPECT_TRUE(says(refused(2, {"case", "edit", number, "--severity", "awful"}), "low, medium, high or critical"));
  EXPECT_TRUE(says(refused(2, {"case", "edit", number, "--loss", "12"}), "EUR"));
  EXPECT_TRUE(says(refused(2, {"case", "edit", number, "--loss-note", "Much"}), "--loss"));
  refused(20, {"case", "edit", number, "--owner", "nobody@sample.example"});
  refused(20, {"case", "edit", "K-1999-0001", "--title", "X"});
}

TEST_F(CaseCommands, TellTheTimeline) {
  const std::string number = open_case("A night preview");
  const json of = made({"case", "moment", number, "Posted in a group", "--happened", days_from_today(-3), "--found-out",
                        days_from_today(-1), "--source", "The group's own clock"});
  EXPECT_EQ(of["timeline"].size(), 2U);
  const json shown = made({"case", "timeline", number});
  EXPECT_EQ(shown["case"], number);
  json posted;
  for (const json& one : shown["timeline"])
    if (one["what"] == "Posted in a group") posted = one;
  EXPECT_EQ(posted["automatic"], false);
  EXPECT_EQ(posted["source"], "The group's own clock");
  EXPECT_TRUE(says(done({"case", "timeline", number}), "Posted in a group"));
  EXPECT_TRUE(says(done({"--lang", "zh", "case", "timeline", number}), "立案"));

  refused(2, {"case", "moment", number, "Too early", "--happened", days_from_today(-1), "--found-out",
              days_from_today(-2)});
  EXPECT_TRUE(says(refused(26, {"case", "moment-remove", number, "The case was opened"}), "stays"));
  EXPECT_TRUE(says(refused(20, {"case", "moment-remove", number, "Never"}), "probity case timeline"));
  done({"case", "moment-remove", number, posted["id"].get<std::string>()});
  EXPECT_EQ(made({"case", "timeline", number})["timeline"].size(), 1U);
}

TEST_F(CaseCommands, DrawTheGraphAsATree) {
  const std::string number = open_case("From hand to hand");
  EXPECT_TRUE(says(done({"case", "graph", number}), "Nothing"));
  done({"case", "graph-add", number, "@coast", "A chat group", "--to-kind", "group", "--at", "2026-02-03T04:05:06Z"});
  done({"case", "graph-add", number, "A chat group", "@harbour", "--kind", "forwarded"});
  EXPECT_EQ(done({"case", "graph-add", number, "@harbour", "@coast", "--kind", "copied", "--note", "Back again"}),
            "@coast (account)\n"
            "  posted 2026-02-03T04:05:06.000Z → A chat group (group)\n"
            "    forwarded → @harbour (account)\n"
            "      copied → @coast (account), see above\n");
  EXPECT_TRUE(says(done({"--lang", "zh", "case", "graph", number}), "转发 → @harbour（账号）"));
  done({"party", "add", "Sample Courier", "--kind", "outlet"});
  done({"case", "party", number, "Sample Courier", "--role", "outlet"});
  const json graph = made({"case", "graph-node", number, "@coast", "--kind", "page", "--address",
                           "https://forum.example/u/coast", "--party", "Sample Courier"})["graph"];
  ASSERT_EQ(graph["nodes"].size(), 3U);
  EXPECT_EQ(graph["nodes"][0]["kind"], "page");
  EXPECT_EQ(graph["nodes"][0]["address"], "https://forum.example/u/coast");
  EXPECT_FALSE(graph["nodes"][0]["case_party"].is_null());
  EXPECT_EQ(graph["edges"].size(), 3U);
  EXPECT_EQ(made({"case", "show", number})["graph"], graph);

  EXPECT_TRUE(says(refused(2, {"case", "graph-add", number, "@coast", "@far", "--kind", "shouted"}), "forwarded"));
  EXPECT_TRUE(
      says(refused(26, {"case", "graph-add", number, "@harbour", "@coast", "--kind", "copied", "--note", "Back again"}),
           "already"));
  refused(20, {"case", "graph-add", number, "@coast", "@far", "--evidence", "nothing.jpg"});
  refused(20, {"case", "graph-remove", number, "@nobody"});
  // What the graph names stays a party.
  EXPECT_TRUE(says(refused(26, {"case", "party-remove", number, "Sample Courier"}), "refers"));
  const json less = made({"case", "graph-remove", number, "@harbour", "@coast"})["graph"];
  EXPECT_EQ(less["edges"].size(), 2U);
  const json without = made({"case", "graph-remove", number, "A chat group"})["graph"];
  EXPECT_EQ(without["nodes"].size(), 2U);
  EXPECT_EQ(without["edges"].size(), 0U);
}

TEST_F(CaseCommands, LinkEvidenceOfTheLeakAndTakePartiesOut) {
  const std::string leak = made({"leak", "report", "A drawing in a group"})["number"];
  std::ofstream(launch_.file("found.txt")) << "what the group's owner wrote";
  done({"leak", "add", leak, launch_.file("found.txt")});
  const std::string number = made({"case", "open", "A drawing", "--leak", leak})["number"];
  const json of = made({"case", "link", number, "found.txt", "--what", "Says who sent it"});
  ASSERT_EQ(of["evidence"].size(), 1U);
  EXPECT_EQ(of["evidence"][0]["what"], "Says who sent it");
  EXPECT_EQ(of["evidence"][0]["own"], false);
  EXPECT_TRUE(says(refused(26, {"case", "link", number, "found.txt"}), "linked already"));
  EXPECT_TRUE(says(refused(20, {"case", "link", number, "lost.txt"}), "probity leak show"));
  // The step stands in the case's custody and in the leak's.
  EXPECT_FALSE(made({"case", "custody", number})["steps"].empty());
  EXPECT_TRUE(says(done({"case", "custody", number}), "Says who sent it"));
  EXPECT_TRUE(says(done({"leak", "custody", leak}), "Says who sent it"));
  done({"case", "check"});

  done({"party", "add", "Sample Courier", "--kind", "outlet"});
  done({"case", "party", number, "Sample Courier", "--role", "outlet"});
  EXPECT_EQ(made({"case", "party-remove", number, "Sample Courier"})["parties"].size(), 0U);
  EXPECT_TRUE(says(refused(20, {"case", "party-remove", number, "Sample Courier"}), "probity case show"));
  // Somebody of whom only a name is known; such a one is not accused.
  const json named = made({"case", "party", number, "The moderator", "--unlisted", "--role", "witness", "--note",
                           "Wrote to us", "--public-name", "a witness"});
  EXPECT_EQ(named["parties"][0]["name"], "The moderator");
  EXPECT_EQ(named["parties"][0]["note"], "Wrote to us");
  EXPECT_EQ(named["parties"][0]["public_name"], "a witness");
  EXPECT_TRUE(named["parties"][0]["party"].is_null());
  refused(2, {"case", "party", number, "Nobody", "--unlisted", "--accused-by", "inquiry"});
  refused(20, {"case", "party", number, "Nobody"});
}

TEST_F(CaseCommands, ReadWhatIsDueAndWriteASummary) {
  EXPECT_EQ(made({"case", "dashboard"})["open"], 0);
  const std::string number = open_case("What is due");
  done({"case", "task", number, "Ask the forum", "--due", days_from_today(-1)});
  const json due = made({"case", "dashboard"});
  EXPECT_EQ(due["open"], 1);
  EXPECT_EQ(due["overdue"], 1);
  EXPECT_TRUE(says(done({"case", "dashboard"}), "OVERDUE"));
  const json dropped =
      made({"case", "task-edit", number, "Ask the forum", "--state", "dropped", "--detail", "It is gone"});
  EXPECT_EQ(dropped["tasks"][0]["state"], "dropped");
  EXPECT_EQ(dropped["tasks"][0]["detail"], "It is gone");
  EXPECT_EQ(made({"case", "dashboard"})["overdue"], 0);
  EXPECT_TRUE(says(refused(2, {"case", "task-edit", number, "Ask the forum"}), "--help"));
  EXPECT_TRUE(says(refused(2, {"case", "task-edit", number, "Ask the forum", "--state", "late"}), "dropped"));
  EXPECT_TRUE(says(refused(20, {"case", "task-edit", number, "Sing", "--state", "done"}), "probity case show"));
  EXPECT_EQ(made({"case", "ledger", number})["total"], 0);
  refused(20, {"case", "ledger", "K-1999-0001"});
  const std::string pdf = launch_.file("summary.pdf");
  EXPECT_EQ(made({"case", "summary", number, "--out", pdf})["file"], pdf);
  EXPECT_EQ(read_text_file(pdf).substr(0, 5), "%PDF-");
  refused(21, {"case", "summary", number, "--out", pdf});
  done({"--lang", "zh", "case", "summary", number, "--out", pdf, "--force"});
  // Nobody has been accused, so nothing follows for anybody and no account is in conflict with them.
  EXPECT_TRUE(says(refused(2, {"case", "consequence", number, "apology", "--state", "done"}), "accused"));
  refused(2, {"case", "consequence", number, "exile", "--state", "done"});
  EXPECT_TRUE(says(refused(2, {"case", "conflict", number, "colleague"}), "whose conflict"));
  EXPECT_TRUE(says(refused(2, {"case", "conflict", number, "rival"}), "same_person"));
}

class Rectifications : public CaseCommands {
 protected:
  void SetUp() override {
    supplier_with_a_sub_supplier();
    const std::string number = open_case("A drawing in a chat group");
    sheet_ = made({"case", "rectify", number, "Reed & Daughters", "--problem", "It was photographed."});
    rectification_ = sheet_["number"];
  }
  json write(const json& answer) const {
    std::ofstream(launch_.file("answer.json")) << answer;
    return made({"rectification", "write", rectification_, launch_.file("answer.json")});
  }
  std::string not_written(int exit_code, const std::string& text) const {
    std::ofstream(launch_.file("answer.json")) << text;
    return refused(exit_code, {"rectification", "write", rectification_, launch_.file("answer.json")});
  }
  json hand_in(const json& answer) const {
    write(answer);
    made({"rectification", "submit", rectification_});
    return made({"rectification", "accept", rectification_, "--reason", "Complete."});
  }

  json sheet_;
  std::string rectification_;
};

TEST_F(Rectifications, GoThroughTheirStages) {
  EXPECT_EQ(sheet_["supplier_name"], "Blue Heron Casting");
  EXPECT_TRUE(says(refused(2, {"rectification", "submit", rectification_}), "lacks"));
  EXPECT_TRUE(says(refused(26, {"rectification", "accept", rectification_, "--reason", "Fine."}), "handed in"));
  EXPECT_EQ(hand_in({{"team", "Ines Moravec"}})["stage"], "containment");
  const json contained = {{"text", "Share closed"}, {"owner", "Ines Moravec"}, {"done_at", days_from_today(0)}};
  write({{"containment", {contained}}});
  EXPECT_TRUE(says(done({"rectification", "submit", rectification_}), rectification_));
  const json back =
      made({"rectification", "reject", rectification_, "--reason", "Which share?", "--due", days_from_today(2)});
  EXPECT_EQ(back["state"], "rejected");
  EXPECT_TRUE(says(done({"rectification", "show", rectification_}), "containment sent back by"));
  EXPECT_EQ(hand_in({{"containment", {contained}}})["stage"], "cause");
  EXPECT_EQ(hand_in({{"occurrence", {{{"text", "Every shift could read the folder"}}}},
                     {"escape", {{{"text", "Nobody compares readers with signatories"}}}}})["stage"],
            "plan");
  json action = {{"text", "Folders by commitment"},
                 {"kind", "technical"},
                 {"owner", "Paul Adeyemi"},
                 {"due_at", days_from_today(10)}};
  EXPECT_EQ(hand_in({{"actions", {action}}})["stage"], "implementing");
  action["done_at"] = days_from_today(0);
  action["evidence"] = "Access list of the share";
  const json followed = {
      {"supplier", sheet_["flow_down"][0]["supplier"]}, {"commitment_signed", true}, {"copies_recalled", true}};
  EXPECT_EQ(hand_in({{"actions", {action}}, {"flow_down", {followed}}})["stage"], "verifying");
  std::vector<std::string> verify{"rectification", "verify", rectification_, "--method",      "audit",
                                  "--result",      "maybe",  "--text",       "Nothing found."};
  EXPECT_TRUE(says(refused(2, verify), "not_effective"));
  verify[6] = "effective";
  EXPECT_TRUE(says(refused(26, verify), "30 days"));
  verify.insert(verify.end(), {"--early-reason", "The share is gone for good."});
  EXPECT_EQ(made(verify)["state"], "closed");
  EXPECT_TRUE(says(refused(26, {"rectification", "link", rectification_}), "closed"));
}

TEST_F(Rectifications, AreListedAndShownAndLinked) {
  const json listed = made({"rectification", "list", "--state", "issued"});
  ASSERT_EQ(listed["total"], 1);
  EXPECT_EQ(listed["rectifications"][0]["number"], rectification_);
  EXPECT_EQ(made({"rectification", "list", "--overdue"})["total"], 0);
  EXPECT_EQ(made({"rectification", "list", "--supplier", "Blue Heron Casting"})["total"], 1);
  EXPECT_TRUE(says(done({"rectification", "list"}), "Blue Heron Casting for Reed & Daughters"));
  EXPECT_TRUE(says(done({"--lang", "zh", "rectification", "show", rectification_}), "尚缺：整改小组成员（具名）"));
  EXPECT_TRUE(says(refused(2, {"rectification", "list", "--state", "lost"}), "escalated"));
  EXPECT_TRUE(says(refused(20, {"rectification", "show", "R-1999-0001"}), "probity rectification list"));
  const std::size_t mails = made({"outbox", "list"})["mails"].size();
  EXPECT_EQ(made({"rectification", "link", rectification_})["contact_email"], "ines@heron.example");
  EXPECT_EQ(made({"outbox", "list"})["mails"].size(), mails + 1);
}

TEST_F(Rectifications, RefuseAnswersThatAreNone) {
  not_written(2, "not JSON");
  EXPECT_TRUE(says(not_written(2, R"({"team": "Ines Moravec", "mood": "good"})"), "mood"));
  EXPECT_TRUE(says(not_written(2, R"({"occurrence": [{"text": "Operator error"}]})"), "no cause"));
  refused(20, {"rectification", "write", rectification_, launch_.file("lost.json")});
  EXPECT_EQ(made({"rectification", "show", rectification_})["team"], "");
}

}  // namespace
}  // namespace probity::test
