#include "journeys/filed.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <regex>
#include <set>

#include "base/clock.h"
#include "journeys/launch.h"

namespace probity::test {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

std::set<std::string> letters_in(const std::string& folder) {
  std::set<std::string> files;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder, none))
    if (entry.path().extension() == ".txt") files.insert(entry.path().string());
  return files;
}

// What the hub laid out to be posted after those: it has no mail server here.
void open_new_letter(Alliance& alliance, const std::set<std::string>& before) {
  const std::string folder = alliance.hub().workspace() + "/alliance/letters";
  std::string text;
  EXPECT_TRUE(wait_until(
      [&] {
        for (const std::string& file : letters_in(folder))
          if (!before.contains(file)) text = read_text_file(file);
        return text.find("Code") != std::string::npos;
      },
      20'000));
  std::smatch token, code;
  ASSERT_TRUE(std::regex_search(text, token, std::regex("notice/([0-9a-f]{32})"))) << text;
  ASSERT_TRUE(std::regex_search(text, code, std::regex(": (\\d{8})"))) << text;
  Browser person = alliance.hub().stranger();
  const Answer opened =
      person.post("!/alliance/v1/person/open", {{"token", std::string(token[1])}, {"code", std::string(code[1])}});
  EXPECT_EQ(opened.status, 200) << opened.body;
}

}  // namespace

std::string days_ago(int days) {
  using namespace std::chrono;
  const auto time = system_clock::now() - hours(24) * days;
  return to_rfc3339(duration_cast<milliseconds>(time.time_since_epoch()).count());
}

std::string notify_company(Alliance& alliance, Browser& investigator, Browser& reviewer, const std::string& name,
                           const std::string& registration) {
  const auto fine = [](const Answer& answer, int status) {
    EXPECT_EQ(answer.status, status) << answer.body;
    return answer.json();
  };
  const json drafted = fine(
      investigator.post("/filings", {{"kind", "enterprise"}, {"name", name}, {"conduct", "counterfeit_goods"}}), 201);
  const std::string path = "/filings/" + drafted["filing"].value("id", "");
  fine(investigator.change("PATCH", path,
                           {{"facts", "Copies of a member's lamps were sold as originals."},
                            {"decided_by", "Head of brands"},
                            {"ended_how", "The contract was ended."},
                            {"contact", "brands@harbour.example"},
                            {"standard_of_proof", "judgment"},
                            {"happened_at", days_ago(200)},
                            {"decided_at", days_ago(100)},
                            {"enterprise", {{"names", {name}}, {"registration", registration}}}}),
       200);
  for (const char* test : {"reasonable_grounds", "clear_evidence", "ended_because_of_it"})
    fine(investigator.send({.method = "POST",
                            .path = fmt::format("{}/documents?test={}&name={}.txt", path, test, test),
                            .body = fmt::format("Evidence for {}", test),
                            .content_type = "text/plain"}),
         201);
  fine(investigator.post(path + "/submit"), 200);
  fine(reviewer.post(path + "/approve"), 200);
  const std::set<std::string> before = letters_in(alliance.hub().workspace() + "/alliance/letters");
  fine(investigator.post(path + "/notice", {{"to", "office@company.example"}}), 200);
  open_new_letter(alliance, before);
  return path;
}

}  // namespace probity::test
