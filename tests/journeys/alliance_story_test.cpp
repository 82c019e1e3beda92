// The story's second half with every part a process of its own: carelessness cannot be listed; bribery is, after two
// people, a notice and fifteen days; another member finds it among three candidates and walks the hit to a decision.
// Then everything that must not know whom it is about is searched: files, logs, wires, memory.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <regex>
#include <string>
#include <thread>

#include "alliance/key_directory.h"
#include "app/member_folder.h"
#include "base/encoding.h"
#include "journeys/alliance.h"
#include "journeys/launch.h"

namespace probity::test {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

// The standard's own example number, and two made up in the same place and day.
constexpr const char* kListed = "11010519491231002X";
constexpr const char* kUnlisted[] = {"110105194912310038", "110105194912310054"};
constexpr const char* kName = "Bo Exampleton";
constexpr const char* kAddress = "bo.exampleton@letters.example";
constexpr const char* kFacts = "Took money from a bidder so that a tender was written around the bidder's product.";

std::string instant(int days_ago) {
  using namespace std::chrono;
  const auto time = system_clock::now() - hours(24) * days_ago;
  return to_rfc3339(duration_cast<milliseconds>(time.time_since_epoch()).count());
}

json must(const Answer& answer, int status = 200) {
  EXPECT_EQ(answer.status, status) << answer.body;
  return answer.json();
}

// A filing with everything that is asked for, not yet submitted.
std::string written_filing(Browser& investigator, const std::string& conduct) {
  const json drafted =
      must(investigator.post("/filings", {{"kind", "person"}, {"name", kName}, {"conduct", conduct}}), 201);
  const std::string path = "/filings/" + drafted["filing"].value("id", "");
  must(investigator.change("PATCH", path,
                           {{"facts", kFacts},
                            {"decided_by", "Head of compliance"},
                            {"ended_how", "Employment was ended without notice."},
                            {"contact", "compliance@harbour.example"},
                            {"standard_of_proof", "judgment"},
                            {"happened_at", instant(200)},
                            {"decided_at", instant(100)}}));
  must(investigator.post(path + "/identifier", {{"kind", "resident_id"}, {"identifier", kListed}}));
  for (const char* test : {"reasonable_grounds", "clear_evidence", "ended_because_of_it"})
    must(investigator.send({.method = "POST",
                            .path = fmt::format("{}/documents?test={}&name={}.txt", path, test, test),
                            .body = fmt::format("Evidence about {} for {}", kName, test),
                            .content_type = "text/plain"}),
         201);
  return path;
}

struct Letter {
  std::string token, code;
};

// What the hub laid out for the ombudsman to post: it has no mail server here.
Letter letter_of(const std::string& hub_workspace) {
  const std::string folder = hub_workspace + "/alliance/letters";
  EXPECT_TRUE(wait_until([&] { return fs::exists(folder) && !fs::is_empty(folder); }, 10'000));
  const std::string text = read_text_file(fs::directory_iterator(folder)->path().string());
  Letter letter;
  std::smatch found;
  if (std::regex_search(text, found, std::regex("notice/([0-9a-f]{32})"))) letter.token = found[1];
  if (std::regex_search(text, found, std::regex(": (\\d{8})"))) letter.code = found[1];
  return letter;
}

Answer ask(Browser& screener, const std::string& number) {
  return screener.post("/screening/queries", {{"kind", "resident_id"},
                                              {"identifier", number},
                                              {"purpose", "employment"},
                                              {"requisition", "REQ-17"},
                                              {"consent", {{"basis", "given"}, {"date", instant(1).substr(0, 10)}}}});
}

// A question to the key-holders alone, as a member's node asks it.
Result<alliance::KeyAnswer> ask_holders(const Alliance& alliance, const Node& member, const std::string& number) {
  SystemClock clock;
  SystemRandom random;
  const app::MemberFolder folder(member.workspace());
  const auto directory = alliance::KeyDirectory::parse(read_text_file(alliance.ceremony() + "/directory.json")).value();
  const auto calls = alliance::curl_holder_calls();
  alliance::KeyClient client({folder.facts().value().member, folder.identity().value()}, *calls, clock, random);
  std::vector<SecretKey> inputs;
  inputs.push_back(oprf::slow_hash(directory.keys, oprf::IdentifierKind::resident_id, number).value());
  return client.ask(directory.keys, directory.addresses(), {}, inputs);
}

// Where somebody would stand on the list, worked out as a member does, to look for it where it must not be.
std::string tag_of(const Alliance& alliance, const Node& member, const std::string& number) {
  const auto answer = ask_holders(alliance, member, number);
  EXPECT_TRUE(answer) << (answer ? "" : answer.error().message);
  const auto keys = oprf::list_keys(answer.value().outputs.front());
  return {keys.tag.begin(), keys.tag.end()};
}

// No machine has so much: what a sanitizer has set aside for its own notes.
constexpr std::uint64_t kMostMapped = 1ULL << 40;

// All that a process has in memory and may write: what a core dump would hold.
std::string memory_of(pid_t process) {
  std::string memory;
  std::ifstream maps(fmt::format("/proc/{}/maps", process));
  std::ifstream bytes(fmt::format("/proc/{}/mem", process), std::ios::binary);
  for (std::string line; std::getline(maps, line);) {
    std::uint64_t from = 0, to = 0;
    char mode[5] = {};
    if (std::sscanf(line.c_str(), "%lx-%lx %4s", &from, &to, mode) != 3 || mode[0] != 'r' || mode[1] != 'w') continue;
    if (to - from > kMostMapped) continue;
    std::string part(to - from, '\0');
    bytes.clear();
    bytes.seekg(static_cast<std::streamoff>(from));
    bytes.read(part.data(), static_cast<std::streamsize>(part.size()));
    memory.append(part, 0, static_cast<std::size_t>(std::max<std::streamsize>(0, bytes.gcount())));
  }
  return memory;
}

TEST(AllianceStory, OneIsListedAfterDueNoticeAndFoundAndNobodyElseLearnsWho) {
  Alliance alliance;
  Browser investigator = alliance.filer().colleague("investigator");
  Browser reviewer = alliance.filer().colleague("reviewer");
  Browser screener = alliance.screener().colleague("screener");

  const Answer careless =
      investigator.post("/filings", {{"kind", "person"}, {"name", kName}, {"conduct", "negligence"}});
  EXPECT_EQ(careless.status, 400);
  EXPECT_NE(careless.body.find("careless"), std::string::npos) << careless.body;

  const std::string filing = written_filing(investigator, "bribery");
  must(investigator.post(filing + "/submit"));
  EXPECT_EQ(investigator.post(filing + "/approve").status, 403);
  EXPECT_EQ(must(reviewer.post(filing + "/approve"))["filing"].value("state", ""), "awaiting_notice");
  must(investigator.post(filing + "/notice", {{"to", kAddress}}));
  const Letter letter = letter_of(alliance.hub().workspace());
  ASSERT_EQ(letter.token.size(), 32U);
  Browser person = alliance.hub().stranger();
  EXPECT_EQ(person.post("!/alliance/v1/person/open", {{"token", letter.token}, {"code", "00000000"}}).status, 404);
  EXPECT_EQ(must(person.post("!/alliance/v1/person/open", {{"token", letter.token}, {"code", letter.code}}))
                .value("state", ""),
            "notified");

  EXPECT_EQ(must(ask(screener, kListed), 201).value("outcome", ""), "not_listed") << "under notice nobody is found";
  std::vector<std::string> tags;  // before the clocks of the others are moved on
  for (const char* number : kUnlisted) tags.push_back(tag_of(alliance, alliance.screener(), number));
  alliance.pass_days(16);
  screener = alliance.screener().sign_in("screener");
  investigator = alliance.filer().sign_in("investigator");
  EXPECT_TRUE(wait_until(
      [&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        return must(investigator.get(filing))["filing"].value("state", "") == "active";
      },
      30'000));
  // Within seconds at every member; asked now and then, for there is a quota.
  json found;
  ASSERT_TRUE(wait_until(
      [&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(1'500));
        found = ask(screener, kListed).json();
        return found.is_object() && found.value("outcome", "") == "hit";
      },
      20'000))
      << found;
  for (const char* number : kUnlisted) {
    const json miss = must(ask(screener, number), 201);
    EXPECT_EQ(miss.value("outcome", ""), "not_listed");
    EXPECT_FALSE(miss.value("receipt_sha256", "").empty());
  }

  const std::string hit = "/screening/hits/" + found.value("hit", "");
  const json decision = {
      {"outcome", "declined_confirmed_facts"},
      {"reasons", "The filer confirmed the judgment. The candidate answered and did not dispute it."}};
  EXPECT_EQ(screener.post(hit + "/decide", decision).status, 409) << "nothing is decided before the way is gone";
  must(screener.post(hit + "/confirm",
                     {{"way", "document_photo"}, {"same", true}, {"note", "Passport photo compared."}}));
  must(screener.post(hit + "/contact", {{"spoke_to", "Compliance desk"},
                                        {"at", to_rfc3339(SystemClock().now_ms() + 16 * 86'400'000LL)},
                                        {"channel", "phone"},
                                        {"answer", "confirmed"},
                                        {"note", "They confirmed the listing and its judgment."}}));
  must(screener.post(hit + "/notify", {{"at", to_rfc3339(SystemClock().now_ms() + 16 * 86'400'000LL)},
                                       {"way", "mail"},
                                       {"note", "Told what was found and how to answer."}}));
  EXPECT_EQ(screener.post(hit + "/decide", decision).status, 409) << "the person has five working days";
  alliance.pass_days(9);
  screener = alliance.screener().sign_in("screener");
  EXPECT_EQ(must(screener.post(hit + "/decide", decision)).value("state", ""), "decided");

  // The search. The token of the letter's link is not among the planted words: the person's page needs its hash only,
  // and the letter itself lies with the hub until it is posted.
  std::vector<std::string> planted{kListed, kUnlisted[0], kUnlisted[1], kName, "Exampleton", kFacts};
  const auto search = [&](const std::string& where, const std::string& bytes) {
    for (const std::string& word : planted)
      EXPECT_EQ(bytes.find(word), std::string::npos) << where << " holds " << word;
    for (const std::string& tag : tags) {
      EXPECT_EQ(bytes.find(tag), std::string::npos) << where << " holds a tag";
      EXPECT_EQ(bytes.find(to_hex(as_bytes(tag))), std::string::npos) << where << " holds a tag in hex";
    }
  };
  // That it finds what is there: the filer's node knows whom it filed.
  EXPECT_NE(memory_of(alliance.filer().process()).find(kName), std::string::npos);
  std::size_t searched = 0;
  for (const std::string& file : alliance.unknowing_files()) {
    const std::string bytes = read_text_file(file);
    searched += bytes.size();
    search(file, bytes);
  }
  search("a wire", alliance.heard());
  for (const pid_t process : alliance.unknowing_processes()) {
    const std::string memory = memory_of(process);
    EXPECT_GT(memory.size(), 1U << 20);
    searched += memory.size();
    search(fmt::format("memory of process {}", process), memory);
  }
  search("metrics", alliance.hub().stranger().get("!/metrics").body);
  EXPECT_GT(searched, 4U << 20);
}

TEST(AllianceStory, AMemberThatIsSuspendedIsAnsweredByNoKeyHolderOnceTheyHaveFetchedTheRoll) {
  Alliance alliance;
  EXPECT_TRUE(ask_holders(alliance, alliance.screener(), kUnlisted[0])) << "admitted by the roll alone";
  alliance.suspend(alliance.screener());
  EXPECT_TRUE(
      wait_until([&] { return !ask_holders(alliance, alliance.screener(), kUnlisted[0]).has_value(); }, 10'000));
  EXPECT_TRUE(ask_holders(alliance, alliance.filer(), kUnlisted[0])) << "the others go on";
}

}  // namespace
}  // namespace probity::test
