// The command line of an alliance against processes that run: hub, member, screen, bulletin, filing and ombudsman, each
// verb that its help lists, with --json, exit codes, and wrong input.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>

#include "journeys/filed.h"
#include "journeys/launch.h"

namespace probity::test {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr int kInvalid = 2, kHit = 3, kNotFound = 20, kConflict = 26, kUnauthenticated = 30, kForbidden = 31;
constexpr const char* kNumber = "11010519491231002X";

// The people and places of one test, and what was called.
class Shell {
 public:
  explicit Shell(Alliance& alliance) : alliance_(alliance) {}

  // The document of a command that must succeed.
  json run(const Node& node, std::vector<std::string> words, const std::string& input = {}, int exit_code = 0) {
    const Outcome outcome = call(node, words, input);
    EXPECT_EQ(outcome.exit_code, exit_code) << fmt::format("{}\n", fmt::join(words, " ")) << outcome.out << outcome.err;
    const json document = json::parse(outcome.out, nullptr, false);
    EXPECT_TRUE(document.is_object()) << fmt::format("{}\n", fmt::join(words, " ")) << outcome.out;
    return document;
  }
  // Whatever came of it; an empty object for what is no document.
  json peek(const Node& node, const std::vector<std::string>& words) {
    json document = json::parse(call(node, words, {}).out, nullptr, false);
    return document.is_object() ? document : json::object();
  }
  // The code of the error that a command must end with; what it says holds nothing that is not to be told.
  std::string fails(const Node& node, std::vector<std::string> words, int exit_code, const std::string& input = {}) {
    const Outcome outcome = call(node, words, input);
    EXPECT_EQ(outcome.exit_code, exit_code) << fmt::format("{}\n", fmt::join(words, " ")) << outcome.out << outcome.err;
    EXPECT_EQ((outcome.out + outcome.err).find(kNumber), std::string::npos) << fmt::format("{}", fmt::join(words, " "));
    const json document = json::parse(outcome.out, nullptr, false);
    return document.is_object() && document.contains("error") ? document["error"].value("code", "") : "";
  }
  // A command that the grammar refuses: words on standard error, and exit code 2.
  void misused(const Node& node, const std::vector<std::string>& words) {
    const Outcome outcome = call(node, words, {});
    EXPECT_EQ(outcome.exit_code, kInvalid) << fmt::format("{}\n", fmt::join(words, " ")) << outcome.out;
    EXPECT_FALSE(outcome.err.empty());
  }
  std::string file(const std::string& name, const std::string& text) const {
    const std::string path = alliance_.root() + "/" + name;
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  // The verbs of a group that its help lists and nobody called.
  std::set<std::string> uncalled(const std::string& group) const {
    const Outcome help = probity({group, "--help"});
    std::set<std::string> verbs;
    const std::string listed = help.out.substr(help.out.find("Subcommands:"));
    const std::regex verb("\n  ([a-z-]+) ");
    for (auto at = std::sregex_iterator(listed.begin(), listed.end(), verb); at != std::sregex_iterator(); ++at)
      verbs.insert((*at)[1]);
    EXPECT_GE(verbs.size(), 2U) << help.out;
    if (const auto done = called_.find(group); done != called_.end())
      for (const std::string& one : done->second) verbs.erase(one);
    return verbs;
  }

 private:
  Outcome call(const Node& node, std::vector<std::string> words, const std::string& input) {
    called_[words.at(0)].insert(words.at(1));
    words.push_back("--json");
    // A receipt is checked without a workspace.
    if (words[1] != "receipt") words.insert(words.end(), {"-w", node.workspace()});
    return probity(words, {.folder = alliance_.root(),
                           .environment = {"PROBITY_REHEARSAL_DAYS=" + alliance_.root() + "/days",
                                           "PROBITY_PASSWORD=a long enough passphrase"},
                           .input = input});
  }

  Alliance& alliance_;
  std::map<std::string, std::set<std::string>> called_;
};

using Words = std::vector<std::string>;
Words as(Words words, const std::string& role) {
  words.insert(words.end(), {"--as", role + "@sample.example"});
  return words;
}

struct Commands : testing::Test {
  Commands() {
    for (const char* role : {"investigator", "reviewer"}) (void)alliance.filer().colleague(role);
    for (const char* role : {"operator"}) (void)alliance.hub().colleague(role);
    (void)alliance.ombudsman().colleague("ombudsman");
  }

  std::string member_of(const Node& node) { return shell.run(node, {"member", "show"}).value("member", ""); }

  // Written by the command line up to the approval; the filing's number.
  std::string filed(const Words& draft, const std::string& name) {
    Node& node = alliance.filer();
    const std::string id = shell.run(node, as(draft, "investigator"), name + "\n")["filing"].value("id", "");
    const std::string facts = shell.file("facts.txt", "Copies of lamps were sold as originals.");
    shell.run(node, as({"filing", "words", id, "--facts", facts, "--decided-by", "Head of brands", "--ended-how",
                        "The contract was ended.", "--contact", "desk@harbour.example", "--standard", "judgment",
                        "--happened", days_ago(200), "--decided", days_ago(100)},
                       "investigator"));
    for (const char* test : {"reasonable_grounds", "clear_evidence", "ended_because_of_it"})
      shell.run(node, as({"filing", "evidence", id, facts, "--test", test}, "investigator"));
    return id;
  }

  void open_letter() {
    const std::string folder = alliance.hub().workspace() + "/alliance/letters";
    ASSERT_TRUE(wait_until([&] { return fs::exists(folder) && !fs::is_empty(folder); }, 10'000));
    const std::string text = read_text_file(fs::directory_iterator(folder)->path().string());
    std::smatch token, code;
    ASSERT_TRUE(std::regex_search(text, token, std::regex("notice/([0-9a-f]{32})")));
    ASSERT_TRUE(std::regex_search(text, code, std::regex(": (\\d{8})")));
    Browser person = alliance.hub().stranger();
    EXPECT_EQ(
        person.post("!/alliance/v1/person/open", {{"token", std::string(token[1])}, {"code", std::string(code[1])}})
            .status,
        200);
  }

  // The first hit, from the filer's answer to the decision.
  void walk_a_hit() {
    Node& screener = alliance.screener();
    const json hits = shell.run(screener, {"screen", "hits"});
    ASSERT_FALSE(hits["items"].empty()) << hits;
    const std::string hit = hits["items"][0].value("number", "");
    const Words decide{"screen",    "hit",
                       hit,         "decide",
                       "--outcome", "declined_confirmed_facts",
                       "--reasons", "The filer confirmed the judgment. The company answered and did not dispute it."};
    EXPECT_EQ(shell.fails(screener, decide, kConflict), "conflict") << "nothing is decided before the way is gone";
    EXPECT_EQ(shell.fails(screener, {"screen", "hit", hit, "paint"}, kInvalid), "invalid_argument");
    EXPECT_EQ(shell.fails(screener, {"screen", "hit", hit, "contact", "--answer", "perhaps"}, kInvalid),
              "invalid_argument");
    shell.run(screener, {"screen", "hit", hit, "contact", "--spoke-to", "Brand desk", "--channel", "phone", "--answer",
                         "confirmed", "--note", "They confirmed the judgment."});
    shell.run(screener, {"screen", "hit", hit, "notify", "--way", "mail", "--note", "Told how to answer."});
    EXPECT_EQ(shell.fails(screener, decide, kConflict), "conflict") << "the company has five working days";
    alliance.pass_days(9);
    EXPECT_EQ(shell.run(screener, decide).value("state", ""), "decided");
  }

  std::string state_of(const std::string& filing) {
    return shell.run(alliance.filer(), {"filing", "show", filing})["filing"].value("state", "");
  }

  Alliance alliance;
  Shell shell{alliance};
};

TEST_F(Commands, OfTheHubDoWhatTheySayAndRefuseTheRest) {
  Node& hub = alliance.hub();
  EXPECT_EQ(shell.run(hub, {"hub", "members"}).value("total", 0), 3);
  const std::string member = member_of(alliance.filer());
  EXPECT_EQ(shell.run(hub, as({"hub", "suspend", member, "--reason", "Away"}, "operator")).value("standing", ""),
            "suspended");
  EXPECT_EQ(shell.fails(alliance.filer(), {"bulletin", "list"}, kForbidden), "forbidden");
  EXPECT_EQ(shell.run(hub, as({"hub", "reinstate", member, "--reason", "Back"}, "operator")).value("standing", ""),
            "active");
  EXPECT_EQ(shell.fails(hub, {"hub", "reinstate", member, "--reason", "Back"}, kConflict), "conflict");
  EXPECT_EQ(shell.run(hub, {"hub", "quota", member, "--user-per-day", "100", "--reason", "Less"}).value("state", ""),
            "agreed");
  const json more =
      shell.run(hub, as({"hub", "quota", member, "--user-per-day", "300", "--reason", "More"}, "operator"));
  EXPECT_EQ(more.value("state", ""), "waiting") << "more takes a second operator";
  EXPECT_EQ(shell.fails(hub, as({"hub", "agree", more.value("proposal", "")}, "operator"), kForbidden), "forbidden");
  EXPECT_EQ(shell.run(hub, {"hub", "agree", more.value("proposal", "")}).value("state", ""), "agreed");
  const json refused =
      shell.run(hub, as({"hub", "quota", member, "--user-per-day", "400", "--reason", "Still more"}, "operator"));
  EXPECT_EQ(
      shell.run(hub, {"hub", "refuse", refused.value("proposal", ""), "--reason", "Not needed"}).value("state", ""),
      "refused");
  EXPECT_EQ(shell.run(hub, {"hub", "alarms"}).value("total", -1), 0);
  shell.run(hub, {"hub", "roll", "--out", alliance.root() + "/roll.txt"});
  EXPECT_GT(fs::file_size(alliance.root() + "/roll.txt"), 100U);
  shell.run(hub, {"hub", "holidays", shell.file("days.txt", "2027-10-01\n2027-10-04\n")});
  EXPECT_EQ(shell.fails(hub, {"hub", "holidays", shell.file("no-days.txt", "tomorrow\n")}, kInvalid),
            "invalid_argument");
  EXPECT_EQ(shell.fails(hub, {"hub", "suspend", "nonsense", "--reason", "x"}, kInvalid), "invalid_argument");
  EXPECT_EQ(shell.fails(hub, {"hub", "suspend", "00000000000000000000000001", "--reason", "x"}, kNotFound),
            "not_found");
  EXPECT_EQ(shell.fails(hub, as({"hub", "suspend", member, "--reason", "x"}, "nobody"), kUnauthenticated),
            "unauthenticated");
  EXPECT_EQ(shell.fails(alliance.filer(), {"hub", "members"}, kNotFound), "not_found");
  shell.misused(hub, {"hub", "suspend", member});
  shell.misused(hub, {"hub", "nonsense"});
  shell.misused(alliance.filer(), {"member", "nonsense"});
  EXPECT_EQ(shell.fails(hub, {"member", "show"}, kNotFound), "not_found");
  EXPECT_EQ(
      shell.fails(alliance.filer(),
                  {"member", "init", "--name", "Other", "--hub-url", "http://127.0.0.1:1", "--hub", "00"}, kInvalid),
      "invalid_argument");
  // What setting an alliance up has called already: init, keys and admit of the hub.
  EXPECT_EQ(shell.uncalled("hub"), (std::set<std::string>{"admit", "init", "keys"}));
  EXPECT_TRUE(shell.uncalled("member").empty());
}

TEST_F(Commands, WalkAListingFromItsDraftToItsEnd) {
  Node& filer = alliance.filer();
  Node& screener = alliance.screener();
  EXPECT_EQ(
      shell.fails(filer, as({"filing", "draft", "--conduct", "negligence"}, "investigator"), kInvalid, "A Name\n"),
      "invalid_argument");
  EXPECT_EQ(shell.fails(filer, {"filing", "draft", "--conduct", "bribery"}, kForbidden, "A Name\n"), "forbidden");
  const std::string person = filed({"filing", "draft", "--conduct", "bribery"}, "Bo Exampleton");
  EXPECT_EQ(shell.fails(filer, as({"filing", "identify", person}, "investigator"), kInvalid, "110105194912310021\n"),
            "invalid_argument")
      << "its check digit is wrong";
  shell.run(filer, as({"filing", "identify", person}, "investigator"), std::string(kNumber) + "\n");
  const std::string company =
      filed({"filing", "draft", "--kind", "enterprise", "--conduct", "counterfeit_goods"}, "Grey Gull Trading Ltd");
  EXPECT_EQ(shell.fails(filer, as({"filing", "submit", company}, "investigator"), kInvalid), "invalid_argument")
      << "which company?";
  shell.run(filer,
            as({"filing", "company", company, "--name", "Grey Gull Trading Ltd", "--registration", "HKG 12345678"},
               "investigator"));
  shell.run(filer, as({"filing", "submit", company}, "investigator"));
  EXPECT_EQ(shell.fails(filer, as({"filing", "approve", company}, "investigator"), kForbidden), "forbidden");
  EXPECT_EQ(shell.run(filer, as({"filing", "approve", company}, "reviewer"))["filing"].value("state", ""),
            "awaiting_notice");
  shell.run(filer, as({"filing", "notice", company}, "investigator"), "office@gull.example\n");
  shell.run(filer, as({"filing", "submit", person}, "investigator"));
  shell.run(filer, as({"filing", "refuse", person, "--reason", "Not enough."}, "reviewer"));
  EXPECT_GE(shell.run(filer, {"filing", "list"}).value("total", 0), 2);
  EXPECT_TRUE(shell.run(filer, {"filing", "ombudsman"}).contains("ombudsman"));
  open_letter();

  alliance.pass_days(16);
  EXPECT_TRUE(wait_until([&] { return state_of(company) == "active"; }, 30'000));
  const Words ask{"screen",         "company",      "--name",        "Grey Gull Trading Ltd",
                  "--registration", "HKG 12345678", "--requisition", "SUP-1"};
  ASSERT_TRUE(wait_until([&] { return shell.peek(screener, ask).value("outcome", "") == "confirmed"; }, 20'000));
  shell.run(screener, ask, {}, kHit);
  walk_a_hit();
  shell.run(filer, as({"filing", "suspend", company, "--reason", "A doubt."}, "investigator"));
  shell.run(filer, as({"filing", "resume", company, "--reason", "No doubt."}, "investigator"));
  shell.run(filer, as({"filing", "correct", company, "--reason", "Another desk", "--contact", "new@harbour.example"},
                      "investigator"));
  shell.run(filer, as({"filing", "correct", company, "--reason", "Renamed", "--name", "Grey Gull Holdings Ltd",
                       "--former-name", "Grey Gull Trading Ltd"},
                      "investigator"));
  ASSERT_TRUE(wait_until(
      [&] {
        const auto now = shell.peek(screener, ask);
        return now.value("outcome", "") == "confirmed" &&
               now.dump().find("Grey Gull Holdings Ltd") != std::string::npos;
      },
      20'000))
      << "the number stayed, the name was put right";
  EXPECT_EQ(shell.fails(filer, as({"filing", "attest", company}, "investigator"), kConflict), "conflict")
      << "too early";
  shell.run(filer, as({"filing", "retry", company}, "investigator"));
  EXPECT_EQ(shell.fails(filer,
                        as({"filing", "answer", company, "upheld", "--reasons", alliance.root() + "/facts.txt"},
                           "investigator"),
                        kConflict),
            "conflict")
      << "nobody has appealed";
  shell.run(filer, as({"filing", "withdraw", company, "--reason", "Settled."}, "investigator"));
  EXPECT_EQ(shell.fails(filer, as({"filing", "resume", company, "--reason", "x"}, "investigator"), kConflict),
            "conflict");
  EXPECT_EQ(shell.fails(filer, {"filing", "show", "F-1999-0001"}, kNotFound), "not_found");
  EXPECT_EQ(shell.fails(filer, as({"filing", "submit", company}, "nobody"), kUnauthenticated), "unauthenticated");
  shell.misused(filer, {"filing", "retry"});
  EXPECT_TRUE(shell.uncalled("filing").empty()) << fmt::format("{}", fmt::join(shell.uncalled("filing"), " "));
}

TEST_F(Commands, AskWhoIsListedAndKeepThePath) {
  Node& screener = alliance.screener();
  const Words ask{"screen",
                  "person",
                  "--id-stdin",
                  "--purpose",
                  "employment",
                  "--requisition",
                  "REQ-1",
                  "--consent",
                  "given",
                  "--consent-date",
                  days_ago(1).substr(0, 10)};
  Words with_receipt = ask;
  with_receipt.insert(with_receipt.end(), {"--receipt", alliance.root() + "/person.receipt"});
  EXPECT_EQ(shell.run(screener, with_receipt, std::string(kNumber) + "\n").value("outcome", ""), "not_listed");
  EXPECT_EQ(shell.fails(screener, ask, kInvalid, "110105194912310021\n"), "invalid_argument");
  EXPECT_EQ(shell.fails(screener, ask, kInvalid), "invalid_argument") << "nothing came";
  Words no_consent = ask;
  no_consent[8] = "taken";
  EXPECT_EQ(shell.fails(screener, no_consent, kInvalid, std::string(kNumber) + "\n"), "invalid_argument");
  EXPECT_EQ(shell.run(screener, {"screen", "queries"}).value("total", 0), 1);
  shell.run(screener, {"screen", "receipt", alliance.root() + "/person.receipt"});
  EXPECT_NE(shell.peek(screener, {"screen", "receipt", shell.file("no.receipt", "{}")}).value("error", json()), json());
  EXPECT_EQ(shell.run(screener, {"screen", "hits"}).value("total", -1), 0);
  EXPECT_EQ(shell.fails(screener, {"screen", "hit", "H-2026-0001"}, kNotFound), "not_found");
  EXPECT_EQ(shell.run(screener, {"screen", "company", "--name", "Grey Gull Trading Ltd", "--requisition", "SUP-1"})
                .value("outcome", ""),
            "not_listed");
  EXPECT_EQ(shell.fails(screener, {"screen", "company", "--requisition", "SUP-1"}, kInvalid), "invalid_argument");
  const std::string partners = shell.file("partners.csv", "name\nGrey Gull Trading Ltd\nExample Partner\n");
  EXPECT_EQ(shell.run(screener, {"screen", "batch", partners, "--out", alliance.root() + "/out.csv"}).value("rows", 0),
            2);
  EXPECT_EQ(shell.fails(screener, {"screen", "batch", "nothing.csv", "--out", "x.csv"}, kNotFound), "not_found");
  const json watch = shell.run(screener, {"screen", "watch", "add", "--name", "Grey Gull Trading Ltd"});
  EXPECT_EQ(shell.run(screener, {"screen", "watch"}).value("total", 0), 1);
  shell.run(screener, {"screen", "watch", "remove", watch.value("id", "")});
  EXPECT_EQ(shell.fails(screener, {"screen", "watch", "remove", "nonsense"}, kInvalid), "invalid_argument");
  EXPECT_EQ(shell.fails(screener, {"screen", "watch", "paint"}, kInvalid), "invalid_argument");
  shell.misused(screener, {"screen", "batch"});
  EXPECT_TRUE(shell.uncalled("screen").empty());

  EXPECT_EQ(shell.run(alliance.ombudsman(), as({"ombudsman", "list"}, "ombudsman"))["matters"].size(), 0U);
  EXPECT_EQ(shell.run(alliance.ombudsman(), {"ombudsman", "statistics"}).value("appeals", -1), 0);
  EXPECT_EQ(shell.fails(alliance.ombudsman(), {"ombudsman", "list"}, kForbidden), "forbidden");
}

TEST_F(Commands, WriteBulletinsToGroups) {
  Node& filer = alliance.filer();
  Node& screener = alliance.screener();
  const json group = shell.run(filer, {"bulletin", "groups", "create", "Lamp makers", "--member", "Lantern Films",
                                       "--member", "Office of the Ombudsman"});
  EXPECT_EQ(group["members"].size(), 2U);
  EXPECT_EQ(shell.fails(filer, {"bulletin", "groups", "create", "lamp makers", "--member", "Lantern Films"}, kConflict),
            "conflict");
  EXPECT_EQ(shell.fails(filer, {"bulletin", "groups", "create", "Others", "--member", "Nobody"}, kNotFound),
            "not_found");
  EXPECT_EQ(shell.fails(filer, {"bulletin", "groups", "create", "Others"}, kInvalid), "invalid_argument");
  EXPECT_EQ(
      shell
          .run(filer, {"bulletin", "groups", "remove", "Lamp makers", "--member", "Office of the Ombudsman"})["members"]
          .size(),
      1U);
  shell.run(filer, {"bulletin", "groups", "add", "Lamp makers", "--member", "Office of the Ombudsman"});
  shell.run(filer, {"bulletin", "groups", "rename", "Lamp makers", "--name", "Makers"});
  EXPECT_EQ(shell.run(filer, {"bulletin", "groups", "show", "makers"}).value("name", ""), "Makers");
  EXPECT_EQ(shell.run(filer, {"bulletin", "groups"}).value("total", 0), 1);

  json bulletin{{"kind", "notice"},        {"title", "Lamps that fail"},    {"text", "Look at their seals."},
                {"tlp", "AMBER"},          {"audience", {{"kind", "all"}}}, {"expires_at", days_ago(-30)},
                {"accused", json::array()}};
  const std::string file = shell.file("bulletin.json", bulletin.dump());
  // A member that is suspended is left out, and said.
  const std::string ombudsman = member_of(alliance.ombudsman());
  shell.run(alliance.hub(), {"hub", "suspend", ombudsman, "--reason", "Away"});
  const json sent = shell.run(filer, {"bulletin", "publish", file, "--group", "Makers"});
  EXPECT_EQ(sent["audience"].value("name", ""), "Makers");
  ASSERT_EQ(sent["audience"]["members"].size(), 1U) << sent;
  EXPECT_EQ(sent["audience"]["members"][0].value("name", ""), "Lantern Films");
  shell.run(alliance.hub(), {"hub", "reinstate", ombudsman, "--reason", "Back"});
  EXPECT_EQ(shell.fails(filer, {"bulletin", "groups", "delete", "Makers"}, kInvalid), "invalid_argument")
      << "not without --yes";
  shell.run(filer, {"bulletin", "groups", "delete", "Makers", "--yes"});
  EXPECT_EQ(shell.fails(filer, {"bulletin", "publish", file, "--group", "Makers"}, kNotFound), "not_found");

  const std::string number = sent.value("number", "");
  EXPECT_EQ(shell.run(screener, {"bulletin", "show", number}).value("title", ""), "Lamps that fail");
  EXPECT_EQ(shell.run(screener, {"bulletin", "list"}).value("total", 0), 1);
  EXPECT_EQ(shell.run(alliance.ombudsman(), {"bulletin", "list"}).value("total", -1), 0);
  shell.run(screener, {"bulletin", "reply", number, "--text", "Here too."});
  EXPECT_EQ(shell.run(screener, {"bulletin", "sighting", number, "--count", "3"}).value("seen", 0), 3);
  EXPECT_EQ(shell.fails(screener, {"bulletin", "sighting", number, "--verdict", "perhaps"}, kInvalid),
            "invalid_argument");
  EXPECT_EQ(shell.fails(screener, {"bulletin", "reply", number, "--text", std::string("It was ") + kNumber}, kInvalid),
            "invalid_argument");
  EXPECT_EQ(shell.fails(screener, {"bulletin", "withdraw", number}, kForbidden), "forbidden");
  shell.run(screener, {"bulletin", "export"});
  shell.run(screener, {"bulletin", "export", "--stix", "--out", alliance.root() + "/stix.json"});
  bulletin["text"] = "Grey Gull Trading Ltd sells fakes.";
  EXPECT_EQ(shell.fails(filer, {"bulletin", "publish", shell.file("accusing.json", bulletin.dump())}, kInvalid),
            "invalid_argument")
      << "a company that is not on the list";
  EXPECT_EQ(shell.fails(filer, {"bulletin", "publish", shell.file("no.json", "no JSON")}, kInvalid),
            "invalid_argument");
  EXPECT_EQ(shell.fails(filer, {"bulletin", "publish", "nothing.json"}, kNotFound), "not_found");
  shell.run(filer, {"bulletin", "withdraw", number});
  EXPECT_EQ(shell.fails(screener, {"bulletin", "show", "B-1999-0001"}, kNotFound), "not_found");
  shell.misused(filer, {"bulletin", "list", "--limit", "9999"});
  EXPECT_TRUE(shell.uncalled("bulletin").empty());
  alliance.hub().stop();
  EXPECT_EQ(shell.fails(screener, {"bulletin", "list"}, 35), "unavailable");
}

}  // namespace
}  // namespace probity::test
