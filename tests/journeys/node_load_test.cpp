// Many recipients at once, and a server that dies under them: whatever was acknowledged is there afterwards, once.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "journeys/node.h"

namespace probity::test {
namespace {

using nlohmann::json;

constexpr int kThreads = 32;
constexpr int kSettleMs = 240'000;

int number_from(const char* variable, int otherwise) {
  const char* text = std::getenv(variable);
  return text != nullptr ? std::atoi(text) : otherwise;
}

// Runs `work(i)` for i below `count` on many threads.
void on_threads(int threads, int count, const std::function<void(int)>& work) {
  std::atomic<int> next{0};
  std::vector<std::thread> running;
  for (int t = 0; t < threads; ++t)
    running.emplace_back([&] {
      for (int i = next++; i < count; i = next++) work(i);
    });
  for (auto& thread : running) thread.join();
}

json all(Browser& staff, const std::string& path) {
  json items = json::array();
  for (;;) {
    const char* sign = path.find('?') == std::string::npos ? "?" : "&";
    const json page = staff.get(fmt::format("{}{}limit=200&offset={}", path, sign, items.size())).json();
    if (!page.is_object() || !page.contains("items") || page["items"].empty()) return items;
    for (const auto& item : page["items"]) items.push_back(item);
  }
}

// Every commitment in force, signed once; one copy each; nothing mailed or sealed twice.
void expect_each_once(Node& node, const Story& story, const std::vector<Invitee>& invitees) {
  Browser& staff = node.staff();
  const auto settled = [&] {
    const json open = staff.get("/jobs?state=queued&limit=1").json(),
               running = staff.get("/jobs?state=running&limit=1").json();
    return open.value("total", 1) + running.value("total", 1) == 0;
  };
  EXPECT_TRUE(wait_until(
      [&] {
        if (settled()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        return false;
      },
      kSettleMs));
  std::map<std::string, int> copies, sealed, mails;
  for (const auto& row : all(staff, "/projects/" + story.project + "/deliveries")) ++copies[row["party"]];
  for (const auto& job : all(staff, "/jobs")) {
    EXPECT_NE(job["state"], "failed") << job;
    if (job["kind"] == "seal_commitment") ++sealed[job["subject"].is_null() ? "" : job["subject"].get<std::string>()];
  }
  for (const auto& mail : all(staff, "/outbox"))
    if (mail["kind"].get<std::string>().find("code") == std::string::npos)
      ++mails[mail["to"].get<std::string>() + " " + mail["kind"].get<std::string>()];
  for (const auto& [what, count] : mails) EXPECT_EQ(count, 1) << what;
  for (const auto& [commitment, count] : sealed) EXPECT_EQ(count, 1) << commitment;
  EXPECT_EQ(copies.size(), invitees.size());
  for (const auto& invitee : invitees) {
    EXPECT_EQ(copies[invitee.party], 1) << invitee.name;
    const json detail = staff.get("/commitments/" + invitee.commitment).json();
    EXPECT_EQ(detail["commitment"]["state"], "in_force") << invitee.name;
    int signatures = 0;
    for (const auto& entry : detail["evidence"]) signatures += entry["kind"] == "signed" ? 1 : 0;
    EXPECT_EQ(signatures, 1) << invitee.name;
  }
  const Outcome verified = node.run({"register", "verify"});
  EXPECT_EQ(verified.exit_code, 0) << verified.out << verified.err;
}

TEST(NodeLoad, many_recipients_sign_and_open_at_once) {
  Node node;
  const Story story = begin_story(node.staff());
  const int count = number_from("PROBITY_RECIPIENTS", 200);
  const auto invitees = invite(node.staff(), story, count);
  ASSERT_EQ(invitees.size(), static_cast<std::size_t>(count));
  std::vector<Browser> recipients;
  for (int i = 0; i < count; ++i) recipients.push_back(node.stranger());
  std::vector<std::string> codes(invitees.size()), copies(invitees.size());
  const auto at = [](int i) { return static_cast<std::size_t>(i); };

  on_threads(kThreads, count, [&](int i) { EXPECT_EQ(ask_for_code(recipients[at(i)], invitees[at(i)]).status, 200); });
  for (int i = 0; i < count; ++i) codes[at(i)] = mailed_code(node.staff(), email_of(invitees[at(i)].name));
  const auto begun = std::chrono::steady_clock::now();
  on_threads(kThreads, count, [&](int i) {
    Browser& recipient = recipients[at(i)];
    const Answer opened = enter(recipient, invitees[at(i)], codes[at(i)]);
    EXPECT_EQ(opened.status, 201) << opened.body;
    const Answer passed = read_and_answer(recipient, story, invitees[at(i)]);
    EXPECT_EQ(passed.status, 200) << passed.body;
    const Answer signed_now = sign(recipient, invitees[at(i)]);
    EXPECT_EQ(signed_now.status, 200) << signed_now.body;
  });
  const auto took = std::chrono::steady_clock::now() - begun;
  fmt::print("{} recipients signed in {} ms\n", count,
             std::chrono::duration_cast<std::chrono::milliseconds>(took).count());

  on_threads(kThreads, count, [&](int i) {
    Browser& recipient = recipients[at(i)];
    json listed;
    EXPECT_TRUE(wait_until(
        [&] {
          listed = recipient.get("/recipient/copies").json();
          if (listed.is_object() && listed.value("total", 0) == 1) return true;
          std::this_thread::sleep_for(std::chrono::milliseconds(200));
          return false;
        },
        kSettleMs))
        << listed;
    if (listed.value("total", 0) != 1) return;
    const Answer copy = recipient.get("/recipient/copies/" + listed["items"][0]["id"].get<std::string>() + "/file");
    EXPECT_EQ(copy.status, 200) << copy.body.substr(0, 300);
    copies[at(i)] = copy.headers.count("etag") > 0 ? copy.headers.at("etag") : "";
  });
  EXPECT_EQ(std::set<std::string>(copies.begin(), copies.end()).size(), copies.size()) << "each copy its own";
  expect_each_once(node, story, invitees);
}

// A recipient who keeps trying, as people do, until the signature is acknowledged and the copy opened.
class Persistent {
 public:
  Persistent(Browser browser, const Story& story, const Invitee& invitee, std::string code)
      : browser_(std::move(browser)), story_(story), invitee_(invitee), code_(std::move(code)) {}

  // One try at the next step; true when all is done. `wrong` gets what must not happen.
  bool step(std::string& wrong) {
    const Answer answer = next();
    if (answer.status == 0 || answer.status == 503) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      return false;  // the server is away
    }
    if (answer.status >= 400) wrong = fmt::format("{}: {} {}", invitee_.name, answer.status, answer.body);
    return !copy_.empty();
  }

  const std::string& copy() const { return copy_; }
  bool acknowledged() const { return signed_; }

 private:
  Answer next() {
    if (!inside_) {
      // A code whose acknowledgement was lost is used; then another is asked for, at once.
      Answer answer = enter(browser_, invitee_, code_);
      inside_ = answer.status == 201;
      if (answer.status != 401) return answer;
      answer = ask_for_code(browser_, invitee_);
      return answer.status == 200 ? refreshed(std::move(answer)) : answer;
    }
    if (!signed_) {
      Answer answer = browser_.get("/recipient/commitments/" + invitee_.commitment);
      if (answer.status != 200) return answer;
      const std::string step = answer.json().value("step", "");
      if (step == "read" || step == "answer") return read_and_answer(browser_, story_, invitee_);
      if (step == "sign") answer = sign(browser_, invitee_);
      signed_ = answer.status == 200 && answer.json().value("state", "") == "in_force";
      return answer;
    }
    Answer answer = browser_.get("/recipient/copies");
    const json listed = answer.json();
    if (answer.status != 200 || listed.value("total", 0) == 0) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      return answer;
    }
    const std::string id = listed["items"][0]["id"];
    answer = browser_.get("/recipient/copies/" + id + "/file");
    if (answer.status == 200) copy_ = id;
    return answer;
  }

  Answer refreshed(Answer answer) {
    wants_code_ = true;
    return answer;
  }

 public:
  bool wants_code() const { return wants_code_; }
  void take_code(std::string code) { code_ = std::move(code), wants_code_ = false; }

 private:
  Browser browser_;
  const Story& story_;
  const Invitee& invitee_;
  std::string code_, copy_;
  bool inside_ = false, signed_ = false, wants_code_ = false;
};

TEST(NodeLoad, loses_and_doubles_nothing_when_killed) {
  const int kills = number_from("PROBITY_KILLS", 6);
  const auto seed = static_cast<unsigned>(number_from("PROBITY_SEED", static_cast<int>(std::random_device()() >> 1)));
  fmt::print("PROBITY_SEED={} PROBITY_KILLS={}\n", seed, kills);
  std::mt19937 random(seed);
  Node node;
  const Story story = begin_story(node.staff());
  constexpr int kAtOnce = 8;
  std::vector<Invitee> invitees;
  std::map<std::string, std::string> opened;  // copy by party
  std::mutex mutex;                           // of the staff's browser and `opened`
  int killed = 0;
  for (int round = 0; killed < kills; ++round) {
    const auto these = invite(node.staff(), story, kAtOnce, fmt::format("Round {} Person", round));
    std::vector<std::unique_ptr<Persistent>> people;
    for (const auto& invitee : these) {
      Browser browser = node.stranger();
      EXPECT_EQ(ask_for_code(browser, invitee).status, 200);
      people.push_back(std::make_unique<Persistent>(std::move(browser), story, invitee,
                                                    mailed_code(node.staff(), email_of(invitee.name))));
    }
    std::atomic<int> busy{kAtOnce};
    std::vector<std::thread> running;
    for (int i = 0; i < kAtOnce; ++i)
      running.emplace_back([&, i] {
        Persistent& person = *people[static_cast<std::size_t>(i)];
        const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(kSettleMs);
        std::string wrong;
        while (!person.step(wrong) && wrong.empty() && std::chrono::steady_clock::now() < end) {
          if (!person.wants_code()) continue;
          const std::lock_guard lock(mutex);
          person.take_code(mailed_code(node.staff(), email_of(these[static_cast<std::size_t>(i)].name)));
        }
        EXPECT_EQ(wrong, "");
        EXPECT_TRUE(person.acknowledged());
        EXPECT_FALSE(person.copy().empty());
        --busy;
      });
    while (busy > 0 && killed < kills) {
      std::this_thread::sleep_for(std::chrono::milliseconds(random() % 400));
      const std::lock_guard lock(mutex);
      node.crash_and_restart();
      ++killed;
    }
    for (auto& thread : running) thread.join();
    for (std::size_t i = 0; i < these.size(); ++i) opened[these[i].party] = people[i]->copy();
    invitees.insert(invitees.end(), these.begin(), these.end());
    if (HasFailure()) break;
  }
  fmt::print("{} kills, {} recipients signed and opened their copies\n", killed, invitees.size());
  expect_each_once(node, story, invitees);
  for (const auto& row : all(node.staff(), "/projects/" + story.project + "/deliveries"))
    EXPECT_EQ(opened[row["party"]], row["copy"]);
}

}  // namespace
}  // namespace probity::test
